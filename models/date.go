package models

import "jiayi/internal/calendar"

// Date is a calendar date in Asia/Shanghai; the zero Date means "no date".
type Date = calendar.Date
