package main

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"

	"jiayi/internal/openapi"
)

// found is an id that an answer held: of which noun, and who saw it.
type found struct{ noun, id, by string }

// pools are the ids and cursors that people have seen.
type pools struct {
	own  map[[2]string][]string // by person and noun
	all  map[string][]string    // by noun
	seen map[found]bool
	kept map[string]bool // "noun id": what the run itself stands on
}

func newPools() *pools {
	return &pools{own: map[[2]string][]string{}, all: map[string][]string{}, seen: map[found]bool{}, kept: map[string]bool{}}
}

func (p *pools) add(f found) {
	if p.seen[f] || p.kept[f.noun+" "+f.id] {
		return
	}
	p.seen[f] = true
	k := [2]string{f.by, f.noun}
	p.own[k] = append(p.own[k], f.id)
	if !slices.Contains(p.all[f.noun], f.id) {
		p.all[f.noun] = append(p.all[f.noun], f.id)
	}
}

// junkIDs are what no list holds.
var junkIDs = []string{
	"0", "-1", "01", "1e3", "999999999", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "abc", "１２", "1 OR 1=1", "1;--",
	"%00", "..", "../1", "null", "true", "370499199001010018", "13800001234", "\u202e1", "1.0", strings.Repeat("9", 4000),
}

// pick is an id for the person: mostly one they see, also one that others see, one of
// another noun, or junk.
func (p *pools) pick(r *rand.Rand, by, noun string) string {
	mine, all := p.own[[2]string{by, noun}], p.all[noun]
	switch n := r.IntN(100); {
	case n < 55 && len(mine) > 0:
		return mine[r.IntN(len(mine))]
	case n < 88 && len(all) > 0:
		return all[r.IntN(len(all))]
	case n < 92:
		return junkIDs[r.IntN(len(junkIDs))]
	default:
		return []string{"1", "2", "3", "5", "8"}[r.IntN(5)]
	}
}

// aliases are nouns by other names.
var aliases = map[string]string{
	"home": "nursing-home", "link": "partner-link", "duplicate": "resident", "representative": "resident", "guardian": "resident", "signer": "resident", "gap": "resident",
	"doctor": "staff", "parent": "institution", "hospital": "institution", "conversation": "message", "undelivered": "notice", "village_id": "village", "stay": "home-stay",
	"population": "membership", "error": "import", "alert": "alert", "my-privacy-request": "privacy-request",
}

// nounOf is the noun of a field's or a path segment's name: resident_ids → resident.
func nounOf(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "_ids"), "_id")
	name = strings.ReplaceAll(name, "_", "-")
	if strings.HasSuffix(name, "ies") {
		name = strings.TrimSuffix(name, "ies") + "y"
	} else if name != "staff" {
		name = strings.TrimSuffix(name, "s")
	}
	if a := aliases[name]; a != "" {
		return a
	}
	return name
}

// nounOfPath is the noun whose id follows in the path: /residents/{id} → resident.
func nounOfPath(path, param string) string {
	before, _, _ := strings.Cut(path, "/{"+param+"}")
	return nounOf(before[strings.LastIndex(before, "/")+1:])
}

// foundIn are the ids and the cursor of a good answer.
func foundIn(q *request, a *answer) []found {
	if a.status >= 300 || !openapi.IsJSON(a.kind) {
		return nil
	}
	var body any
	if json.Unmarshal(a.body, &body) != nil {
		return nil
	}
	var out []found
	place := q.op.Path
	if i := strings.LastIndex(place, "}"); i >= 0 && strings.Count(place[i:], "/") == 0 {
		place = place[:strings.LastIndex(place, "/")]
	}
	noun := nounOf(place[strings.LastIndex(place, "/")+1:])
	walk(body, noun, func(noun, id string) { out = append(out, found{noun, id, q.as.name}) })
	if next := openapi.Text(openapi.Object(body)["next_cursor"]); next != "" {
		out = append(out, found{"cursor", next, q.as.name})
	}
	return out
}

// walk tells every id in a value.
func walk(v any, noun string, tell func(noun, id string)) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			walk(e, noun, tell)
		}
	case map[string]any:
		for _, k := range sortedKeys(v) {
			switch s, isText := v[k].(string); {
			case isText && k == "id":
				tell(noun, s)
			case isText && k == "no":
				tell("no", s)
			case isText && strings.HasSuffix(k, "_id") && s != "":
				tell(nounOf(k), s)
			case !isText && k == "items":
				walk(v[k], noun, tell)
			case !isText:
				walk(v[k], nounOf(k), tell)
			}
		}
	}
}

// readsEach is of how many objects of a kind everyone reads what lies under it.
const readsEach = 2

// look lets everyone read every list, then some of what lies under its objects.
func (f *fuzzer) look(ctx context.Context, r *report) error {
	for _, p := range f.people {
		f.keep(ctx, p)
	}
	for _, deep := range []bool{false, true} {
		for _, p := range f.people {
			for _, id := range sortedKeys(f.spec.byID) {
				if op := f.spec.byID[id]; op.Method == "GET" && strings.Count(op.Path, "{") == map[bool]int{false: 0, true: 1}[deep] {
					f.readAs(ctx, p, op, r)
				}
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}
	return nil
}

// readAs reads the list, or what lies under the first objects that the person has seen.
func (f *fuzzer) readAs(ctx context.Context, p *person, op *openapi.Operation, r *report) {
	query := url.Values{}
	paths := []string{op.Path}
	for _, q := range op.Params {
		switch {
		case q.Name == "limit":
			query.Set("limit", "100")
		case q.In == "path":
			paths = nil
			mine := f.ids.own[[2]string{p.name, nounOfPath(op.Path, q.Name)}]
			for _, id := range mine[:min(readsEach, len(mine))] {
				paths = append(paths, strings.Replace(op.Path, "{"+q.Name+"}", url.PathEscape(id), 1))
			}
		}
	}
	for _, path := range paths {
		q := &request{op: op, as: p, method: op.Method, path: path, query: query.Encode(), bearer: p.bearer(ctx)}
		a := q.sendWithin(ctx, f.base)
		for _, what := range f.checks.faults(q, a) {
			r.fault(q, a, what)
		}
		for _, id := range foundIn(q, a) {
			f.ids.add(id)
		}
	}
}

// keep leaves what the run stands on out of the ids: a request that disables the person's
// account or ends the staff record would end the run.
func (f *fuzzer) keep(ctx context.Context, p *person) {
	me := f.spec.byID["me"]
	if me == nil || p.nobody() {
		return
	}
	q := &request{op: me, as: p, method: me.Method, path: me.Path, bearer: p.bearer(ctx)}
	var body map[string]any
	if json.Unmarshal(q.send(ctx, f.base).body, &body) != nil {
		return
	}
	p.may = map[string]bool{}
	for _, permission := range openapi.List(body["permissions"]) {
		p.may[openapi.Text(permission)] = true
	}
	f.ids.kept["account "+openapi.Text(body["account_id"])] = true
	f.ids.kept["staff "+openapi.Text(body["staff_id"])] = true
	f.ids.kept["resident "+openapi.Text(openapi.Object(body["resident"])["id"])] = true
}
