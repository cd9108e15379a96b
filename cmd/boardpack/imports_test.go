package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows is the import table: what each package may import of this module and
// of other people's modules. The data goes ingest → transform → render, and
// imports run against it, one step at a time; only cmd/boardpack knows all.
// A new arrow is a change to this table.
var arrows = map[string]struct{ ours, others []string }{
	"templates":            {},
	"ingest":               {others: words("shopspring/decimal")},
	"ingest/workbook":      {words("ingest"), words("goccy/go-yaml klauspost/compress shopspring/decimal xuri/excelize")},
	"transform":            {words("ingest"), words("goccy/go-yaml shopspring/decimal")},
	"transform/changes":    {},
	"render":               {words("transform transform/changes"), words("goccy/go-yaml shopspring/decimal")},
	"render/chart":         {words("render"), words("shopspring/decimal")},
	"render/data":          {words("transform transform/changes render"), nil},
	"render/html":          {words("render render/chart templates"), nil},
	"render/pdf":           {words("render render/chart render/pdf/font render/pdf/tagged templates"), words("jung-kurt/gofpdf x/text")},
	"render/pdf/font":      {others: words("x/image")},
	"render/pdf/tagged":    {ours: words("render/pdf/font")},
	"render/xlsx":          {words("render templates"), words("goccy/go-yaml xuri/excelize")},
	"samples/make":         {nil, words("xuri/excelize")},
	"cmd/internal/inbox":   {words("ingest"), words("x/text")},
	"cmd/internal/nightly": {others: words("robfig/cron")},
	"cmd/internal/post":    {words("templates"), words("wneessen/go-mail")},
	"cmd/witness":          {others: words("emersion/go-sasl emersion/go-smtp")},
	"cmd/internal/reading": {words("ingest render render/html templates"), words("goccy/go-yaml")},
	"cmd/internal/store":   {words("cmd/internal/whole ingest"), words("gofrs/flock sqlite")},
	"cmd/internal/whole":   {},
	"cmd/internal/disk":    {others: words("x/sys")},
	// The pages show the store, choose the versions of a return as inbox does, and draw with templates.
	"cmd/internal/web": {words("cmd/internal/inbox cmd/internal/store ingest templates"), words("goccy/go-yaml prometheus/client_golang")},
	"cmd/boardpack": {words("cmd/internal/calendar cmd/internal/disk cmd/internal/inbox cmd/internal/nightly cmd/internal/post cmd/internal/reading cmd/internal/store cmd/internal/web cmd/internal/whole ingest ingest/workbook transform transform/changes render render/data render/html render/pdf render/xlsx templates"),
		words("goccy/go-yaml kardianos/service spf13/cobra x/text")},
	"cmd/internal/calendar": {ours: words("ingest")},
}

// forTests is what tests may import besides: every package of ours, and these.
var forTests = words("jung-kurt/gofpdf x/image rogpeppe/go-internal shopspring/decimal x/net xuri/excelize")

// A stage is a function of plain values: it reads no environment, flag, folder
// or clock, reaches no network, prints and logs nothing, and takes no chances.
var (
	stages       = words("ingest transform render templates")
	notInStages  = words("os log net flag syscall plugin unsafe testing math/rand crypto/rand path/filepath runtime")
	fineInStages = words("net/url")
	notCalled    = words("time.Now time.Since time.Until time.Sleep time.After time.AfterFunc time.Tick time.NewTimer time.NewTicker " +
		"time.Local time.LoadLocation fmt.Print fmt.Println fmt.Printf")
)

func words(s string) []string { return strings.Fields(s) }

// TestImports holds every file of the module against the table.
func TestImports(t *testing.T) {
	seen := map[string]bool{}
	module := os.DirFS("../..")
	err := fs.WalkDir(module, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.ContainsAny(d.Name()[:1], "._") || d.Name() == "testdata" || d.Name() == "packs"):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		src, err := fs.ReadFile(module, name)
		if err != nil {
			return err
		}
		seen[path.Dir(name)] = true
		for _, fault := range importFaults(name, src) {
			t.Error(fault)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range arrows {
		if !seen[pkg] {
			t.Errorf("the import table names %s, which has no file", pkg)
		}
	}
}

// importFaults lists what one file imports or calls against the table.
func importFaults(name string, src []byte) []string {
	file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
	if err != nil {
		return []string{err.Error()}
	}
	pkg := path.Dir(name)
	may, ok := arrows[pkg]
	if !ok {
		return []string{fmt.Sprintf("%s: the import table in cmd/boardpack/imports_test.go has no package %s", name, pkg)}
	}
	test := strings.HasSuffix(name, "_test.go")
	stage := !test && within(pkg, stages)
	var faults []string
	for _, i := range file.Imports {
		imported, _ := strconv.Unquote(i.Path.Value)
		own, isOurs := strings.CutPrefix(imported, "boardpack/")
		switch {
		case isOurs && (test || slices.Contains(may.ours, own)):
		case !isOurs && !strings.Contains(strings.Split(imported, "/")[0], "."): // the standard library
			if stage && within(imported, notInStages) && !within(imported, fineInStages) {
				faults = append(faults, fmt.Sprintf("%s: a stage may not import %s", name, imported))
			}
		case !isOurs && (allowed(imported, may.others) || test && allowed(imported, forTests)):
		default:
			faults = append(faults, fmt.Sprintf("%s: %s may not import %s", name, pkg, imported))
		}
	}
	if stage {
		faults = append(faults, callFaults(name, file)...)
	}
	return faults
}

// within reports whether a path is one of those given, or below one.
func within(p string, roots []string) bool {
	return slices.ContainsFunc(roots, func(root string) bool { return p == root || strings.HasPrefix(p, root+"/") })
}

// allowed compares without the host: "xuri/excelize" is github.com/xuri/excelize/v2, "x/text" golang.org/x/text.
func allowed(imported string, modules []string) bool {
	_, rest, _ := strings.Cut(imported, "/")
	return within(rest, modules)
}

func callFaults(name string, file *ast.File) []string {
	var faults []string
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := s.X.(*ast.Ident); ok && slices.Contains(notCalled, x.Name+"."+s.Sel.Name) {
			faults = append(faults, fmt.Sprintf("%s: a stage may not use %s.%s", name, x.Name, s.Sel.Name))
		}
		return true
	})
	return faults
}

// TestImportsCanFail shows that each rule is held.
func TestImportsCanFail(t *testing.T) {
	for _, c := range []struct {
		name, src string
		faults    int
	}{
		{"transform/a.go", `import "boardpack/ingest"`, 0},
		{"transform/a.go", `import "boardpack/ingest/workbook"`, 1},
		{"transform/a_test.go", `import "boardpack/ingest/workbook"`, 0},
		{"transform/a.go", `import "boardpack/render"`, 1},
		{"ingest/a.go", `import "boardpack/templates"`, 1},
		{"render/pdf/a.go", `import "boardpack/ingest"`, 1},
		{"render/pdf/a.go", `import "github.com/jung-kurt/gofpdf"`, 0},
		{"render/xlsx/a.go", `import "github.com/jung-kurt/gofpdf"`, 1},
		{"render/xlsx/a.go", `import "github.com/xuri/excelize/v2"`, 0},
		{"render/html/a_test.go", `import "github.com/spf13/cobra"`, 1},
		{"newcomer/a.go", ``, 1},
		{"render/html/a.go", `import ("net/url"; "net/http"; "os/exec"; "log/slog")`, 3},
		{"render/a.go", `import "time"; var now, day = time.Now(), time.Month(1)`, 1},
		{"cmd/boardpack/a.go", `import "time"; var now = time.Now()`, 0},
	} {
		if got := importFaults(c.name, []byte("package p; "+c.src)); len(got) != c.faults {
			t.Errorf("%s with %s has the faults %q, want %d", c.name, c.src, got, c.faults)
		}
	}
}
