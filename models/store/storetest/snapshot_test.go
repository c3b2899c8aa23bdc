package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiayi/models"
	"jiayi/models/store"
)

// A copy is what the migrations and the loader made: every table with its columns, indexes
// and rows, and every trigger.
func TestCopyIsTheOriginal(t *testing.T) {
	original := open(t, Address(t), unwatched)
	if n, err := store.Migrate(t.Context(), original); err != nil || n == 0 {
		t.Fatalf("%d steps, %v", n, err)
	}
	if err := store.CheckSchema(t.Context(), Database(t)); err != nil {
		t.Error(err)
	}
	for _, db := range []*store.Database{original, DistrictDatabase(t)} {
		if got, want := described(t, Take(t, db).Database(t)), described(t, db); len(want) < 100 || !slices.Equal(got, want) {
			t.Errorf("a database of the test:\n%s\nits copy:\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
		}
	}
}

// Tests do not meet in their copies, and the next id of a copy is the original's.
func TestCopiesAreApart(t *testing.T) {
	draft := models.ResidentDraft{Name: "赵新民", DocumentNo: IDNumber(Today.AddYears(-40), 999), VillageID: EastVillage, Permanent: true}
	for range 2 {
		s, _ := District(t)
		person, err := s.As(Manager).CreateResident(t.Context(), draft)
		if err != nil || person.ID != ChenJing+1 || person.DocumentNo == "" {
			t.Fatalf("resident %d, %v", person.ID, err)
		}
		if known, err := s.As(Manager).Resident(t.Context(), ZhangXiuying); err != nil || known.Resident.Name != "张秀英" {
			t.Errorf("%q, %v", known.Resident.Name, err)
		}
	}
}

// described is everything in a database, a line an object or a row.
func described(t *testing.T, db *store.Database) []string {
	t.Helper()
	address, _ := addresses.Load(db)
	if db.Dialect() == store.MySQL {
		_, name, _ := strings.Cut(address.(string), "/")
		var s Snapshot
		if err := s.readSchema(t.Context(), admin(t), name); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(s.script, ";")
		for _, v := range s.values {
			lines = append(lines, fmt.Sprintf("%q", v))
		}
		return lines
	}
	raw, err := Raw(t, db).DB()
	if err != nil {
		t.Fatal(err)
	}
	objects, err := all(t.Context(), raw, "SELECT type, name, COALESCE(sql, '') FROM sqlite_master ORDER BY type, name")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, o := range objects {
		lines = append(lines, fmt.Sprint(o...))
		if o[0] != "table" {
			continue
		}
		rows, err := all(t.Context(), raw, fmt.Sprintf("SELECT * FROM %s ORDER BY 1", o[1]))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			lines = append(lines, fmt.Sprintf("%q", row))
		}
	}
	return lines
}
