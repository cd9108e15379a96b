package workbook

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// colourRule is one conditional format of a sheet: where it applies, what it
// asks of a cell, and the format that it gives.
type colourRule struct {
	spans    []span
	kind     string // "cellIs", "containsText", "beginsWith", "endsWith"; others are not evaluated
	operator string
	text     string
	formulas []string
	priority int
	format   int // number of the differential format; -1 for none
}

// readRule reads the attributes of a cfRule element.
func (r *sheetReader) readRule() {
	rule := colourRule{spans: r.ruleSpans, kind: r.attr("type"), operator: r.attr("operator"), text: r.attr("text"), format: -1, priority: len(r.sheet.rules) + 1}
	if n, err := strconv.Atoi(r.attr("dxfId")); err == nil {
		rule.format = n
	}
	if n, err := strconv.Atoi(r.attr("priority")); err == nil {
		rule.priority = n
	}
	r.budget.hold(ruleCost)
	r.sheet.rules = append(r.sheet.rules, rule)
}

// takeRule reads what stands inside a conditionalFormatting element.
func (r *sheetReader) takeRule() error {
	switch {
	case r.name == "conditionalFormatting" && !r.closing:
		r.sheet.conditional, r.ruleSpans = true, nil
		for _, ref := range strings.Fields(r.attr("sqref")) {
			if s, ok := parseSpan(ref); ok {
				r.budget.hold(mergeCost)
				r.ruleSpans = append(r.ruleSpans, s)
			}
		}
	case r.name == "cfRule" && !r.closing:
		r.readRule()
	case r.name == "formula" && r.closing && len(r.sheet.rules) > 0:
		s, err := unescape(r.text)
		if err != nil {
			return err
		}
		r.budget.hold(ruleCost + int64(len(s)))
		last := &r.sheet.rules[len(r.sheet.rules)-1]
		last.formulas = append(last.formulas, strings.TrimSpace(s))
	}
	return nil
}

// ruleHue tells the light that a simple conditional format gives a cell: the
// first rule by priority that holds. A rule that is not simple and stands
// before one that holds leaves it open, and the cell without a light.
func (r *reader) ruleHue(c cell) string {
	if c.kind == empty || len(r.sheet.rules) == 0 {
		return ""
	}
	var covering []colourRule
	row, col := r.sheet.inFile(c.row(), c.col())
	for _, rule := range r.sheet.rules {
		if slices.ContainsFunc(rule.spans, func(s span) bool { return s.contains(row, col) }) {
			covering = append(covering, rule)
		}
	}
	slices.SortStableFunc(covering, func(a, b colourRule) int { return cmp.Compare(a.priority, b.priority) })
	for _, rule := range covering {
		holds, known := rule.holds(c)
		if !known {
			return ""
		}
		if hue := r.book.formatHue(rule.format); holds && hue != "" {
			return hue
		}
	}
	return ""
}

// holds tests a rule on a cell; known is false where the rule is not simple:
// a formula, a reference to other cells, a scale of colours, icons.
func (rule colourRule) holds(c cell) (holds, known bool) {
	has := strings.ToLower(rule.text)
	value := strings.ToLower(ingest.OneLine(c.raw))
	switch rule.kind {
	case "containsText":
		return has != "" && strings.Contains(value, has), has != ""
	case "beginsWith":
		return has != "" && strings.HasPrefix(value, has), has != ""
	case "endsWith":
		return has != "" && strings.HasSuffix(value, has), has != ""
	case "cellIs":
		return rule.compare(c, value)
	}
	return false, false
}

// compare tests a cellIs rule, whose formulas are numbers or quoted texts.
func (rule colourRule) compare(c cell, value string) (holds, known bool) {
	if len(rule.formulas) == 0 {
		return false, false
	}
	if text, ok := quoted(rule.formulas[0]); ok {
		switch rule.operator {
		case "equal":
			return c.kind == textKind && value == strings.ToLower(text), true
		case "notEqual":
			return value != strings.ToLower(text), true
		}
		return false, false
	}
	var bounds []decimal.Decimal
	for _, f := range rule.formulas {
		d, err := decimal.NewFromString(f)
		if err != nil {
			return false, false
		}
		bounds = append(bounds, d)
	}
	d, err := decimal.NewFromString(strings.TrimSpace(c.raw))
	if c.kind != number || err != nil {
		return false, true
	}
	return withinRule(rule.operator, d, bounds)
}

const textKind = text

func quoted(s string) (string, bool) {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return "", false
	}
	return strings.ReplaceAll(s[1:len(s)-1], `""`, `"`), true
}

func withinRule(operator string, d decimal.Decimal, bounds []decimal.Decimal) (holds, known bool) {
	switch c := d.Cmp(bounds[0]); operator {
	case "equal":
		return c == 0, true
	case "notEqual":
		return c != 0, true
	case "greaterThan":
		return c > 0, true
	case "greaterThanOrEqual":
		return c >= 0, true
	case "lessThan":
		return c < 0, true
	case "lessThanOrEqual":
		return c <= 0, true
	case "between", "notBetween":
		if len(bounds) < 2 {
			return false, false
		}
		inside := c >= 0 && d.Cmp(bounds[1]) <= 0
		return inside == (operator == "between"), true
	}
	return false, false
}

// formatHue is the light that a differential format's fill looks like.
func (b *book) formatHue(format int) string {
	st, err := b.library().GetConditionalStyle(format)
	if format < 0 || err != nil || st == nil || len(st.Fill.Color) == 0 {
		return b.plainFormatHue(format)
	}
	if hue := hueOf(st.Fill.Color[0]); hue != "" {
		return hue
	}
	return b.plainFormatHue(format)
}

// plainFormatHue reads the format's background straight from the style sheet:
// differential formats keep a solid fill's colour there.
func (b *book) plainFormatHue(format int) string {
	sheet := b.library().Styles
	if sheet == nil || sheet.Dxfs == nil || format < 0 || format >= len(sheet.Dxfs.Dxfs) {
		return ""
	}
	x := sheet.Dxfs.Dxfs[format]
	if x == nil || x.Fill == nil || x.Fill.PatternFill == nil || x.Fill.PatternFill.BgColor == nil {
		return ""
	}
	return hueOf(x.Fill.PatternFill.BgColor.RGB)
}
