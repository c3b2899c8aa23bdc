package handlers

import (
	"jiayi/models"
	"jiayi/models/codes"
)

// PatientBrief is the little of a person that both ends of a referral, a consult or a
// discharge see.
type PatientBrief struct {
	ResidentID models.ID `json:"resident_id"`
	Name       string    `json:"name"`
	Sex        string    `json:"sex"`
	Age        int       `json:"age"`
	Phone      string    `json:"phone" doc:"已脱敏"`
	RecordNo   string    `json:"record_no" doc:"健康档案编号"`
}

func (h *Handlers) patient(r models.Resident) PatientBrief {
	return PatientBrief{r.ID, r.Name, r.Sex, r.Age(h.Store.Today()), codes.MaskPhone(r.Phone), r.RecordNo}
}

// PatientCard names a patient who is not in one's scope, by the ID card.
type PatientCard struct {
	Name     string `json:"name" minLength:"1" maxLength:"50"`
	IDNumber string `json:"id_number" minLength:"15" maxLength:"18" doc:"身份证号码"`
}

// ReasonedCode is a numeric code of a list with its label.
type ReasonedCode struct {
	Code  int    `json:"code"`
	Label string `json:"label"`
}
