// Package web turns what the store holds and what the running service knows
// into pages for clerks and officers, and into what a machine asks: health,
// readiness, metrics. It only shows: nothing is changed by a request.
package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"strconv"
	"strings"

	"boardpack/templates"
)

// Site is the pages of one service. It is an http.Handler.
type Site struct {
	Options
	words   vocabulary
	style   template.CSS
	pages   map[string]*template.Template // by name, each with its frame
	policy  string                        // the Content-Security-Policy of its own pages
	abouts  abouts
	metrics *metrics
	handler http.Handler
}

// New prepares the pages.
func New(o Options) (*Site, error) {
	s := &Site{Options: o}
	var err error
	if s.words, err = readWords(); err != nil {
		return nil, err
	}
	s.style = o.Style + template.CSS(templates.Must("web/style.css"))
	s.policy = "default-src 'none'; style-src 'sha256-" + sum64("\n"+string(s.style)) + "'; img-src data:; " + alone
	if s.pages, err = s.readPages(); err != nil {
		return nil, fmt.Errorf("read the templates of the pages: %w", err)
	}
	s.metrics = newMetrics(s)
	s.handler = s.guard(s.mux())
	return s, nil
}

// ServeHTTP answers a request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func (s *Site) mux() *http.ServeMux {
	mux := http.NewServeMux()
	for pattern, show := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /{$}":               s.showPacks,
		"GET /packs/{$}":         s.goHome,
		"GET /packs/{board}/{$}": s.showPacks,
		"GET /packs/{board}/{year}/{quarter}/{$}":                   s.showPack,
		"GET /packs/{board}/{year}/{quarter}/{version}/{$}":         s.showVersion,
		"GET /packs/{board}/{year}/{quarter}/{version}/changes/{$}": s.showChanges,
		"GET /packs/{board}/{year}/{quarter}/{version}/{file...}":   s.sendFile,
		"GET /returns/{$}":                  s.showReturns,
		"GET /returns/{year}/{quarter}/{$}": s.showReturns,
		"GET /returns/{id}/{$}":             s.showReturn,
		"GET /returns/{id}/page":            s.sendPage,
		"GET /returns/{id}/copy":            s.sendCopy,
		"GET /runs/{$}":                     s.showRuns,
		"GET /healthz":                      s.sayAlive,
		"GET /readyz":                       s.sayReady,
	} {
		mux.Handle(pattern, s.orError(show))
	}
	mux.Handle("GET /metrics", s.metrics.handler())
	return mux
}

func (s *Site) goHome(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, "/", http.StatusMovedPermanently)
	return nil
}

// alone keeps a page from being framed, and from sending anything anywhere.
const alone = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func sum64(s string) string {
	sum := sha256.Sum256([]byte(s))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// guard is what stands before every address: what a browser may do with the
// answer, who may ask, and pages of our own for what no address is.
func (s *Site) guard(mux *http.ServeMux) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, http.StatusForbidden, "") }))
	inner := cross.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.recovered(w, r)
		if h, pattern := mux.Handler(r); pattern == "" {
			s.noAddress(w, r, h)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", s.policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-Robots-Tag", "noindex")
		h.Set("Cache-Control", "private, no-cache")
		if !isLoopback(r.Host) {
			s.fail(w, r, http.StatusMisdirectedRequest, "")
			return
		}
		inner.ServeHTTP(w, r)
	})
}

// isLoopback reports whether a host, with its port or without, is this
// machine by a name that no other machine's name server can give away: a page
// of the web could else have a browser on this machine read these (DNS
// rebinding).
func isLoopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// CheckListen wants an address of this machine alone, such as 127.0.0.1:8321:
// the pages ask nobody who they are.
func CheckListen(address string) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("%q is no address; write it as 127.0.0.1:8321", address)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("%q has no port from 1 to 65535; write it as 127.0.0.1:8321", address)
	}
	if host == "" || !isLoopback(host) {
		return fmt.Errorf("%q can be reached from other machines, and the pages ask nobody who they are; give an address of this machine alone, such as 127.0.0.1:8321", address)
	}
	return nil
}

// noAddress answers where the mux has no handler: a page of ours in place of
// its line of text; a redirect to an address with its slash as it is.
func (s *Site) noAddress(w http.ResponseWriter, r *http.Request, h http.Handler) {
	told := &told{header: http.Header{}}
	h.ServeHTTP(told, r)
	switch told.status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", told.header.Get("Allow"))
		s.fail(w, r, told.status, "")
	case http.StatusNotFound:
		s.fail(w, r, told.status, "")
	default:
		h.ServeHTTP(w, r)
	}
}

// told keeps what a handler says, without its text.
type told struct {
	header http.Header
	status int
}

func (t *told) Header() http.Header         { return t.header }
func (t *told) WriteHeader(status int)      { t.status = status }
func (t *told) Write(b []byte) (int, error) { return len(b), nil }

// recovered ends a request whose handler failed altogether.
func (s *Site) recovered(w http.ResponseWriter, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	s.Log.Error("a page failed", "address", r.URL.Path, "error", fmt.Sprint(p))
	s.fail(w, r, http.StatusInternalServerError, "")
}

// failure is an answer that is no page of what was asked for.
type failure struct {
	status int
	why    string // for the reader; empty where the status says enough
}

func (f failure) Error() string { return f.why }

func missing(format string, args ...any) error {
	return failure{http.StatusNotFound, fmt.Sprintf(format, args...)}
}

// orError shows a page, or the page of its error.
func (s *Site) orError(show func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := show(w, r)
		if err == nil || r.Context().Err() != nil {
			return
		}
		f, ok := err.(failure)
		if !ok {
			s.Log.Error("a page cannot be shown", "address", r.URL.Path, "error", err.Error())
			f = failure{status: http.StatusInternalServerError}
		}
		s.fail(w, r, f.status, f.why)
	})
}

func (s *Site) fail(w http.ResponseWriter, r *http.Request, status int, why string) {
	h := w.Header()
	for _, name := range []string{"Content-Disposition", "ETag", "Last-Modified", "Content-Encoding"} {
		h.Del(name)
	}
	h.Set("Content-Security-Policy", s.policy)
	h.Set("Cache-Control", "private, no-store")
	words := s.words.Failures[status]
	p := failurePage{Status: status, Title: words.Title, Text: words.Text, Why: why}
	if err := s.draw(w, status, "failure", "", p.Title, p); err != nil {
		s.Log.Error("a page cannot be shown", "address", r.URL.Path, "error", err.Error())
	}
}

type failurePage struct {
	Status      int
	Title, Text string
	Why         string
}

// frame is what every page has around its own.
type frame struct {
	Style            template.CSS
	Council, Program string
	Title            string
	Section          string // "packs", "returns" or "runs": the link of the page's part
	Page             any
}

// draw writes a page that is whole, or none.
func (s *Site) draw(w http.ResponseWriter, status int, name, section, title string, page any) error {
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "frame", frame{s.style, s.Council, s.Program, title, section, page}); err != nil {
		return fmt.Errorf("draw the page %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // an error is of a reader who went away
	return nil
}

// readPages puts each page into the frame.
func (s *Site) readPages() (map[string]*template.Template, error) {
	base, err := template.New("web").Funcs(s.functions()).ParseFS(templates.FS, "web/frame.html")
	if err != nil {
		return nil, err
	}
	out := map[string]*template.Template{}
	for _, name := range []string{"packs", "pack", "version", "changes", "returns", "return", "runs", "failure"} {
		page, err := base.Clone()
		if err == nil {
			page, err = page.ParseFS(templates.FS, "web/"+name+".html")
		}
		if err != nil {
			return nil, err
		}
		out[name] = page
	}
	return out, nil
}
