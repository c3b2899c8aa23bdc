package store

import (
	"errors"
	"slices"

	"jiayi/models"
)

// entry is one person who is new or changes.
type entry struct {
	row         *importRow
	resident    models.Resident
	before      models.Standing
	known       bool              // was in the district before
	rehoused    *models.Household // household to belong to, when that changes
	fields      []string
	memberships []models.Membership  // all of the person; those with id 0 are new
	contracts   []models.Contract    // all of the person
	paper       *models.Contract     // the one to be entered
	event       models.ContractEvent // how it begins
	hash        string               // of its agreement
	moved       bool                 // another team may care for the person now
}

// facts are those of somebody new, whose contract has its id.
func (e *entry) facts() facts {
	f := facts{memberships: e.memberships}
	if e.paper != nil {
		f.contracts = []models.Contract{*e.paper}
	}
	return f
}

// decide tells of every good row whether the person is new, changed, or as the row says.
// People are looked up without a lock first, so that loading a file again holds up
// nobody; those who change are locked and looked at once more.
func (l *landing) decide() error {
	if err := l.findPeople(l.rows, false); err != nil {
		return err
	}
	var changing []*importRow
	for _, row := range l.rows {
		if p := l.people[row]; p != nil && l.good(row) {
			if e, problems := l.amend(row, p); len(problems) > 0 || e != nil {
				changing = append(changing, row)
			}
		}
	}
	if err := l.findPeople(changing, true); err != nil {
		return err
	}
	for _, row := range l.rows {
		if !l.good(row) {
			continue
		}
		e, problems := l.enter(row)
		for _, p := range problems {
			l.refuse(row, models.ImportColumn(p.Field), p.Code, p.Message)
		}
		switch {
		case len(problems) > 0:
		case e == nil:
			l.unchanged++
		default:
			l.entries = append(l.entries, e)
			if e.paper != nil {
				l.seats[e.paper.TeamID]++
			}
		}
	}
	return nil
}

func (l *landing) enter(row *importRow) (*entry, models.Problems) {
	if p := l.people[row]; p != nil {
		return l.amend(row, p)
	}
	if row.resident.DocumentIndex != nil && l.elsewhere[*row.resident.DocumentIndex] {
		return nil, models.Problems{{Field: string(models.ColumnDocument), Code: "already_known", Message: "该证件号码已由区内其他机构建档,请联系区级管理员"}}
	}
	e := &entry{row: row, resident: row.resident, rehoused: l.house(row)}
	r := &e.resident
	r.Status, r.Version = models.Living, 1
	l.place(r)
	return e, l.join(e)
}

// amend is the entry of a known person, nil when the row brings no news.
func (l *landing) amend(row *importRow, p *person) (*entry, models.Problems) {
	d, problems := row.Amend(p.Resident)
	if len(problems) > 0 {
		return nil, problems
	}
	e := &entry{row: row, resident: p.Resident, before: p.Standing, known: true, memberships: slices.Clone(p.memberships), contracts: p.contracts}
	e.fields = models.ChangedFields(models.DraftOf(p.Resident), d)
	if h := l.house(row); h != nil && (h.ID == 0 || h.ID != p.HouseholdID) {
		e.rehoused = h
		e.fields = append(e.fields, "household_id")
	}
	r := &e.resident
	e.moved = d.VillageID != r.VillageID
	d.Apply(r)
	r.PhoneIndex = l.tx.s.blind(indexPhone, r.Phone)
	l.place(r)
	if problems := l.join(e); len(problems) > 0 {
		return nil, problems
	}
	if len(e.fields) == 0 {
		return nil, nil
	}
	r.Version++
	return e, nil
}

// place gives a resident the team of responsibility of the village.
func (l *landing) place(r *models.Resident) {
	v := l.villages[r.VillageID]
	r.AreaTeamID, r.AreaInstID = v.TeamID, v.InstitutionID
}

// join enrols the person in the populations of the row and enters the paper contract,
// by the rules for those who do so by hand.
func (l *landing) join(e *entry) models.Problems {
	var out models.Problems
	for _, code := range e.row.Joins(e.memberships, l.run.firstLoaded) {
		in := Enrolment{Code: code, Begin: l.tx.today, Evidence: importEvidence, Source: models.FromImport}
		if err := checkEnrolment(e.resident, in, l.tx.today); err != nil {
			var told *models.Error
			if errors.As(err, &told) {
				out.Add(string(models.ColumnPopulations), told.Fields[0].Code, told.Fields[0].Message)
			}
			return out
		}
		e.memberships = append(e.memberships, newMembership(e.resident.ID, in))
		e.fields = append(e.fields, "population:"+string(code))
	}
	signs, problems := e.row.Signs(e.contracts)
	if len(problems) > 0 || !signs {
		return problems
	}
	team := l.teams[e.row.Contract.TeamID]
	if most := team.Capacity(l.tx.s.opt.CapacityPerDoctor); team.Load+l.seats[team.ID] >= most {
		out.Add(string(models.ColumnTeam), "team_full", "该团队签约人数已达上限")
		return out
	}
	e.paper = &models.Contract{
		TeamID: team.ID, InstitutionID: team.InstitutionID, DoctorID: team.LeaderID, ResidentID: e.resident.ID, Source: models.FromBulkImport,
		TermYears: e.row.Contract.TermYears, BeginDate: e.row.Contract.SignedOn, EndDate: e.row.Contract.EndsOn, SignedOn: e.row.Contract.SignedOn,
		OpenedBy: l.tx.actor.Name(), Version: 1,
	}
	var err error
	if e.event, err = e.paper.Move(models.MoveSign, l.tx.actor, ""); err != nil {
		out.Add(string(models.ColumnTeam), "forbidden", "您没有为该团队登记签约的权限")
		return out
	}
	e.resident.SignedTeamID, e.resident.SignedInstID = team.ID, team.InstitutionID
	e.moved = true
	e.fields = append(e.fields, "contract")
	return nil
}

// importEvidence is the evidence of a membership a file brought.
const importEvidence = "批量导入名单"

// stand computes what every entry adds to the tallies, now that its facts are known.
func (e *entry) stand(today models.Date) {
	contracts := slices.DeleteFunc(slices.Clone(e.contracts), func(c models.Contract) bool { return c.Status != models.Active })
	if e.paper != nil {
		contracts = append(contracts, *e.paper)
	}
	e.resident.Standing = models.StandingOn(e.resident, e.memberships, contracts, today)
}
