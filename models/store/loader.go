package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"jiayi/internal/pinyin"
	"jiayi/models"
)

// Loader inserts finished rows in bulk, past the rules of the use cases: only for
// seeding a district and for test fixtures. The rows must agree with each other;
// `tally rebuild` counts them afterwards.
type Loader struct {
	db *gorm.DB
	s  *Store
}

// loadBatch is the number of rows of one INSERT.
const loadBatch = 500

// Load runs fn with a loader, in one transaction.
func (s *Store) Load(ctx context.Context, fn func(l *Loader) error) error {
	return s.write.WithContext(s.withKeys(ctx)).Transaction(func(db *gorm.DB) error {
		return fn(&Loader{db.Session(&gorm.Session{SkipHooks: true}), s})
	})
}

// Insert inserts one row or a slice of rows of one noun, with what belongs to them; ids
// given stay as they are.
func (l *Loader) Insert(rows any) error { return l.db.CreateInBatches(rows, loadBatch).Error }

// Empty tells whether the district has no institution yet.
func (l *Loader) Empty() (bool, error) {
	var n int64
	err := l.db.Model(&models.Institution{}).Limit(1).Count(&n).Error
	return n == 0, err
}

// Batch is rows of one noun made ready for the database: sealed and in column order.
type Batch struct {
	table   string
	columns []string
	args    []any
}

// Ready makes a slice of rows ready for Put. Rows go in exactly as they are, ids and
// times included, and without what belongs to them. It needs no connection, so that
// sealing can go on while another batch is being written.
func (s *Store) Ready(ctx context.Context, rows any) (Batch, error) {
	list := reflect.ValueOf(rows)
	sch, err := schema.Parse(reflect.New(list.Type().Elem()).Interface(), &loadSchemas, s.write.NamingStrategy)
	if err != nil {
		return Batch{}, err
	}
	b := Batch{table: sch.Table, columns: sch.DBNames, args: make([]any, 0, list.Len()*len(sch.DBNames))}
	ctx = s.withKeys(ctx)
	for i := range list.Len() {
		for _, name := range sch.DBNames {
			value, _ := sch.FieldsByDBName[name].ValueOf(ctx, list.Index(i))
			if sealing, ok := value.(driver.Valuer); ok && sch.FieldsByDBName[name].Serializer != nil {
				if value, err = sealing.Value(); err != nil {
					return Batch{}, err
				}
			}
			b.args = append(b.args, value)
		}
	}
	return b, nil
}

var loadSchemas sync.Map

// Put inserts batches. Statements come in few sizes, so that each is prepared once.
func (l *Loader) Put(batches ...Batch) error {
	for _, b := range batches {
		for size := 1 << 10; size > 0; size /= 2 {
			n := size * len(b.columns)
			if n > l.s.statementArgs() && size > 1 {
				continue
			}
			for ; len(b.args) >= n; b.args = b.args[n:] {
				if err := l.put(b, size); err != nil {
					return fmt.Errorf("load %s: %w", b.table, err)
				}
			}
		}
	}
	return nil
}

// statementArgs is the most arguments of one bulk INSERT. The SQLite driver looks each
// one up by going through all of them, so that few are quicker.
func (s *Store) statementArgs() int {
	if s.dialect == MySQL {
		return 16 << 10
	}
	return 256
}

func (l *Loader) put(b Batch, size int) error {
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", len(b.columns)), ",") + ")"
	sql := l.s.insertWord() + b.table + " (`" + strings.Join(b.columns, "`,`") + "`) VALUES " + strings.TrimSuffix(strings.Repeat(row+",", size), ",")
	_, err := l.db.Statement.ConnPool.ExecContext(l.db.Statement.Context, sql, b.args[:size*len(b.columns)]...)
	return err
}

// Tally inserts the tallies of a day from entries: the standings of everyone, grouped.
// A frozen day is a published month-end.
func (l *Loader) Tally(day models.Date, frozen bool, entries []models.TallyEntry, care []models.CareEntry) error {
	sums := tallySums{}
	for _, e := range entries {
		sums.addEntry(day, e)
	}
	for _, e := range care {
		sums.addCare(day, e)
	}
	if err := l.db.Create(&models.TallyDay{Day: day, RuleVersion: models.CountingRules, Frozen: frozen, CreatedAt: day.Start()}).Error; err != nil {
		return err
	}
	b, err := l.s.Ready(l.db.Statement.Context, sums.rows())
	if err != nil {
		return err
	}
	return l.Put(b)
}

// Index fills in what the store derives from a resident's own fields.
func (s *Store) Index(r *models.Resident) {
	r.Initials = pinyin.Initials(r.Name)
	r.PhoneIndex = s.blind(indexPhone, r.Phone)
	r.DocumentIndex = nil
	if r.DocumentNo != "" {
		r.DocumentIndex = new(s.documentIndex(r.DocumentType, r.DocumentNo))
	}
}

// Index is Store.Index.
func (l *Loader) Index(r *models.Resident) { l.s.Index(r) }

// OpenIDIndex is the blind index of a WeChat openid.
func (l *Loader) OpenIDIndex(openid string) string { return l.s.blind(indexOpenID, openid) }

// insertWord begins a bulk INSERT. With OR ROLLBACK SQLite need not be able to undo one
// statement alone, and saves copying every page that it touches.
func (s *Store) insertWord() string {
	if s.dialect == SQLite {
		return "INSERT OR ROLLBACK INTO "
	}
	return "INSERT INTO "
}
