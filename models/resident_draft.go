package models

import (
	"errors"
	"strings"

	"jiayi/models/codes"
)

// ResidentDraft is what a person fills in about a resident, before it is checked.
type ResidentDraft struct {
	Name          string
	Sex           string // GB/T 2261.1; may be empty with an ID number
	BirthDate     Date   // may be empty with an ID number
	DocumentType  string // domain §4.2; empty means ID number
	DocumentNo    string // may be empty for a newborn
	Phone         string
	Address       string
	AddressKind   string
	Nationality   string
	Permanent     bool
	VillageID     ID
	HouseholdID   ID
	HouseRelation string
}

// MaxAddressLength is the longest address in characters.
const MaxAddressLength = 100

// NewbornDays is the age up to which a resident may be without a document number
// (domain §4.2, until 出生一件事 gives the number).
const NewbornDays = 366

// Check normalises the draft in place and notes every problem. The ID number rules
// carry the day and the district's choice about test numbers.
func (d *ResidentDraft) Check(p *Problems, rules codes.IDRules) {
	d.Name = strings.TrimSpace(d.Name)
	CheckName(p, "name", d.Name)
	d.checkDocument(p, rules)
	if d.Phone != "" {
		if phone, err := codes.ParsePhone(d.Phone); err != nil {
			addCodeError(p, "phone", err)
		} else {
			d.Phone = phone.Number
		}
	}
	d.Address = strings.TrimSpace(d.Address)
	if len([]rune(d.Address)) > MaxAddressLength {
		p.Add("address", "too_long", "地址不能超过100个字")
	}
	if d.AddressKind == "" {
		d.AddressKind = "home"
	}
	if d.Nationality == "" {
		d.Nationality = "01"
	} else if !codes.Nationalities.Has(d.Nationality) {
		p.Add("nationality", "enum", "民族代码不在国标范围内")
	}
	if d.HouseRelation != "" && !codes.Relations.Has(d.HouseRelation) && !codes.DetailedRelations.Has(d.HouseRelation) {
		p.Add("household_relation", "enum", "与户主关系代码不在国标范围内")
	}
	if d.VillageID == 0 {
		p.Add("village_id", "required", "请选择村(居)委会")
	}
}

// checkDocument checks the document and lets it fill in sex and birth date.
func (d *ResidentDraft) checkDocument(p *Problems, rules codes.IDRules) {
	if d.DocumentType == "" {
		d.DocumentType = string(codes.DocResidentID)
	}
	if d.DocumentNo != "" {
		doc, err := rules.ParseDocument(codes.DocumentType(d.DocumentType), d.DocumentNo)
		if err != nil {
			field := "id_number"
			if codes.ReasonOf(err) == codes.ReasonType {
				field = "document_type"
			}
			addCodeError(p, field, err)
			return
		}
		d.DocumentNo = doc.Number
		d.fillFrom(p, doc.Holder)
	}
	switch {
	case d.BirthDate.IsZero():
		p.Add("birth_date", "required", "请填写出生日期")
	case d.BirthDate.After(rules.Today):
		p.Add("birth_date", "future", "出生日期不能晚于今天")
	case d.BirthDate.AgeOn(rules.Today) > codes.MaxAge:
		p.Add("birth_date", "age", "出生日期过早,年龄超过130岁")
	case d.DocumentNo == "" && rules.Today.Sub(d.BirthDate) > NewbornDays:
		p.Add("id_number", "required", "请填写证件号码(仅一岁以内婴儿可以暂缺)")
	}
	if d.Sex == "" {
		p.Add("sex", "required", "请选择性别")
	} else if !codes.Sexes.Has(d.Sex) {
		p.Add("sex", "enum", "性别代码应为 0、1、2 或 9")
	}
}

func (d *ResidentDraft) fillFrom(p *Problems, holder codes.IDNumber) {
	if holder.Born.IsZero() {
		return
	}
	if d.BirthDate.IsZero() {
		d.BirthDate = holder.Born
	} else if d.BirthDate != holder.Born {
		p.Add("birth_date", "mismatch", "出生日期与证件号码不一致")
	}
	if d.Sex == "" {
		d.Sex = holder.Sex
	}
}

// addCodeError passes on why a number was refused; its message never holds the number.
func addCodeError(p *Problems, field string, err error) {
	var e *codes.Error
	if errors.As(err, &e) {
		p.Add(field, string(e.Reason), e.Message)
		return
	}
	p.Add(field, "invalid", "格式不正确")
}

// Apply copies the checked draft onto the resident.
func (d ResidentDraft) Apply(r *Resident) {
	r.Name, r.Sex, r.BirthDate = d.Name, d.Sex, d.BirthDate
	r.DocumentType, r.DocumentNo = d.DocumentType, d.DocumentNo
	r.Phone, r.Address, r.AddressKind = d.Phone, d.Address, d.AddressKind
	r.Nationality, r.Permanent = d.Nationality, d.Permanent
	r.VillageID, r.HouseholdID, r.HouseRelation = d.VillageID, d.HouseholdID, d.HouseRelation
}

// DraftOf is the draft that would make the resident as it is.
func DraftOf(r Resident) ResidentDraft {
	return ResidentDraft{
		Name: r.Name, Sex: r.Sex, BirthDate: r.BirthDate, DocumentType: r.DocumentType, DocumentNo: r.DocumentNo, Phone: r.Phone,
		Address: r.Address, AddressKind: r.AddressKind, Nationality: r.Nationality, Permanent: r.Permanent,
		VillageID: r.VillageID, HouseholdID: r.HouseholdID, HouseRelation: r.HouseRelation,
	}
}

// ChangedFields names the API fields in which two drafts differ.
func ChangedFields(a, b ResidentDraft) []string {
	var out []string
	for _, f := range []struct {
		name string
		same bool
	}{
		{"name", a.Name == b.Name}, {"sex", a.Sex == b.Sex}, {"birth_date", a.BirthDate == b.BirthDate},
		{"document_type", a.DocumentType == b.DocumentType}, {"id_number", a.DocumentNo == b.DocumentNo}, {"phone", a.Phone == b.Phone},
		{"address", a.Address == b.Address}, {"address_kind", a.AddressKind == b.AddressKind}, {"nationality", a.Nationality == b.Nationality},
		{"permanent", a.Permanent == b.Permanent}, {"village_id", a.VillageID == b.VillageID}, {"household_id", a.HouseholdID == b.HouseholdID},
		{"household_relation", a.HouseRelation == b.HouseRelation},
	} {
		if !f.same {
			out = append(out, f.name)
		}
	}
	return out
}
