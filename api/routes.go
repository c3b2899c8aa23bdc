// Package api is the table of contents: every route is one row here. It assembles the
// server, turns errors into HTTP answers and describes everything as OpenAPI.
package api

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/models"
)

// Prefix is the path every route of the API begins with.
const Prefix = "/api/v1"

// Route is one row of the table of contents. The permission feeds both the check and
// the OpenAPI security of the operation.
type Route struct {
	Method, Path, ID, Summary string
	Permission                models.Permission
	Status                    int   // status of success
	BodyLimit                 int64 // bytes, 0 for the usual limit
	Refusals                  []int // statuses beside those that every route of the method may answer
	register                  func(huma.API, huma.Operation)
}

// row makes one row from a typed handler.
func row[I, O any](method, path, id, summary string, perm models.Permission, h func(context.Context, *I) (*O, error)) Route {
	return Route{
		Method: method, Path: path, ID: id, Summary: summary, Permission: perm, Status: http.StatusOK,
		register: func(a huma.API, op huma.Operation) {
			huma.Register(a, op, func(ctx context.Context, in *I) (*O, error) {
				out, err := h(ctx, in)
				if err != nil {
					return nil, problemOf(ctx, err)
				}
				return out, nil
			})
		},
	}
}

func get[I, O any](path, id, summary string, perm models.Permission, h func(context.Context, *I) (*O, error)) Route {
	return row(http.MethodGet, path, id, summary, perm, h)
}

func post[I, O any](path, id, summary string, perm models.Permission, h func(context.Context, *I) (*O, error)) Route {
	return row(http.MethodPost, path, id, summary, perm, h)
}

func patch[I, O any](path, id, summary string, perm models.Permission, h func(context.Context, *I) (*O, error)) Route {
	return row(http.MethodPatch, path, id, summary, perm, h)
}

// creates marks a row that answers 201.
func creates(r Route) Route {
	r.Status = http.StatusCreated
	return r
}

// empty marks a row that answers 204, without a body.
func empty(r Route) Route {
	r.Status = http.StatusNoContent
	return r
}

// refuses notes a status that routes of the method do not answer otherwise.
func refuses(status int, r Route) Route {
	r.Refusals = append(r.Refusals, status)
	return r
}

// upTo gives a row its own body limit in bytes.
func upTo(limit int64, r Route) Route {
	r.BodyLimit = limit
	return r
}

// problemOf turns an error of a handler into the answer; what is not for the caller is
// logged once, with its request id.
func problemOf(ctx context.Context, err error) error {
	p := toProblem(ctx, err)
	switch {
	case p.Status == http.StatusServiceUnavailable && ctx.Err() == nil: // the caller waited, and something was too slow or away
		slog.WarnContext(ctx, "request gave up", "error", err, "request_id", models.ActorFrom(ctx).RequestID)
	case p.Status >= http.StatusInternalServerError && p.Status != http.StatusServiceUnavailable:
		slog.ErrorContext(ctx, "request failed", "error", err, "request_id", models.ActorFrom(ctx).RequestID)
	}
	return p
}
