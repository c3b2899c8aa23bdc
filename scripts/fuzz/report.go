package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// How many requests are shown of one fault, and of all.
const (
	shownFaults   = 2
	shownRequests = 40
)

// report is what a run has seen.
type report struct {
	settings
	mu      sync.Mutex
	began   time.Time
	people  []*person
	routes  map[string]map[int]int // by operation and status; 0 is no answer
	asked   map[string]int         // by person
	faults  map[string]int
	samples []string
}

func newReport(s settings, people []*person) *report {
	return &report{settings: s, began: time.Now(), people: people, routes: map[string]map[int]int{}, asked: map[string]int{}, faults: map[string]int{}}
}

func (r *report) count(q *request, a *answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.routes[q.op.ID] == nil {
		r.routes[q.op.ID] = map[int]int{}
	}
	r.routes[q.op.ID][a.status]++
	r.asked[q.as.name]++
}

func (r *report) fault(q *request, a *answer, what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := q.op.ID + ": " + what
	if r.faults[key]++; r.faults[key] > shownFaults || len(r.samples) >= shownRequests {
		return
	}
	r.samples = append(r.samples, fmt.Sprintf("%s\n  request %d as %s\n  %s\n  answer %d %s\n", key, q.number, q.as.name, shorten(q.replay(), 4000), a.status, shorten(string(a.body), 1500)))
}

func (r *report) failed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.faults) > 0
}

// print writes the table of routes, that of people, and every fault.
func (r *report) print(w io.Writer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	statuses := map[int]bool{}
	for _, by := range r.routes {
		for s := range by {
			statuses[s] = true
		}
	}
	var columns []int
	for s := range statuses {
		columns = append(columns, s)
	}
	slices.Sort(columns)
	t := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.AlignRight)
	head := "operation\trequests"
	for _, s := range columns {
		head += fmt.Sprintf("\t%d", s)
	}
	_, _ = fmt.Fprintln(t, head+"\t")
	all := map[int]int{}
	total := 0
	for _, id := range sortedKeys(r.routes) {
		sum := 0
		for s, n := range r.routes[id] {
			sum += n
			all[s] += n
		}
		total += sum
		_, _ = fmt.Fprintln(t, line(id, sum, columns, r.routes[id]))
	}
	_, _ = fmt.Fprintln(t, line("all", total, columns, all))
	_ = t.Flush()
	_, _ = fmt.Fprintln(w)
	for _, p := range r.people {
		_, _ = fmt.Fprintf(w, "%7d as %s\n", r.asked[p.name], p.name)
	}
	_, _ = fmt.Fprintf(w, "\nseed %d, %d requests in %.0f s, %d kinds of fault\n", r.seed, total, time.Since(r.began).Seconds(), len(r.faults))
	for _, k := range sortedKeys(r.faults) {
		_, _ = fmt.Fprintf(w, "%7d %s\n", r.faults[k], k)
	}
	if len(r.samples) > 0 {
		_, _ = fmt.Fprintf(w, "\n%s", strings.Join(r.samples, "\n"))
	}
}

func line(name string, sum int, columns []int, by map[int]int) string {
	out := fmt.Sprintf("%s\t%d", name, sum)
	for _, s := range columns {
		if n := by[s]; n > 0 {
			out += fmt.Sprintf("\t%d", n)
		} else {
			out += "\t."
		}
	}
	return out + "\t"
}
