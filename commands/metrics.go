package commands

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"jiayi/internal/jobs"
	"jiayi/models/store"
)

// backlogTimeout bounds what a scrape may cost the database.
const backlogTimeout = 2 * time.Second

// metrics are the figures an operator watches. No label is personal.
type metrics struct {
	registry *prometheus.Registry
	success  *prometheus.GaugeVec
	failures *prometheus.CounterVec
	changed  *prometheus.CounterVec
}

func newMetrics(o *opened) (*metrics, error) {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		success:  prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "jiayi_job_last_success_timestamp_seconds", Help: "When the job last succeeded in this process."}, []string{"job"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jiayi_job_failures_total", Help: "Runs of the job that failed."}, []string{"job"}),
		changed:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jiayi_job_changed_total", Help: "Things the job changed."}, []string{"job"}),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), m.success, m.failures, m.changed, newBacklog(o.store))
	pools, err := o.db.Pools()
	if err != nil {
		return nil, err
	}
	for name, pool := range pools {
		m.registry.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
	return m, nil
}

// jobFinished notes the end of one run of a job.
func (m *metrics) jobFinished(f jobs.Finished) {
	m.changed.WithLabelValues(f.Job).Add(float64(f.Changed))
	if f.Err != nil {
		m.failures.WithLabelValues(f.Job).Inc()
		return
	}
	m.success.WithLabelValues(f.Job).SetToCurrentTime()
}

// backlog reads what waits when it is scraped.
type backlog struct {
	store *store.Store
	desc  *prometheus.Desc
}

func newBacklog(s *store.Store) backlog {
	return backlog{s, prometheus.NewDesc("jiayi_waiting", "What waits for a job: audit rows without a seal, tally entries not folded, messages to be sent, messages that reached no phone and, of them, those the platform did not take.", []string{"what"}, nil)}
}

// Describe implements prometheus.Collector.
func (b backlog) Describe(ch chan<- *prometheus.Desc) { ch <- b.desc }

// Collect implements prometheus.Collector.
func (b backlog) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), backlogTimeout)
	defer cancel()
	n, err := b.store.Backlog(ctx)
	if err != nil {
		slog.WarnContext(ctx, "backlog not measured", "error", err)
		return
	}
	for what, n := range map[string]int64{"audit_unsealed": n.Unsealed, "tally_entries": n.Entries, "messages": n.Waiting, "messages_dead": n.Dead, "messages_failed": n.Failed} {
		ch <- prometheus.MustNewConstMetric(b.desc, prometheus.GaugeValue, float64(n), what)
	}
}
