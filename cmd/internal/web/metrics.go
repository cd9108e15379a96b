package web

import (
	"context"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what Prometheus asks. What the ledger knows is read when it
// asks; runs are counted as they end, from the start of the program.
type metrics struct {
	site     *Site
	registry *prometheus.Registry
	runs     *prometheus.CounterVec
	failures *prometheus.CounterVec
	took     *prometheus.HistogramVec

	mu   sync.Mutex
	good map[string]time.Time // when the last run of a job that ended well began
}

func newMetrics(s *Site) *metrics {
	m := &metrics{
		site:     s,
		registry: prometheus.NewRegistry(),
		runs:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "boardpack_runs_total", Help: "Runs of a job that ended since the service was started."}, []string{"job"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "boardpack_run_failures_total", Help: "Runs of a job that failed since the service was started."}, []string{"job"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "boardpack_run_duration_seconds", Help: "How long a run of a job took.",
			Buckets: []float64{.01, .1, 1, 10, 60, 300, 1800, 7200}}, []string{"job"}),
		good: map[string]time.Time{},
	}
	m.registry.MustRegister(m.runs, m.failures, m.took, ledgerMetrics{s}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Timeout: 10 * time.Second, MaxRequestsInFlight: 4})
}

// Ran counts a run that ended; err is nil where it did its work, or had none.
func (s *Site) Ran(job string, began, ended time.Time, err error) {
	m := s.metrics
	m.runs.WithLabelValues(job).Inc()
	m.took.WithLabelValues(job).Observe(ended.Sub(began).Seconds())
	failed := m.failures.WithLabelValues(job) // there at 0, before the first
	if err != nil {
		failed.Inc()
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.good[job] = began
}

func (m *metrics) lastGood(job string) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.good[job]
}

// ledgerMetrics are read when they are asked for.
type ledgerMetrics struct{ site *Site }

var (
	buildInfo   = prometheus.NewDesc("boardpack_build_info", "The version of the program; always 1.", []string{"version", "go"}, nil)
	lastSuccess = prometheus.NewDesc("boardpack_last_success_timestamp_seconds", "When the last run of the job that did its work ended, in seconds since 1970.", []string{"job"}, nil)
	returnCount = prometheus.NewDesc("boardpack_returns", "Returns that were received, by the state of the newest version.", []string{"state"}, nil)
	unreadAge   = prometheus.NewDesc("boardpack_oldest_unread_return_seconds", "For how long the oldest file waits in a shared folder to be read; 0 where none does.", nil, nil)
	packsMade   = prometheus.NewDesc("boardpack_packs_made_total", "Versions of packs in the ledger.", []string{"board"}, nil)
	diskLeft    = prometheus.NewDesc("boardpack_disk_left_bytes", "What is left for packs and archive.", nil, nil)
	reachable   = prometheus.NewDesc("boardpack_share_reachable", "Whether the last look could see the shared folder: 1 or 0.", []string{"inbox"}, nil)
	scrapeFails = prometheus.NewDesc("boardpack_ledger_readable", "Whether the ledger could be read for these metrics: 1 or 0.", nil, nil)
)

// Describe implements prometheus.Collector.
func (l ledgerMetrics) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{buildInfo, lastSuccess, returnCount, unreadAge, packsMade, diskLeft, reachable, scrapeFails} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (l ledgerMetrics) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 8*time.Second)
	defer cancel()
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(buildInfo, 1, l.site.Program, runtime.Version())
	l.collectFolders(gauge)
	if left, err := l.site.Disk(); err == nil {
		gauge(diskLeft, float64(left))
	}
	err := l.collectLedger(ctx, to, gauge)
	gauge(scrapeFails, oneIf(err == nil))
	if err != nil {
		l.site.Log.Warn("the metrics lack what the ledger knows", "error", err.Error())
	}
}

func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func (l ledgerMetrics) collectFolders(gauge func(*prometheus.Desc, float64, ...string)) {
	oldest := time.Duration(0)
	for _, i := range l.site.State().Inboxes {
		gauge(reachable, oneIf(i.Away == ""), i.Name)
		for _, w := range i.Waiting {
			oldest = max(oldest, l.site.Now().Sub(w.Since))
		}
	}
	gauge(unreadAge, oldest.Seconds())
}

func (l ledgerMetrics) collectLedger(ctx context.Context, to chan<- prometheus.Metric, gauge func(*prometheus.Desc, float64, ...string)) error {
	last, err := l.site.Store.LastRun(ctx, nightJob)
	if err != nil {
		return err
	}
	if !last.Ended.IsZero() {
		gauge(lastSuccess, float64(last.Ended.UnixMilli())/1000, nightJob)
	}
	all, err := l.site.received(ctx)
	if err != nil {
		return err
	}
	states := map[string]int{"used": 0, "nil": 0, "unread": 0, "not usable": 0, "gone": 0, "removed": 0}
	for _, v := range all {
		states[v.state()]++
	}
	for state, n := range states {
		gauge(returnCount, float64(n), state)
	}
	listed, err := l.site.Listed(ctx)
	if err != nil {
		return err
	}
	made := map[string]int{}
	for _, b := range l.site.State().Boards {
		made[b.ID] = 0
	}
	for _, p := range listed {
		made[p.Board]++
	}
	for board, n := range made {
		to <- prometheus.MustNewConstMetric(packsMade, prometheus.CounterValue, float64(n), board)
	}
	return nil
}

// state is what counts of a return, by its newest version.
func (v received) state() string {
	l := v.newest()
	switch {
	case l.Removed:
		return "removed"
	case !v.standing:
		return "gone"
	case !l.Known:
		return "unread"
	case l.Nil():
		return "nil"
	case !l.Usable:
		return "not usable"
	}
	return "used"
}
