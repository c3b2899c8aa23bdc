package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/glebarez/sqlite"
	mysqldriver "github.com/go-sql-driver/mysql"
	"gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"jiayi/internal/prepared"
)

// The dialects.
const (
	SQLite = "sqlite"
	MySQL  = "mysql"
)

// Database is an open database: one handle to write and one to read. On MySQL they are
// the same pool; SQLite has one writer and many readers.
type Database struct {
	write, read *gorm.DB
	dialect     string
	returns     bool // an INSERT can return what it wrote
}

// ErrDSN is returned for a database address that cannot be read; the address itself
// may hold a password and is never part of an error.
var ErrDSN = errors.New("database address must be sqlite:PATH or mysql:USER:PASSWORD@tcp(HOST:PORT)/NAME")

// PoolSize bounds the connections to MySQL; 0 means DefaultPool.
type PoolSize int

// DefaultPool is the usual number of connections: enough for two busy cores.
const DefaultPool PoolSize = 32

// OpenDatabase opens the database at the address.
func OpenDatabase(address string, pool PoolSize) (*Database, error) {
	return OpenWatched(address, pool, func(c driver.Connector) driver.Connector { return c })
}

// OpenWatched is OpenDatabase with every connection to MySQL going through watch: a
// benchmark notes there which statements a request needs.
func OpenWatched(address string, pool PoolSize, watch func(driver.Connector) driver.Connector) (*Database, error) {
	kind, rest, _ := strings.Cut(address, ":")
	switch {
	case kind == SQLite && rest != "":
		return openSQLite(rest)
	case kind == MySQL && rest != "":
		return openMySQL(rest, pool, watch)
	}
	return nil, ErrDSN
}

func config() *gorm.Config {
	return &gorm.Config{
		TranslateError:         true,
		SkipDefaultTransaction: true,
		NowFunc:                func() time.Time { return time.Now().UTC() },
		Logger: slowOnly{logger.NewSlogLogger(slog.Default(), logger.Config{
			SlowThreshold: slow, LogLevel: logger.Warn, ParameterizedQueries: true,
		})},
	}
}

// slow is from when on a statement is logged.
const slow = time.Second

// slowOnly logs slow statements. Failed ones are logged once, by whoever handles the error.
type slowOnly struct{ logger.Interface }

// shown is how much of a slow statement is logged: one that writes 512 rows has 50 KB.
const shown = 500

// Trace implements logger.Interface. The logger behind it writes out every statement before
// it looks how long it took.
func (l slowOnly) Trace(ctx context.Context, begin time.Time, fc func() (string, int64), _ error) {
	if time.Since(begin) < slow {
		return
	}
	l.Interface.Trace(ctx, begin, func() (string, int64) {
		sql, rows := fc()
		if len(sql) > shown {
			sql = sql[:shown] + " …"
		}
		return sql, rows
	}, nil)
}

// LogMode implements logger.Interface.
func (l slowOnly) LogMode(level logger.LogLevel) logger.Interface {
	return slowOnly{l.Interface.LogMode(level)}
}

// ParamsFilter keeps values out of the log.
func (slowOnly) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}

func openMySQL(dsn string, pool PoolSize, watch func(driver.Connector) driver.Connector) (*Database, error) {
	cfg, err := mysqldriver.ParseDSN(dsn)
	if err != nil {
		return nil, ErrDSN
	}
	cfg.ParseTime, cfg.Loc = true, time.UTC
	cfg.InterpolateParams = false
	cfg.ClientFoundRows = true
	if cfg.Params == nil {
		cfg.Params = map[string]string{}
	}
	cfg.Params["charset"] = "utf8mb4"
	cfg.Params["time_zone"] = "'+00:00'"
	// Locking reads must see the newest rows, and gap locks only breed deadlocks here.
	server, err := askServer(cfg)
	if err != nil {
		return nil, fmt.Errorf("connect to MySQL: %w", err)
	}
	cfg.Params[server.isolation] = "'READ-COMMITTED'"
	cfg.Params["sql_mode"] = "'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO'"
	connector, err := mysqldriver.NewConnector(cfg)
	if err != nil {
		return nil, ErrDSN
	}
	if server.cluster {
		connector = caughtUp{connector}
	}
	db, err := gorm.Open(mysql.New(mysql.Config{DSNConfig: cfg, Conn: sql.OpenDB(watch(prepared.Keep(connector)))}), config())
	if err != nil {
		return nil, fmt.Errorf("connect to MySQL: %w", err)
	}
	if pool == 0 {
		pool = DefaultPool
	}
	sqlDB, err := db.DB()
	if err != nil {
		return nil, err
	}
	sqlDB.SetMaxOpenConns(int(pool))
	sqlDB.SetMaxIdleConns(int(pool))
	sqlDB.SetConnMaxLifetime(30 * time.Minute)
	return &Database{db, db, MySQL, server.returns}, nil
}

// serverKind is what differs between the servers that speak MySQL.
type serverKind struct {
	isolation string // session variable of the isolation level, which MariaDB up to 11.0 and MySQL 8 name differently
	cluster   bool   // a node of a Galera cluster
	returns   bool   // an INSERT can return what it wrote
}

func askServer(cfg *mysqldriver.Config) (serverKind, error) {
	connector, err := mysqldriver.NewConnector(cfg)
	if err != nil {
		return serverKind{}, err
	}
	db := sql.OpenDB(connector)
	defer func() { _ = db.Close() }()
	var version, name, value string
	if err := db.QueryRow("SELECT VERSION()").Scan(&version); err != nil {
		return serverKind{}, err
	}
	err = db.QueryRow("SHOW VARIABLES LIKE 'wsrep_on'").Scan(&name, &value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return serverKind{}, err
	}
	kind := serverKind{isolation: "transaction_isolation", cluster: value == "ON"}
	if strings.Contains(version, "MariaDB") {
		kind.isolation, kind.returns = "tx_isolation", true
	}
	return kind, nil
}

func openSQLite(path string) (*Database, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	pragmas := url.Values{"_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(ON)", "temp_store(MEMORY)", "cache_size(-32000)",
	}}
	writing := url.Values{"_txlock": {"immediate"}, "_pragma": pragmas["_pragma"]}
	write, err := gorm.Open(sqlite.Open(path+"?"+writing.Encode()), config())
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	read, err := gorm.Open(sqlite.Open(path+"?"+pragmas.Encode()), config())
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	for handle, conns := range map[*gorm.DB]int{write: 1, read: 4} {
		sqlDB, err := handle.DB()
		if err != nil {
			return nil, err
		}
		sqlDB.SetMaxOpenConns(conns)
		sqlDB.SetMaxIdleConns(conns)
	}
	return &Database{write, read, SQLite, true}, nil
}

// Dialect is SQLite or MySQL.
func (d *Database) Dialect() string { return d.dialect }

// Pools are the connection pools by what they are for, to be measured.
func (d *Database) Pools() (map[string]*sql.DB, error) {
	write, err := d.write.DB()
	if err != nil || d.dialect == MySQL {
		return map[string]*sql.DB{"main": write}, err
	}
	read, err := d.read.DB()
	return map[string]*sql.DB{"write": write, "read": read}, err
}

// Close closes every connection.
func (d *Database) Close() error {
	var errs []error
	for _, h := range []*gorm.DB{d.write, d.read} {
		var sqlDB *sql.DB
		sqlDB, err := h.DB()
		if err == nil {
			err = sqlDB.Close()
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
