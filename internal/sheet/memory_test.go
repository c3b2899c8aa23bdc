package sheet

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// BenchmarkReading reports the memory in use near the end of a file, over what was
// in use before it was opened, in bytes. It must be much the same for 10,000 and
// for 200,000 rows. Only a workbook with shared strings needs a little for each
// different text in it.
//
//	go test -run '^$' -bench Reading -benchtime 1x ./internal/sheet
func BenchmarkReading(b *testing.B) {
	for _, kind := range []struct {
		name  string
		write func(path string, rows int) error
	}{{"csv", writeCSV}, {"xlsx", writeInline}, {"shared", writeShared}} {
		for _, rows := range []int{10_000, 200_000} {
			b.Run(fmt.Sprintf("%s/rows=%d", kind.name, rows), func(b *testing.B) {
				path := filepath.Join(b.TempDir(), "file")
				if err := kind.write(path, rows); err != nil {
					b.Fatal(err)
				}
				var live uint64
				for b.Loop() {
					live = max(live, liveNearEnd(b, path, rows))
				}
				b.ReportMetric(float64(live), "live-B")
			})
		}
	}
}

// liveNearEnd reads a file and returns by how much its reader had filled the heap
// one row before the end.
func liveNearEnd(b *testing.B, path string, rows int) uint64 {
	before := live()
	r, err := Open(path, Options{TempDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	var during uint64
	n := 0
	for row, err := range r.Rows() {
		if err != nil {
			b.Fatal(err)
		}
		if n++; row.Line == rows {
			during = live()
		}
	}
	if err := r.Close(); err != nil || n != rows {
		b.Fatalf("%d of %d rows, %v", n, rows, err)
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

// cells is a row of a register, every text of which is different.
func cells(i int) []string {
	return []string{fmt.Sprintf("居民%d", i), fmt.Sprintf("37049919550301%04d", i%10_000), fmt.Sprintf("199%08d", i), fmt.Sprintf("榴园区石榴镇杏花村%d号", i)}
}

func writeCSV(path string, rows int) error {
	f, err := os.Create(path) // #nosec G304 -- a file of the test
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for i := range rows + 1 {
		c := cells(i)
		if _, err := fmt.Fprintf(w, "%s,%s,%s,%s\n", c[0], c[1], c[2], c[3]); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func writeInline(path string, rows int) error {
	w, err := NewWriter("名册", []string{"姓名", "身份证号", "电话", "住址"})
	if err != nil {
		return err
	}
	for i := range rows {
		c := cells(i)
		if err := w.Write(c[0], c[1], c[2], c[3]); err != nil {
			return err
		}
	}
	f, err := os.Create(path) // #nosec G304 -- a file of the test
	if err != nil {
		return err
	}
	if _, err := w.WriteTo(f); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return f.Close()
}

// writeShared writes a workbook as Excel does, with the texts in a part of their own.
func writeShared(path string, rows int) error {
	f, err := os.Create(path) // #nosec G304 -- a file of the test
	if err != nil {
		return err
	}
	z := zip.NewWriter(f)
	part := func(name string, write func(w io.Writer)) {
		if err != nil {
			return
		}
		var w io.Writer
		if w, err = z.Create(name); err == nil {
			buffered := bufio.NewWriter(w)
			write(buffered)
			err = buffered.Flush()
		}
	}
	text := func(s string) func(io.Writer) {
		return func(w io.Writer) { _, err = io.WriteString(w, s) }
	}
	const (
		main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
		rels = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
		pack = `http://schemas.openxmlformats.org/package/2006/`
	)
	part("[Content_Types].xml", text(`<Types xmlns="`+pack+`content-types"/>`))
	part("_rels/.rels", text(`<Relationships xmlns="`+pack+`relationships"><Relationship Id="r1" Type="`+rels+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`))
	part("xl/workbook.xml", text(`<workbook `+main+` xmlns:r="`+rels+`"><sheets><sheet name="名册" sheetId="1" r:id="r1"/></sheets></workbook>`))
	part("xl/_rels/workbook.xml.rels", text(`<Relationships xmlns="`+pack+`relationships"><Relationship Id="r1" Type="`+rels+`/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`))
	part("xl/sharedStrings.xml", func(w io.Writer) {
		fmt.Fprintf(w, `<sst %s>`, main)
		for i := range rows + 1 {
			for _, c := range cells(i) {
				fmt.Fprintf(w, `<si><t>%s</t></si>`, c)
			}
		}
		fmt.Fprint(w, `</sst>`)
	})
	part("xl/worksheets/sheet1.xml", func(w io.Writer) {
		fmt.Fprintf(w, `<worksheet %s><sheetData>`, main)
		for i := range rows + 1 {
			fmt.Fprintf(w, `<row r="%d">`, i+1)
			for c := range 4 {
				fmt.Fprintf(w, `<c r="%c%d" t="s"><v>%d</v></c>`, 'A'+c, i+1, i*4+c)
			}
			fmt.Fprint(w, `</row>`)
		}
		fmt.Fprint(w, `</sheetData></worksheet>`)
	})
	if err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return f.Close()
}
