package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"boardpack/cmd/internal/reading"
	"boardpack/ingest"
	"boardpack/ingest/workbook"
	"boardpack/render"
	"boardpack/render/pdf"
	"boardpack/templates"
	"boardpack/transform"
)

// input is one file that bears on packs: its bytes by kind and name.
type input struct {
	Kind  string // "configuration", "scheme", "register", "report definition", "decisions", "return"
	Name  string
	Bytes []byte
}

func (i input) sha256() string {
	sum := sha256.Sum256(i.Bytes)
	return hex.EncodeToString(sum[:])
}

// workspace is everything but the returns that packs are made from.
type workspace struct {
	settings
	inputs    []input             // the files behind it
	records   func() []fileRecord // of these, for manifests
	given     []input             // of these the configuration and the decisions
	named     []namedFile         // what the configuration names
	scheme    transform.Scheme
	register  transform.Register
	report    func() (render.Definition, error)
	look      render.Look
	logo      []byte // that the report definition names
	fonts     *render.Fonts
	words     *workbook.Vocabulary
	pages     func() (*reading.Maker, error) // that show how workbooks were read
	decisions []transform.Decision
	said      ingest.Period     // --year and --quarter
	now       time.Time         // when the run began; it says which quarters are open, and reaches no pack
	drawing   chan struct{}     // bounds the editions that are drawn at once, and with them the memory
	registers []string          // workbooks on disk that are registers and no returns
	dir       string            // where boardpack.yaml and decisions.jsonl stand
	own       []byte            // what of the configuration bears on readings and packs
	ownHash   string            // of that and the program's version
	cells     bool              // readings keep every cell with what it was taken for
	readOnly  bool              // nothing is made of the returns' bytes once they are read
	shorten   func(*readReturn) // keeps of a return, once it is read, what is needed; nil keeps all
}

const (
	configName    = "boardpack.yaml"
	decisionsName = "decisions.jsonl"
	defaultReport = "plain-report"
	shippedReport = "reports/" + defaultReport + ".yaml"
)

// openWorkspace reads the configuration and what it names. Without one, a
// folder is one board that holds everything.
func openWorkspace(configPath string, args []string) (workspace, error) {
	dir, given, err := readGiven(configPath, args)
	if err != nil {
		return workspace{}, err
	}
	var named []namedFile
	w, err := buildWorkspace(dir, given, func(kind, folder, name string) (input, error) {
		f, err := reader{dir}.read(kind, folder, name)
		named = append(named, namedFile{kind, folder, name, f})
		return f, err
	})
	w.named = named
	return w, err
}

// namedFile is a file that a configuration names, as it was found.
type namedFile struct {
	kind, folder, name string
	found              input
}

// reopen is openWorkspace, but gives the workspace of before where none of its
// files has changed.
func (w *workspace) reopen(configPath string, args []string) (workspace, error) {
	if w != nil && w.stands(configPath, args) {
		return *w, nil
	}
	return openWorkspace(configPath, args)
}

func (w *workspace) stands(configPath string, args []string) bool {
	dir, given, err := readGiven(configPath, args)
	if err != nil || dir != w.dir || !slices.EqualFunc(given, w.given, input.same) {
		return false
	}
	return !slices.ContainsFunc(w.named, func(f namedFile) bool {
		now, err := reader{dir}.read(f.kind, f.folder, f.name)
		return err != nil || !now.same(f.found)
	})
}

func (i input) same(other input) bool {
	return i.Kind == other.Kind && i.Name == other.Name && bytes.Equal(i.Bytes, other.Bytes)
}

// readGiven reads the configuration and the decisions, and gives the folder that they stand in.
func readGiven(configPath string, args []string) (dir string, given []input, err error) {
	dir, b, err := readConfig(configPath, args)
	if err != nil {
		return dir, nil, err
	}
	name := configName
	if configPath != "" {
		name = filepath.Base(configPath)
	}
	if b != nil {
		given = append(given, input{"configuration", name, b})
	}
	d, err := os.ReadFile(filepath.Join(dir, decisionsName))
	switch {
	case err == nil:
		given = append(given, input{"decisions", decisionsName, d})
	case !errors.Is(err, fs.ErrNotExist):
		return dir, nil, err
	}
	return dir, given, nil
}

func readConfig(configPath string, args []string) (string, []byte, error) {
	if configPath != "" {
		b, err := os.ReadFile(configPath)
		if err != nil {
			return "", nil, usagef("the configuration %s cannot be read: %v", configPath, err)
		}
		return filepath.Dir(configPath), b, nil
	}
	dir := "."
	if len(args) > 0 {
		dir = args[0]
		if info, err := os.Stat(dir); err == nil && !info.IsDir() {
			dir = nearestConfig(filepath.Dir(dir))
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, configName))
	if errors.Is(err, fs.ErrNotExist) {
		return dir, nil, nil
	}
	if err != nil {
		return "", nil, usagef("the configuration cannot be read: %w", err)
	}
	return dir, b, nil
}

// nearestConfig is the folder with the configuration of a single workbook: its
// own, or one of the three above it, as returns lie below year and quarter.
func nearestConfig(dir string) string {
	for at, up := dir, 0; up < 4; at, up = filepath.Join(at, ".."), up+1 {
		if _, err := os.Stat(filepath.Join(at, configName)); err == nil {
			return at
		}
	}
	return dir
}

// reader reads the files that a configuration names: beside it, else shipped.
type reader struct{ dir string }

func (r reader) read(kind, folder, name string) (input, error) {
	if b, err := os.ReadFile(filepath.Join(r.dir, name)); err == nil {
		return input{kind, filepath.ToSlash(name), b}, nil
	}
	if folder != "" {
		if b, err := templates.FS.ReadFile(folder + "/" + name + ".yaml"); err == nil {
			return input{kind, name, b}, nil
		}
	}
	return input{}, usagef("the %s %q is neither a file beside %s nor shipped; shipped are: %s", kind, name, configName, shipped(folder))
}

func shipped(folder string) string {
	if folder == "" {
		return "none"
	}
	entries, err := templates.FS.ReadDir(folder)
	if err != nil {
		return "none"
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return strings.Join(names, ", ")
}

// buildWorkspace makes a workspace from its configuration and decisions;
// fetch reads the files that the configuration names.
func buildWorkspace(dir string, given []input, fetch func(kind, folder, name string) (input, error)) (workspace, error) {
	w := workspace{dir: dir, given: given, inputs: slices.Clone(given), drawing: make(chan struct{}, runtime.GOMAXPROCS(0))}
	config, decisions, name := []byte{}, []byte{}, configName
	for _, i := range given {
		switch i.Kind {
		case "configuration":
			config, name = i.Bytes, i.Name
			w.own = withoutService(config)
		case "decisions":
			decisions = i.Bytes
		}
	}
	sum := sha256.Sum256(append([]byte(version+"\n"), w.own...))
	w.ownHash = hex.EncodeToString(sum[:])
	words, err := shippedWords()
	if err != nil {
		return w, err
	}
	if w.settings, err = parseConfig(name, config, words); err != nil {
		return w, err
	}
	if w.decisions, err = transform.ParseDecisions(decisions); err != nil {
		return w, usageError{err}
	}
	if err := w.load(fetch, words); err != nil {
		return w, err
	}
	inputs, own := w.inputs, input{Bytes: w.own}
	w.records = sync.OnceValue(func() []fileRecord { return recordsOf(inputs, own) })
	return w, nil
}

// recordsOf records the files behind a workspace; own is what of the
// configuration bears on packs.
func recordsOf(inputs []input, own input) []fileRecord {
	var out []fileRecord
	for _, i := range inputs {
		f := record(i.Kind, i.Name, i.Bytes)
		if i.Kind == "configuration" {
			f.part = own.sha256()
		}
		out = append(out, f)
	}
	return out
}

func orDefault(name, def string) string {
	if name == "" {
		return def
	}
	return name
}

// load reads scheme, report definition and register, and prepares the words.
func (w *workspace) load(fetch func(kind, folder, name string) (input, error), words workbook.Words) error {
	scheme, err := fetch("scheme", "schemes", orDefault(w.Scheme, "completed-expected"))
	if err != nil {
		return err
	}
	report, err := fetch("report definition", "reports", orDefault(w.Report, defaultReport))
	if err != nil {
		return err
	}
	w.inputs = append(w.inputs, scheme)
	if w.scheme, err = transform.ParseScheme(scheme.Bytes); err != nil {
		return usagef("%s: %v", scheme.Name, err)
	}
	if err := w.loadReport(report, fetch); err != nil {
		return err
	}
	if err := w.prepare(words); err != nil {
		return err
	}
	return w.loadRegisters(fetch)
}

// loadReport takes the report definition with those that it builds on. One of
// the user's is parsed at once, to tell what is wrong with it; the shipped one
// when a pack is made, as that takes longer than everything else of a check of
// one workbook.
func (w *workspace) loadReport(report input, fetch func(kind, folder, name string) (input, error)) error {
	chain := map[string][]byte{}
	w.inputs = append(w.inputs, report)
	for name := render.BuildsOn(report.Bytes); name != "" && chain[name] == nil; name = render.BuildsOn(chain[name]) {
		under, err := fetch(report.Kind, "reports", name)
		if err != nil {
			return fmt.Errorf("%s builds on another: %w", report.Name, err)
		}
		chain[name] = under.Bytes
		w.inputs = append(w.inputs, under)
	}
	w.report = sync.OnceValues(func() (render.Definition, error) {
		d, err := render.ParseDefinition(report.Bytes, func(name string) ([]byte, error) { return chain[name], nil })
		if err != nil {
			return d, usagef("%s: %v", report.Name, err)
		}
		return d, nil
	})
	if bytes.Equal(report.Bytes, templates.Must(shippedReport)) {
		return nil
	}
	d, err := w.report()
	if err != nil {
		return err
	}
	return w.loadHouse(d, fetch)
}

// loadHouse reads the logo and the fonts that a report definition names, and sees whether they can be drawn.
func (w *workspace) loadHouse(d render.Definition, fetch func(kind, folder, name string) (input, error)) error {
	files, bytesOf := d.Files(), map[string][]byte{}
	for _, what := range sortedNames(files) {
		file, err := fetch(what, "", files[what])
		if err != nil {
			return err
		}
		w.inputs = append(w.inputs, file)
		bytesOf[what] = file.Bytes
	}
	if w.logo = bytesOf["logo"]; w.logo != nil {
		if _, _, _, err := (render.Picture{Bytes: w.logo}).Flat(); err != nil {
			return usagef("the logo %s: %v", files["logo"], err)
		}
	}
	if bytesOf["regular font"] == nil {
		return nil
	}
	w.fonts = &render.Fonts{Family: d.Look.Fonts.Family, Regular: bytesOf["regular font"], Semibold: bytesOf["semibold font"]}
	if err := pdf.CheckFonts(*w.fonts); err != nil {
		return usagef("the fonts %s and %s: %v", files["regular font"], files["semibold font"], err)
	}
	return nil
}

// prepare adds the council's own words to the shipped ones.
func (w *workspace) prepare(words workbook.Words) error {
	look, err := shippedLook()
	if err != nil {
		return err
	}
	words, err = words.With(w.Columns, w.Lights)
	if err != nil {
		return usagef("%s: %v", configName, err)
	}
	w.look, w.words = look, words.Vocabulary()
	w.pages = sync.OnceValues(func() (*reading.Maker, error) { return reading.NewMaker(look) })
	return nil
}

// options say how the workbooks of a folder are read.
func (w *workspace) options(folder string) workbook.Options {
	p := w.said
	if p.Year == 0 {
		p.Year = w.year
	}
	return workbook.Options{Words: w.words, Folder: folder, Period: p, Rules: w.rules, Cells: w.cells, Limits: w.limits}
}
