package models

// CareMode is whether an account is shown 关怀模式, large text and targets (domain §7.5).
type CareMode string

// The choices. Who has made none follows the font setting of WeChat.
const (
	CareFollows CareMode = ""
	CareOn      CareMode = "on"
	CareOff     CareMode = "off"
)
