package store

import (
	"encoding/json"
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
		l.numberResidents, l.enterHouses, l.enterResidents, l.saveKnown, l.enterMemberships, l.nameHeads, l.count, l.keepErrors,
		l.enterContracts, l.care, l.takeSeats,
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
