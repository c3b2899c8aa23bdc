package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
)

// mark is part of every wild text, so that an answer that repeats one is seen.
const mark = "zqxjkv"

// wildTexts break what a reader of texts may take for granted.
var wildTexts = []string{
	"", " ", mark, strings.Repeat(mark, 2000), mark + "\x00", mark + "\u202e\u200b\ufeff", mark + "👩‍⚕️" + strings.Repeat("́", 300), mark + "'; DROP TABLE residents; --",
	mark + "\" OR \"\"=\"", "=cmd|'/c calc'!A1" + mark, "<script>alert(1)</script>" + mark, "../../../etc/passwd" + mark, mark + "\r\nX-Injected: 1", "${jndi:ldap://" + mark + "}", "%s%n%d" + mark,
	"\\u0000" + mark, mark + "\uffff", mark + "\ud7ff", "٣٤" + mark, "ＩＤ" + mark, "2026-02-30", "0000-00-00", "9999-12-31", "-0001-01-01", "10000-01-01", "1e400", "NaN", "null", "2026-03-01T25:61:61Z",
}

// wildNumbers break what a reader of numbers may take for granted.
var wildNumbers = []json.Number{
	"-1", "0", "1e9", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e308", "1e400", "0.1", "-0", "1e-320", "123456789012345678901234567890",
}

// wild is a value of any type.
func wild(r *rand.Rand) any {
	switch r.IntN(8) {
	case 0:
		return nil
	case 1, 2, 3:
		return wildTexts[r.IntN(len(wildTexts))]
	case 4, 5:
		return wildNumbers[r.IntN(len(wildNumbers))]
	case 6:
		return []any{true, []any{}, map[string]any{}, []any{nil}, map[string]any{mark: mark}}[r.IntN(5)]
	default:
		return deep(5 + r.IntN(40))
	}
}

// deep is a value of many levels.
func deep(n int) any {
	v := any(1)
	for i := range n {
		if i%2 == 0 {
			v = []any{v}
		} else {
			v = map[string]any{"a": v}
		}
	}
	return v
}

// extraFields are those that a body might be hoped to take along.
var extraFields = []string{"id", "version", "status", "role", "account_id", "created_at", "begin_date", "no", "institution_id", "permissions", "signed", "deleted_at", "$schema", "__proto__", mark}

// mutate breaks one place of the value, which may be changed in place.
func mutate(r *rand.Rand, v any) any {
	switch v := v.(type) {
	case map[string]any:
		keys := sortedKeys(v)
		if len(keys) == 0 || r.IntN(8) == 0 {
			v[extraFields[r.IntN(len(extraFields))]] = wild(r)
			return v
		}
		k := keys[r.IntN(len(keys))]
		switch n := r.IntN(10); {
		case n == 0:
			delete(v, k)
		case n < 4:
			v[k] = wild(r)
		default:
			v[k] = mutate(r, v[k])
		}
		return v
	case []any:
		switch n := r.IntN(10); {
		case n == 0 || len(v) == 0:
			return []any{}
		case n == 1:
			many := make([]any, 0, 3000)
			for len(many) < 3000 {
				many = append(many, v[r.IntN(len(v))])
			}
			return many
		case n == 2:
			return append(v, v[0], wild(r))
		default:
			i := r.IntN(len(v))
			v[i] = mutate(r, v[i])
			return v
		}
	case string:
		if v != "" && r.IntN(3) == 0 {
			return v + wildTexts[r.IntN(len(wildTexts))]
		}
		return wild(r)
	default:
		return wild(r)
	}
}

// mangle breaks the bytes of a body.
func mangle(r *rand.Rand, b []byte) []byte {
	switch r.IntN(10) {
	case 0:
		return nil
	case 1:
		return b[:r.IntN(len(b)+1)]
	case 2:
		return append(b, b...)
	case 3:
		return []byte("\xff\xfe\x00")
	case 4:
		return bytes.ReplaceAll(b, []byte(`"`), []byte("\xff"))
	case 5:
		return []byte(strings.Repeat("[", 100_000))
	case 6:
		return append([]byte(`{"a":"`), append(bytes.Repeat([]byte("a"), 2<<20), `"}`...)...)
	case 7:
		return bytes.Replace(b, []byte("{"), []byte(`{"id":1,"id":"2",`), 1)
	case 8:
		return []byte([]string{"null", "1", `""`, "[]", "true", "{}", "{", "\ufeff{}", "NaN", "<xml/>"}[r.IntN(10)])
	default:
		c := bytes.Clone(b)
		for range min(3, len(c)) {
			c[r.IntN(len(c))] ^= 1 << r.IntN(8)
		}
		return c
	}
}
