package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"boardpack/cmd/internal/store"
	"boardpack/ingest"
	"boardpack/render"
	"boardpack/render/html"
	"boardpack/templates"
)

// now is when the pages are looked at: the evening before the night of the 23rd.
var now = time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)

// world is a service of two boards with packs in every status and returns in
// every state, whose pages are asked.
type world struct {
	*Site
	t       *testing.T
	store   *store.Store
	packs   string // the folder of packs
	answers string // the folder of answers
	clock   time.Time
	state   State
	left    uint64
	log     logged
}

// logged keeps log lines.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// empty is a service that has nothing yet.
func empty(t *testing.T) *world {
	t.Helper()
	dir := t.TempDir()
	w := &world{t: t, packs: filepath.Join(dir, "packs"), answers: filepath.Join(dir, "answers"), clock: now, left: 55_400_000_000}
	var err error
	if w.store, err = store.Open(t.Context(), filepath.Join(w.packs, ".archive")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.store.Close() })
	w.write(filepath.Join(dir, "secret.txt"), "SECRET")
	w.state = State{Began: now.Add(-time.Hour), Idle: []string{"mail"}, Boards: []Board{{"communities", "Communities “and” Housing/Board"}, {"environment", "Environment Board"}},
		Inboxes: []Inbox{{Folder: filepath.Join(dir, "returns"), Looked: now.Add(-10 * time.Second), Standing: map[string]bool{}}}}
	w.Site, err = New(w.options())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) options() Options {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		w.t.Fatal(err)
	}
	return Options{
		Store: w.store.Reader, Packs: w.packs, Council: "Fernhill Borough Council", Program: "1.2.3", Style: style(w.t), Zone: zone,
		Now: func() time.Time { return w.clock }, Log: slog.New(slog.NewTextHandler(&w.log, nil)),
		State: func() State { return w.state }, Listed: w.listed, About: about, Changes: whatChanged, Answers: w.answered, Awaited: awaited,
		Reach: reach, Quarter: quarter, Next: nightly, Disk: func() (uint64, error) { return w.left, nil },
	}
}

func style(t *testing.T) template.CSS {
	t.Helper()
	look, err := render.ParseLook(templates.Must("look.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	css, err := html.Style(look)
	if err != nil {
		t.Fatal(err)
	}
	return css
}

// quarter is due three weeks after its end; nothing is said of the first.
func quarter(p ingest.Period) Quarter {
	if p.Quarter == 1 {
		return Quarter{State: "open"}
	}
	return Quarter{Due: p.LastDay().Plus(21), Closes: p.LastDay().Plus(90), State: "due passed"}
}

// nightly runs at two each night.
func nightly(after time.Time, n int) (out []time.Time) {
	at := time.Date(after.Year(), after.Month(), after.Day(), 2, 0, 0, 0, time.UTC)
	for ; len(out) < n; at = at.AddDate(0, 0, 1) {
		if at.After(after) {
			out = append(out, at)
		}
	}
	return out
}

func awaited(_ context.Context, p ingest.Period) ([]Awaited, error) {
	if p.Quarter != 2 {
		return nil, nil
	}
	communities := []string{"Communities Board"}
	return []Awaited{{"Housing", communities, "on time", false, now.AddDate(0, 0, -40), "2026-27/Q2/Housing <b>.xlsx"}, {"Waste", communities, "nil return", true, now.AddDate(0, 0, -30), "Waste.xlsx"},
		{"Libraries", communities, "overdue", false, time.Time{}, ""}, {"Culture", []string{"Communities Board", "Environment Board"}, "not returned yet", false, time.Time{}, ""}}, nil
}

// reach is of the plan of each return.
func reach(_ context.Context, of []store.Latest) (map[int64]Reach, error) {
	out := map[int64]Reach{}
	for _, l := range of {
		switch l.Plan {
		case "Housing":
			out[l.ID] = Reach{[]string{"Housing"}, []string{"Communities Board"}, true}
		case "Service plans":
			out[l.ID] = Reach{[]string{"Housing", "Parks"}, []string{"Communities Board", "Environment Board"}, true}
		case "Away":
			out[l.ID] = Reach{Told: true}
		}
	}
	return out, nil
}

func about(p store.Pack) (About, error) {
	a := About{BoardName: map[string]string{"communities": "Communities “and” Housing/Board", "environment": "Environment Board"}[p.Board],
		DataAsAt: ingest.Date{Year: 2026, Month: time.September, Day: 30}}
	switch {
	case p.Program == "damaged":
		return About{}, errors.New("its manifest is gone")
	case p.Version == 1:
		a.Stops = []Stop{{"light-differs", 3}, {"red-without-comment", 1}}
	case p.Version == 4:
		a.Before, a.Changes = 3, -1
	default:
		a.Before, a.Changes = p.Version-1, 2
	}
	return a, nil
}

func whatChanged(store.Pack) ([]Change, error) {
	return []Change{{Group: "lights", What: "changed", Ref: "HSG 1", Title: "Homes re-let in time", Plan: "Housing", Column: "light", Was: "green", Now: "red"},
		{Group: "findings", What: "new", Title: "red-without-comment", Column: "saw", Now: "<script>alert(1)</script>"}}, nil
}

func (w *world) listed(ctx context.Context) ([]Listed, error) {
	packs, err := w.store.Packs(ctx)
	var out []Listed
	for _, p := range packs {
		l := Listed{Pack: p}
		if p.Status == statusSuperseded {
			l.Reason, l.Who, l.Settled, l.Successor = "The outturn of HSG 1 was corrected.", "Committee Clerk", now.Add(-time.Hour), p.Version+1
		}
		out = append(out, l)
	}
	return out, err
}

func (w *world) answered(_ context.Context, of []store.Latest) (map[int64][]Answer, error) {
	out := map[int64][]Answer{}
	for _, v := range of {
		for _, name := range []string{v.Name + ".html", v.Name} {
			file := filepath.Join(w.answers, filepath.FromSlash(name))
			info, err := os.Stat(file)
			if err != nil {
				continue
			}
			out[v.ID] = append(out[v.ID], Answer{Copy: name == v.Name, Name: filepath.Base(name), SHA256: sum("answer " + name), Size: int64(len("answer " + name)),
				Written: info.ModTime(), Open: func() (io.ReadCloser, error) { return os.Open(file) }})
		}
	}
	return out, nil
}

func sum(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

func (w *world) write(name, text string) {
	w.t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

// packFiles are the files of every pack, each with its own name as text.
var packFiles = []string{"data/actions.csv", "data/datapackage.json", "report.html", "report.pdf", "report.xlsx",
	"working/data/changes.csv", "working/data/findings.csv", "working/report.html", "working/report.xlsx"}

// pack makes a version of a pack on disk and in the ledger.
func (w *world) pack(board, quarter string, version int, status, program string) string {
	w.t.Helper()
	folder := "2026-27/" + quarter + "/" + board + "/" + versionName(version)
	p := store.Pack{Board: board, Year: "2026/27", Quarter: quarter, Version: version, Status: status, InputHash: sum(folder), Program: program, Folder: folder,
		Made: now.Add(time.Duration(version-100) * time.Hour)}
	for _, name := range packFiles {
		text := folder + " " + name
		w.write(filepath.Join(w.packs, filepath.FromSlash(folder), filepath.FromSlash(name)), text)
		p.Outputs = append(p.Outputs, store.File{Name: name, Size: int64(len(text)), SHA256: sum(text)})
	}
	if err := w.store.KeepPack(w.t.Context(), p); err != nil {
		w.t.Fatal(err)
	}
	return filepath.Join(w.packs, filepath.FromSlash(folder))
}

// reading is what was read of a return.
type reading struct {
	plan     string
	period   ingest.Period
	usable   bool
	rows     int
	findings []ingest.Finding
}

// receive keeps a version of a return, and what was read of it.
func (w *world) receive(name, text string, at time.Time, r *reading) store.Version {
	w.t.Helper()
	staged, err := w.store.Stage(1<<20, func(to io.Writer) error { _, err := io.WriteString(to, text); return err })
	if err != nil {
		w.t.Fatal(err)
	}
	defer staged.Drop()
	v, _, err := w.store.Receive(w.t.Context(), staged, store.Receipt{Name: name, Key: strings.ToLower(name), Modified: at, Received: at, Origin: "shared folder"})
	if err == nil && r != nil {
		err = w.store.KeepReading(w.t.Context(), store.Reading{Version: v.ID, Reader: "r", Read: at, Period: r.period, Plan: r.plan, Usable: r.usable, Rows: r.rows, Findings: r.findings})
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.state.Inboxes[0].Standing[v.Key] = true
	return v
}

func finding(s ingest.Severity, check, cell, saw string) ingest.Finding {
	return ingest.Finding{Severity: s, Check: check, Place: ingest.Place{Sheet: "Return", Cell: cell}, Saw: saw, Advice: "Give one number."}
}

// busy is a service with packs and returns of all kinds.
func busy(t *testing.T) *world {
	t.Helper()
	w := empty(t)
	w.pack("communities", "Q1", 1, "draft", "boardpack 1.0.0")
	w.pack("communities", "Q1", 2, "superseded", "boardpack 1.0.0")
	for version, status := range []string{"draft", "superseded", "final", "draft"} {
		w.pack("communities", "Q2", version+1, status, "boardpack 1.2.3")
	}
	w.pack("environment", "Q2", 1, "draft", "damaged")
	q2 := ingest.Period{Year: 2026, Quarter: 2}
	early, late := time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC), time.Date(2026, 10, 22, 9, 0, 0, 0, time.UTC)
	findings := []ingest.Finding{finding(ingest.Error, "not-a-number", "D4", "the outturn is 'about 70'"), finding(ingest.Query, "light-differs", "E4", "it is asked about"),
		finding(ingest.Query, "light-differs", "E5", "it is asked about"), finding(ingest.Note, "note", "A1", "a note")}
	w.receive("2026-27/Q2/Housing <b>.xlsx", "housing", early, &reading{"Housing", q2, true, 12, findings})
	w.receive("Parks.xlsx", "parks 1", early, &reading{"Parks", q2, true, 3, nil})
	w.receive("Parks.xlsx", "parks 2", late, &reading{"", ingest.Period{}, false, 0, findings[:1]})
	w.receive("Waste.xlsx", "waste", late, &reading{"Waste", q2, true, 0, nil})
	w.receive("Away.xlsx", "away", early, &reading{"Away", q2, true, 1, nil})
	delete(w.state.Inboxes[0].Standing, "away.xlsx")
	w.receive("New.xlsx", "new", late, nil)
	w.receive("Plans 2026-27.xlsx", "plans", early, &reading{"Service plans", ingest.Period{Year: 2026}, true, 80, nil})
	gone := w.receive("Misfiled.xlsx", "misfiled", early, &reading{"Housing", ingest.Period{Year: 2026, Quarter: 1}, true, 1, nil})
	if err := w.store.Purge(t.Context(), gone.SHA256, "Ann Ode", "It was another council’s.", late); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"2026-27/Q2/Housing <b>.xlsx.html", "2026-27/Q2/Housing <b>.xlsx", "Parks.xlsx.html"} {
		w.write(filepath.Join(w.answers, filepath.FromSlash(name)), "answer "+name)
	}
	i := &w.state.Inboxes[0]
	i.Waiting = []Waiting{{"empty.xlsx", "it is empty; perhaps it is still being written", now.Add(-90 * time.Second)}}
	i.Refused = []Refused{{"link.xlsx", "it is a link; put the workbook itself here"}}
	i.Conflicts = []Conflict{{"Parks.xlsx", []string{"Parks (conflicted copy 2026-10-02).xlsx", "Parks.xlsx"}}}
	i.Unread = []string{"private"}
	for _, run := range []store.Run{{Job: "packs", Began: now.Add(-42 * time.Hour), Ended: now.Add(-42 * time.Hour).Add(3 * time.Second), Error: "write report.pdf: the disk is full\ngoroutine 1 [running]"},
		{Job: "packs", Began: now.Add(-18 * time.Hour), Ended: now.Add(-18 * time.Hour).Add(time.Minute)},
		{Job: "mail", Began: now.Add(-17 * time.Hour), Ended: now.Add(-17 * time.Hour)}} {
		if err := w.store.KeepRun(t.Context(), run); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// ask asks for an address as a browser on this machine does.
func (w *world) ask(method, address string, headers ...string) *http.Response {
	w.t.Helper()
	r := httptest.NewRequest(method, "http://127.0.0.1:8321"+address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	return rec.Result()
}

// page is the text of a page, which must be of this status.
func (w *world) page(status int, address string) string {
	w.t.Helper()
	res := w.ask("GET", address)
	if res.StatusCode != status {
		w.t.Errorf("%s is answered with %d, want %d", address, res.StatusCode, status)
	}
	return body(w.t, res)
}

func body(t *testing.T, res *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// wants wants each of the texts in a page.
func wants(t *testing.T, what, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("%s does not say %q:\n%s", what, text, page[strings.Index(page, "<main")+1:])
		}
	}
}
