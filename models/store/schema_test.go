package store

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// TestMigrationsMatchModels holds what the migrations build against what the models
// say: the same columns with the same nullability, and the same indexes.
func TestMigrationsMatchModels(t *testing.T) {
	db, err := OpenDatabase("sqlite:"+filepath.Join(t.TempDir(), "schema.db"), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if !errors.Is(CheckSchema(t.Context(), db), ErrSchemaBehind) {
		t.Fatal("an empty database is behind")
	}
	if _, err := Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	if err := CheckSchema(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	if n, err := Migrate(t.Context(), db); n != 0 || err != nil {
		t.Fatalf("a second run did %d steps, %v", n, err)
	}
	var cache sync.Map
	known := []string{"schema_migrations", "sqlite_sequence"}
	for _, model := range tables {
		s, err := schema.Parse(model, &cache, db.write.NamingStrategy)
		if err != nil {
			t.Fatal(err)
		}
		known = append(known, s.Table)
		columnsMatch(t, db.write, s)
		indexesMatch(t, db.write, s)
	}
	var have []string
	if err := db.write.Raw("SELECT name FROM sqlite_master WHERE type = 'table'").Scan(&have).Error; err != nil {
		t.Fatal(err)
	}
	for _, name := range have {
		if !slices.Contains(known, name) {
			t.Errorf("table %s has no model in schema.go", name)
		}
	}
	if err := db.write.Exec("INSERT INTO schema_migrations (id) VALUES ('9999_future/01')").Error; err != nil {
		t.Fatal(err)
	}
	if !errors.Is(CheckSchema(t.Context(), db), ErrSchemaAhead) {
		t.Error("a database with unknown steps is ahead")
	}
}

func columnsMatch(t *testing.T, db *gorm.DB, s *schema.Schema) {
	t.Helper()
	var rows []struct {
		Name    string
		Notnull bool
		Pk      int
	}
	if err := db.Raw("SELECT name, \"notnull\", pk FROM pragma_table_info(?)", s.Table).Scan(&rows).Error; err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, r := range rows {
		have[r.Name] = r.Notnull || r.Pk > 0
	}
	for _, f := range s.Fields {
		if f.DBName == "" {
			continue
		}
		notNull, ok := have[f.DBName]
		delete(have, f.DBName)
		optional := f.FieldType.Kind().String() == "ptr" || strings.HasSuffix(f.FieldType.String(), "Date") && !f.NotNull && !f.PrimaryKey
		switch {
		case !ok:
			t.Errorf("%s.%s is not in the migrations", s.Table, f.DBName)
		case notNull == optional:
			t.Errorf("%s.%s: NOT NULL is %v in the migrations", s.Table, f.DBName, notNull)
		}
	}
	for name := range have {
		t.Errorf("%s.%s is not in the model", s.Table, name)
	}
}

func indexesMatch(t *testing.T, db *gorm.DB, s *schema.Schema) {
	t.Helper()
	var rows []struct {
		Name   string
		Unique bool
		Cols   string
	}
	err := db.Raw("SELECT l.name, l.\"unique\", (SELECT GROUP_CONCAT(name) FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno)) AS cols "+
		"FROM pragma_index_list(?) l WHERE l.origin = 'c'", s.Table).Scan(&rows).Error
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]string{}
	for _, r := range rows {
		have[r.Name] = r.Cols
		if r.Unique {
			have[r.Name] += " unique"
		}
	}
	for _, i := range s.ParseIndexes() {
		var cols []string
		for _, f := range i.Fields {
			cols = append(cols, f.DBName)
		}
		want := strings.Join(cols, ",")
		if i.Class == "UNIQUE" {
			want += " unique"
		}
		if have[i.Name] != want {
			t.Errorf("index %s of %s is %q in the migrations, %q in the model", i.Name, s.Table, have[i.Name], want)
		}
		delete(have, i.Name)
	}
	for name := range have {
		t.Errorf("index %s of %s is not in the model", name, s.Table)
	}
}
