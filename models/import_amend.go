package models

import "strings"

// Amend lays what the row says over a known resident. Empty cells say nothing, so
// nothing is ever removed. The person stays who they are: another name or birth date
// under the same document is refused, and the document stays as it was entered.
func (row ImportRow) Amend(known Resident) (ResidentDraft, Problems) {
	var p Problems
	if known.Status != Living {
		p.Add("", "not_living", "该居民已登记死亡、迁出或并入其他档案,不能再修改")
		return ResidentDraft{}, p
	}
	if !sameName(known.Name, row.Draft.Name) {
		p.Add(string(ColumnName), "name_mismatch", "该证件号码已用其他姓名建档,请核对姓名和证件号码")
	}
	if known.BirthDate != row.Draft.BirthDate {
		p.Add(string(ColumnBirth), "mismatch", "出生日期与已有档案不一致")
	}
	d := DraftOf(known)
	for _, f := range []struct {
		to   *string
		from string
	}{{&d.Sex, row.Draft.Sex}, {&d.Phone, row.Draft.Phone}, {&d.Address, row.Draft.Address}, {&d.HouseRelation, row.Draft.HouseRelation}} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	d.VillageID = row.Draft.VillageID
	return d, p
}

var nameMarks = strings.NewReplacer("·", "", "•", "", "・", "", ".", "", "-", "", " ", "", "'", "", "’", "")

// sameName tells whether two spellings are one name: marks between its parts and case do not matter.
func sameName(a, b string) bool {
	return a == b || strings.EqualFold(nameMarks.Replace(a), nameMarks.Replace(b))
}

// Joins lists the populations of the row the person is to be enrolled in. One that was
// closed on or after the day this very file was first loaded stays closed: loading the
// file again brings no news.
func (row ImportRow) Joins(have []Membership, firstLoaded Date) []Population {
	var out []Population
next:
	for _, code := range row.Populations {
		for _, m := range have {
			if m.Code == code && (m.Open != nil || !firstLoaded.IsZero() && !m.End.Before(firstLoaded)) {
				continue next
			}
		}
		out = append(out, code)
	}
	return out
}

// Signs tells whether the contract of the row is to be entered beside those the person
// has had. A file never touches a contract the system has: what began on or after the
// signing date of the row is newer than the file, even when it has ended since. A row
// that signs over a contract in force, or over an application, is refused.
func (row ImportRow) Signs(have []Contract) (bool, Problems) {
	if row.Contract == nil {
		return false, nil
	}
	var p Problems
	for _, c := range have {
		if !c.BeginDate.IsZero() && !c.BeginDate.Before(row.Contract.SignedOn) {
			return false, nil
		}
		if c.Slot == nil || len(p) > 0 {
			continue
		}
		if *c.Slot == PendingSlot {
			p.Add(string(ColumnSigned), "already_applied", "该居民在系统中已有待处理的签约申请,请先处理")
		} else {
			p.Add(string(ColumnSigned), "already_signed", "该居民在系统中已有有效签约,请在系统中办理续约或改签")
		}
	}
	return len(p) == 0, p
}
