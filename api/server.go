package api

import (
	"io/fs"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"jiayi/handlers"
	"jiayi/middleware"
	"jiayi/models"
)

// bodyLimit is the usual most bytes of a request body.
const bodyLimit = 1 << 20

// Config is what the server is assembled from.
type Config struct {
	Version  string
	Handlers *handlers.Handlers
	Identify middleware.Identify // who a bearer token belongs to
	Limits   *middleware.Limits  // rate limits, nil for none
	Metrics  http.Handler        // served at /metrics, nil for none
	Measure  gin.HandlerFunc     // counts every request, nil for none
	Proxies  []string            // addresses whose X-Forwarded-For is believed; none by default
	Quiet    bool                // no access log (tests)
	Web      fs.FS               // the built workbench, nil for none
	Phone    fs.FS               // the H5 build of the mini-program, served at PhonePath; nil for none
	Pocket   http.Handler        // the phone of a WeChat stand-in, served at PocketPath; nil outside a demonstration
}

// New assembles the server: middleware, the table of routes, OpenAPI, docs and probes.
func New(c Config) http.Handler {
	engine, _ := assemble(c)
	return engine
}

// Spec is the OpenAPI description of the API.
func Spec(version string) *huma.OpenAPI {
	_, a := assemble(Config{Version: version, Handlers: &handlers.Handlers{}})
	return a.OpenAPI()
}

func assemble(c Config) (*gin.Engine, huma.API) {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.HandleMethodNotAllowed = true
	e.RedirectTrailingSlash = false // gin would answer past the middleware: without its headers, limits and log
	if err := e.SetTrustedProxies(c.Proxies); err != nil {
		panic("api: trusted proxies: " + err.Error()) // the commands check the setting
	}
	routes := Routes(c.Handlers)
	limits := map[string]int64{}
	for _, r := range routes {
		limits[Prefix+ginPath(r.Path)] = r.BodyLimit
	}
	e.Use(middleware.RequestID)
	if c.Measure != nil {
		e.Use(c.Measure) // outside recovery, so that a panic counts as the 500 it becomes
	}
	e.Use(middleware.Recover(answer), middleware.Headers)
	if !c.Quiet {
		e.Use(middleware.AccessLog)
	}
	if c.Limits != nil {
		e.Use(middleware.RateLimit(*c.Limits, Prefix+"/", Prefix+"/auth/", answer))
	}
	e.Use(middleware.Body(func(route string) int64 {
		if n := limits[route]; n > 0 {
			return n
		}
		return bodyLimit
	}, answer))
	unknown := func(c *gin.Context) { answer(c, http.StatusNotFound) }
	if c.Web != nil {
		unknown = workbench(e, c.Web)
	}
	e.NoRoute(unknown)
	e.NoMethod(func(c *gin.Context) { answer(c, http.StatusMethodNotAllowed) })

	a := humagin.New(e, describe(c.Version))
	group := huma.NewGroup(a, Prefix)
	for _, r := range routes {
		mount(group, r, c.Identify)
	}
	probes(e, c)
	docs(e)
	phone(e, c)
	return e, a
}

// mount registers one row with its authentication, authorisation and OpenAPI security.
func mount(g huma.API, r Route, identify middleware.Identify) {
	if r.Permission == "" {
		panic("api: route " + r.ID + " names no permission")
	}
	op := huma.Operation{
		Method: r.Method, Path: r.Path, OperationID: r.ID, Summary: r.Summary, DefaultStatus: r.Status,
		MaxBodyBytes: max(r.BodyLimit, bodyLimit), Tags: []string{tagOf(r.Path)},
		BodyReadTimeout: -1, // middleware.Body has read it; a deadline left on the connection would end slow requests
		Middlewares:     huma.Middlewares{middleware.Authorise(r.Permission, identify, refuse)},
		Extensions:      map[string]any{"x-permission": string(r.Permission)},
		Errors:          []int{http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusServiceUnavailable},
	}
	if r.Permission != models.Public {
		op.Security = []map[string][]string{{"bearer": {string(r.Permission)}}}
	}
	if r.Permission != models.Public || r.Method == http.MethodPost { // a public POST is a door: it may stay shut
		op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	if r.Method == http.MethodPatch || r.Method == http.MethodPost {
		op.Errors = append(op.Errors, http.StatusConflict, http.StatusPreconditionFailed, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	switch r.Method {
	case http.MethodPatch:
		op.Errors = append(op.Errors, http.StatusPreconditionRequired)
	case http.MethodPost:
		op.Parameters = append(op.Parameters, &huma.Param{
			Name: "Idempotency-Key", In: "header", Description: "重试时使用同一个值,只生效一次,返回第一次的结果",
			Schema: &huma.Schema{Type: huma.TypeString, MaxLength: new(128)},
		})
	}
	op.Errors = append(op.Errors, r.Refusals...)
	r.register(g, op)
}

// answer writes a problem without a handler: no such route, a panic, a limit.
func answer(c *gin.Context, status int) {
	p := newProblem(status, middleware.RequestIDFrom(c.Request.Context()))
	c.Header("Content-Type", "application/problem+json")
	c.AbortWithStatusJSON(status, p)
}

// refuse writes the problem of an error met before the handler.
func refuse(ctx huma.Context, err error) {
	p := toProblem(ctx.Context(), problemOf(ctx.Context(), err))
	ctx.SetHeader("Content-Type", "application/problem+json")
	if p.Status == http.StatusUnauthorized {
		ctx.SetHeader("WWW-Authenticate", "Bearer")
	}
	ctx.SetStatus(p.Status)
	_ = jsonFormat.Marshal(ctx.BodyWriter(), p)
}

var jsonFormat = huma.DefaultJSONFormat
