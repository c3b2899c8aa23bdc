// Package handlers has one file per noun: typed input, one store call, typed output.
package handlers

import (
	"context"

	"jiayi/internal/token"
	"jiayi/models"
	"jiayi/models/store"
)

// Handlers answers every route of the API.
type Handlers struct {
	Store     *store.Store
	Tokens    *token.Signer // access tokens
	Passwords Passwords     // staff passwords
	Wechat    Wechat        // nil when no mini-program is configured
	Issuer    string        // first line in an authenticator app
	// CheckInURL is the address of the page for checking in to an event, to which the scene
	// is added: "https://…?scene="; "" when none is configured.
	CheckInURL string
	// VerifyURL is the address of the page that verifies an agreement, to which its number and
	// hash are added; without it the paper carries no QR code.
	VerifyURL string
	// TemplateIDs are the platform's message templates by family of notices.
	TemplateIDs map[models.Subscription]string
	// Client is what phones are told before anyone has signed in.
	Client ClientSettings
}

// as is the store as the actor of the request sees it.
func (h *Handlers) as(ctx context.Context) store.View {
	return h.Store.As(models.ActorFrom(ctx))
}
