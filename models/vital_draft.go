package models

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models/clinical"
)

// VitalDraft is a reading as entered.
type VitalDraft struct {
	ResidentID ID
	Kind       VitalKind
	MeasuredAt time.Time          // zero for now
	Values     map[string]float64 // by the key of the field
	Source     VitalSource        // "" for what follows from who enters it
}

// ClockSkew is how far the clock of a phone or device may be ahead of ours.
const ClockSkew = 5 * time.Minute

// Check completes the draft and notes what is wrong with it: the source, which follows from
// who enters it, an instant to come, before the birth or after the death, and values out of
// range (domain §3.1, §3.2).
func (d *VitalDraft) Check(p *Problems, r Resident, staff bool, now time.Time) {
	d.checkSource(p, staff)
	d.checkInstant(p, r, now)
	spec, ok := d.Kind.Spec()
	if !ok {
		p.Add("kind", "enum", "没有这一类指标")
		return
	}
	d.checkValues(p, spec, r.Age(calendar.DateOf(d.MeasuredAt)) < AgeOfConsent)
}

func (d *VitalDraft) checkSource(p *Problems, staff bool) {
	switch {
	case staff && (d.Source == "" || d.Source == ByDoctor):
		d.Source = ByDoctor
	case staff:
		p.Add("by", "staff", "医务人员登记的读数记为医务人员测量")
	case d.Source == "":
		d.Source = BySelf
	case d.Source != BySelf && d.Source != ByDevice:
		p.Add("by", "resident", "居民只能登记自测或设备上传的读数")
	}
}

func (d *VitalDraft) checkInstant(p *Problems, r Resident, now time.Time) {
	if d.MeasuredAt.IsZero() {
		d.MeasuredAt = now
	}
	d.MeasuredAt = d.MeasuredAt.UTC().Truncate(time.Millisecond)
	day := calendar.DateOf(d.MeasuredAt)
	switch {
	case d.MeasuredAt.After(now.Add(ClockSkew)):
		p.Add("measured_at", "future", "测量时间不能晚于现在")
	case day.Before(r.BirthDate):
		p.Add("measured_at", "before_birth", "测量时间不能早于出生日期")
	case r.Status == Dead && day.After(r.StatusOn):
		p.Add("measured_at", "after_death", "测量时间不能晚于登记的死亡日期")
	case d.MeasuredAt.After(now):
		d.MeasuredAt = now
	}
}

func (d *VitalDraft) checkValues(p *Problems, spec VitalSpec, underAge bool) {
	known, before := map[string]bool{}, len(*p)
	for _, f := range spec.Fields {
		known[f.Key] = true
		if f.Key == "weight" && underAge {
			f.Min = MinChildWeight
		}
		n, taken := d.Values[f.Key]
		switch {
		case taken:
			f.check(p, n)
		case f.Required:
			p.Add("values."+f.Key, "required", "请填写"+f.Label)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(d.Values)) {
		if !known[key] {
			p.Add("values."+key, "unexpected", spec.Label+"读数中没有这一项")
		}
	}
	if len(*p) > before {
		return
	}
	switch {
	case len(d.Values) == 0:
		p.Add("values", "required", "请至少填写一项"+spec.Label+"数值")
	case spec.Kind == BloodPressure && d.Values["sbp"] <= d.Values["dbp"]:
		p.Add("values.sbp", "inconsistent", "收缩压应大于舒张压")
	}
}

func (f VitalField) check(p *Problems, n float64) {
	text := func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
	_, fraction, _ := strings.Cut(text(n), ".")
	switch {
	case n < f.Min || n > f.Max:
		p.Add("values."+f.Key, clinical.CodeRange, f.Label+"应在 "+text(f.Min)+"–"+text(f.Max)+" "+f.Unit+" 之间")
	case f.Places == 0 && fraction != "":
		p.Add("values."+f.Key, clinical.CodePlaces, f.Label+"应为整数")
	case len(fraction) > f.Places:
		p.Add("values."+f.Key, clinical.CodePlaces, f.Label+"最多保留 "+strconv.Itoa(f.Places)+" 位小数")
	}
}

// Judge makes the checked draft a reading of the person, and says what it means.
func (d VitalDraft) Judge(s clinical.Subject) (Vital, clinical.Verdict) {
	day := calendar.DateOf(d.MeasuredAt)
	verdict := clinical.PackOn(day).JudgeReading(s, day, d.Values)
	v := Vital{ResidentID: d.ResidentID, Kind: d.Kind, MeasuredAt: d.MeasuredAt, Level: verdict.Level, Source: d.Source}
	v.set(d.Values)
	return v, verdict
}
