package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"jiayi/internal/calendar"
	"jiayi/internal/openapi"
	"jiayi/models/codes"
)

// maker makes values that a schema allows, in the name of a person.
type maker struct {
	r    *rand.Rand
	spec *spec
	ids  *pools
	by   string
	// fill is how many of a hundred optional fields are there.
	fill int
}

// signature is a small but real PNG head with padding.
var signature = "data:image/png;base64," + base64.StdEncoding.EncodeToString(append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 300)...))

// value is a value of the schema; name is that of its field.
func (m *maker) value(sc schema, name string, depth int) any {
	sc = m.spec.Resolve(sc)
	if alternatives := append(openapi.List(sc["anyOf"]), openapi.List(sc["oneOf"])...); len(alternatives) > 0 {
		return m.value(openapi.Object(alternatives[m.r.IntN(len(alternatives))]), name, depth)
	}
	if choice := openapi.List(sc["enum"]); len(choice) > 0 {
		return choice[m.r.IntN(len(choice))]
	}
	kind := openapi.Text(sc["type"])
	if kinds := openapi.List(sc["type"]); len(kinds) > 0 {
		kind = openapi.Text(kinds[m.r.IntN(len(kinds))])
		if kind == "null" && m.r.IntN(4) > 0 {
			kind = openapi.Text(kinds[0])
		}
	}
	switch kind {
	case "object":
		return m.object(sc, depth)
	case "array":
		return m.array(sc, name, depth)
	case "integer":
		if name == "visit_way" {
			return int64(1 + m.r.IntN(5))
		}
		return int64(m.number(sc))
	case "number":
		return float64(int64(m.number(sc)*10)) / 10
	case "boolean":
		return m.r.IntN(2) == 0
	case "string":
		return m.text(sc, name)
	case "null":
		return nil
	}
	return map[string]any{}
}

func (m *maker) object(sc schema, depth int) any {
	out := map[string]any{}
	required := map[string]bool{}
	for _, k := range openapi.List(sc["required"]) {
		required[openapi.Text(k)] = true
	}
	properties := openapi.Object(sc["properties"])
	for _, k := range sortedKeys(properties) {
		if required[k] || depth < 6 && m.r.IntN(100) < m.fill {
			out[k] = m.value(openapi.Object(properties[k]), k, depth+1)
		}
	}
	if more := openapi.Object(sc["additionalProperties"]); len(more) > 0 && depth < 6 {
		for range m.r.IntN(3) {
			k := []string{"sbp", "dbp", "glucose", "weight", "contract", "hypertension", "1"}[m.r.IntN(7)]
			out[k] = m.value(more, k, depth+1)
		}
	}
	return out
}

func (m *maker) array(sc schema, name string, depth int) any {
	n := 1 + m.r.IntN(3)
	if lo, ok := number(sc["minItems"]); ok {
		n = max(n, int(lo))
	}
	if hi, ok := number(sc["maxItems"]); ok {
		n = min(n, int(hi))
	}
	out := []any{}
	for range n {
		out = append(out, m.value(openapi.Object(sc["items"]), name, depth+1))
	}
	return out
}

// number is a whole number within the bounds, often at one of them.
func (m *maker) number(sc schema) float64 {
	lo, hasLo := number(sc["minimum"])
	hi, hasHi := number(sc["maximum"])
	switch {
	case hasLo && m.r.IntN(6) == 0:
		return lo
	case hasHi && m.r.IntN(6) == 0:
		return hi
	case !hasHi && m.r.IntN(3) > 0:
		hi = lo + 5
	case !hasHi:
		hi = lo + 200
	}
	return lo + float64(m.r.Int64N(int64(min(hi-lo, 1e9))+1))
}

// day is a date: mostly near today.
func (m *maker) day() calendar.Date {
	today := calendar.DateOf(time.Now())
	switch m.r.IntN(6) {
	case 0:
		return today
	case 1, 2:
		return today.AddDays(-m.r.IntN(30))
	case 3:
		return today.AddDays(m.r.IntN(60))
	case 4:
		return today.AddDays(-m.r.IntN(400))
	default:
		return today.AddDays(-m.r.IntN(36500))
	}
}

var words = []string{"核对信息", "已电话指导", "王秀兰", "东村", "复测", "O'Neil", "a", "=1+1", "<b>", "𠮷野家", "张三丰", "100%", "_"}

// usual are codes that fields take, which the file tells in words.
var usual = map[string][]string{
	"sex": {"1", "2"}, "nationality": {"01"}, "household_relation": {"02", "20"}, "relation": {"20", "30"}, "document_type": {"01"}, "services": {"talk", "signing", "rounds", "training", "consult"},
	"stat_code": {"370499001299"}, "role": {"R01", "R02", "nurse", "doctor"}, "reason": {"04", "核对信息", "录错"},
}

func (m *maker) text(sc schema, name string) string {
	out := m.plainText(sc, name)
	if lo, ok := number(sc["minLength"]); ok {
		for len([]rune(out)) < int(lo) {
			out += "医"
		}
	}
	if hi, ok := number(sc["maxLength"]); ok && len([]rune(out)) > int(hi) {
		out = string([]rune(out)[:int(hi)])
	}
	return out
}

func (m *maker) plainText(sc schema, name string) string {
	switch openapi.Text(sc["format"]) {
	case "date":
		if name == "birth_date" {
			return calendar.DateOf(time.Now()).AddDays(-400 - m.r.IntN(33000)).String()
		}
		return m.day().String()
	case "date-time":
		return time.Now().Add(time.Duration(m.r.IntN(200000)-100000) * time.Second).UTC().Format(time.RFC3339)
	}
	if strings.HasPrefix(openapi.Text(sc["pattern"]), "^[1-9]") { // an id
		return m.ids.pick(m.r, m.by, nounOf(name))
	}
	if openapi.Text(sc["pattern"]) != "" { // a time of day
		return fmt.Sprintf("%02d:%02d", 8+m.r.IntN(10), 10*m.r.IntN(6))
	}
	switch {
	case name == "cursor":
		return m.cursor()
	case name == "id_number":
		return codes.ComposeIDNumber("370499", m.day(), m.r.IntN(999))
	case strings.Contains(name, "phone"):
		return fmt.Sprintf("199%08d", m.r.IntN(1e8))
	case len(usual[name]) > 0:
		return usual[name][m.r.IntN(len(usual[name]))]
	case name == "name":
		return []string{"王秀兰", "赵建国", "孙丽", "欧阳娜娜"}[m.r.IntN(4)]
	case name == "username":
		return fmt.Sprintf("fuzz.%d", m.r.IntN(1e6))
	case name == "signature":
		return signature
	case name == "month":
		return m.day().String()[:7]
	case name == "quarter":
		return fmt.Sprintf("%sQ%d", m.day().String()[:4], 1+m.r.IntN(4))
	case name == "population", name == "populations":
		return []string{"all", "key", "01", "02", "03", "06", "10", "99"}[m.r.IntN(8)]
	case name == "code":
		return []string{"H01", "D01", "08", "03", "demo-elder", "hypertension"}[m.r.IntN(6)]
	case name == "program":
		return []string{"hypertension", "diabetes", "elderly"}[m.r.IntN(3)]
	case name == "hash":
		return strings.Repeat("0a", 32)
	case name == "move":
		return []string{"cancel", "accept", "close", "assign", "take", "consent", "arrive", "start"}[m.r.IntN(8)]
	}
	return words[m.r.IntN(len(words))]
}

// cursor is one of a list, mostly of another, or one that no list gave.
func (m *maker) cursor() string {
	if m.r.IntN(3) > 0 {
		if all := m.ids.all["cursor"]; len(all) > 0 {
			return all[m.r.IntN(len(all))]
		}
	}
	parts := []any{1, -1, "x", "", "2026-01-01", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999-23:59", 1e300, "1e9", "\x00", "9223372036854775808", nil, true, []any{}}
	var values []any
	for range m.r.IntN(4) {
		values = append(values, parts[m.r.IntN(len(parts))])
	}
	b, _ := json.Marshal(values)
	return base64.RawURLEncoding.EncodeToString(b)
}
