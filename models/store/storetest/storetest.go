// Package storetest opens real databases for tests and fills them with a small
// district whose people a reader remembers.
package storetest

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/glebarez/sqlite"
	"gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

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

// OnMySQL tells whether the tests run on the server named by JIAYI_TEST_MYSQL_DSN.
func OnMySQL() bool { return os.Getenv("JIAYI_TEST_DB") == store.MySQL }

// Address is that of a fresh database that goes away with the test, for a program that
// opens it itself.
func Address(t testing.TB) string {
	t.Helper()
	if OnMySQL() {
		return mysqlDatabase(t)
	}
	return "sqlite:" + filepath.Join(t.TempDir(), "jiayi.db")
}

// Database makes a fresh database that goes away with the test.
func Database(t testing.TB) *store.Database {
	t.Helper()
	return Watched(t, func(c driver.Connector) driver.Connector { return c })
}

// Watched is Database with every connection to MySQL going through watch.
func Watched(t testing.TB, watch func(driver.Connector) driver.Connector) *store.Database {
	t.Helper()
	address := Address(t)
	db, err := store.OpenWatched(address, 0, watch)
	if err != nil {
		t.Fatal(err)
	}
	addresses.Store(db, address)
	t.Cleanup(func() { addresses.Delete(db); _ = db.Close() })
	return db
}

// addresses are the addresses of the databases made, by *store.Database.
var addresses sync.Map

// Raw is a second way into a database that Database made, past the store and its rules:
// for a test that does what an attacker would.
func Raw(t testing.TB, db *store.Database) *gorm.DB {
	t.Helper()
	address, _ := addresses.Load(db)
	kind, rest, _ := strings.Cut(address.(string), ":")
	dialector := sqlite.Open(rest + "?_pragma=busy_timeout(10000)")
	if kind == store.MySQL {
		dialector = mysql.Open(rest + "?parseTime=true")
	}
	raw, err := gorm.Open(dialector, &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if sqlDB, err := raw.DB(); err == nil {
			_ = sqlDB.Close()
		}
	})
	return raw
}

func mysqlDatabase(t testing.TB) string {
	t.Helper()
	dsn := os.Getenv("JIAYI_TEST_MYSQL_DSN")
	if dsn == "" {
		t.Fatal("JIAYI_TEST_DB=mysql needs JIAYI_TEST_MYSQL_DSN; scripts/test.sh sets both")
	}
	var b [6]byte
	_, _ = rand.Read(b[:])
	name := "jiayi_test_" + hex.EncodeToString(b[:])
	admin, err := gorm.Open(mysql.Open(dsn), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	if err := admin.Exec("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin").Error; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := admin.Exec("DROP DATABASE " + name).Error; err != nil {
			t.Error(err)
		}
		if sqlDB, err := admin.DB(); err == nil {
			_ = sqlDB.Close()
		}
	})
	server, _, _ := strings.Cut(dsn, "/")
	return "mysql:" + server + "/" + name
}

// Keys are keys for tests.
func Keys(t testing.TB) *seal.Keyring {
	t.Helper()
	keys, err := seal.New(seal.Generate("JIAYI_FIELD_KEYS", "JIAYI_INDEX_KEY", "JIAYI_AUDIT_KEYS"))
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

// OpenOn returns a migrated store over the database, with the options where tests need
// none of their own.
func OpenOn(t testing.TB, db *store.Database, opt store.Options) (*store.Store, *Clock) {
	t.Helper()
	if _, err := store.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	clock := NewClock()
	opt.Region, opt.AllowTestRegion, opt.FileDir, opt.Clock, opt.QueryTimeout = "370499", true, t.TempDir(), clock.Now, 30*time.Second
	s := store.New(db, Keys(t), opt)
	t.Cleanup(s.Close)
	return s, clock
}
