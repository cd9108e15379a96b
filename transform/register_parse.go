package transform

import (
	"fmt"
	"slices"
	"strings"

	"boardpack/ingest"
)

// ParseRegister reads a register; a mistake is told with line and column. Name
// is the file's, for the places of its targets.
func ParseRegister(name string, b []byte) (Register, error) {
	var r Register
	f, err := readYAML("register", b, &r)
	if err != nil {
		return Register{}, err
	}
	place := func(path string) Source {
		line, _ := f.place(path)
		return Source{Workbook: name, Cell: fmt.Sprintf("line %d", line)}
	}
	for n := range r.Indicators {
		at := fmt.Sprintf("$.indicators[%d]", n)
		r.Indicators[n].source = place(at)
		for k := range r.Indicators[n].Targets {
			r.Indicators[n].Targets[k].source = place(fmt.Sprintf("%s.targets[%d]", at, k))
		}
	}
	return r, r.check(func(n int, field, format string, args ...any) error {
		return f.wrong(fmt.Sprintf("$.indicators[%d]%s", n, field), format, args...)
	})
}

// wrongAt tells a mistake of the nth indicator, at a field such as ".targets[0].value".
type wrongAt func(n int, field, format string, args ...any) error

// check tells the first mistake of a register.
func (r Register) check(wrong wrongAt) error {
	seen := map[string]bool{}
	for n, i := range r.Indicators {
		key := ingest.NewRef(i.Ref, "").Key
		switch {
		case key == "":
			return wrong(n, "", "an indicator has no ref; every entry needs one")
		case seen[key]:
			return wrong(n, ".ref", "%s stands twice; keep one entry", i.Ref)
		}
		seen[key] = true
		here := func(field, format string, args ...any) error { return wrong(n, field, format, args...) }
		if err := i.check(here); err != nil {
			return err
		}
		for k, t := range i.Targets {
			if slices.ContainsFunc(i.Targets[:k], t.sameAs) {
				return wrong(n, fmt.Sprintf(".targets[%d]", k), "%s has two targets for %s; keep one", i.Ref, strings.TrimSpace(t.period().String()+" "+t.Part))
			}
			if err := i.checkTarget(t, func(field, format string, args ...any) error {
				return wrong(n, fmt.Sprintf(".targets[%d]%s", k, field), format, args...)
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

var polarities = []string{"high", "low", "range", "context"}

func (i Registered) check(wrong func(field, format string, args ...any) error) error {
	switch {
	case i.Polarity != "" && !slices.Contains(polarities, i.Polarity):
		return wrong(".polarity", "polarity of %s is %q; use high, low, range or context", i.Ref, i.Polarity)
	case i.Class != "" && i.Class != "population" && i.Class != "performance":
		return wrong(".class", "class of %s is %q; use population or performance", i.Ref, i.Class)
	case i.Basis != "" && !slices.Contains(Bases, i.Basis):
		return wrong(".basis", "basis of %s is %q; use %s", i.Ref, i.Basis, orList(Bases))
	case i.Decimals != nil && (*i.Decimals < 0 || *i.Decimals > 10):
		return wrong(".decimals", "decimals of %s is %d; use 0 to 10", i.Ref, *i.Decimals)
	case (i.Low == nil) != (i.High == nil):
		return wrong("", "a range of %s has one end; give low and high", i.Ref)
	case i.Low != nil && i.Low.GreaterThan(i.High.Decimal):
		return wrong(".low", "the range of %s goes from %s to %s; low is the smaller one", i.Ref, i.Low, i.High)
	}
	for k, q := range i.Due {
		if q < 1 || q > 4 {
			return wrong(fmt.Sprintf(".due[%d]", k), "%s is due in quarter %d; use 1 to 4", i.Ref, q)
		}
	}
	for k, p := range i.Parts {
		switch {
		case p.Part == "":
			return wrong(fmt.Sprintf(".parts[%d]", k), "a part of %s has no letter; give part: a", i.Ref)
		case p.Polarity != "" && !slices.Contains(polarities, p.Polarity):
			return wrong(fmt.Sprintf(".parts[%d].polarity", k), "polarity of %s %s is %q; use high, low, range or context", i.Ref, p.Part, p.Polarity)
		}
	}
	if r := i.Replaces; r != nil && ingest.NewRef(r.Ref, "").IsZero() {
		return wrong(".replaces", "replaces of %s names no indicator; give ref", i.Ref)
	}
	return nil
}

// checkTarget asks that a target can be used: it has a year, one kind of
// value, and thresholds on its worse side.
func (i Registered) checkTarget(t Target, wrong func(field, format string, args ...any) error) error {
	of := i.as(t.Part)
	switch {
	case ingest.PeriodIn(t.Year).Year == 0:
		return wrong(".year", "year of a target of %s is %q; write it as 2008/09", i.Ref, t.Year)
	case t.Quarter < 0 || t.Quarter > 4:
		return wrong(".quarter", "quarter of a target of %s is %d; use 1 to 4, or none for the year's", i.Ref, t.Quarter)
	case t.Status != "" && t.Status != "draft" && t.Status != "agreed":
		return wrong(".status", "status of a target of %s is %q; use draft or agreed", i.Ref, t.Status)
	case (t.Low == nil) != (t.High == nil), t.isRange() == (t.Value != nil):
		return wrong("", "a target of %s needs a value, or low and high for a range", i.Ref)
	case t.isRange() && t.Low.GreaterThan(t.High.Decimal):
		return wrong(".low", "a target of %s goes from %s to %s; low is the smaller one", i.Ref, t.Low, t.High)
	case t.isRange() && of.Polarity != "range", !t.isRange() && of.Polarity == "range":
		return wrong("", "polarity of %s is %q; a target with low and high is of a range, and a range needs both", i.Ref, of.Polarity)
	case t.Part != "" && !slices.ContainsFunc(i.Parts, func(p Part) bool { return strings.EqualFold(p.Part, t.Part) }):
		return wrong(".part", "%s has no part %q; name its parts under parts", i.Ref, t.Part)
	case t.isRange() && (t.Amber != nil || t.Floor != nil):
		return wrong("", "a range of %s has two ends, so its allowance is a tolerance around them and not an amber value or floor", i.Ref)
	}
	for _, x := range []struct {
		field string
		n     *Number
	}{{"amber_value", t.Amber}, {"floor", t.Floor}} {
		switch {
		case x.n == nil:
		case of.Polarity != "high" && of.Polarity != "low":
			return wrong("."+x.field, "%s of %s needs its polarity, high or low", x.field, i.Ref)
		case of.Polarity == "high" && x.n.GreaterThan(t.Value.Decimal), of.Polarity == "low" && x.n.LessThan(t.Value.Decimal):
			return wrong("."+x.field, "%s of %s is %s, better than the target of %s; it is the worst that is still amber", x.field, i.Ref, x.n, t.Value)
		}
	}
	if m := t.Tolerance.mistake(); m != "" {
		return wrong(".tolerance", "%s: %s", i.Ref, m)
	}
	return nil
}
