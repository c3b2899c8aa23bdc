package api

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/middleware"
	"jiayi/models"
)

// Problem is the body of every error (RFC 9457). It never carries an input value, a
// secret or a driver's text.
type Problem struct {
	Type      string         `json:"type" doc:"总是 about:blank;请按 code 判断" example:"about:blank"`
	Title     string         `json:"title" doc:"HTTP 状态的名称"`
	Status    int            `json:"status"`
	Code      string         `json:"code" doc:"稳定的机器码" example:"team_full"`
	Detail    string         `json:"detail" doc:"给用户看的中文说明"`
	RequestID string         `json:"request_id,omitempty"`
	Errors    []ProblemField `json:"errors,omitempty" doc:"出错的字段"`
	Details   map[string]any `json:"details,omitempty" doc:"补充信息"`
}

// ProblemField names one field of the request and what is wrong with it.
type ProblemField struct {
	Field   string `json:"field" doc:"字段路径" example:"id_number"`
	Code    string `json:"code" example:"checksum"`
	Message string `json:"message" doc:"中文说明"`
}

// Error is the machine code.
func (p *Problem) Error() string { return p.Code }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType makes every problem application/problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var kindStatus = map[models.Kind]int{
	models.Malformed: http.StatusBadRequest, models.Invalid: http.StatusUnprocessableEntity, models.Unauthenticated: http.StatusUnauthorized,
	models.Forbidden: http.StatusForbidden, models.NotFound: http.StatusNotFound, models.Conflict: http.StatusConflict,
	models.PreconditionFailed: http.StatusPreconditionFailed, models.PreconditionRequired: http.StatusPreconditionRequired,
	models.TooLarge: http.StatusRequestEntityTooLarge, models.TooMany: http.StatusTooManyRequests, models.Unavailable: http.StatusServiceUnavailable,
}

// statusTexts are the code and Chinese detail of answers that carry no models.Error.
var statusTexts = map[int]struct{ code, detail string }{
	http.StatusBadRequest:            {"malformed", "请求格式不正确,无法读取"},
	http.StatusUnauthorized:          {"unauthenticated", "请先登录"},
	http.StatusForbidden:             {"forbidden", "您没有进行此操作的权限"},
	http.StatusNotFound:              {"not_found", "未找到"},
	http.StatusMethodNotAllowed:      {"method_not_allowed", "该地址不支持此操作"},
	http.StatusNotAcceptable:         {"not_acceptable", "无法按要求的格式返回"},
	http.StatusRequestTimeout:        {"timeout", "请求超时,请重试"},
	http.StatusRequestEntityTooLarge: {"too_large", "提交的内容过大"},
	http.StatusUnsupportedMediaType:  {"unsupported_media_type", "请使用 application/json 提交"},
	http.StatusUnprocessableEntity:   {"invalid", "提交的内容有误,请检查标出的字段"},
	http.StatusTooManyRequests:       {"too_many", "操作过于频繁,请稍后再试"},
	http.StatusServiceUnavailable:    {"unavailable", "服务暂时不可用,请稍后再试"},
}

func newProblem(status int, requestID string) *Problem {
	text, ok := statusTexts[status]
	if !ok {
		text = struct{ code, detail string }{"internal", "系统出现故障,请稍后再试"}
	}
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: text.code, Detail: text.detail, RequestID: requestID}
}

// toProblem is the one place where errors become HTTP.
func toProblem(ctx context.Context, err error) *Problem {
	requestID := middleware.RequestIDFrom(ctx)
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var e *models.Error
	if errors.As(err, &e) {
		p = newProblem(kindStatus[e.Kind], requestID)
		p.Code, p.Detail, p.Details = e.Code, e.Message, e.Details
		for _, f := range e.Fields {
			p.Errors = append(p.Errors, ProblemField(f))
		}
		return p
	}
	if errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil { // too slow, or the caller has gone: no failure of ours
		return newProblem(http.StatusServiceUnavailable, requestID)
	}
	return newProblem(http.StatusInternalServerError, requestID)
}

// humaProblem builds the answer to what huma itself refuses: unreadable bodies, and
// values that break the schema. Huma's own texts and the refused values are dropped.
func humaProblem(status int, _ string, errs ...error) huma.StatusError {
	p := newProblem(status, "")
	for _, err := range errs {
		var d huma.ErrorDetailer
		if !errors.As(err, &d) {
			continue
		}
		detail := d.ErrorDetail()
		place, field, _ := strings.Cut(detail.Location, ".")
		if place == "path" {
			return newProblem(http.StatusNotFound, "")
		}
		if status == http.StatusUnprocessableEntity { // a body that cannot be read has no fields to name
			p.Errors = append(p.Errors, fieldProblem(field, detail.Message))
		}
	}
	if len(p.Errors) == 1 {
		p.Detail = p.Errors[0].Message
	}
	return p
}
