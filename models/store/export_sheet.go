package store

import (
	"context"
	"fmt"
	"strings"

	"jiayi/internal/calendar"
	"jiayi/internal/sheet"
	"jiayi/models"
)

// watermark is the last word of every page.
const watermark = "仅限工作使用"

// ExportSheet is the file of an export of the actor's own: the rows that the list holds
// now, at most as many as were approved, written page by page so that the memory does not
// grow with them. Each page is witnessed with whose data it holds; the download is counted
// and recorded before the answer begins. It returns NotFound outside the scope and what
// models.Export.Fetch refuses. The caller closes the file.
func (v View) ExportSheet(ctx context.Context, id models.ID) (*sheet.Writer, models.Export, error) {
	var e models.Export
	if err := v.exports(v.query(ctx)).Take(&e, "exports.id = ?", id).Error; err != nil {
		return nil, e, notFound(err)
	}
	if err := e.Fetch(v.actor, v.Now()); err != nil {
		return nil, e, err
	}
	w, n, err := v.exportBook(ctx, e)
	if err != nil {
		return nil, e, err
	}
	if err := v.fetched(ctx, &e, n); err != nil {
		_ = w.Close() // the first error says more
		return nil, e, err
	}
	return w, e, nil
}

// fetched counts a download, under the rules as they stand now: of several at once only as
// many are answered as are left.
func (v View) fetched(ctx context.Context, e *models.Export, rows int) error {
	return v.transact(ctx, func(tx *Tx) error {
		now, err := tx.lockExport(e.ID)
		if err != nil {
			return err
		}
		if err := now.Fetch(tx.actor, tx.now); err != nil {
			return err
		}
		now.Downloads++
		now.DownloadedAt = &tx.now
		shown := "masked"
		if now.Unmasked {
			shown = "unmasked"
		}
		tx.record("export.download", "export", now.ID, 0, string(now.Kind), shown, fmt.Sprintf("rows=%d", rows)).Reason = now.Reason
		*e = now
		return tx.db.Omit("created_at").Save(&now).Error
	})
}

// exportBook writes the workbook and returns the number of its rows.
func (v View) exportBook(ctx context.Context, e models.Export) (w *sheet.Writer, n int, err error) {
	f, err := e.Filter()
	if err != nil {
		return nil, 0, err
	}
	lines, err := exportLines(v.query(ctx), []models.Export{e})
	if err != nil {
		return nil, 0, err
	}
	list, err := v.exportList(ctx, e.Kind, f, !e.Unmasked)
	if err != nil {
		return nil, 0, err
	}
	mark := strings.Join([]string{e.No, lines[0].Applicant, calendar.DateOf(v.Now()).String() + " " + v.Now().In(calendar.Shanghai).Format("15:04:05"), watermark}, " | ")
	spec, _ := e.Kind.Spec()
	w, err = sheet.NewBook(sheet.Layout{Name: spec.Label, Above: mark, Header: list.header, Footer: mark})
	if err != nil {
		return nil, 0, err
	}
	defer func() {
		if err != nil {
			_ = w.Close()
		}
	}()
	more := false
	for p := (Page{export: true}); ; {
		rows, people, next, err := list.page(p)
		if err != nil {
			return w, n, err
		}
		if left := e.Rows - n; len(rows) > left {
			rows, people, more = rows[:left], people[:left], true
		}
		if err := v.witnessed(ctx, "export.rows", "export", e.ID, 0, idTexts(people)...); err != nil {
			return w, n, err
		}
		for _, row := range rows {
			if err := w.Write(row...); err != nil {
				return w, n, err
			}
		}
		n += len(rows)
		if more || next == "" {
			break
		}
		p.Cursor = next
	}
	return w, n, writeExportNotes(w, lines[0], mark, n, more)
}

// writeExportNotes adds the sheet that says what the file is, and how its rows compare
// with those approved.
func writeExportNotes(w *sheet.Writer, e ExportLine, mark string, n int, more bool) error {
	spec, _ := e.Kind.Spec()
	if err := w.Next(sheet.Layout{Name: "说明", Above: mark, Header: []string{"项目", "内容"}, Footer: mark}); err != nil {
		return err
	}
	shown, approval, compared := "脱敏", "500行以内的脱敏导出,无需审批", "与批准的行数一致"
	if e.Unmasked {
		shown = "明文"
	}
	if e.DecidedBy != 0 {
		approval = e.Decider
	}
	switch {
	case more:
		compared = "名单在批准后有增加,超出批准行数的部分未导出,请重新申请"
	case n < e.Rows:
		compared = "名单或您的管辖范围在批准后有减少"
	}
	for _, line := range [][2]string{{"导出编号", e.No}, {"内容", spec.Label}, {"筛选条件", strings.Join(e.Choices, ";")}, {"显示", shown}, {"原因", e.Reason}, {"申请人", e.Applicant}, {"批准人", approval}} {
		if err := w.Write(line[0], sheet.Neutral(line[1])); err != nil {
			return err
		}
	}
	if err := w.Write("批准的行数", e.Rows); err != nil {
		return err
	}
	if err := w.Write("本次导出的行数", n); err != nil {
		return err
	}
	return w.Write("行数说明", compared)
}
