package models

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// The kinds of doubt that the checks raise (domain §6.11).
const (
	FlagBusyDay        FlagKind = "busy_day"
	FlagSamePlace      FlagKind = "same_place"
	FlagIdentical      FlagKind = "identical_values"
	FlagAfterDeath     FlagKind = "after_death"
	FlagAfterMovingOut FlagKind = "after_moving_out"
	FlagSharedPhone    FlagKind = "shared_phone"
	FlagRoundPressures FlagKind = "round_pressures"
	FlagLateInBulk     FlagKind = "late_in_bulk"
)

// ByCheck is who raised a flag that no person did.
const ByCheck = "check"

// FlagKindLabels are the Chinese names of the kinds.
var FlagKindLabels = map[FlagKind]string{
	FlagDenied: "居民否认", FlagBusyDay: "单日随访过多", FlagSamePlace: "多次入户位置相同", FlagIdentical: "连续数值相同",
	FlagAfterDeath: "死亡后随访", FlagAfterMovingOut: "迁出后随访", FlagSharedPhone: "电话多户共用", FlagRoundPressures: "血压末位数偏好", FlagLateInBulk: "集中补录",
}

// The limits of the checks (domain §6.11). What is at the limit is still believed.
const (
	MaxVisitsADay      = 60 // of one doctor
	MaxVisitsAtPlace   = 30 // home visits of one doctor on a day
	IdenticalVisits    = 3  // consecutive visits of one programme with the same values are doubtful
	MaxPhoneHouseholds = 5  // that share one telephone number
	MaxRoundPercent    = 60 // of the last digits of blood pressures that are 0
	MaxLateEntries     = 20 // visits of earlier days entered by one account on a day
)

// What the checks look at.
const (
	RoundSample    = 30  // blood pressures that a doctor must have taken before the digits tell anything
	RoundDays      = 30  // days that are looked at, and that pass before the same doctor is flagged again
	SharedEvery    = 365 // days before the visits of the same resident are flagged again for the telephone
	CheckDays      = 30  // days of visits that the nightly check goes back over
	LateCheckDays  = 7   // days of entries that it goes back over
	placePrecision = 3   // decimals of a degree: about 100 m
)

// doubt is one flag of a check, or none.
func doubt(is bool, kind FlagKind, format string, args ...any) []Flag {
	if !is {
		return nil
	}
	return []Flag{{Kind: kind, Reason: fmt.Sprintf(format, args...), RaisedBy: ByCheck}}
}

// BusyDay doubts a visit of a doctor who has made so many on its day.
func BusyDay(visits int) []Flag {
	return doubt(visits > MaxVisitsADay, FlagBusyDay, "该医生当日已登记%d次随访,超过%d次", visits, MaxVisitsADay)
}

// SamePlace doubts a home visit of a doctor who has made so many at its place on its day.
// No form carries the id of a device, so that the place stands for it.
func SamePlace(visits int) []Flag {
	return doubt(visits > MaxVisitsAtPlace, FlagSamePlace, "该医生当日在同一位置(约100米内)登记%d次入户随访,超过%d次", visits, MaxVisitsAtPlace)
}

// PlaceCell rounds a place "lng,lat" to a cell of about 100 m; "" for none.
func PlaceCell(place string) string {
	lng, lat, ok := strings.Cut(place, ",")
	x, errX := strconv.ParseFloat(lng, 64)
	y, errY := strconv.ParseFloat(lat, 64)
	if !ok || errX != nil || errY != nil {
		return ""
	}
	return fmt.Sprintf("%.*f,%.*f", placePrecision, x, placePrecision, y)
}

// Identical doubts a visit that stands in a run of so many with the same values.
func Identical(run int) []Flag {
	return doubt(run >= IdenticalVisits, FlagIdentical, "该居民连续%d次随访的测量值完全相同", run)
}

// remeasured are the values that differ between any two measurements. Weight and height
// are not among them: they may well stay, or be carried over.
var remeasured = []string{"sbp", "dbp", "fpg", "pbg", "rbg", "tc", "tg", "ldl", "hdl"}

// Measured are the values of the form that an honest second measurement would change.
func (f Followup) Measured() map[string]float64 {
	var form map[string]any
	if json.Unmarshal([]byte(f.Form), &form) != nil {
		return nil
	}
	out := map[string]float64{}
	for _, key := range remeasured {
		if n, ok := form[key].(float64); ok {
			out[key] = n
		}
	}
	return out
}

// IdenticalRun is how many visits in a row have the values of the visit, itself included:
// before are the ones before it, nearest first, and after the ones after it. A visit
// without any value is in no run.
func IdenticalRun(visit Followup, before, after []Followup) int {
	values := visit.Measured()
	if len(values) == 0 {
		return 0
	}
	run := 1
	for _, side := range [][]Followup{before, after} {
		for _, f := range side {
			if !maps.Equal(f.Measured(), values) {
				break
			}
			run++
		}
	}
	return run
}

// AfterLeaving doubts a visit dated after the resident's death or move out of the district.
func AfterLeaving(r Resident, visited Date) []Flag {
	after := !r.StatusOn.IsZero() && visited.After(r.StatusOn)
	return append(doubt(after && r.Status == Dead, FlagAfterDeath, "随访日期晚于登记的死亡日期"),
		doubt(after && r.Status == MovedOut, FlagAfterMovingOut, "随访日期晚于登记的迁出日期")...)
}

// SharedPhone doubts a visit of a resident whose telephone number living residents of so
// many households have; whoever has no household counts alone.
func SharedPhone(households int) []Flag {
	return doubt(households > MaxPhoneHouseholds, FlagSharedPhone, "该居民登记的电话由超过%d户不同家庭的居民共用", MaxPhoneHouseholds)
}

// RoundPressures doubts the readings of a doctor when too many of their last digits are 0:
// of so many blood pressures, which have two digits each.
func RoundPressures(readings, zeros int) []Flag {
	if readings < RoundSample {
		return nil
	}
	digits := 2 * readings
	return doubt(zeros*100 > MaxRoundPercent*digits, FlagRoundPressures, "该医生近%d天的%d次血压读数中,末位为0的占%d%%,超过%d%%", RoundDays, readings, zeros*100/digits, MaxRoundPercent)
}

// LateInBulk doubts a visit of an earlier day when its account entered so many on one day.
func LateInBulk(entries int) []Flag {
	return doubt(entries > MaxLateEntries, FlagLateInBulk, "该账号当日补录以前日期的随访%d次,超过%d次", entries, MaxLateEntries)
}
