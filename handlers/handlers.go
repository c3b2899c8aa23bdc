// Package handlers has one file per noun: typed input, one store call, typed output.
package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/store"
)

// Handlers answers every route of the API.
type Handlers struct {
	Store *store.Store
}

// as is the store as the actor of the request sees it.
func (h *Handlers) as(ctx context.Context) store.View {
	return h.Store.As(models.ActorFrom(ctx))
}
