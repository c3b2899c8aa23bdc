// Package models holds the nouns of family-doctor contracting, their states and
// their rules. It is pure: no database, no HTTP and no clock; a rule that needs
// the time takes it as an argument.
package models

import (
	"errors"
	"fmt"
	"strings"
)

// Kind is the class of a failure; the api layer maps each to one HTTP status.
type Kind uint8

// The kinds of failure a caller can cause. Anything else is an internal error.
const (
	Malformed            Kind = iota + 1 // the request cannot be read (400)
	Invalid                              // it can be read but breaks a rule of its fields (422)
	Unauthenticated                      // nobody, or an identity that has ended (401)
	Forbidden                            // known, but not allowed to do this at all (403)
	NotFound                             // does not exist, or is outside the actor's scope (404)
	Conflict                             // the state of things forbids it now (409)
	PreconditionFailed                   // written against a stale version (412)
	PreconditionRequired                 // an edit that names no version (428)
	TooLarge                             // more than may be sent at once (413)
	TooMany                              // too often (429)
	Unavailable                          // something we depend on is away; try again (503)
)

// FieldError names one field of the input and says in Chinese what is wrong with it.
// It never carries the value.
type FieldError struct {
	Field   string // path in the request: "id_number", "forms.hypertension.sbp"
	Code    string // stable machine code: "required", "checksum", "out_of_range"
	Message string // Chinese
}

// Error is a failure that is told to the caller. Message and Fields are Chinese
// and never hold an input value, a secret or a driver's text.
type Error struct {
	Kind    Kind
	Code    string // stable machine code, e.g. "team_full"
	Message string
	Fields  []FieldError
	Details map[string]any // further facts for the client: retry_after, current_version, …
}

// Error writes the code and field codes for logs; it holds no personal data.
func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Code
	}
	parts := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		parts[i] = f.Field + ":" + f.Code
	}
	return e.Code + " (" + strings.Join(parts, ", ") + ")"
}

// Is makes errors.Is(err, &Error{Code: …}) compare codes.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Errorf builds an Error with a formatted Chinese message.
func Errorf(kind Kind, code, format string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Message: fmt.Sprintf(format, args...)}
}

// InvalidField is an Invalid error about one field.
func InvalidField(field, code, message string) *Error {
	return InvalidFields(FieldError{field, code, message})
}

// InvalidFields is an Invalid error about several fields; its message is the first one's.
func InvalidFields(fields ...FieldError) *Error {
	e := &Error{Kind: Invalid, Code: "invalid", Message: "提交的内容有误,请检查标出的字段", Fields: fields}
	if len(fields) == 1 {
		e.Message = fields[0].Message
	}
	return e
}

// ErrNotFound is the answer for what does not exist and for what is out of scope alike.
var ErrNotFound = &Error{Kind: NotFound, Code: "not_found", Message: "未找到,或不在您的管辖范围内"}

// ErrVersionRequired is the answer to an edit that names no version, where it may not be blind.
var ErrVersionRequired = &Error{Kind: PreconditionRequired, Code: "version_required", Message: "请在 If-Match 中注明修改所依据的版本(ETag)",
	Fields: []FieldError{{Field: "If-Match", Code: "required", Message: "缺少 If-Match"}}}

// ErrForbidden is the answer to an actor whose role lacks the permission.
var ErrForbidden = &Error{Kind: Forbidden, Code: "forbidden", Message: "您没有进行此操作的权限"}

// ErrUnauthenticated is the answer to a request without a live identity.
var ErrUnauthenticated = &Error{Kind: Unauthenticated, Code: "unauthenticated", Message: "请先登录"}

// IsKind tells whether err is an Error of the kind.
func IsKind(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}

// IsCode tells whether err is an Error with the code.
func IsCode(err error, code string) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}

// Problems collects field errors while a noun is checked.
type Problems []FieldError

// Add notes one problem.
func (p *Problems) Add(field, code, message string) {
	*p = append(*p, FieldError{field, code, message})
}

// Err returns nil, or one Invalid error that names every field.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return InvalidFields(p...)
}
