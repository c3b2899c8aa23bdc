package seed_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"jiayi/internal/sqlwatch"
	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// large are the tables that grow with the district: no hot statement reads one through.
var large = []string{"residents", "contracts", "contract_packages", "agreements", "tasks", "followups", "encounters", "memberships", "vitals", "standings", "care_standings", "audit_rows", "outbox"}

// planRow is a line of MariaDB's EXPLAIN.
type planRow struct {
	Table string `gorm:"column:table"`
	Type  string
	Key   string
	Rows  int64
}

// The plans of hot statements on MariaDB: what screens read all day and what doctors write
// all day finds its rows by an index. On SQLite, which small installations use, they are
// measured (BenchmarkReads).
func (d loaded) readsNoLargeTableThrough(t *testing.T) {
	raw := storetest.Raw(t, d.db)
	for _, table := range large {
		if storetest.OnMySQL() && raw.Migrator().HasTable(table) {
			if err := raw.Exec("ANALYZE TABLE " + table).Error; err != nil { //nolint:misspell // the statement's own word
				t.Fatal(err)
			}
		}
	}
	seen := 0
	for name, run := range hot(t, d.store) {
		list := d.watch.Take(func() {
			if err := run(t.Context()); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		})
		for _, st := range list {
			if !explainable.MatchString(st.SQL) {
				continue
			}
			seen++
			for _, row := range explain(t, raw, st) {
				if row.Type == "ALL" && contains(large, row.Table, st.SQL) {
					t.Errorf("%s reads %s through (%d rows): %.300s", name, row.Table, row.Rows, st.SQL)
				}
			}
		}
	}
	if storetest.OnMySQL() && seen < 40 {
		t.Errorf("only %d statements were seen", seen)
	}
}

var explainable = regexp.MustCompile(`(?i)^\s*(SELECT|UPDATE|DELETE)`)

func explain(t *testing.T, raw *gorm.DB, st sqlwatch.Statement) []planRow {
	t.Helper()
	var rows []planRow
	if err := raw.Raw("EXPLAIN "+st.SQL, st.Args...).Scan(&rows).Error; err != nil {
		t.Fatalf("%v: %.200s", err, st.SQL)
	}
	return rows
}

// contains tells whether the table of a plan, which may be an alias, is a large one.
func contains(large []string, table, sql string) bool {
	for _, l := range large {
		if table == l || strings.Contains(sql, l+" "+table+" ") || strings.Contains(sql, "`"+l+"` "+table+" ") || strings.Contains(sql, l+" AS "+table+" ") {
			return true
		}
	}
	return false
}

// hot are the use cases whose plans are held.
func hot(t *testing.T, s *store.Store) map[string]func(context.Context) error {
	t.Helper()
	manager := s.As(storetest.Manager)
	lead := s.As(models.Actor{Role: models.TeamLead, AccountID: 1, StaffID: 1, InstitutionID: 5, TeamIDs: []models.ID{1}})
	people, err := manager.Residents(t.Context(), store.ResidentFilter{Population: models.Hypertension, Signed: new(true)}, store.Page{Limit: 20})
	if err != nil || len(people.Items) < 2 {
		t.Fatal(err)
	}
	id := people.Items[0].ID
	return map[string]func(context.Context) error{
		"one resident": func(ctx context.Context) error { _, err := manager.Resident(ctx, id); return err },
		"timeline":     func(ctx context.Context) error { _, err := manager.Timeline(ctx, id, time.Time{}, 20); return err },
		"entitlements": func(ctx context.Context) error { _, err := manager.Entitlements(ctx, id, 0, 0); return err },
		"list of residents": func(ctx context.Context) error {
			_, err := manager.Residents(ctx, store.ResidentFilter{Population: models.Hypertension, Signed: new(true)}, store.Page{Limit: 20, Cursor: people.Next})
			return err
		},
		"search by initials": func(ctx context.Context) error {
			_, err := manager.Residents(ctx, store.ResidentFilter{Q: "zxy"}, store.Page{Limit: 20})
			return err
		},
		"search by phone": func(ctx context.Context) error {
			_, err := manager.Residents(ctx, store.ResidentFilter{Q: "19900000001"}, store.Page{Limit: 20})
			return err
		},
		"search by name": func(ctx context.Context) error {
			_, err := manager.Residents(ctx, store.ResidentFilter{Q: people.Items[0].Name}, store.Page{Limit: 20})
			return err
		},
		"contracts of a resident": func(ctx context.Context) error {
			_, err := manager.Contracts(ctx, store.ContractFilter{ResidentID: id}, store.Page{Limit: 20})
			return err
		},
		"work list of a team": func(ctx context.Context) error {
			_, err := lead.WorkList(ctx, store.TaskFilter{TeamID: 1}, store.Page{Limit: 20})
			return err
		},
		"rates of all teams": func(ctx context.Context) error {
			_, err := manager.ContractRates(ctx, store.RateQuery{By: models.ScopeTeam, Populations: []models.Population{models.All, models.Key}})
			return err
		},
		"indicators of all teams": func(ctx context.Context) error {
			_, err := manager.Indicators(ctx, store.IndicatorQuery{By: models.ScopeTeam})
			return err
		},
		"a visit": func(ctx context.Context) error {
			_, err := manager.LogEncounter(ctx, models.EncounterDraft{ResidentID: id, VisitedOn: storetest.Today, VisitWay: int(clinical.WayPhone), Services: []clinical.Service{"consult"}})
			return err
		},
		"notices": func(ctx context.Context) error { _, err := manager.UnreadNotices(ctx); return err },
	}
}
