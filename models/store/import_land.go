package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiayi/internal/seal"
	"jiayi/models"
)

// landing is one try to bring a batch into the district, in one transaction. It works in
// sets: each step is a few statements for the whole batch.
type landing struct {
	tx        *Tx
	run       *importRun
	rows      []*importRow
	problems  map[*importRow]models.Problems
	houses    map[houseKey]*models.Household
	people    map[*importRow]*person // who the rows are about, where the district knows them
	elsewhere map[string]bool        // document indexes of residents outside the importer's scope
	teams     map[models.ID]*models.Team
	seats     map[models.ID]int // contracts entered with a team
	entries   []*entry
	unchanged int
	villages  map[models.ID]models.Village
}

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

// landBatch lands the rows of a batch: good ones as residents, bad ones as errors, and
// the place the load has come to. It returns Conflict import_taken when another runner
// got here first, and a duplicated key or errSeatsTaken when the world moved meanwhile:
// then the batch is tried again.
func (tx *Tx) landBatch(run *importRun, batch importBatch) (models.Import, error) {
	imp, err := lock[models.Import](tx, run.imp.ID)
	if err != nil {
		return imp, err
	}
	if !imp.Open() || imp.NextRow != batch.first {
		return imp, errImportTaken
	}
	l := &landing{tx: tx, run: run, rows: batch.rows, problems: map[*importRow]models.Problems{}, houses: map[houseKey]*models.Household{}, people: map[*importRow]*person{},
		elsewhere: map[string]bool{}, villages: map[models.ID]models.Village{}, teams: map[models.ID]*models.Team{}, seats: map[models.ID]int{}}
	for _, row := range l.rows {
		l.problems[row] = slices.Clone(row.problems)
	}
	for _, step := range []func() error{
		l.refuseTwins, l.findTeams, l.findHouses, l.decide,
		l.numberResidents, l.enterHouses, l.enterResidents, l.saveKnown, l.enterMemberships, l.plan, l.nameHeads, l.count, l.keepErrors,
		l.enterContracts, l.takeSeats,
	} {
		if err := step(); err != nil {
			return imp, err
		}
	}
	created := 0
	for _, e := range l.entries {
		if !e.known {
			created++
		}
	}
	updated, failed := len(l.entries)-created, l.failed()
	imp.Land(created, updated, l.unchanged, failed)
	l.witness(imp.ID, counts(created, updated, l.unchanged, failed))
	now, err := tx.leaseTime()
	if err != nil {
		return imp, err
	}
	if err := tx.db.Model(&models.Lease{}).Where("name = ? AND holder = ?", run.lease, run.holder).Update("until", now.Add(importLease)).Error; err != nil {
		return imp, err
	}
	return imp, tx.db.Save(&imp).Error
}

func (l *landing) refuse(row *importRow, column models.ImportColumn, code, message string) {
	p := l.problems[row]
	p.Add(string(column), code, message)
	l.problems[row] = p
}

func (l *landing) good(row *importRow) bool { return len(l.problems[row]) == 0 }

func (l *landing) failed() int {
	n := 0
	for _, row := range l.rows {
		if !l.good(row) {
			n++
		}
	}
	return n
}

// refuseTwins refuses rows about a person an earlier row of the file was about, and
// marks the others.
func (l *landing) refuseTwins() error {
	var rows []*importRow
	var marks []int64
	for _, row := range l.rows {
		if l.good(row) {
			rows, marks = append(rows, row), append(marks, row.mark)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	var taken []models.ImportMark
	if err := l.tx.db.Find(&taken, "import_id = ? AND mark IN ?", l.run.imp.ID, padded(marks)).Error; err != nil {
		return err
	}
	lines := map[int64]int{}
	for _, m := range taken {
		lines[m.Mark] = m.Line
	}
	var fresh []models.ImportMark
	for _, row := range rows {
		if line, twice := lines[row.mark]; twice {
			what := "证件号码"
			if row.resident.DocumentNo == "" {
				what = "姓名、出生日期和村居"
			}
			l.refuse(row, models.ColumnDocument, "duplicate", fmt.Sprintf("与文件第%d行的%s相同", line, what))
			continue
		}
		lines[row.mark] = row.line
		fresh = append(fresh, models.ImportMark{ImportID: l.run.imp.ID, Mark: row.mark, Line: row.line})
	}
	slices.SortFunc(fresh, func(a, b models.ImportMark) int { return int(min(1, max(-1, a.Mark-b.Mark))) })
	return insertAll(l.tx.db, fresh)
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

// keepErrors writes down what is wrong with the bad rows; the first problem of a row
// carries its cells.
func (l *landing) keepErrors() error {
	var out []models.ImportError
	for _, row := range l.rows {
		if l.good(row) {
			continue
		}
		if len(row.problems) == 0 {
			l.run.keepDates(row)
		}
		cells, err := json.Marshal(row.cells)
		if err != nil {
			return err
		}
		for i, p := range l.run.file.columnsOf(l.problems[row]) {
			e := models.ImportError{ImportID: l.run.imp.ID, Line: row.line, Column: p.Field, Code: p.Code, Message: p.Message}
			if i == 0 {
				e.Row = string(cells)
			}
			out = append(out, e)
		}
	}
	return insertAll(l.tx.db, out)
}

// witness records the batch in the audit: what became of its rows, whom they were about,
// and a digest of the agreements it froze.
func (l *landing) witness(id models.ID, result string) {
	var created, updated []models.ID
	digest := []string{}
	for _, e := range l.entries {
		if e.known {
			updated = append(updated, e.resident.ID)
		} else {
			created = append(created, e.resident.ID)
		}
		if e.paper != nil {
			digest = append(digest, e.paper.No+":"+e.hash)
		}
	}
	detail := []string{result, "created:" + idRanges(created), "updated:" + idRanges(updated)}
	if len(digest) > 0 {
		detail = append(detail, "agreements:"+seal.SM3Hex([]byte(strings.Join(digest, "\n"))))
	}
	l.tx.record("import.batch", "import", id, 0, detail...)
}

// idRanges writes ids briefly: 1-3 5 8-9.
func idRanges(ids []models.ID) string {
	slices.Sort(ids)
	var out []string
	for i := 0; i < len(ids); {
		j := i
		for j+1 < len(ids) && ids[j+1] == ids[j]+1 {
			j++
		}
		text := strconv.FormatInt(int64(ids[i]), 10)
		if j > i {
			text += "-" + strconv.FormatInt(int64(ids[j]), 10)
		}
		out = append(out, text)
		i = j + 1
	}
	return strings.Join(out, " ")
}
