package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jiayi/models/store"
)

// Snapshot is what a database of a test held when it was taken. A copy costs a small part
// of what building it again would: tests spend their time on what they test.
type Snapshot struct {
	file   []byte // SQLite: the database
	script string // MySQL: makes the tables, their rows and the triggers
	values []any  // of the rows, in the script's order
}

// Take takes a snapshot of a database of a test.
func Take(t testing.TB, db *store.Database) *Snapshot {
	t.Helper()
	address, _ := addresses.Load(db)
	s, err := &Snapshot{}, error(nil)
	if db.Dialect() == store.MySQL {
		_, name, _ := strings.Cut(address.(string), "/")
		err = s.readSchema(t.Context(), admin(t), name)
	} else {
		copied := filepath.Join(t.TempDir(), "snapshot.db")
		if err = Raw(t, db).Exec("VACUUM INTO ?", copied).Error; err == nil {
			s.file, err = os.ReadFile(copied) // #nosec G304 -- a file of the test
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Database is a copy that goes away with the test.
func (s *Snapshot) Database(t testing.TB) *store.Database {
	t.Helper()
	return open(t, s.address(t), unwatched)
}

// address is that of a copy.
func (s *Snapshot) address(t testing.TB) string {
	t.Helper()
	address := Address(t)
	err := error(nil)
	if s.file != nil {
		err = os.WriteFile(strings.TrimPrefix(address, store.SQLite+":"), s.file, 0o600)
	} else {
		_, name, _ := strings.Cut(address, "/")
		_, err = admin(t).ExecContext(t.Context(), "USE "+name+";"+s.script, s.values...)
	}
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// readSchema reads the tables of a database on MySQL. Triggers come last: the rows are
// there already with all they caused.
func (s *Snapshot) readSchema(ctx context.Context, db *sql.DB, name string) error {
	tables, err := texts(ctx, db, "SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name", name)
	if err != nil {
		return err
	}
	triggers, err := texts(ctx, db, "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = ? ORDER BY trigger_name", name)
	if err != nil {
		return err
	}
	var script strings.Builder
	create := func(kind, object string, column int) error {
		rows, err := all(ctx, db, fmt.Sprintf("SHOW CREATE %s %s.%s", kind, name, object))
		if err != nil {
			return err
		}
		fmt.Fprintf(&script, "%s;", rows[0][column])
		return nil
	}
	for _, table := range tables {
		if err := create("TABLE", table, 1); err != nil {
			return err
		}
		rows, err := all(ctx, db, fmt.Sprintf("SELECT * FROM %s.%s", name, table))
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			continue
		}
		tuple := "(" + strings.TrimSuffix(strings.Repeat("?,", len(rows[0])), ",") + ")"
		fmt.Fprintf(&script, "INSERT INTO %s VALUES %s;", table, strings.TrimSuffix(strings.Repeat(tuple+",", len(rows)), ","))
		for _, row := range rows {
			s.values = append(s.values, row...)
		}
	}
	for _, trigger := range triggers {
		if err := create("TRIGGER", trigger, 2); err != nil {
			return err
		}
	}
	s.script = script.String()
	return nil
}

// all reads every row of a query, its values as the server writes them.
func all(ctx context.Context, db *sql.DB, query string, args ...any) ([][]any, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out [][]any
	for rows.Next() {
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// texts reads the one column of a query.
func texts(ctx context.Context, db *sql.DB, query string, args ...any) ([]string, error) {
	rows, err := all(ctx, db, query, args...)
	out := make([]string, len(rows))
	for i := range rows {
		out[i] = fmt.Sprintf("%s", rows[i][0])
	}
	return out, err
}

// Template is a snapshot that the first test that needs it builds for all of its process.
type Template struct {
	// Build returns the database to copy.
	Build func(testing.TB) *store.Database

	once  sync.Once
	taken *Snapshot
}

// of is the snapshot; a test that finds that it could not be built fails.
func (m *Template) of(t testing.TB) *Snapshot {
	t.Helper()
	m.once.Do(func() { m.taken = Take(t, m.Build(t)) })
	if m.taken == nil {
		t.Fatal("the database that tests copy could not be built; the first test says why")
	}
	return m.taken
}

// Database is a copy of it that goes away with the test.
func (m *Template) Database(t testing.TB) *store.Database {
	t.Helper()
	return m.of(t).Database(t)
}

// schema is a database that has been migrated from empty.
var schema = Template{Build: func(t testing.TB) *store.Database {
	t.Helper()
	db := open(t, Address(t), unwatched)
	if _, err := store.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	return db
}}
