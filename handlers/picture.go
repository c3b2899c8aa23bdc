package handlers

import (
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/internal/picture"
	"jiayi/models"
)

// PictureInput is a multipart body with a picture in its field file.
type PictureInput struct{ UploadInput }

// SendImageInput is a picture for something that exists.
type SendImageInput struct {
	IDInput
	PictureInput
}

var errNoPicture = models.InvalidField("file", "required", "请以 multipart/form-data 的 file 字段上传图片")

// picture reads it, and one byte more than it may have.
func (in *PictureInput) picture() ([]byte, error) {
	part, err := in.file()
	if models.IsKind(err, models.Invalid) {
		return nil, errNoPicture
	} else if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(part, picture.MaxBytes+1))
	if err != nil {
		return nil, uploadError(err)
	}
	return content, nil
}

var pictureEndings = map[string]string{"image/png": ".png", "image/jpeg": ".jpg"}

// pictureResponse streams a picture of a kind under a name without ending.
func pictureResponse(content []byte, kind, name string) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", kind)
		hc.SetHeader("Content-Length", strconv.Itoa(len(content)))
		hc.SetHeader("Content-Disposition", `attachment; filename="`+name+pictureEndings[kind]+`"`)
		hc.SetHeader("X-Content-Type-Options", "nosniff")
		hc.SetStatus(http.StatusOK)
		_, _ = hc.BodyWriter().Write(content) // whoever hung up is told nothing
	}}
}
