package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
)

// VitalValues are the values of one reading; which of them belong together follows from
// its kind.
type VitalValues struct {
	SBP       *float64 `json:"sbp,omitempty" doc:"收缩压 mmHg,60–300(bp)"`
	DBP       *float64 `json:"dbp,omitempty" doc:"舒张压 mmHg,30–200(bp)"`
	HeartRate *float64 `json:"heart_rate,omitempty" doc:"心率 次/分,30–220(bp)"`
	FPG       *float64 `json:"fpg,omitempty" doc:"空腹血糖 mmol/L,1.0–33.3(fpg)"`
	PBG       *float64 `json:"pbg,omitempty" doc:"餐后或随机血糖 mmol/L,1.0–33.3(pbg)"`
	Weight    *float64 `json:"weight,omitempty" doc:"体重 kg,20–300,未成年人 0.5–300(weight)"`
	HbA1c     *float64 `json:"hba1c,omitempty" doc:"糖化血红蛋白 %,3.0–20.0(hba1c)"`
	TC        *float64 `json:"tc,omitempty" doc:"总胆固醇 mmol/L(lipids)"`
	TG        *float64 `json:"tg,omitempty" doc:"甘油三酯 mmol/L(lipids)"`
	LDL       *float64 `json:"ldl,omitempty" doc:"低密度脂蛋白胆固醇 mmol/L(lipids)"`
	HDL       *float64 `json:"hdl,omitempty" doc:"高密度脂蛋白胆固醇 mmol/L(lipids)"`
}

func (v *VitalValues) slots() map[string]**float64 {
	return map[string]**float64{
		"sbp": &v.SBP, "dbp": &v.DBP, "heart_rate": &v.HeartRate, "fpg": &v.FPG, "pbg": &v.PBG, "weight": &v.Weight, "hba1c": &v.HbA1c,
		"tc": &v.TC, "tg": &v.TG, "ldl": &v.LDL, "hdl": &v.HDL,
	}
}

// given are the values that were sent, by the key of the field.
func (v VitalValues) given() map[string]float64 {
	out := map[string]float64{}
	for key, n := range v.slots() {
		if *n != nil {
			out[key] = **n
		}
	}
	return out
}

func vitalValues(values map[string]float64) VitalValues {
	var out VitalValues
	slots := out.slots()
	for key, n := range values {
		*slots[key] = &n
	}
	return out
}

// Vital is one reading.
type Vital struct {
	ID          models.ID   `json:"id"`
	ResidentID  models.ID   `json:"resident_id"`
	Kind        string      `json:"kind" enum:"bp,fpg,pbg,weight,hba1c,lipids"`
	KindLabel   string      `json:"kind_label"`
	MeasuredAt  time.Time   `json:"measured_at"`
	Values      VitalValues `json:"values"`
	Level       string      `json:"level" enum:"normal,high,low,emergency" doc:"按测量当日的控制目标判定"`
	LevelLabel  string      `json:"level_label"`
	By          string      `json:"by" enum:"doctor,self,device" doc:"由谁测量"`
	ByLabel     string      `json:"by_label"`
	EncounterID models.ID   `json:"encounter_id,omitzero" doc:"测量所在的随访;自行登记的没有"`
}

func vital(v models.Vital) Vital {
	spec, _ := v.Kind.Spec()
	return Vital{
		ID: v.ID, ResidentID: v.ResidentID, Kind: string(v.Kind), KindLabel: spec.Label, MeasuredAt: v.MeasuredAt.UTC(), Values: vitalValues(v.Values()),
		Level: string(v.Level), LevelLabel: clinical.LevelLabels[v.Level], By: string(v.Source), ByLabel: models.VitalSourceLabels[v.Source], EncounterID: v.EncounterID,
	}
}

// RecordVitalInput is one reading from outside a visit.
type RecordVitalInput struct {
	IDInput
	Body struct {
		Kind       models.VitalKind   `json:"kind" enum:"bp,fpg,pbg,weight,hba1c,lipids" doc:"bp 血压,fpg 空腹血糖,pbg 餐后或随机血糖,weight 体重,hba1c 糖化血红蛋白,lipids 血脂"`
		MeasuredAt time.Time          `json:"measured_at,omitzero" doc:"测量时间,默认为现在;不晚于现在,不早于出生"`
		Values     VitalValues        `json:"values"`
		By         models.VitalSource `json:"by,omitempty" enum:"self,device,doctor" doc:"居民登记:self 自测(默认)或 device 设备上传;医务人员登记的记为 doctor"`
	}
}

// RecordedVital is a reading with what it means for the person.
type RecordedVital struct {
	Vital
	Message   string    `json:"message" doc:"读数的含义"`
	Advice    []string  `json:"advice" nullable:"false" doc:"建议怎么做"`
	TeamPhone string    `json:"team_phone,omitempty" doc:"家庭医生团队电话"`
	AlertID   models.ID `json:"alert_id,omitzero" doc:"危急读数已提醒团队"`
}

// RecordVitalOutput answers a reading.
type RecordVitalOutput struct{ Body RecordedVital }

// RecordVital answers POST /residents/{id}/vitals.
func (h *Handlers) RecordVital(ctx context.Context, in *RecordVitalInput) (*RecordVitalOutput, error) {
	b := in.Body
	r, err := h.as(ctx).RecordVital(ctx, models.VitalDraft{ResidentID: in.ID, Kind: b.Kind, MeasuredAt: b.MeasuredAt, Values: b.Values.given(), Source: b.By})
	if err != nil {
		return nil, err
	}
	return &RecordVitalOutput{RecordedVital{Vital: vital(r.Vital), Message: r.Verdict.Message, Advice: r.Advice(), TeamPhone: r.TeamPhone, AlertID: r.AlertID}}, nil
}

// ListVitalsInput chooses readings of a resident.
type ListVitalsInput struct {
	IDInput
	PageInput
	Kind models.VitalKind `query:"kind" enum:"bp,fpg,pbg,weight,hba1c,lipids" doc:"指标,不填为全部"`
	From models.Date      `query:"from" doc:"测量日期起(含)"`
	To   models.Date      `query:"to" doc:"测量日期止(含)"`
}

// ListVitals answers GET /residents/{id}/vitals.
func (h *Handlers) ListVitals(ctx context.Context, in *ListVitalsInput) (*ListOutput[Vital], error) {
	list, err := h.as(ctx).Vitals(ctx, store.VitalFilter{ResidentID: in.ID, Kind: in.Kind, From: in.From, To: in.To}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, vital), nil
}

// VitalSummaryInput asks for the summary of a resident's readings.
type VitalSummaryInput struct {
	IDInput
	Last int `query:"last" minimum:"1" maximum:"100" default:"10" doc:"每项显示最近几次读数"`
}

// VitalStat is the smallest, largest and mean value.
type VitalStat struct {
	Min  float64 `json:"min"`
	Max  float64 `json:"max"`
	Mean float64 `json:"mean"`
}

// VitalSeries sums up the readings of one kind.
type VitalSeries struct {
	Kind       string               `json:"kind" enum:"bp,fpg,pbg,weight,hba1c,lipids"`
	Label      string               `json:"label"`
	Fields     []VitalField         `json:"fields" nullable:"false"`
	Latest     *Vital               `json:"latest" doc:"最近一次读数,没有则为 null"`
	Recent     []Vital              `json:"recent" nullable:"false" doc:"最近几次读数,早的在前"`
	Count      int                  `json:"count" doc:"近 90 天读数个数"`
	Stats      map[string]VitalStat `json:"stats" doc:"近 90 天各项的最小值、最大值、平均值"`
	Trend      string               `json:"trend" enum:"rising,falling,steady,unknown" doc:"最近 3 次与之前 3 次主要数值的平均值相比;不足 6 次为 unknown"`
	TrendLabel string               `json:"trend_label"`
}

// VitalField is one value of a kind, with the control limit of the person.
type VitalField struct {
	Key   string   `json:"key"`
	Label string   `json:"label"`
	Unit  string   `json:"unit"`
	Limit *float64 `json:"limit" doc:"本人的控制目标:应低于此值;没有则为 null"`
}

// VitalSummary answers GET /residents/{id}/vitals/summary.
func (h *Handlers) VitalSummary(ctx context.Context, in *VitalSummaryInput) (*ListOutput[VitalSeries], error) {
	list, err := h.as(ctx).VitalSummary(ctx, in.ID, in.Last)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[store.VitalSeries]{Items: list}, vitalSeries), nil
}

func vitalSeries(s store.VitalSeries) VitalSeries {
	out := VitalSeries{
		Kind: string(s.Spec.Kind), Label: s.Spec.Label, Recent: make([]Vital, len(s.Recent)), Count: s.Count,
		Stats: make(map[string]VitalStat, len(s.Stats)), Trend: string(s.Trend), TrendLabel: models.TrendLabels[s.Trend],
	}
	for _, f := range s.Spec.Fields {
		field := VitalField{Key: f.Key, Label: f.Label, Unit: f.Unit}
		if limit, ok := s.Limits[f.Key]; ok {
			field.Limit = &limit
		}
		out.Fields = append(out.Fields, field)
	}
	for i, v := range s.Recent {
		out.Recent[i] = vital(v)
	}
	if s.Latest != nil {
		out.Latest = new(vital(*s.Latest))
	}
	for key, stat := range s.Stats {
		out.Stats[key] = VitalStat(stat)
	}
	return out
}
