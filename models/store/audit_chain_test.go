package store_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"jiayi/internal/keytext"
	"jiayi/internal/seal"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// watch leaves one audit row per call: the auditor looks at the audit.
func watch(t testing.TB, s *store.Store, n int) {
	t.Helper()
	for range n {
		if _, err := s.As(storetest.AuditorOne).Audit(t.Context(), store.AuditQuery{}, store.Page{Limit: 1}); err != nil {
			t.Fatal(err)
		}
	}
}

func sealAll(t testing.TB, s *store.Store) int {
	t.Helper()
	n, err := s.SealAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func check(t testing.TB, s *store.Store) store.AuditCheck {
	t.Helper()
	c, err := s.VerifyAudit(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSealAndVerify(t *testing.T) {
	s, _ := storetest.Open(t)
	if c := check(t, s); c.Broken != nil || c.Checked != 0 || c.Unsealed != 0 {
		t.Fatalf("empty: %+v", c)
	}
	watch(t, s, 3)
	if n := sealAll(t, s); n != 3 {
		t.Fatalf("sealed %d", n)
	}
	if n := sealAll(t, s); n != 0 {
		t.Fatalf("sealed %d again", n)
	}
	watch(t, s, 2)
	c := check(t, s)
	if c.Broken != nil || c.Checked != 3 || c.Unsealed != 2 || c.Head.Seq != 3 {
		t.Fatalf("%+v", c)
	}
	if err := s.CheckAnchor(t.Context(), c.Head); err != nil {
		t.Error(err)
	}
	wantCode(t, s.CheckAnchor(t.Context(), store.Anchor{Seq: 9, MAC: c.Head.MAC}), "anchor_missing")
	wantCode(t, s.CheckAnchor(t.Context(), store.Anchor{Seq: 2, MAC: c.Head.MAC}), "anchor_missing")
	list, err := s.As(storetest.AuditorOne).Audit(t.Context(), store.AuditQuery{Actor: "staff:107", Action: "audit.list", From: storetest.Today, To: storetest.Today}, store.Page{Limit: 3})
	if err != nil || len(list.Items) != 3 || list.Next == "" || list.Items[0].Seq != 0 || list.Items[2].Seq != 3 {
		t.Errorf("%+v %v", list, err)
	}
	for name, q := range map[string]store.AuditQuery{
		"actor": {Actor: "staff:1"}, "action": {Action: "resident.read"}, "resident": {ResidentID: 5},
		"from": {From: storetest.Today.AddDays(1)}, "to": {To: storetest.Today.AddDays(-1)},
	} {
		if list, err := s.As(storetest.AuditorOne).Audit(t.Context(), q, store.Page{}); err != nil || len(list.Items) != 0 {
			t.Errorf("filter %s: %d items, %v", name, len(list.Items), err)
		}
	}
}

func TestOnlyAuditorsReadTheAudit(t *testing.T) {
	s, _ := storetest.Open(t)
	for _, a := range []models.Actor{{}, storetest.Manager, storetest.EastLead, storetest.AdminOne, storetest.Mei} {
		_, err := s.As(a).Audit(t.Context(), store.AuditQuery{}, store.Page{})
		wantCode(t, err, "forbidden")
		_, err = s.As(a).VerifyAudit(t.Context())
		wantCode(t, err, "forbidden")
	}
}

// dropTriggers is what an attacker with the rights of the database owner does first.
func dropTriggers(t testing.TB, raw *gorm.DB) {
	for _, name := range []string{"audit_rows_no_update", "audit_rows_no_delete", "audit_seals_no_update", "audit_seals_no_delete", "audit_rows_list"} {
		exec(t, raw, "DROP TRIGGER "+name)
	}
}

func exec(t testing.TB, raw *gorm.DB, sql string, args ...any) {
	t.Helper()
	if err := raw.Exec(sql, args...).Error; err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func TestDatabaseRefusesChanges(t *testing.T) {
	db := storetest.Database(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	watch(t, s, 1)
	sealAll(t, s)
	for _, sql := range []string{
		"UPDATE audit_rows SET actor = 'x'", "DELETE FROM audit_rows", "UPDATE audit_seals SET seq = 9", "DELETE FROM audit_seals",
	} {
		if err := storetest.Raw(t, db).Exec(sql).Error; err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

const insertRow = "INSERT INTO audit_rows (id, at, actor, role, action, object, object_id, resident_id, detail, reason, request_id, ip) VALUES (?, ?, 'staff:9', 'doctor', 'resident.read', 'resident', 1, 1, '', '', '', '')"

func TestVerifyNamesTheBreak(t *testing.T) {
	for _, c := range []struct {
		name string
		harm func(t *testing.T, raw *gorm.DB, s *store.Store)
		want store.ChainBreak
	}{
		{"altered text", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, "UPDATE audit_rows SET actor = 'staff:9' WHERE id = 3")
		}, store.ChainBreak{Kind: store.BreakAltered, Seq: 3, RowID: 3}},
		{"altered number", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, "UPDATE audit_rows SET resident_id = 8 WHERE id = 2")
		}, store.ChainBreak{Kind: store.BreakAltered, Seq: 2, RowID: 2}},
		{"altered time", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, "UPDATE audit_rows SET at = ? WHERE id = 1", time.Date(2026, 11, 23, 1, 0, 1, 0, time.UTC))
		}, store.ChainBreak{Kind: store.BreakAltered, Seq: 1, RowID: 1}},
		{"text moved between fields", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, "UPDATE audit_rows SET action = 'audit.lis', object = 'taudit' WHERE id = 2")
		}, store.ChainBreak{Kind: store.BreakAltered, Seq: 2, RowID: 2}},
		{"deleted row", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, "DELETE FROM audit_rows WHERE id = 4")
		}, store.ChainBreak{Kind: store.BreakRowMissing, Seq: 4, RowID: 4}},
		{"deleted row and link", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, "DELETE FROM audit_rows WHERE id = 4")
			exec(t, raw, "DELETE FROM audit_seals WHERE seq = 4")
		}, store.ChainBreak{Kind: store.BreakLinkMissing, Seq: 4}},
		{"deleted row, later links moved up", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, "DELETE FROM audit_rows WHERE id = 4")
			exec(t, raw, "DELETE FROM audit_seals WHERE seq = 4")
			exec(t, raw, "UPDATE audit_seals SET seq = 4 WHERE seq = 5")
		}, store.ChainBreak{Kind: store.BreakAltered, Seq: 4, RowID: 5}},
		{"reordered rows", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, "UPDATE audit_seals SET row_id = 99 WHERE seq = 2")
			exec(t, raw, "UPDATE audit_seals SET row_id = 2 WHERE seq = 3")
			exec(t, raw, "UPDATE audit_seals SET row_id = 3 WHERE seq = 2")
		}, store.ChainBreak{Kind: store.BreakAltered, Seq: 2, RowID: 3}},
		{"reordered links", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, "UPDATE audit_seals SET seq = 99 WHERE seq = 2")
			exec(t, raw, "UPDATE audit_seals SET seq = 2 WHERE seq = 3")
			exec(t, raw, "UPDATE audit_seals SET seq = 3 WHERE seq = 99")
		}, store.ChainBreak{Kind: store.BreakAltered, Seq: 2, RowID: 3}},
		{"code that is not one", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, "UPDATE audit_seals SET mac = 'x' WHERE seq = 5")
		}, store.ChainBreak{Kind: store.BreakAltered, Seq: 5, RowID: 5}},
		{"row put in past the list", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, insertRow, 77, storetest.NewClock().Now())
		}, store.ChainBreak{Kind: store.BreakUnlisted, RowID: 77}},
		{"row put in between, with an old date, by the front door", func(t *testing.T, raw *gorm.DB, s *store.Store) {
			exec(t, raw, insertRow, 77, storetest.NewClock().Now().Add(-time.Hour))
			exec(t, raw, "INSERT INTO audit_unsealed (row_id) VALUES (77)")
			sealAll(t, s)
		}, store.ChainBreak{Kind: store.BreakBackdated, Seq: 6, RowID: 77}},
		{"last link cut off", func(t *testing.T, raw *gorm.DB, _ *store.Store) {
			exec(t, raw, "DELETE FROM audit_seals WHERE seq = 5")
		}, store.ChainBreak{Kind: store.BreakUnlisted, RowID: 5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := storetest.Database(t)
			s, _ := storetest.OpenOn(t, db, store.Options{})
			watch(t, s, 5)
			sealAll(t, s)
			raw := storetest.Raw(t, db)
			dropTriggers(t, raw)
			c.harm(t, raw, s)
			got := check(t, s)
			if got.Broken == nil || *got.Broken != c.want {
				t.Errorf("got %+v, want %+v", got.Broken, c.want)
			}
			if want := max(c.want.Seq-1, 0); c.want.Seq > 0 && got.Checked != want {
				t.Errorf("%d links held, want %d", got.Checked, want)
			}
		})
	}
}

// What a chain alone cannot see, a noted anchor does.
func TestAnchorSeesACutEnd(t *testing.T) {
	db := storetest.Database(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	watch(t, s, 3)
	sealAll(t, s)
	head := check(t, s).Head
	raw := storetest.Raw(t, db)
	dropTriggers(t, raw)
	exec(t, raw, "DELETE FROM audit_seals WHERE seq = 3")
	exec(t, raw, "DELETE FROM audit_rows WHERE id = 3")
	if c := check(t, s); c.Broken != nil {
		t.Fatalf("%+v", c.Broken)
	}
	wantCode(t, s.CheckAnchor(t.Context(), head), "anchor_missing")
}

// A transaction that took its id early may commit after later ids were sealed.
func TestLateCommitIsSealed(t *testing.T) {
	db := storetest.Database(t)
	s, clock := storetest.OpenOn(t, db, store.Options{})
	raw := storetest.Raw(t, db)
	at := clock.Now()
	exec(t, raw, insertRow, 10, at)
	sealAll(t, s)
	exec(t, raw, insertRow, 4, at) // committed now, with a lower id
	if c := check(t, s); c.Unsealed != 1 || c.Broken != nil {
		t.Fatalf("%+v", c)
	}
	if n := sealAll(t, s); n != 1 {
		t.Fatalf("sealed %d", n)
	}
	if c := check(t, s); c.Broken != nil || c.Checked != 2 || c.Unsealed != 0 {
		t.Fatalf("%+v", c)
	}
}

func TestSealSurvivesKeyRotation(t *testing.T) {
	db := storetest.Database(t)
	settings := seal.Generate("F", "I", "A")
	open := func() *store.Store {
		keys, err := seal.New(settings)
		if err != nil {
			t.Fatal(err)
		}
		s := store.New(db, keys, store.Options{Region: "370499"})
		t.Cleanup(s.Close)
		return s
	}
	old := open()
	watch(t, old, 2)
	sealAll(t, old)
	settings.Audit.Value = keytext.Text(keytext.Random("a2", 32)) + "," + settings.Audit.Value
	rotated := open()
	watch(t, rotated, 2)
	sealAll(t, rotated)
	if c := check(t, rotated); c.Broken != nil || c.Checked != 4 {
		t.Errorf("%+v", c)
	}
	if c := check(t, old); c.Broken == nil || c.Broken.Seq != 3 {
		t.Errorf("a server without the new key: %+v", c.Broken)
	}
}

// More rows than one batch, written by many while two sealers race and a third reader
// verifies: the chain holds at every moment and in the end nothing waits.
func TestChainUnderConcurrency(t *testing.T) {
	s, _ := storetest.Open(t)
	const writers, each = 8, 40
	ctx, cancel := context.WithCancel(t.Context())
	var sealing, writing sync.WaitGroup
	fail := make(chan error, 100)
	for range 2 {
		sealing.Go(func() {
			for ctx.Err() == nil {
				if _, err := s.SealAudit(t.Context()); err != nil {
					fail <- fmt.Errorf("seal: %w", err)
					return
				}
			}
		})
	}
	for range writers {
		writing.Go(func() {
			for range each {
				if _, err := s.As(storetest.AuditorOne).Audit(t.Context(), store.AuditQuery{}, store.Page{Limit: 1}); err != nil {
					fail <- err
					return
				}
			}
		})
	}
	writing.Go(func() {
		for range 5 {
			if c, err := s.VerifyAudit(t.Context(), nil); err != nil || c.Broken != nil {
				fail <- fmt.Errorf("verify: %+v %w", c.Broken, err)
			}
		}
	})
	writing.Wait()
	cancel()
	sealing.Wait()
	close(fail)
	for err := range fail {
		t.Error(err)
	}
	sealAll(t, s)
	if c := check(t, s); c.Broken != nil || c.Checked != writers*each || c.Unsealed != 0 {
		t.Errorf("%+v", c)
	}
}
