package models

import (
	"time"

	"jiayi/internal/calendar"
	"jiayi/models/clinical"
)

// VitalKind is what a reading measures.
type VitalKind string

// The kinds of reading.
const (
	BloodPressure  VitalKind = "bp"
	FastingGlucose VitalKind = "fpg"
	OtherGlucose   VitalKind = "pbg" // after a meal, or at random
	BodyWeight     VitalKind = "weight"
	GlycatedHb     VitalKind = "hba1c"
	BloodLipids    VitalKind = "lipids"
)

// VitalField is one number of a reading.
type VitalField struct {
	Key, Label, Unit string // key as in the forms (domain §3)
	Min, Max         float64
	Places           int // decimals at most
	Required         bool
}

// VitalSpec is one row of the table of kinds.
type VitalSpec struct {
	Kind   VitalKind
	Label  string // Chinese
	Fields []VitalField
	Lead   string  // key of the value a trend is told by
	Steady float64 // a change of the mean below it is no trend, in the unit of the lead
}

// VitalSpecs is the one table of kinds, in the order shown. The ranges are those of the
// forms (domain §3.1, §3.2).
var VitalSpecs = []VitalSpec{
	{BloodPressure, "血压", []VitalField{
		{"sbp", "收缩压", "mmHg", 60, 300, 0, true}, {"dbp", "舒张压", "mmHg", 30, 200, 0, true}, {"heart_rate", "心率", "次/分", 30, 220, 0, false},
	}, "sbp", 5},
	{FastingGlucose, "空腹血糖", []VitalField{{"fpg", "空腹血糖", "mmol/L", 1, 33.3, 1, true}}, "fpg", 0.5},
	{OtherGlucose, "餐后或随机血糖", []VitalField{{"pbg", "餐后或随机血糖", "mmol/L", 1, 33.3, 1, true}}, "pbg", 1},
	{BodyWeight, "体重", []VitalField{{"weight", "体重", "kg", 20, 300, 2, true}}, "weight", 1},
	{GlycatedHb, "糖化血红蛋白", []VitalField{{"hba1c", "糖化血红蛋白", "%", 3, 20, 1, true}}, "hba1c", 0.3},
	{BloodLipids, "血脂", []VitalField{
		{"tc", "总胆固醇", "mmol/L", 0.5, 30, 2, false}, {"tg", "甘油三酯", "mmol/L", 0.1, 60, 2, false},
		{"ldl", "低密度脂蛋白胆固醇", "mmol/L", 0.1, 25, 2, false}, {"hdl", "高密度脂蛋白胆固醇", "mmol/L", 0.1, 10, 2, false},
	}, "ldl", 0.3},
}

// MinChildWeight is the least weight in kg of someone under age; VitalSpecs holds that of adults.
const MinChildWeight = 0.5

// Spec returns the row of the kind; ok is false for an unknown one.
func (k VitalKind) Spec() (spec VitalSpec, ok bool) {
	for _, s := range VitalSpecs {
		if s.Kind == k {
			return s, true
		}
	}
	return VitalSpec{}, false
}

// VitalSource is who took a reading.
type VitalSource string

// The sources.
const (
	ByDoctor VitalSource = "doctor" // at a visit, or entered by staff
	BySelf   VitalSource = "self"   // the resident or a guardian
	ByDevice VitalSource = "device" // sent by a device of the resident
)

// VitalSourceLabels are the Chinese names of the sources.
var VitalSourceLabels = map[VitalSource]string{ByDoctor: "医务人员测量", BySelf: "自测", ByDevice: "设备上传"}

// Vital is one reading of one kind. Its numbers stand in clear columns, as class and step
// of a follow-up do: what tells who the person is, is sealed with the resident.
type Vital struct {
	ID         ID
	ResidentID ID        `gorm:"not null;index:ix_vitals_series,priority:1;index:ix_vitals_resident,priority:1"`
	Kind       VitalKind `gorm:"size:16;not null;index:ix_vitals_series,priority:2"`
	MeasuredAt time.Time `gorm:"not null;index:ix_vitals_series,priority:3;index:ix_vitals_resident,priority:2"`
	// Value1 to Value4 are the values in the order of the kind's fields, NULL where not taken.
	Value1, Value2, Value3, Value4 *float64
	Level                          clinical.Level `gorm:"size:16;not null"` // by the limits of the day
	Source                         VitalSource    `gorm:"size:16;not null"`
	EncounterID                    ID             `gorm:"not null;index"`   // visit it was taken at, 0 for a reported one
	EnteredBy                      string         `gorm:"size:32;not null"` // "resident:34"
	Voided                         bool           `gorm:"not null"`         // with its visit
	CreatedAt                      time.Time
}

// VitalValues is how many values a reading can hold.
const VitalValues = 4

func (v *Vital) slots() [VitalValues]**float64 {
	return [VitalValues]**float64{&v.Value1, &v.Value2, &v.Value3, &v.Value4}
}

// Values are the values taken, by the key of the field.
func (v Vital) Values() map[string]float64 {
	out := map[string]float64{}
	spec, _ := v.Kind.Spec()
	slots := v.slots()
	for i, f := range spec.Fields {
		if n := *slots[i]; n != nil {
			out[f.Key] = *n
		}
	}
	return out
}

func (v *Vital) set(values map[string]float64) {
	spec, _ := v.Kind.Spec()
	for i, f := range spec.Fields {
		if n, ok := values[f.Key]; ok {
			*v.slots()[i] = &n
		}
	}
}

// VitalReadings are the readings in the forms of a visit: one of each kind, of the first
// form that holds it, since values of two forms are not mixed. They count for the day of
// the visit, an HbA1c for that of its examination.
func VitalReadings(e Encounter, s clinical.Subject, forms []Judged) []Vital {
	var out []Vital
	for _, spec := range VitalSpecs {
		for _, form := range forms {
			values, ok := spec.in(form.Values)
			if !ok {
				continue
			}
			day := e.VisitedOn
			if on, ok := form.Values.Date("hba1c_date"); ok && spec.Kind == GlycatedHb {
				day = on
			}
			v := Vital{ResidentID: e.ResidentID, Kind: spec.Kind, MeasuredAt: duringDay(day, e.CreatedAt), Source: ByDoctor, EncounterID: e.ID, CreatedAt: e.CreatedAt,
				Level: clinical.PackOn(day).JudgeReading(s, day, values).Level}
			v.set(values)
			out = append(out, v)
			break
		}
	}
	return out
}

// in takes the values of the kind out of a form; ok is false when it holds no reading.
func (s VitalSpec) in(form clinical.Values) (values map[string]float64, ok bool) {
	values = map[string]float64{}
	for _, f := range s.Fields {
		n, taken := form.Decimal(f.Key)
		if f.Key == "pbg" && !taken { // the form of diabetes asks for a random one apart
			n, taken = form.Decimal("rbg")
		}
		switch {
		case taken:
			values[f.Key] = n
		case f.Required:
			return nil, false
		}
	}
	return values, len(values) > 0
}

// duringDay is an instant for something of which only the day is known: that of the entry
// when it was entered the same day, else noon.
func duringDay(day Date, entered time.Time) time.Time {
	if calendar.DateOf(entered) == day {
		return entered
	}
	return day.Start().Add(12 * time.Hour).UTC()
}
