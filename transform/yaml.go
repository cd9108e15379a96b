package transform

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/shopspring/decimal"
)

// Number is a decimal of a scheme or a register, exactly as the file writes it.
type Number struct{ decimal.Decimal }

// UnmarshalYAML reads 7.3, -8.5 and "7.3%"; a mistake is told with line and column.
func (n *Number) UnmarshalYAML(node ast.Node) error {
	text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(node.GetToken().Value), "%"))
	if _, ok := node.(*ast.StringNode); !ok && node.Type() != ast.IntegerType && node.Type() != ast.FloatType {
		text = node.String() // what is no number is told as it stands there
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		return &yaml.SyntaxError{Message: fmt.Sprintf("%q is not a number; write it as 7.3", text), Token: node.GetToken()}
	}
	if d.Exponent() > most || d.Exponent() < -most || d.NumDigits() > 2*most {
		return &yaml.SyntaxError{Message: fmt.Sprintf("%q has too many digits", text), Token: node.GetToken()}
	}
	n.Decimal = d
	return nil
}

// most bounds the digits of a number: 1e999999999 would fill the memory when it is added to.
const most = 30

// Num makes a Number of a text such as "7.3"; nil where it is none.
func Num(text string) *Number {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return nil
	}
	return &Number{d}
}

// of gives the decimal of a number that may be missing.
func (n *Number) of() *decimal.Decimal {
	if n == nil {
		return nil
	}
	return &n.Decimal
}

// yamlFile is a scheme or a register with what is needed to tell where in it a mistake stands.
type yamlFile struct {
	what string // "scheme", "register"
	file *ast.File
}

// readYAML fills v from a file; what the file does not know is a mistake.
func readYAML(what string, b []byte, v any) (f yamlFile, err error) {
	defer func() { // the decoder panics on some tags that stand before nothing
		if recover() != nil {
			err = fmt.Errorf("read %s: the file cannot be read as YAML; look for tags (!) and take them out", what)
		}
	}()
	file, err := parser.ParseBytes(b, 0)
	if err == nil {
		if body := YAMLBody(file); body != nil {
			err = yaml.NodeToValue(body, v, yaml.Strict())
		}
	}
	if err != nil {
		return yamlFile{}, fmt.Errorf("read %s: %s", what, strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	return yamlFile{what, file}, nil
}

// YAMLBody is what a file of YAML says: its first document that holds anything
// but directives; nil where there is none.
func YAMLBody(f *ast.File) ast.Node {
	for _, d := range f.Docs {
		if d.Body != nil && d.Body.Type() != ast.DirectiveType {
			return d.Body
		}
	}
	return nil
}

// wrong is a mistake with the line and column of a path such as $.lights[0].light,
// or of the nearest thing above it that the file has.
func (f yamlFile) wrong(path, format string, args ...any) error {
	line, column := f.place(path)
	return fmt.Errorf("read %s: [%d:%d] %s", f.what, line, column, fmt.Sprintf(format, args...))
}

// place gives line and column of a path, or of what it belongs to.
func (f yamlFile) place(path string) (line, column int) {
	for path != "$" {
		if p, err := yaml.PathString(path); err == nil {
			if n, err := p.FilterFile(f.file); err == nil && n != nil && n.GetToken() != nil {
				pos := firstToken(n).GetToken().Position
				return pos.Line, pos.Column
			}
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut <= 0 {
			break
		}
		path = path[:cut]
	}
	return 1, 1
}

// firstToken is the first key of a mapping, whose own token is a colon.
func firstToken(n ast.Node) ast.Node {
	if m, ok := n.(ast.MapNode); ok {
		if r := m.MapRange(); r.Next() {
			return r.Key()
		}
	}
	return n
}
