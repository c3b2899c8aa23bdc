package store

import (
	"encoding/base64"
	"errors"
	"math"
	"testing"
	"time"

	"jiayi/internal/calendar"
)

// likes are the orders that lists have, by the types of their columns.
var likes = [][]any{{int64(0)}, {"", int64(0)}, {time.Time{}, int64(0)}, {calendar.Date{}, int64(0)}, {0, calendar.Date{}, int64(0)}}

func TestCursorsKeepWhatTheyHold(t *testing.T) {
	at := time.Date(2026, 11, 23, 1, 2, 3, 456789000, time.UTC)
	for _, values := range [][]any{{int64(math.MaxInt64)}, {"张'三\x00", int64(7)}, {at, int64(7)}, {calendar.MustDate("2026-11-23"), int64(7)}, {3, calendar.MustDate("2026-11-23"), int64(-7)}} {
		got, err := decodeCursor(encodeCursor(values), values)
		if err != nil {
			t.Errorf("%v: %v", values, err)
			continue
		}
		for i := range values {
			if want := values[i]; got[i] != want && got[i] != int64OrNil(want) {
				t.Errorf("%v became %v", values, got)
			}
		}
	}
}

func int64OrNil(v any) any {
	if n, ok := v.(int); ok {
		return int64(n)
	}
	return nil
}

// What the database would not compare with its columns is refused before it gets there.
func FuzzCursor(f *testing.F) {
	for _, text := range []string{
		`[1]`, `["张三",1]`, `["2026-11-23T01:02:03.5Z",1]`, `["2026-11-23",1]`, `[1,"2026-11-23",1]`, `[]`, `null`, `{}`, `[null]`, `[[1]]`, `[true]`, `[1e300]`, `[1.5]`, `[9223372036854775808]`,
		`["9999-12-31T23:59:59-23:59",1]`, `["0000-01-01T00:00:00Z",1]`, `["0000-00-00",1]`, `["10000-01-01",1]`, `["\u0000",1]`, `[1]x`,
	} {
		f.Add(base64.RawURLEncoding.EncodeToString([]byte(text)))
	}
	f.Add("%")
	f.Fuzz(func(t *testing.T, cursor string) {
		for _, like := range likes {
			values, err := decodeCursor(cursor, like)
			if err != nil {
				if !errors.Is(err, errCursor) {
					t.Fatalf("%v", err)
				}
				continue
			}
			if len(values) != len(like) {
				t.Fatalf("%d values for %d columns", len(values), len(like))
			}
			for i, v := range values {
				switch v := v.(type) {
				case int64, string:
				case time.Time:
					if y := v.Year(); y < firstYear || y > lastYear || v.Location() != time.UTC {
						t.Fatalf("column %d: %v", i, v)
					}
				case calendar.Date:
					if v.IsZero() || v.Year() > lastYear {
						t.Fatalf("column %d: %v", i, v)
					}
				default:
					t.Fatalf("column %d is a %T", i, v)
				}
			}
			again, err := decodeCursor(encodeCursor(values), like)
			if err != nil || len(again) != len(values) {
				t.Fatalf("%v reads differently the second time: %v %v", values, again, err)
			}
		}
	})
}
