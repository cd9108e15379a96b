package ingest

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func seedTexts(f *testing.F) {
	for _, s := range []string{"", "27.4%", "£22.1m", "$43K", "22.1 Million", "(3.2)", "−8.5", "8.9 (milestone figure)", "72 young people", "under 10", "<5", "3 out of 4", "English 5.9% Maths 6.4%", "33 (provisional)", "n/a", "TBC", "…", "#REF!", "1,234", "1,23",
		"Mar 2009", "Sept 09", "De c 2008", "Janruary 2024", "Oct-Dec 08", "31/03/2009", "5.4.19", "ongoing", "Plan – Apr 2008 Actions – Mar 2009", "October 31", "2008/09 Q3",
		"NI 55-57, 69 CSD P018 - 20", "POL6-1.11 FIN6-1.8", "(LAA CS26)", "CS D P018- 20", "PSA 12 NI 50,51,58, 69", "НС А03", "NI 1-99999999999999999999",
		"Quarter 2 monitoring 2008/09", "Position at 31st December 2007", "CSD Q4 2007-08 return", "Q1-Q2 2008-09", "\u200bQ\u00a04", "İ 2008/09 Q1", "ſept 2008"} {
		f.Add(s)
	}
}

// FuzzFigure asks that a number is only ever made of digits that the text has,
// and that reading does not depend on spaces at the ends.
func FuzzFigure(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		got := TextFigure(s, "A1")
		if again := TextFigure(" "+s+"\u00a0", "A1"); figureKey(got) != figureKey(again) {
			t.Errorf("%q is %s, and with spaces around %s", s, figureKey(got), figureKey(again))
		}
		if got.Number == nil {
			return
		}
		if got.Says != SaysNumber {
			t.Errorf("%q is a number and says %q", s, got.Says)
		}
		digits := strings.Trim(strings.Map(onlyDigits, got.Number.String()), "0")
		if !strings.Contains(strings.Map(onlyDigits, s), digits) {
			t.Errorf("%q gave %s, whose digits it does not hold", s, got.Number)
		}
		PartsOf(s, "A1")
	})
}

func figureKey(f Figure) string {
	n := "none"
	if f.Number != nil {
		n = f.Number.String()
	}
	return strings.Join([]string{n, string(f.Says), f.Unit, f.Qualifier, f.Words}, "|")
}

func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// FuzzDue asks that a date is a real day, has the digits of its year in the
// text, and that what is no date says so.
func FuzzDue(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		d := ParseDue(s, "A1")
		if again := ParseDue("\u00a0"+s+" ", "A1"); d.Date != again.Date || d.Ongoing != again.Ongoing || d.Doubt != again.Doubt {
			t.Errorf("%q is %v, and with spaces around %v", s, d, again)
		}
		if d.Date.IsZero() {
			return
		}
		if day, err := ParseDate(d.Date.String()); err != nil || day != d.Date {
			t.Errorf("%q gave %s, which is no day", s, d.Date)
		}
		if !strings.ContainsAny(s, "0123456789") {
			t.Errorf("%q has no digit and gave %s", s, d.Date)
		}
	})
}

// FuzzRefs asks that references are keyed alike with any spaces, that none
// comes twice, and that ranges stay small.
func FuzzRefs(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > 400 {
			t.Skip()
		}
		refs := ParseRefs(s, "A1")
		seen := map[string]bool{}
		for _, r := range refs {
			if r.Key == "" || r.Written == "" {
				t.Errorf("%q gave the empty reference %+v", s, r)
			}
			if seen[r.Key] {
				t.Errorf("%q gave %q twice", s, r.Key)
			}
			seen[r.Key] = true
			if again := NewRef("  "+strings.ReplaceAll(r.Written, " ", "\u00a0 ")+" ", "A1"); again.Key != r.Key {
				t.Errorf("%q is keyed %q and with other spaces %q", r.Written, r.Key, again.Key)
			}
			sp := Spelling{}
			sp.Learn(r)
			if once := sp.Of(r); NewRef(sp.Of(NewRef(once, "")), "").Key != NewRef(once, "").Key {
				t.Errorf("%q is spelled %q and again %q", r.Written, once, sp.Of(NewRef(once, "")))
			}
		}
		if len(refs) > 100*(strings.Count(s, "-")+strings.Count(s, "–")+len(s)) {
			t.Errorf("%q gave %d references", s, len(refs))
		}
		LooksLikeRef(s)
	})
}

// FuzzPeriod asks that a period is one, that a title without its period names
// none, and that cutting it does not tear a letter apart.
func FuzzPeriod(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		p := PeriodIn(s)
		if p.Quarter < 0 || p.Quarter > 4 || p.Year != 0 && (p.Year < 1990 || p.Year > 2100) {
			t.Errorf("%q gave %v", s, p.Period)
		}
		if again := PeriodIn("  " + s + "\u00a0"); again.Period != p.Period {
			t.Errorf("%q is %v and with spaces around %v", s, p.Period, again.Period)
		}
		if cut := WithoutPeriod(s); !utf8.ValidString(cut) {
			t.Errorf("%q without its period is torn: %q", s, cut)
		}
		if folded := Fold(s); !MayNamePeriod(folded) {
			words := func(s string) string { return strings.Trim(s, " -:,–()") }
			if rest := WithoutPeriod(WithoutMonths(folded)); p.Period != (Period{}) || QuarterOfMonths(folded) != 0 || rest != words(folded) {
				t.Errorf("%q may name no period, and is %v, quarter %d by its months, and %q without it", s, p.Period, QuarterOfMonths(folded), rest)
			}
		}
		if c := Clean(s); Clean(c) != c || Fold(Fold(s)) != Fold(s) {
			t.Errorf("%q is not cleaned once and for all", s)
		}
	})
}
