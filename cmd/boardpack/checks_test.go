package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Checks whose breach no script can bring about: tests in Go stand for them.
var checkedInGo = map[string]string{
	"file-not-opened":     "TestFileThatCannotBeOpenedCostsNoOther",
	"file-not-read":       "TestPanicIsAFinding",
	"file-takes-too-long": "TestWorkbookWhoseTimeIsUpIsAFinding",
}

// A check without a script that shows it does not merge.
func TestEveryCheckHasAScript(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatal("no scripts were found", err)
	}
	var all strings.Builder
	for _, name := range scripts {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	checks := namesOfChecks(t, "../../ingest", "../../ingest/workbook", "../../transform", ".")
	if len(checks) < 50 {
		t.Errorf("only %d checks were found in the code", len(checks))
	}
	listed := checkNames()
	if !slices.IsSorted(listed) || len(listed) != len(checks) {
		t.Errorf("templates/checks.yaml has %d names and the code %d; it is sorted: %v", len(listed), len(checks), slices.IsSorted(listed))
	}
	for check := range checks {
		if !slices.Contains(listed, check) {
			t.Errorf("templates/checks.yaml lacks %s", check)
		}
		shown := slices.ContainsFunc([]string{"check=" + check + " ", "check=" + check + "\n", "[" + check + "]", `\[` + check + `\]`},
			func(said string) bool { return strings.Contains(all.String(), said) })
		if !shown && checkedInGo[check] == "" {
			t.Errorf("no script shows the check %s", check)
		}
	}
}

var kebab = regexp.MustCompile(`^[a-z]+(?:-[a-z0-9]+)+$`)

// namesOfChecks finds the names that findings are given: an argument of find,
// the field Check, or the first field of an Unreadable.
func namesOfChecks(t *testing.T, dirs ...string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	take := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && kebab.MatchString(s) {
				names[s] = true
			}
		}
	}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					if called(n) == "find" && len(n.Args) > 1 {
						take(n.Args[1])
					}
				case *ast.KeyValueExpr:
					if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Check" {
						take(n.Value)
					}
				case *ast.CompositeLit:
					if name, ok := n.Type.(*ast.Ident); ok && name.Name == "Unreadable" && len(n.Elts) > 0 {
						take(n.Elts[0])
					}
				}
				return true
			})
		}
	}
	return names
}

func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
