package storetest

import (
	"crypto/rand"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/glebarez/sqlite"
	mysqldriver "github.com/go-sql-driver/mysql"
	"gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"jiayi/models/store"
)

// OnMySQL tells whether the tests run on the server named by JIAYI_TEST_MYSQL_DSN.
func OnMySQL() bool { return os.Getenv("JIAYI_TEST_DB") == store.MySQL }

// Address is that of a fresh, empty database that goes away with the test, for a program
// that opens it itself.
func Address(t testing.TB) string {
	t.Helper()
	if OnMySQL() {
		return mysqlDatabase(t)
	}
	return "sqlite:" + filepath.Join(t.TempDir(), "jiayi.db")
}

// Database makes a migrated database that goes away with the test.
func Database(t testing.TB) *store.Database {
	t.Helper()
	return schema.of(t).Database(t)
}

// Watched is Database with every connection to MySQL going through watch.
func Watched(t testing.TB, watch func(driver.Connector) driver.Connector) *store.Database {
	t.Helper()
	return open(t, schema.of(t).address(t), watch)
}

// open opens the database at the address until the test ends.
func open(t testing.TB, address string, watch func(driver.Connector) driver.Connector) *store.Database {
	t.Helper()
	db, err := store.OpenWatched(address, 0, watch)
	if err != nil {
		t.Fatal(err)
	}
	addresses.Store(db, address)
	t.Cleanup(func() { addresses.Delete(db); _ = db.Close() })
	return db
}

// unwatched leaves the connections as they are.
func unwatched(c driver.Connector) driver.Connector { return c }

// addresses are the addresses of the databases made, by *store.Database.
var addresses sync.Map

// Raw is a second way into a database of a test, past the store and its rules: for a test
// that does what an attacker would.
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

var errNoDSN = errors.New("JIAYI_TEST_DB=mysql needs JIAYI_TEST_MYSQL_DSN; scripts/test.sh sets both")

// server is the way to the MySQL server past any store: it makes databases, drops them
// and fills them by scripts of many statements.
var server = sync.OnceValues(func() (*sql.DB, error) {
	dsn := os.Getenv("JIAYI_TEST_MYSQL_DSN")
	if dsn == "" {
		return nil, errNoDSN
	}
	cfg, err := mysqldriver.ParseDSN(dsn)
	if err != nil {
		return nil, err
	}
	cfg.MultiStatements, cfg.InterpolateParams, cfg.ParseTime = true, true, false
	connector, err := mysqldriver.NewConnector(cfg)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
})

// admin is the server's handle.
func admin(t testing.TB) *sql.DB {
	t.Helper()
	db, err := server()
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// mysqlDatabase makes an empty database on the server and returns its address.
func mysqlDatabase(t testing.TB) string {
	t.Helper()
	var b [6]byte
	_, _ = rand.Read(b[:])
	name, db := "jiayi_test_"+hex.EncodeToString(b[:]), admin(t)
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name+" CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP DATABASE " + name); err != nil {
			t.Error(err)
		}
	})
	account, _, _ := strings.Cut(os.Getenv("JIAYI_TEST_MYSQL_DSN"), "/")
	return store.MySQL + ":" + account + "/" + name
}
