package api

import (
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/handlers"
	"jiayi/models"
)

func importRoutes(h *handlers.Handlers) []Route {
	return []Route{
		uploads(models.MaxImportSize, "xlsx 或 csv(UTF-8 或 GB18030)", creates(post("/imports", "start-import", "上传居民名单(xlsx 或 csv),在后台导入", models.ImportFile, h.StartImport))),
		get("/imports", "list-imports", "导入记录", models.ImportFile, h.ListImports),
		get("/imports/{id}", "get-import", "导入进度", models.ImportFile, h.GetImport),
		get("/imports/{id}/errors", "list-import-errors", "导入错误", models.ImportFile, h.ListImportErrors),
		downloads(handlers.XLSX, get("/imports/{id}/errors.xlsx", "download-import-errors", "下载错误行,修改后可再次导入", models.ImportFile, h.DownloadImportErrors)),
	}
}

// multipartOverhead is what a multipart body may hold beside the file.
const multipartOverhead = 64 << 10

// uploads describes a row that takes a file of at most so many bytes in the field file. The handler reads the body as it arrives, so huma is told of it afterwards:
// otherwise it would hold the file in memory.
func uploads(most int64, what string, r Route) Route {
	register := r.register
	r.register = func(a huma.API, op huma.Operation) {
		op.Errors = append(op.Errors, http.StatusUnprocessableEntity)
		register(a, op)
		file := &huma.Schema{Type: huma.TypeString, Format: "binary", Description: what}
		body := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"file": file}, Required: []string{"file"}}
		a.OpenAPI().Paths[Prefix+op.Path].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: body}}}
	}
	return upTo(most+multipartOverhead, r)
}

// answers describes a row that writes its own JSON.
func answers[T any](r Route) Route {
	register := r.register
	r.register = func(a huma.API, op huma.Operation) {
		schema := a.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
		op.Responses = map[string]*huma.Response{
			strconv.Itoa(http.StatusOK): {
				Description: http.StatusText(http.StatusOK), Content: map[string]*huma.MediaType{"application/json": {Schema: schema}},
				Headers: map[string]*huma.Param{"ETag": {Schema: &huma.Schema{Type: huma.TypeString}}},
			},
			strconv.Itoa(http.StatusNotModified): {Description: http.StatusText(http.StatusNotModified)},
		}
		register(a, op)
	}
	return r
}

// downloads describes a row that answers with a file of the media type.
func downloads(mediaType string, r Route) Route {
	register := r.register
	r.register = func(a huma.API, op huma.Operation) {
		file := &huma.Schema{Type: huma.TypeString, Format: "binary"}
		if mediaType == "application/json" {
			file = &huma.Schema{Type: huma.TypeObject}
		}
		op.Responses = map[string]*huma.Response{strconv.Itoa(http.StatusOK): {
			Description: http.StatusText(http.StatusOK), Content: map[string]*huma.MediaType{mediaType: {Schema: file}},
		}}
		register(a, op)
	}
	return r
}
