package handlers

import (
	"strconv"
	"strings"

	"jiayi/models"
	"jiayi/models/store"
)

// PageInput asks for one page of a list.
type PageInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Cursor string `query:"cursor" maxLength:"512" doc:"上一页返回的 next_cursor"`
}

func (p PageInput) page() store.Page { return store.Page{Limit: p.Limit, Cursor: p.Cursor} }

// ListBody is one page of a list. There is no total: totals come from the statistics.
type ListBody[T any] struct {
	Items      []T    `json:"items" nullable:"false"`
	NextCursor string `json:"next_cursor,omitempty" doc:"下一页的 cursor;没有则为最后一页"`
}

// ListOutput answers a list.
type ListOutput[T any] struct{ Body ListBody[T] }

// listOf shows every item of a page.
func listOf[M, T any](l store.List[M], show func(M) T) *ListOutput[T] {
	out := &ListOutput[T]{Body: ListBody[T]{Items: make([]T, len(l.Items)), NextCursor: l.Next}}
	for i, m := range l.Items {
		out.Body.Items[i] = show(m)
	}
	return out
}

// IDInput names one row by the path.
type IDInput struct {
	ID models.ID `path:"id"`
}

// Output answers with one noun and its version as ETag.
type Output[T any] struct {
	ETag string `header:"ETag"`
	Body T
}

func etag(version int) string { return `"` + strconv.Itoa(version) + `"` }

// MatchInput carries the version an edit was made against.
type MatchInput struct {
	IfMatch string `header:"If-Match" maxLength:"32" doc:"修改所依据的版本,取自 ETag"`
}

// version reads If-Match; 0 means that none was sent.
func (m MatchInput) version() (int, error) {
	text := strings.Trim(strings.TrimPrefix(strings.TrimSpace(m.IfMatch), "W/"), `"`)
	if text == "" || text == "*" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n <= 0 {
		return 0, models.InvalidField("If-Match", "format", "If-Match 应为查询时得到的 ETag")
	}
	return n, nil
}

// mustVersion is version for edits that may not be blind.
func (m MatchInput) mustVersion() (int, error) {
	n, err := m.version()
	if err == nil && n == 0 {
		err = models.ErrVersionRequired
	}
	return n, err
}

// Labelled is one code of a list with its Chinese label. A code that stands alone is a
// field of its own with the label beside it: status and status_label.
type Labelled struct {
	Code  string `json:"code"`
	Label string `json:"label"`
}
