package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiayi/internal/calendar"
	"jiayi/internal/pinyin"
	"jiayi/internal/sheet"
	"jiayi/models"
)

// A batch ends at Options.ImportBatch rows, or at so many bytes of cells, whichever comes first.
const (
	importBatchRows  = 1024
	importBatchBytes = 2 << 20
)

// Bounds of what is kept of a row for the sheet of errors, and of its headings.
const (
	maxColumns = 200
	maxHeading = 64  // characters
	maxCell    = 500 // characters
)

// importSheet is an open county file whose columns are known.
type importSheet struct {
	*sheet.Reader
	columns  map[models.ImportColumn]int
	headings []string // as written, cleaned
}

// openImport opens a file and finds its columns. What the sender can mend comes back
// as an Invalid or TooLarge error about the field file.
func openImport(path string) (*importSheet, error) {
	r, err := sheet.Open(path, sheet.Options{IsHeader: isImportHeader, MaxSize: models.MaxImportSize})
	if err != nil {
		return nil, fileError(err)
	}
	in := &importSheet{Reader: r}
	if err := in.findColumns(r.Header.Cells); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return in, nil
}

var importAliases = func() map[string][]string {
	out := map[string][]string{}
	for column, aliases := range models.ImportAliases {
		out[string(column)] = aliases
	}
	return out
}()

// isImportHeader knows a header by the name and any second column.
func isImportHeader(cells []string) bool {
	columns, _, _ := sheet.Columns(cells, importAliases)
	_, name := columns[string(models.ColumnName)]
	return name && len(columns) > 1
}

func (in *importSheet) findColumns(header []string) error {
	if len(header) > maxColumns {
		return models.InvalidField("file", "too_many_columns", "文件的列数过多,请只保留需要的列")
	}
	columns, _, twice := sheet.Columns(header, importAliases)
	if len(twice) > 0 {
		return models.InvalidField("file", "duplicate_column", "同一内容有多列,请只保留一列:"+strings.Join(twice, "、"))
	}
	var missing []string
	for _, c := range models.RequiredColumns {
		if _, ok := columns[string(c)]; !ok {
			missing = append(missing, string(c))
		}
	}
	if len(missing) > 0 {
		return models.InvalidField("file", "missing_column", "缺少必需的列:"+strings.Join(missing, "、"))
	}
	in.columns = map[models.ImportColumn]int{}
	for c, i := range columns {
		in.columns[models.ImportColumn(c)] = i
	}
	for _, text := range header {
		in.headings = append(in.headings, cut(sheet.CleanText(text), maxHeading))
	}
	return nil
}

// heading is a column's heading as the file has it.
func (in *importSheet) heading(c models.ImportColumn) string {
	if i, ok := in.columns[c]; ok {
		return in.headings[i]
	}
	return string(c)
}

// fileError is what the sender of an unreadable file is told.
func fileError(err error) error {
	var e *sheet.Error
	if !errors.As(err, &e) {
		return err
	}
	told := models.InvalidField("file", e.Code, e.Message)
	told.Code = e.Code
	if errors.Is(err, sheet.ErrTooLarge) {
		told.Kind = models.TooLarge
	}
	return told
}

// count reads the file to its end and returns the number of its rows, so that a damaged
// file is refused before any of it lands. tick is called now and then.
func (in *importSheet) count(tick func() error) (int, error) {
	n := 0
	for _, err := range in.Rows() {
		if err != nil && !errors.Is(err, sheet.ErrQuote) {
			return n, fileError(err)
		}
		if n++; n%20_000 == 0 {
			if err := tick(); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// importRow is one row on its way in: what it says, or what is wrong with it.
type importRow struct {
	models.ImportRow
	line     int
	cells    []string
	problems models.Problems
	resident models.Resident // as the draft has it, with its indexes; not yet placed
	mark     int64           // who the row is about
}

// importBatch is the rows that land in one transaction; first is the place of the first
// one among the rows of the file, from 0.
type importBatch struct {
	first int
	rows  []*importRow
	err   error // the file cannot be read on
}

// batches reads the rows from one on, maps them and sends them in batches. It ends with
// the file, with an error in the last batch, or with the context.
func (run *importRun) batches(ctx context.Context, from int, out chan<- importBatch) {
	defer close(out)
	defer func() {
		if fault := recover(); fault != nil { // a row nobody thought of must not end the server
			select {
			case out <- importBatch{err: fmt.Errorf("read file load %d: panic: %v", run.imp.ID, fault)}:
			case <-ctx.Done():
			}
		}
	}()
	batch, bytes, place := importBatch{first: from}, 0, 0
	send := func() bool {
		select {
		case out <- batch:
		case <-ctx.Done():
			return false
		}
		batch, bytes = importBatch{first: place}, 0
		return true
	}
	for raw, err := range run.file.Rows() {
		if ctx.Err() != nil {
			return
		}
		if err != nil && !errors.Is(err, sheet.ErrQuote) {
			batch.err = fileError(err)
			break
		}
		if place++; place <= from {
			continue
		}
		row := run.read(raw, err)
		batch.rows = append(batch.rows, row)
		for _, c := range raw.Cells {
			bytes += len(c)
		}
		if (len(batch.rows) == run.opt.ImportBatch || bytes >= importBatchBytes) && !send() {
			return
		}
	}
	if len(batch.rows) > 0 || batch.err != nil {
		send()
	}
}

// read maps one row.
func (run *importRun) read(raw sheet.Row, err error) *importRow {
	row := &importRow{line: raw.Line}
	if err != nil {
		row.problems.Add("", sheet.ErrQuote.Code, sheet.ErrQuote.Message)
		return row
	}
	row.cells = make([]string, min(len(raw.Cells), len(run.file.headings)))
	for i := range row.cells {
		row.cells[i] = cut(sheet.CleanText(raw.Cells[i]), maxCell)
	}
	row.ImportRow, row.problems = run.guide.Read(func(c models.ImportColumn) string {
		if i, ok := run.file.columns[c]; ok && i < len(row.cells) {
			return row.cells[i]
		}
		return ""
	})
	if len(row.problems) > 0 {
		run.keepDates(row)
		return row
	}
	r := &row.resident
	row.Draft.Apply(r)
	r.Initials = pinyin.Initials(r.Name)
	r.PhoneIndex = run.blind(indexPhone, r.Phone)
	if r.DocumentNo == "" {
		row.mark = markOf(run.blind(indexNewborn, newbornKey(*r)))
		return row
	}
	r.DocumentIndex = new(run.documentIndex(r.DocumentType, r.DocumentNo))
	row.mark = markOf(*r.DocumentIndex)
	return row
}

// keepDates writes the dates of a bad row out in full: a serial number means another
// day in another workbook.
func (run *importRun) keepDates(row *importRow) {
	for c, d := range row.Dates {
		row.cells[run.file.columns[c]] = d.String()
	}
}

// newbornKey tells children without a document apart: name, birth date and village.
func newbornKey(r models.Resident) string {
	return r.Name + "|" + r.BirthDate.String() + "|" + r.VillageID.String()
}

// markOf shortens a hexadecimal index to a mark.
func markOf(index string) int64 {
	n, _ := strconv.ParseInt(index[:models.MarkBits/4], 16, 64) // an index is hexadecimal
	return n
}

func cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}

// dateReader reads dates by the file's own epoch.
func (in *importSheet) dateReader() func(string) (models.Date, error) {
	return func(text string) (calendar.Date, error) { return sheet.ParseDate(text, in.Epoch) }
}

// columnsOf lists the problems of a row under the headings of the file.
func (in *importSheet) columnsOf(problems models.Problems) []models.FieldError {
	out := slices.Clone(problems)
	for i, p := range out {
		if p.Field != "" {
			out[i].Field = in.heading(models.ImportColumn(p.Field))
		}
	}
	return out
}
