package store_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// writeRegister writes a county file of n people, 64 in 100 of them signed on paper, in
// families of three, spread over the villages of the small district.
func writeRegister(tb testing.TB, n int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "register.csv")
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprint(w, header)
	rng := rand.New(rand.NewPCG(1, 2))
	first := calendar.MustDate("1936-01-01")
	for i := range n {
		village := []string{"东村", "西村", "石榴社区"}[i/3%3]
		team := []string{"东村团队", "西村团队", "石榴团队"}[i/3%3]
		crowd := ""
		if i%7 == 0 {
			crowd = "高血压"
		}
		signed := "否,,,"
		if rng.IntN(100) < 64 {
			signed = "是," + team + ",2026-03-01,2027-02-28"
		}
		relation := []string{"户主", "配偶", "其他"}[i%3]
		fmt.Fprintf(w, "测试%s,%s,%s,199%08d,榴园区榴园镇%s%d号,%06d,%s,%s,%s\n", string(rune('一'+i%5000)), storetest.IDNumber(first.AddDays(i%20000), i/20000),
			village, i, village, i/3, i/3, relation, crowd, signed)
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return path
}

// BenchmarkLoading loads a register of b.N thousand people, and reports rows a second and
// the greatest heap in use meanwhile, which must not grow with b.N.
func BenchmarkLoading(b *testing.B) {
	s, _ := storetest.OpenOn(b, storetest.DistrictDatabase(b), store.Options{CapacityPerDoctor: 1 << 20})
	path := writeRegister(b, 1000*b.N)
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	imp, err := s.As(models.System("import")).StartImport(b.Context(), "register.csv", f)
	if err != nil {
		b.Fatal(err)
	}
	debug.FreeOSMemory()
	b.ResetTimer()
	most, began := uint64(0), time.Now()
	imp, err = s.RunImport(b.Context(), imp.ID, func(models.Import) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapInuse)
	})
	if err != nil || imp.Created != 1000*b.N {
		b.Fatalf("%+v %v", imp, err)
	}
	b.ReportMetric(float64(1000*b.N)/time.Since(began).Seconds(), "rows/s")
	b.ReportMetric(float64(most)/(1<<20), "heap-MB")
}
