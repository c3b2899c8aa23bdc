package api

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// probeTimeout is how long a readiness probe waits for the database.
const probeTimeout = 2 * time.Second

// probes are the paths an operator's tools call: alive, ready, metrics.
func probes(e *gin.Engine, c Config) {
	e.GET("/healthz", func(g *gin.Context) { g.String(http.StatusOK, "ok") })
	e.GET("/readyz", func(g *gin.Context) {
		ctx, cancel := context.WithTimeout(g.Request.Context(), probeTimeout)
		defer cancel()
		if c.Handlers.Store == nil || c.Handlers.Store.Ping(ctx) != nil {
			answer(g, http.StatusServiceUnavailable)
			return
		}
		g.String(http.StatusOK, "ready")
	})
	if c.Metrics != nil {
		e.GET("/metrics", gin.WrapH(c.Metrics))
	}
}
