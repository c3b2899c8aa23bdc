package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"jiayi/internal/openapi"
)

// deadline is when an answer counts as a hang.
const deadline = 30 * time.Second

// client keeps its connections, and follows nothing.
var client = &http.Client{
	Timeout:       deadline,
	Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// request is one request of the run.
type request struct {
	number              int
	op                  *openapi.Operation
	as                  *person
	method, path, query string // the path is escaped
	bearer              string
	header              [][2]string
	kind                string // Content-Type
	body                []byte
	valid               bool // nothing was broken on purpose
}

// answer is what came back; err is why nothing did.
type answer struct {
	status int
	header http.Header
	kind   string
	body   []byte
	err    error
}

// makeRequest makes request number i: it depends on the seed, on i and on the ids alone.
func (f *fuzzer) makeRequest(i int) *request {
	r := rand.New(rand.NewPCG(f.seed, uint64(i))) // #nosec G115,G404 -- repeatable on purpose
	op := f.spec.operations[r.IntN(len(f.spec.operations))]
	p := f.people[r.IntN(len(f.people))]
	if able := f.able[op.Permission]; len(able) > 0 && r.IntN(6) > 0 { // mostly somebody who may
		p = able[r.IntN(len(able))]
	}
	q := &request{number: i, op: op, as: p, method: op.Method, path: op.Path, bearer: p.bearer(context.Background())}
	breaks := [...]int{0, 0, 0, 1, 1, 2, 4}[r.IntN(7)]
	q.valid = breaks == 0
	m := &maker{r: r, spec: f.spec, ids: f.ids, by: p.name, fill: []int{0, 30, 60, 100}[r.IntN(4)]}
	q.fillParams(m)
	q.fillBody(m, breaks, f.good[op.ID])
	for range breaks {
		if r.IntN(3) == 0 || len(op.Body) == 0 {
			q.breakParams(r)
		}
	}
	if op.ID == "sign-out" { // it would end the run for the person; see leave
		q.bearer = []string{"", "x"}[r.IntN(2)]
	}
	return q
}

func (q *request) fillParams(m *maker) {
	query := url.Values{}
	for _, p := range q.op.Params {
		switch {
		case p.In == "path":
			q.path = strings.Replace(q.path, "{"+p.Name+"}", pathSegment(m, q.op.Path, p), 1)
		case !p.Required && m.r.IntN(100) >= min(m.fill, 60):
		case p.In == "query":
			if v := m.value(p.Schema, p.Name, 1); v != nil {
				for _, each := range flat(v) {
					query.Add(p.Name, each)
				}
			}
		case p.Name == "If-Match":
			q.header = append(q.header, [2]string{p.Name, fmt.Sprintf(`"%d"`, 1+m.r.IntN(3))})
		case p.Name == "Idempotency-Key":
			q.header = append(q.header, [2]string{p.Name, fmt.Sprintf("fuzz-%d", m.r.IntN(5000))})
		case p.In == "header":
			q.header = append(q.header, [2]string{p.Name, fmt.Sprint(m.value(p.Schema, p.Name, 1))})
		}
	}
	q.query = query.Encode()
}

func pathSegment(m *maker, path string, p openapi.Param) string {
	var id string
	switch {
	case p.Name == "no":
		id = m.ids.pick(m.r, m.by, "no")
	case p.Name == "id", strings.HasSuffix(p.Name, "_id"), p.Name == "message":
		noun := nounOfPath(path, p.Name)
		id = m.ids.pick(m.r, m.by, noun)
		for m.ids.kept[noun+" "+id] {
			id = m.ids.pick(m.r, m.by, noun)
		}
	default:
		id = fmt.Sprint(m.value(p.Schema, p.Name, 1))
	}
	return url.PathEscape(id)
}

// flat is a value of a query parameter as texts.
func flat(v any) []string {
	list, ok := v.([]any)
	if !ok {
		return []string{fmt.Sprint(v)}
	}
	var parts []string
	for _, e := range list {
		parts = append(parts, fmt.Sprint(e))
	}
	return []string{strings.Join(parts, ",")}
}

// fillBody makes a body, or takes one that was good before: what is broken of such a one
// reaches further.
func (q *request) fillBody(m *maker, breaks int, good [][]byte) {
	if sc, ok := q.op.Body["application/json"]; ok {
		v := m.value(sc, "", 0)
		if len(good) > 0 && m.r.IntN(2) == 0 {
			if again, err := jsonschema.UnmarshalJSON(bytes.NewReader(good[m.r.IntN(len(good))])); err == nil {
				v = again
			}
		}
		for range breaks {
			v = mutate(m.r, v)
		}
		q.body, _ = json.Marshal(v) // made of plain values
		q.kind = "application/json"
		if breaks > 1 && m.r.IntN(4) == 0 {
			q.body = mangle(m.r, q.body)
		}
		if breaks > 0 && m.r.IntN(40) == 0 {
			q.kind = []string{"", "text/plain", "application/xml", "application/json; charset=utf-16", "multipart/form-data", ";", "application/problem+json"}[m.r.IntN(7)]
		}
		return
	}
	if _, ok := q.op.Body["multipart/form-data"]; ok {
		q.fillFile(m.r, breaks)
	}
}

// files are what may be sent in as a file.
var files = []string{
	"姓名,身份证号,村居\n赵大,,东村\n", "", "\xff\xfe\x00", "PK\x03\x04broken", "姓名\n", strings.Repeat("姓名,", 3000) + "\n", "姓名,电话\n\"" + mark, "\x89PNG\r\n\x1a\nbroken", "GIF89a<script>", "\xff\xd8\xff\xe0JFIF", "%PDF-1.7", "RIFF\x00\x00\x00\x00WEBPVP8 ",
}

func (q *request) fillFile(r *rand.Rand, breaks int) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	field := "file"
	if breaks > 0 && r.IntN(3) == 0 {
		field = mark
	}
	name := []string{"a.csv", "a.xlsx", "a.png", "../../a.csv", "/etc/passwd", mark + ".csv", "", "a.csv\x00.png", strings.Repeat("a", 3000)}[r.IntN(9)]
	part, err := w.CreateFormFile(field, name)
	if err == nil {
		_, _ = io.WriteString(part, files[r.IntN(len(files))])
	}
	_ = w.Close()
	q.body, q.kind = b.Bytes(), w.FormDataContentType()
	if breaks > 1 {
		q.body = mangle(r, q.body)
	}
}

// breakParams breaks the path, the query or a header.
func (q *request) breakParams(r *rand.Rand) {
	add := func(pair string) { q.query = strings.TrimPrefix(q.query+"&"+pair, "&") }
	switch r.IntN(9) {
	case 0:
		add("limit=" + []string{"-1", "0", "101", "1e3", "", "x", "99999999999999999999"}[r.IntN(7)])
	case 1:
		add("cursor=" + url.QueryEscape([]string{"", "x", "W10", "bnVsbA", "W251bGxd", "WzFd", "e30", strings.Repeat("W", 500), "\x00"}[r.IntN(9)]))
	case 2, 3:
		query, _ := url.ParseQuery(q.query)
		if keys := sortedKeys(query); len(keys) > 0 {
			k := keys[r.IntN(len(keys))]
			query[k] = append(query[k][:r.IntN(2)], fmt.Sprint(wild(r)))
			q.query = query.Encode()
		} else {
			add(url.QueryEscape(mark) + "=1")
		}
	case 4:
		var names []string
		for _, p := range q.op.Params {
			if p.In == "query" {
				names = append(names, p.Name)
			}
		}
		if len(names) > 0 {
			add(names[r.IntN(len(names))] + "=" + url.QueryEscape(wildTexts[r.IntN(len(wildTexts))]))
		}
	case 5:
		q.query += "&%zz=%&;&=&&a[]=1"
	case 6:
		q.header = append(q.header, [][2]string{
			{"If-Match", "*"}, {"If-Match", `W/"1"`}, {"If-Match", `"99999999999999999999"`}, {"Idempotency-Key", strings.Repeat("k", 200)}, {"Idempotency-Key", "键"}, {"Accept", "text/html"}, {"Accept", "application/cbor"},
			{"Accept-Encoding", "gzip;q=0"}, {"X-Request-Id", mark}, {"X-Forwarded-For", "1.2.3.4"}, {"X-Http-Method-Override", "DELETE"}, {"Content-Encoding", "gzip"}, {"If-None-Match", "*"}, {"Range", "bytes=0-1"}, {"X-Session", mark}, {"Cookie", "jiayi_session=" + mark},
		}[r.IntN(16)])
	case 7:
		q.bearer = []string{"", "x", q.bearer + "x", "null", strings.Repeat("a", 5000), "eyJhbGciOiJub25lIn0.e30."}[r.IntN(6)]
	default:
		q.path += []string{"/", "/.", "//", "%2f", ";a=b", "%00", "/../residents", ".json"}[r.IntN(8)]
	}
}

// send sends the request and reads the answer.
func (q *request) send(ctx context.Context, base string) *answer {
	u, err := url.Parse(base)
	if err != nil {
		return &answer{err: err}
	}
	u.Opaque = "//" + u.Host + q.path
	u.RawQuery = q.query
	req, err := http.NewRequestWithContext(ctx, q.method, u.String(), bytes.NewReader(q.body))
	if err != nil {
		return &answer{err: err}
	}
	req.URL = u
	if q.kind != "" {
		req.Header.Set("Content-Type", q.kind)
	}
	if q.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+q.bearer)
	}
	for _, h := range q.header {
		req.Header.Set(h[0], h[1])
	}
	res, err := client.Do(req)
	if err != nil {
		return &answer{err: err}
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	return &answer{status: res.StatusCode, header: res.Header, kind: res.Header.Get("Content-Type"), body: body, err: err}
}

// limiterTries is how often a request is sent that the demonstration's own limit refuses.
const limiterTries = 10

// sendWithin is send, and again a second later when the limit of one address is reached:
// every other limit asks for longer.
func (q *request) sendWithin(ctx context.Context, base string) *answer {
	a := q.send(ctx, base)
	for try := 1; try < limiterTries && a.err == nil && a.status == http.StatusTooManyRequests && a.header.Get("Retry-After") == "1"; try++ {
		select {
		case <-ctx.Done():
			return a
		case <-time.After(time.Second):
		}
		a = q.send(ctx, base)
	}
	return a
}

// replay is the request as a command; $TOKEN stands for the access token of the person.
func (q *request) replay() string {
	args := []string{"curl -i -X", q.method, quote("$BASE" + q.path + "?" + q.query)}
	if q.bearer != "" {
		args = append(args, `-H "Authorization: Bearer $TOKEN"`)
	}
	if q.kind != "" {
		args = append(args, "-H", quote("Content-Type: "+q.kind))
	}
	for _, h := range q.header {
		args = append(args, "-H", quote(h[0]+": "+h[1]))
	}
	if len(q.body) > 0 {
		args = append(args, "--data-binary", quote(string(q.body)))
	}
	return strings.Join(args, " ")
}

func quote(s string) string {
	s = strings.ReplaceAll(s, "'", `'\''`)
	return strings.ReplaceAll("'"+s+"'", "'$BASE", `"$BASE"'`)
}
