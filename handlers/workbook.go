package handlers

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/internal/sheet"
)

// XLSX is the media type of the workbooks the API answers with.
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// workbook streams a finished workbook, which no cache may keep, and closes it.
func workbook(w *sheet.Writer, name string) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", XLSX)
		hc.SetHeader("Content-Disposition", `attachment; filename="`+name+`.xlsx"`)
		hc.SetHeader("Cache-Control", "no-store")
		hc.SetStatus(http.StatusOK)
		_, _ = w.WriteTo(hc.BodyWriter()) // whoever hung up is told nothing
		_ = w.Close()
	}}
}
