package store_test

import (
	"fmt"
	"io"
	"runtime"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// BenchmarkExport reports the memory in use when the last row of an export is written, over
// what was in use before, in bytes. What a workbook keeps before it goes to disk is bounded:
// it must be much the same for 40,000 rows and for 80,000.
//
//	JIAYI_TEST_DB=sqlite go test -run '^$' -bench Export$ -benchtime 1x ./models/store
func BenchmarkExport(b *testing.B) {
	for _, n := range []int{40_000, 80_000} {
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			s, _ := storetest.District(b)
			storetest.Logins(b, s)
			err := s.Load(b.Context(), func(l *store.Loader) error {
				batch, err := s.Ready(b.Context(), many(s, n))
				if err != nil {
					return err
				}
				return l.Put(batch)
			})
			if err != nil {
				b.Fatal(err)
			}
			var most uint64
			for b.Loop() {
				most = max(most, exportOnce(b, s, n))
			}
			b.ReportMetric(float64(most), "live-B")
		})
	}
}

// many are residents of 石榴社区, of whom no two texts are the same.
func many(s *store.Store, n int) []models.Resident {
	out := make([]models.Resident, n)
	for i := range out {
		out[i] = models.Resident{ID: models.ID(1000 + i), RecordNo: fmt.Sprintf("370499002%08d", i), Name: fmt.Sprintf("居民%d", i), Sex: "1", BirthDate: calendar.MustDate("1990-01-01"), DocumentType: "01",
			Phone: fmt.Sprintf("199%08d", i), Address: fmt.Sprintf("榴园区石榴镇石榴社区%d号", i), AddressKind: "home", Nationality: "01", VillageID: storetest.ShiliuVillage, HouseholdID: 3,
			AreaTeamID: storetest.ShiliuTeam, AreaInstID: storetest.Shiliu, Status: models.Living, Version: 1, CreatedAt: s.Now(), UpdatedAt: s.Now()}
	}
	return out
}

func exportOnce(b *testing.B, s *store.Store, n int) uint64 {
	b.Helper()
	v := s.As(fresh(s, storetest.Manager))
	e, err := v.AskExport(b.Context(), models.ExportDraft{Kind: models.ExportResidents})
	if err != nil || e.Rows != n+9 {
		b.Fatal(e.Rows, err)
	}
	another := storetest.Manager
	another.AccountID = 190
	if _, err := s.As(another).MoveExport(b.Context(), e.ID, 0, models.MoveApproveExport, ""); err != nil {
		b.Fatal(err)
	}
	before := live()
	w, _, err := v.ExportSheet(b.Context(), e.ID)
	if err != nil {
		b.Fatal(err)
	}
	during := live()
	if _, err := w.WriteTo(io.Discard); err != nil {
		b.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return during - min(before, during)
}

func live() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // pools keep what they hold over one collection
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
