// Package migrations holds the schema as an append-only list of SQL files. A file is
// never edited once released; each of its statements is one step, recorded when done,
// so that a migration interrupted half-way goes on where it stopped.
//
// {{id}}, {{time}} and {{table}} stand for what the two databases spell differently;
// a file named NAME.mysql.sql or NAME.sqlite.sql is for that database alone.
package migrations

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"github.com/go-gormigrate/gormigrate/v2"
	"github.com/go-sql-driver/mysql"
	"gorm.io/gorm"
)

//go:embed *.sql
var files embed.FS

var words = map[string]*strings.Replacer{
	"mysql": strings.NewReplacer("{{id}}", "BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY", "{{time}}", "DATETIME(3)",
		"{{table}}", "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"),
	"sqlite": strings.NewReplacer("{{id}}", "INTEGER PRIMARY KEY AUTOINCREMENT", "{{time}}", "DATETIME", "{{table}}", ""),
}

// steps lists the migrations of the dialect ("mysql" or "sqlite") in order.
func steps(dialect string) ([]*gormigrate.Migration, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var out []*gormigrate.Migration
	for _, name := range names {
		parts := strings.Split(name, ".")
		if len(parts) == 3 && parts[1] != dialect {
			continue
		}
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for i, statement := range strings.Split(words[dialect].Replace(string(text)), ";\n") {
			if statement = strings.TrimSpace(statement); statement == "" {
				continue
			}
			out = append(out, &gormigrate.Migration{
				ID:      fmt.Sprintf("%s/%02d", parts[0], i+1),
				Migrate: func(tx *gorm.DB) error { return run(tx, statement) },
			})
		}
	}
	return out, nil
}

// MySQL errors that say a step was done, but not recorded, before an interruption:
// table, column, index or trigger exists already, or what is to be dropped is gone.
var done = map[uint16]bool{1050: true, 1051: true, 1060: true, 1061: true, 1091: true, 1359: true}

func run(tx *gorm.DB, statement string) error {
	err := tx.Exec(statement).Error
	var my *mysql.MySQLError
	if errors.As(err, &my) && done[my.Number] {
		return nil
	}
	return err
}

func options(dialect string) *gormigrate.Options {
	return &gormigrate.Options{
		TableName: "schema_migrations", IDColumnName: "id", IDColumnSize: 64,
		UseTransaction: dialect == "sqlite", ValidateUnknownMigrations: true,
	}
}

// Up runs every step that is still missing.
func Up(db *gorm.DB, dialect string) error {
	list, err := steps(dialect)
	if err != nil {
		return err
	}
	return gormigrate.New(db, options(dialect), list).Migrate()
}

// State tells how many steps the database has, and how the two lists differ.
type State struct{ Done, Missing, Unknown int }

// Compare holds the database's steps against this program's.
func Compare(db *gorm.DB, dialect string) (State, error) {
	list, err := steps(dialect)
	if err != nil {
		return State{}, err
	}
	var have []string
	if db.Migrator().HasTable("schema_migrations") {
		if err := db.Table("schema_migrations").Pluck("id", &have).Error; err != nil {
			return State{}, err
		}
	}
	want := map[string]bool{}
	for _, m := range list {
		want[m.ID] = true
	}
	s := State{Missing: len(list)}
	for _, id := range have {
		if want[id] {
			s.Done++
			s.Missing--
		} else if id != "SCHEMA_INIT" {
			s.Unknown++
		}
	}
	return s, nil
}
