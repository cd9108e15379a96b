package render

import (
	"slices"
	"strings"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// minus is the sign that a reader sees; data keep the hyphen.
const minus = "−"

// shown gives a plain decimal with thousands commas and a true minus: "-1234.5" is "−1,234.5".
func shown(plain string) string {
	sign := ""
	if digits, ok := strings.CutPrefix(plain, "-"); ok {
		sign, plain = minus, digits
	}
	whole, rest, point := strings.Cut(plain, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + rest
	}
	return sign + whole
}

// withUnit puts the unit with a number: "27.4%", "−£12", "7 days".
func withUnit(number, unit string) string {
	switch unit {
	case "":
		return number
	case "%":
		return number + unit
	case "£":
		if digits, ok := strings.CutPrefix(number, minus); ok {
			return minus + unit + digits
		}
		return unit + number
	}
	return number + " " + unit
}

// rounded gives a number at the decimals that show, or as written.
func rounded(d decimal.Decimal, decimals int) string {
	if decimals < 0 {
		return d.String()
	}
	return d.StringFixed(int32(decimals))
}

// decimals are those of the indicator where it declares them, else the figure's own.
// An outturn that would show as its target and is not, shows as written, unless
// the two were compared as they are published.
func decimals(i transform.Indicator, f transform.Figure) int {
	n := f.Decimals
	if i.Decimals != nil {
		n = *i.Decimals
	}
	if i.Target == nil || i.Outturn == nil || n < 0 || i.Decimals != nil && !i.AsWritten && i.Computed != "" {
		return n
	}
	target, outturn := i.Target.Number, i.Outturn.Number
	if !target.Equal(outturn) && rounded(target, n) == rounded(outturn, n) {
		return -1
	}
	return n
}

// unit is the indicator's unit where a number needs it to be understood.
func (b *builder) unit(i transform.Indicator) string {
	if slices.Contains(b.def.Words.Unsaid, i.Unit) {
		return ""
	}
	return i.Unit
}

// figure is a number with its unit, in running text; "" for no figure.
func (b *builder) figure(i transform.Indicator, f *transform.Figure) string {
	if f == nil {
		return ""
	}
	return withUnit(shown(rounded(f.Number, decimals(i, *f))), b.unit(i))
}

// target is a target in running text: a number, or both ends of a range.
func (b *builder) target(i transform.Indicator) string {
	if i.TargetRange == nil {
		return b.figure(i, i.Target)
	}
	return b.rangeOf(b.figure(i, &i.TargetRange[0]), b.figure(i, &i.TargetRange[1]))
}

// rangeOf says both ends of a range.
func (b *builder) rangeOf(low, high string) string {
	if s := b.say(b.def.Words.Range, Values{Text: low, Rest: high}); s != "" {
		return s
	}
	return low + "–" + high
}

// figureCell is a number in a table. A symbol stands with the number; a unit in words stands with the measure.
func (b *builder) figureCell(i transform.Indicator, f *transform.Figure) Cell {
	if f == nil {
		return Cell{}
	}
	unit := b.unit(i)
	if !isSymbol(unit) {
		unit = ""
	}
	n := decimals(i, *f)
	return Cell{
		Text:   withUnit(shown(rounded(f.Number, n)), unit),
		Number: f.Number.String(),
		Format: NumberFormat{Decimals: n, Unit: unit},
	}
}

func isSymbol(unit string) bool { return unit == "%" || unit == "£" }

// measure is the title with the unit that the figures of its row leave out.
func (b *builder) measure(i transform.Indicator) string {
	unit := b.unit(i)
	if unit == "" || isSymbol(unit) || strings.Contains(strings.ToLower(i.Title), strings.ToLower(unit)) {
		return i.Title
	}
	return b.say(b.def.Words.Measure, Values{Title: i.Title, Unit: unit})
}

// outturn adds to a number what must be known of it: "provisional", a period of its own.
func (b *builder) outturn(i transform.Indicator) Cell {
	c := b.figureCell(i, i.Outturn)
	if c.Text != "" {
		c.Text += b.remarks(i)
		c.Remarks = b.remarksOf(i)
	}
	return c
}

func (b *builder) remarks(i transform.Indicator) string {
	said := b.remarksOf(i)
	if len(said) == 0 {
		return ""
	}
	return " (" + strings.Join(said, b.def.Words.Comma) + ")"
}

// remarksOf are what must be known of an outturn, each alone.
func (b *builder) remarksOf(i transform.Indicator) []string {
	var said []string
	if i.Qualifier != "" {
		said = append(said, wordOr(b.def.Words.Qualifiers, i.Qualifier))
	}
	if i.FigurePeriod != "" {
		said = append(said, i.FigurePeriod)
	}
	if i.Small && b.def.Words.SmallNumbers != "" {
		said = append(said, b.def.Words.SmallNumbers)
	}
	return said
}

func wordOr(words map[string]string, key string) string {
	if w, ok := words[key]; ok {
		return w
	}
	return key
}

func countCell(n int) Cell {
	d := decimal.NewFromInt(int64(n))
	return Cell{Text: shown(d.String()), Number: d.String()}
}

func percentCell(d decimal.Decimal) Cell {
	return Cell{Text: shown(d.StringFixed(1)) + "%", Number: d.String(), Format: NumberFormat{Decimals: 1, Unit: "%"}}
}
