package store

import (
	"context"
	"encoding/json"
	"strings"

	"jiayi/internal/sheet"
	"jiayi/models"
)

// ImportErrors lists what is wrong with the rows of a load, in the order of the file. The
// cells of the rows stay sealed.
func (v View) ImportErrors(ctx context.Context, id models.ID, p Page) (List[models.ImportError], error) {
	if _, err := v.Import(ctx, id); err != nil {
		return List[models.ImportError]{}, err
	}
	db := v.query(ctx).Omit("row_cells").Where("import_id = ?", id)
	return paginate(db, p, order{columns: []string{"line", "id"}}, func(e models.ImportError) []any { return []any{e.Line, int64(e.ID)} })
}

// Headings of the two columns the sheet of errors adds; both are ignored when the mended
// sheet is loaded again.
const (
	lineHeading   = "原文件行号"
	reasonHeading = "错误原因"
)

// ImportErrorSheet makes a workbook of the bad rows of a load: the columns of the file,
// the line and the reasons. It can be mended and loaded again. The caller closes it.
func (v View) ImportErrorSheet(ctx context.Context, id models.ID) (*sheet.Writer, error) {
	imp, err := v.Import(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := v.witnessed(ctx, "import.errors", "import", id, 0); err != nil {
		return nil, err
	}
	var headings []string
	if err := json.Unmarshal([]byte(imp.Header), &headings); err != nil {
		return nil, err
	}
	w, err := sheet.NewWriter("错误数据", append(headings, lineHeading, reasonHeading))
	if err != nil {
		return nil, err
	}
	if err := v.eachBadRow(ctx, id, len(headings), w.Write); err != nil {
		_ = w.Close() // the first error says more
		return nil, err
	}
	return w, nil
}

// eachBadRow writes one row of the sheet of errors after another.
func (v View) eachBadRow(ctx context.Context, id models.ID, width int, write func(...any) error) error {
	var of []models.ImportError // the errors of the line at hand
	flush := func() error {
		if len(of) == 0 {
			return nil
		}
		row, err := badRow(of, width)
		of = of[:0]
		if err != nil {
			return err
		}
		return write(row...)
	}
	for last := (models.ImportError{}); ; {
		var page []models.ImportError
		err := v.query(ctx).Where("import_id = ? AND line >= ? AND (line > ? OR id > ?)", id, last.Line, last.Line, last.ID).
			Order("line, id").Limit(loadBatch).Find(&page).Error
		if err != nil {
			return err
		}
		for _, e := range page {
			if len(of) > 0 && of[0].Line != e.Line {
				if err := flush(); err != nil {
					return err
				}
			}
			of = append(of, e)
		}
		if len(page) < loadBatch {
			return flush()
		}
		last = page[len(page)-1]
	}
}

func badRow(errs []models.ImportError, width int) ([]any, error) {
	var cells []string
	var reasons []string
	for _, e := range errs {
		if e.Row != "" {
			if err := json.Unmarshal([]byte(e.Row), &cells); err != nil {
				return nil, err
			}
		}
		reason := e.Message
		if e.Column != "" {
			reason = e.Column + ":" + reason
		}
		reasons = append(reasons, reason)
	}
	row := make([]any, width, width+2)
	for i := range row {
		row[i] = ""
		if i < len(cells) {
			row[i] = cells[i]
		}
	}
	return append(row, errs[0].Line, strings.Join(reasons, ";")), nil
}
