package models

import (
	"errors"
	"reflect"
	"strconv"
)

// ID identifies one row of a noun. Outside the server it is an opaque string;
// the zero ID means "none" and is null in JSON.
type ID int64

// ErrID is returned for text that is not an id.
var ErrID = errors.New("models: not an id")

// ParseID reads an id as it is written in JSON and URLs.
func ParseID(s string) (ID, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 || strconv.FormatInt(n, 10) != s {
		return 0, ErrID
	}
	return ID(n), nil
}

// String writes the id as it appears in JSON and URLs; "" for none.
func (id ID) String() string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

// MarshalText writes the id as a string.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads an id; empty text is "none".
func (id *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*id = 0
		return nil
	}
	n, err := ParseID(string(b))
	if err != nil {
		return err
	}
	*id = n
	return nil
}

// MarshalJSON writes the id as a JSON string, or null for none.
func (id ID) MarshalJSON() ([]byte, error) {
	if id == 0 {
		return []byte("null"), nil
	}
	return strconv.AppendQuote(nil, id.String()), nil
}

// UnmarshalJSON reads a JSON string or null.
func (id *ID) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*id = 0
		return nil
	}
	if len(b) < 2 || b[0] != '"' || b[len(b)-1] != '"' {
		return ErrID
	}
	return id.UnmarshalText(b[1 : len(b)-1])
}

// idText reads the text of a path or query parameter into an ID.
type idText struct{ id *ID }

// UnmarshalText implements encoding.TextUnmarshaler.
func (t *idText) UnmarshalText(b []byte) error { return t.id.UnmarshalText(b) }

// Receiver tells the API library to read a parameter as text, although an ID is a number
// inside (its ParamWrapper interface).
func (id *ID) Receiver() reflect.Value { return reflect.ValueOf(&idText{id}).Elem() }
