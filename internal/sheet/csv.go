package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// maxRecord is the most bytes one row may take; Excel's cells hold at most 32,767
// characters each.
const maxRecord = 1 << 20

// csvSample is how much of a csv file the delimiter is guessed from.
const csvSample = 64 << 10

// csvRows reads the rows of a csv file.
type csvRows struct {
	csv    *csv.Reader
	budget *budget
	within int // line breaks inside the quotations read so far
}

// openCSV finds encoding and delimiter. It returns ErrFormat for web pages and
// documents that only bear the name of a table.
func openCSV(r io.ReaderAt, size int64) (*csvRows, error) {
	text, err := decoded(r, size)
	if err != nil {
		return nil, err
	}
	buffered := bufio.NewReaderSize(text, csvSample)
	sample, err := buffered.Peek(csvSample)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	head := strings.TrimSpace(string(sample))
	if strings.HasPrefix(head, "<") || strings.HasPrefix(head, "%PDF") || strings.HasPrefix(head, "{") {
		return nil, ErrFormat
	}
	limited := newBudget(buffered, maxRecord)
	c := csv.NewReader(limited)
	c.Comma = delimiter(head)
	c.FieldsPerRecord = -1
	c.TrimLeadingSpace = c.Comma != '\t' // it would take empty cells for space
	return &csvRows{csv: c, budget: limited}, nil
}

// delimiter guesses what parts the cells: whichever of comma, semicolon and tab
// occurs most in the first lines outside quotations.
func delimiter(sample string) rune {
	const lines = headerRows
	count := map[rune]int{}
	quoted, line := false, 0
	for _, c := range sample {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			line++
		default:
			count[c]++
		}
		if line == lines {
			break
		}
	}
	best := ','
	for _, c := range []rune{';', '\t'} {
		if count[c] > count[best] {
			best = c
		}
	}
	return best
}

// next returns the next row that has cells and its number as a spreadsheet shows
// it: empty lines count, line breaks inside a quotation do not. At the end it
// returns io.EOF. After ErrQuote the reading can go on.
func (c *csvRows) next() (int, []string, error) {
	c.budget.refill()
	cells, err := c.csv.Read()
	var wrong *csv.ParseError
	switch {
	case errors.As(err, &wrong):
		line := wrong.StartLine - c.within
		c.within += wrong.Line - wrong.StartLine
		return line, nil, ErrQuote
	case err != nil:
		return 0, nil, err
	}
	line, _ := c.csv.FieldPos(0)
	line -= c.within
	for _, cell := range cells {
		c.within += strings.Count(cell, "\n")
	}
	return line, cells, nil
}

func (c *csvRows) close() error { return nil }
