// Package storetest opens real databases for tests and fills them with a small
// district whose people a reader remembers.
package storetest

import (
	"sync"
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/internal/seal"
	"jiayi/models/store"
)

// Today is the date tests begin on: a Monday.
var Today = calendar.MustDate("2026-11-23")

// Clock is a clock that stands still until it is moved.
type Clock struct{ at time.Time }

// NewClock stands at nine in the morning of Today.
func NewClock() *Clock { return &Clock{Today.Start().Add(9 * time.Hour)} }

// Now is what the clock shows.
func (c *Clock) Now() time.Time { return c.at }

// Set moves the clock to nine in the morning of the day.
func (c *Clock) Set(day calendar.Date) { c.at = day.Start().Add(9 * time.Hour) }

// Add moves the clock on.
func (c *Clock) Add(d time.Duration) { c.at = c.at.Add(d) }

// keyring is one for all tests of a process: a copy of a snapshot is read with the keys
// that wrote it.
var keyring = sync.OnceValues(func() (*seal.Keyring, error) {
	return seal.New(seal.Generate("JIAYI_FIELD_KEYS", "JIAYI_INDEX_KEY", "JIAYI_AUDIT_KEYS"))
})

// Keys are keys for tests.
func Keys(t testing.TB) *seal.Keyring {
	t.Helper()
	keys, err := keyring()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// Open returns a migrated, empty store and its clock.
func Open(t testing.TB) (*store.Store, *Clock) {
	t.Helper()
	return OpenOn(t, Database(t), store.Options{})
}

// OpenOn returns a store over the database, with the options where tests need none of
// their own.
func OpenOn(t testing.TB, db *store.Database, opt store.Options) (*store.Store, *Clock) {
	t.Helper()
	clock := NewClock()
	opt.Region, opt.AllowTestRegion, opt.FileDir, opt.Clock, opt.QueryTimeout = "370499", true, t.TempDir(), clock.Now, 30*time.Second
	s := store.New(db, Keys(t), opt)
	t.Cleanup(s.Close)
	return s, clock
}
