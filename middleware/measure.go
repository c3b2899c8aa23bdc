package middleware

import (
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
)

// noRoute is the route label of a request that no route answers.
const noRoute = "none"

// Measure counts requests and their latency by method, route pattern and status. A
// pattern holds no id and no query, so no label is personal.
func Measure(reg prometheus.Registerer) gin.HandlerFunc {
	requests := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "jiayi_http_requests_total", Help: "Requests answered.",
	}, []string{"method", "route", "status"})
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "jiayi_http_request_seconds", Help: "Time to answer a request.", Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
	}, []string{"method", "route"})
	reg.MustRegister(requests, seconds)
	return func(c *gin.Context) {
		began := time.Now()
		c.Next()
		method, route := c.Request.Method, c.FullPath()
		if route == "" {
			method, route = noRoute, noRoute // an unknown method would be a label of the caller's choice
		}
		requests.WithLabelValues(method, route, strconv.Itoa(c.Writer.Status())).Inc()
		seconds.WithLabelValues(method, route).Observe(time.Since(began).Seconds())
	}
}
