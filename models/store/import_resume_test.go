package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

const smallBatch = 50

// register is a file of n people in families of three, shuffled when seed is not 0.
func register(n int, seed uint64) string {
	rows := make([]string, n)
	for i := range rows {
		village := []string{"东村", "西村", "石榴社区"}[i/3%3]
		crowd := []string{"", "高血压、糖尿病", "残疾人", ""}[i%4]
		signed := []string{"是," + strings.TrimSuffix(village, "社区") + "团队,2026-03-01,2027-02-28", "否,,,"}[i%2]
		rows[i] = fmt.Sprintf("测试,%s,%s,199%08d,%d号,%04d,%s,%s,%s\n", storetest.IDNumber(calendar.MustDate("1950-01-01").AddDays(i), i%1000),
			strings.Replace(village, "石榴社区", "石榴社区居委会", 1), i, i, i/3, []string{"户主", "配偶", "父亲"}[i%3], crowd, signed)
	}
	if seed != 0 {
		rand.New(rand.NewPCG(seed, seed)).Shuffle(n, func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}
	return header + strings.Join(rows, "")
}

// inSmallBatches is the small district, which loads a file 50 rows at a time.
func inSmallBatches(t *testing.T) (*store.Store, *storetest.Clock) {
	t.Helper()
	return storetest.OpenOn(t, storetest.DistrictDatabase(t), store.Options{ImportBatch: smallBatch})
}

func TestShuffledRowsMakeTheSameDistrict(t *testing.T) {
	var want []string
	for seed := range uint64(4) {
		s, _ := inSmallBatches(t)
		wantCounts(t, load(t, s, register(130, seed)), 130, 0, 0, 0)
		if want == nil {
			want = people(t, s)
		}
		wantPeople(t, people(t, s), want)
		verify(t, s)
	}
}

// A load that is stopped between batches, or dies in the middle of one at any of its
// writes, goes on where it was: nothing is lost or doubled.
func TestKilledLoadResumes(t *testing.T) {
	const n = 130
	s, _ := inSmallBatches(t)
	load(t, s, register(n, 0))
	want := people(t, s)

	t.Run("stopped between batches", func(t *testing.T) {
		s, _ := inSmallBatches(t)
		imp := upload(t, s, commandLine, register(n, 0))
		ctx, stop := context.WithCancel(t.Context())
		_, err := s.RunImport(ctx, imp.ID, func(models.Import) { stop() })
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		verify(t, s)
		half, err := s.As(storetest.Manager).Import(t.Context(), imp.ID)
		if err != nil || half.Status != models.ImportRunning || half.Created != smallBatch || half.Total != n {
			t.Fatalf("%+v %v", half, err)
		}
		if n, err := s.ResumeImports(t.Context()); n != 1 || err != nil {
			t.Fatalf("%d resumed, %v", n, err)
		}
		whole, err := s.As(storetest.Manager).Import(t.Context(), imp.ID)
		if err != nil {
			t.Fatal(err)
		}
		wantCounts(t, whole, n, 0, 0, 0)
		wantPeople(t, people(t, s), want)
		verify(t, s)
	})
	for _, table := range []string{"import_marks", "sequences", "households", "residents", "memberships", "tasks", "tally_entries", "contracts", "agreements", "audit_rows"} {
		t.Run("dies writing "+table, func(t *testing.T) {
			s, _ := inSmallBatches(t)
			imp := upload(t, s, commandLine, register(n, 0))
			s.FailWrite(table, 4)
			if _, err := s.RunImport(t.Context(), imp.ID, nil); !errors.Is(err, store.ErrPowerCut) {
				t.Fatalf("got %v", err)
			}
			verify(t, s)
			wantCounts(t, run(t, s, imp.ID), n, 0, 0, 0)
			wantPeople(t, people(t, s), want)
			verify(t, s)
		})
	}
}

func TestOneRunnerALoad(t *testing.T) {
	s, _ := storetest.District(t)
	imp := upload(t, s, commandLine, family())
	if held, err := s.TakeLease(t.Context(), imp.ID, time.Minute); !held || err != nil {
		t.Fatal(held, err)
	}
	_, err := s.RunImport(t.Context(), imp.ID, nil)
	wantCode(t, err, "import_taken")
	if n, err := s.ResumeImports(t.Context()); n != 0 || err != nil {
		t.Errorf("%d %v", n, err)
	}
	if held, err := s.TakeLease(t.Context(), imp.ID, -time.Second); !held || err != nil { // the other one died a minute ago
		t.Fatal(held, err)
	}
	wantCounts(t, run(t, s, imp.ID), 3, 0, 0, 0)
}

// A runner that hung until its lease went to another finds the place moved on, and stops.
func TestRunnerThatHungDoublesNothing(t *testing.T) {
	const n = 130
	s, _ := inSmallBatches(t)
	load(t, s, register(n, 0))
	want := people(t, s)

	s, _ = inSmallBatches(t)
	imp := upload(t, s, commandLine, register(n, 0))
	hung := false
	_, err := s.RunImport(t.Context(), imp.ID, func(models.Import) {
		if hung {
			t.Error("it landed a batch after its lease was gone")
		}
		hung = true
		if err := s.ExpireLeases(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		if _, err := s.RunImport(ctx, imp.ID, func(models.Import) { stop() }); !errors.Is(err, context.Canceled) {
			t.Errorf("the other runner: %v", err)
		}
	})
	wantCode(t, err, "import_taken")
	wantCounts(t, run(t, s, imp.ID), n, 0, 0, 0)
	wantPeople(t, people(t, s), want)
	verify(t, s)
}

func TestLoadThatNeverGetsOn(t *testing.T) {
	s, _ := storetest.District(t)
	imp := upload(t, s, commandLine, family())
	for range models.MaxImportTries {
		s.FailWrite("residents", 1)
		if _, err := s.RunImport(t.Context(), imp.ID, nil); !errors.Is(err, store.ErrPowerCut) {
			t.Fatal(err)
		}
	}
	if imp := run(t, s, imp.ID); imp.Status != models.ImportFailed || imp.Failure == "" {
		t.Errorf("%+v", imp)
	}
	verify(t, s)
}

// Two loads at once, of one file or of two that share people, make the district one load makes.
func TestLoadsAtOnce(t *testing.T) {
	const n = 130
	s, _ := inSmallBatches(t)
	load(t, s, register(n, 0))
	want := people(t, s)
	for name, other := range map[string]uint64{"the same file": 0, "the same people in another order": 7} {
		t.Run(name, func(t *testing.T) {
			s, _ := inSmallBatches(t)
			imps := []models.Import{upload(t, s, commandLine, register(n, 0)), upload(t, s, commandLine, register(n, other))}
			var wait sync.WaitGroup
			for i := range imps {
				wait.Go(func() {
					var err error
					if imps[i], err = s.RunImport(t.Context(), imps[i].ID, nil); err != nil {
						t.Errorf("run: %v", err)
					}
				})
			}
			wait.Wait()
			if a, b := imps[0], imps[1]; a.Created+b.Created != n || a.Unchanged+b.Unchanged != n || a.Failed+b.Failed+a.Updated+b.Updated != 0 {
				t.Errorf("%+v\n%+v", a, b)
			}
			wantPeople(t, people(t, s), want)
			verify(t, s)
		})
	}
}

// A load counts on with signings by hand going on beside it.
func TestLoadBesideSignings(t *testing.T) {
	s, _ := inSmallBatches(t)
	imp := upload(t, s, commandLine, register(300, 3))
	var wait sync.WaitGroup
	wait.Go(func() {
		if _, err := s.RunImport(t.Context(), imp.ID, nil); err != nil {
			t.Errorf("run: %v", err)
		}
	})
	for _, id := range []models.ID{storetest.ZhangXiuying, storetest.ZhangQiang, storetest.LiuFang} {
		wait.Go(func() {
			if _, err := s.As(storetest.EastLead).Sign(t.Context(), onSite(id, storetest.EastTeam)); err != nil {
				t.Errorf("sign: %v", err)
			}
		})
	}
	wait.Wait()
	verify(t, s)
}

func TestRunnerLoadsWhatIsQueued(t *testing.T) {
	s, _ := storetest.District(t)
	ctx, stop := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	wait.Go(func() { s.RunImports(ctx) })
	imp := upload(t, s, commandLine, family())
	for imp.Open() {
		var err error
		if imp, err = s.As(storetest.Manager).Import(t.Context(), imp.ID); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	wait.Wait()
	wantCounts(t, imp, 3, 0, 0, 0)
}
