package middleware

import (
	"context"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/models"
)

// Identify tells who a bearer token belongs to. It returns models.ErrUnauthenticated
// for a token that is not, or no longer, alive.
type Identify func(ctx context.Context, token string) (models.Actor, error)

// maxDevice is the most characters kept of a user agent.
const maxDevice = 120

// Authorise finds the actor of a request, holds it against the route's permission and
// puts it into the context. A public route has an actor too: one without a role.
func Authorise(need models.Permission, identify Identify, refuse func(huma.Context, error)) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		var actor models.Actor
		if need != models.Public {
			token, ok := strings.CutPrefix(ctx.Header("Authorization"), "Bearer ")
			if !ok || identify == nil {
				refuse(ctx, models.ErrUnauthenticated)
				return
			}
			var err error
			if actor, err = identify(ctx.Context(), token); err != nil {
				refuse(ctx, err)
				return
			}
			if err := actor.Refusal(need); err != nil {
				refuse(ctx, err)
				return
			}
		}
		actor.RequestID = RequestIDFrom(ctx.Context())
		actor.IP = clientIP(ctx.Context())
		actor.Device = cut(ctx.Header("User-Agent"), maxDevice)
		next(huma.WithContext(ctx, models.WithActor(ctx.Context(), actor)))
	}
}

func cut(s string, most int) string {
	s = strings.ToValidUTF8(s, "")
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}
