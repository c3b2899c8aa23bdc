package store

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"gorm.io/gorm"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// Limits of a page of a list.
const (
	DefaultLimit = 20
	MaxLimit     = 100
)

// Page asks for one page of a list: at most Limit items after Cursor.
type Page struct {
	Limit  int
	Cursor string
	export bool // a page of an export, of exportPage items
}

// List is one page; Next is "" on the last.
type List[T any] struct {
	Items []T
	Next  string
}

// order is a keyset order: columns of ascending or all descending order, the last unique.
type order struct {
	columns []string
	desc    bool
}

// paginate is the one pager: it reads a page in keyset order, never with OFFSET, so the
// thousandth page costs what the first does. key returns the order's values of an item.
func paginate[T any](db *gorm.DB, p Page, o order, key func(T) []any) (List[T], error) {
	limit := p.Limit
	switch {
	case p.export:
		limit = exportPage
	case limit <= 0 || limit > MaxLimit:
		limit = DefaultLimit
	}
	if p.Cursor != "" {
		var first T
		after, err := decodeCursor(p.Cursor, key(first))
		if err != nil {
			return List[T]{}, err
		}
		where, args := o.after(after)
		db = db.Where(where, args...)
	}
	var items []T
	if err := db.Order(o.sql()).Limit(limit + 1).Find(&items).Error; err != nil {
		return List[T]{}, err
	}
	out := List[T]{Items: items}
	if len(items) > limit {
		out.Items = items[:limit]
		out.Next = encodeCursor(key(items[limit-1]))
	}
	return out, nil
}

func (o order) sql() string {
	if o.desc {
		return strings.Join(o.columns, " DESC, ") + " DESC"
	}
	return strings.Join(o.columns, ", ")
}

// listing is a list before it is paged: what it holds, and its order. A screen and an
// export of the same list share it, so that they cannot differ.
type listing[T any] struct {
	db    *gorm.DB
	order order
	key   func(T) []any
}

// page reads one page; each of a listing's queries has a session of its own, because gorm
// adds conditions to the one it is given.
func (l listing[T]) page(p Page) (List[T], error) {
	return paginate(l.db.Session(&gorm.Session{}), p, l.order, l.key)
}

// count is the number of rows of all pages.
func (l listing[T]) count() (int, error) {
	var n int64
	err := l.db.Session(&gorm.Session{}).Model(new(T)).Count(&n).Error
	return int(n), err
}

// after is the condition for rows behind the values, written so that an index on the
// columns bounds the range on both databases.
func (o order) after(values []any) (string, []any) {
	cmp := ">"
	if o.desc {
		cmp = "<"
	}
	var ors []string
	var args []any
	for i := range o.columns {
		var ands []string
		for j := range i {
			ands = append(ands, o.columns[j]+" = ?")
			args = append(args, values[j])
		}
		ands = append(ands, o.columns[i]+" "+cmp+" ?")
		args = append(args, values[i])
		ors = append(ors, "("+strings.Join(ands, " AND ")+")")
	}
	where := "(" + strings.Join(ors, " OR ") + ")"
	if len(o.columns) > 1 {
		where = o.columns[0] + " " + cmp + "= ? AND " + where
		args = append([]any{values[0]}, args...)
	}
	return where, args
}

var errCursor = models.InvalidField("cursor", "invalid", "翻页标记无效,请从第一页重新开始")

func encodeCursor(values []any) string {
	b, _ := json.Marshal(values) // ids, dates and names always marshal
	return base64.RawURLEncoding.EncodeToString(b)
}

// decodeCursor reads the values of an order, each of the type that like has in its place:
// what a database would not compare with the column never reaches it.
func decodeCursor(cursor string, like []any) ([]any, error) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, errCursor
	}
	var values []any
	exact := json.NewDecoder(bytes.NewReader(b))
	exact.UseNumber()
	if exact.Decode(&values) != nil || len(values) != len(like) {
		return nil, errCursor
	}
	for i, v := range values {
		var ok bool
		if values[i], ok = keyValue(v, like[i]); !ok {
			return nil, errCursor
		}
	}
	return values, nil
}

// The years that both databases keep.
const firstYear, lastYear = 1000, 9999

// keyValue is a decoded value as one of the type of like.
func keyValue(v, like any) (any, bool) {
	text, isText := v.(string)
	switch like.(type) {
	case string:
		return text, isText
	case time.Time:
		at, err := time.Parse(time.RFC3339Nano, text)
		at = at.UTC()
		return at, err == nil && at.Year() >= firstYear && at.Year() <= lastYear
	case models.Date:
		day, err := calendar.ParseDate(text)
		return day, err == nil && day.Year() >= firstYear
	}
	number, isNumber := v.(json.Number)
	n, err := number.Int64()
	return n, isNumber && err == nil
}
