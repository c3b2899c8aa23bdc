package handlers

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/models"
)

// Import is the loading of one county file and how far it has come.
type Import struct {
	ID          models.ID           `json:"id"`
	FileName    string              `json:"file_name"`
	Status      models.ImportStatus `json:"status" enum:"queued,running,done,failed"`
	StatusLabel string              `json:"status_label"`
	Total       int                 `json:"total" doc:"数据行数;清点完成之前为 0"`
	Created     int                 `json:"created" doc:"新建档案"`
	Updated     int                 `json:"updated" doc:"更新档案"`
	Unchanged   int                 `json:"unchanged" doc:"与已有档案一致"`
	Failed      int                 `json:"failed" doc:"有错误的行"`
	Failure     string              `json:"failure,omitempty" doc:"整个文件失败的原因"`
	CreatedAt   time.Time           `json:"created_at"`
	EndedAt     *time.Time          `json:"ended_at,omitempty"`
}

func importOf(i models.Import) Import {
	return Import{
		ID: i.ID, FileName: i.FileName, Status: i.Status, StatusLabel: models.ImportStatusLabels[i.Status], Total: i.Total,
		Created: i.Created, Updated: i.Updated, Unchanged: i.Unchanged, Failed: i.Failed, Failure: i.Failure, CreatedAt: i.CreatedAt, EndedAt: i.EndedAt,
	}
}

// UploadInput is a multipart body that is read as it arrives and never held in memory.
type UploadInput struct {
	parts *multipart.Reader
}

// Resolve finds the boundary of the parts.
func (in *UploadInput) Resolve(ctx huma.Context) []error {
	kind, params, err := mime.ParseMediaType(ctx.Header("Content-Type"))
	if err == nil && kind == "multipart/form-data" && params["boundary"] != "" {
		in.parts = multipart.NewReader(ctx.BodyReader(), params["boundary"])
	}
	return nil
}

var errNoFile = models.InvalidField("file", "required", "请以 multipart/form-data 的 file 字段上传 xlsx 或 csv 文件")

// file returns the part named file.
func (in *UploadInput) file() (*multipart.Part, error) {
	if in.parts == nil {
		return nil, errNoFile
	}
	for {
		part, err := in.parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil, errNoFile
		case err != nil:
			return nil, partError(err)
		case part.FormName() == "file":
			return part, nil
		}
	}
}

// errCutOff is an upload that cannot be read to its end.
var errCutOff = &models.Error{Kind: models.Malformed, Code: "malformed", Message: "上传的内容不完整,请重新上传"}

// partError is why no further part can be read. All but its size is the sender's doing, and
// its text may quote the name of the file.
func partError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return uploadError(err)
	}
	return errCutOff
}

// uploadError tells apart why an upload broke off.
func uploadError(err error) error {
	var large *http.MaxBytesError
	var told *models.Error
	switch {
	case errors.As(err, &told):
		return err
	case errors.As(err, &large):
		return &models.Error{Kind: models.TooLarge, Code: "file_too_large", Message: "文件过大,请拆分后重新上传"}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, multipart.ErrMessageTooLarge):
		return errCutOff
	}
	return err
}

// StartImport answers POST /imports. The rows are loaded in the background.
func (h *Handlers) StartImport(ctx context.Context, in *UploadInput) (*Output[Import], error) {
	part, err := in.file()
	if err != nil {
		return nil, err
	}
	imp, err := h.as(ctx).StartImport(ctx, part.FileName(), part)
	if err != nil {
		return nil, uploadError(err)
	}
	return &Output[Import]{Body: importOf(imp)}, nil
}

// ListImports answers GET /imports.
func (h *Handlers) ListImports(ctx context.Context, in *PageInput) (*ListOutput[Import], error) {
	list, err := h.as(ctx).Imports(ctx, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, importOf), nil
}

// GetImport answers GET /imports/{id}.
func (h *Handlers) GetImport(ctx context.Context, in *IDInput) (*Output[Import], error) {
	imp, err := h.as(ctx).Import(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &Output[Import]{Body: importOf(imp)}, nil
}

// ImportError is one bad cell of a file.
type ImportError struct {
	Line    int    `json:"line" doc:"文件中的行号"`
	Column  string `json:"column" doc:"文件中的列名;空表示整行"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// ImportErrorsInput asks for a page of the errors of one load.
type ImportErrorsInput struct {
	IDInput
	PageInput
}

// ListImportErrors answers GET /imports/{id}/errors.
func (h *Handlers) ListImportErrors(ctx context.Context, in *ImportErrorsInput) (*ListOutput[ImportError], error) {
	list, err := h.as(ctx).ImportErrors(ctx, in.ID, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, func(e models.ImportError) ImportError { return ImportError{e.Line, e.Column, e.Code, e.Message} }), nil
}

// DownloadImportErrors answers GET /imports/{id}/errors.xlsx.
func (h *Handlers) DownloadImportErrors(ctx context.Context, in *IDInput) (*huma.StreamResponse, error) {
	w, err := h.as(ctx).ImportErrorSheet(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return workbook(w, "errors-"+in.ID.String()), nil
}
