package workbook

import (
	"strings"

	"boardpack/ingest"
)

// settlePlan names the plan or service that the workbook is about, from its
// titles, else its name, and gives each sheet its own where a workbook has a
// sheet for each service.
func (r *reader) settlePlan(sheets []sheetTables) map[string]string {
	if rule, ok := r.rule(); ok && rule.Plan != "" {
		r.ret.Plan = rule.Plan
		return r.samePlan(sheets)
	}
	r.ret.Plan = r.planOfBook(sheets)
	if !r.sheetForEachService(sheets) {
		return r.samePlan(sheets)
	}
	plans := map[string]string{}
	for _, st := range sheets {
		if r.planWords(st.sheet.name) != "" {
			plans[st.sheet.name] = planName(st.sheet.name)
		}
		if plans[st.sheet.name] == "" {
			plans[st.sheet.name] = r.ret.Plan
		}
	}
	return plans
}

func (r *reader) samePlan(sheets []sheetTables) map[string]string {
	plans := map[string]string{}
	for _, st := range sheets {
		plans[st.sheet.name] = r.ret.Plan
	}
	return plans
}

// planOfBook takes the first title that names something, else the file's name.
func (r *reader) planOfBook(sheets []sheetTables) string {
	for _, st := range sheets {
		last := 8
		if len(st.tables) > 0 {
			last = st.tables[0].top - 1
		}
		for _, c := range st.sheet.cells {
			if c.row > last {
				break
			}
			if c.kind != text || len(c.raw) > 120 || r.words.narrative[wordsOnly(c.raw)] || isSentence(c.raw) || isDay(c.raw) || len(textRow(st.sheet, c.row)) > 2 {
				continue
			}
			if isPlanLabel(wordsOnly(c.raw)) {
				said, beside := r.rightOf(st.sheet, c)
				if p := r.planWords(said); p != "" {
					r.mark(st.sheet.name, beside, "plan")
					return p
				}
				continue
			}
			if label, value, ok := strings.Cut(c.raw, ":"); ok && isPlanLabel(wordsOnly(label)) {
				if p := r.planWords(value); p != "" {
					r.mark(st.sheet.name, st.sheet.cellAt(c.row, c.col), "plan")
					return p
				}
			}
			if isCouncil(c.raw) {
				continue
			}
			if p := r.planWords(c.raw); p != "" && !isPeriodLabel(wordsOnly(c.raw)) {
				r.mark(st.sheet.name, st.sheet.cellAt(c.row, c.col), "plan")
				return p
			}
		}
	}
	if p := r.planWords(baseName(r.ret.Name)); p != "" {
		return p
	}
	return baseName(r.ret.Name)
}

func isPlanLabel(label string) bool {
	switch label {
	case "service", "plan", "department", "directorate", "division", "team", "section", "service area", "service plan", "return from", "name of service":
		return true
	}
	return false
}

// isCouncil knows the name of a council, which is no plan's or service's.
func isCouncil(s string) bool {
	f := ingest.Fold(s)
	return strings.HasSuffix(f, " council") || strings.HasPrefix(f, "london borough of ") || strings.HasPrefix(f, "borough of ") || strings.HasPrefix(f, "city of ") || strings.HasPrefix(f, "royal borough of ")
}

// isDay knows a text that is a date and names nothing.
func isDay(s string) bool {
	return ingest.IsDate(s)
}

// isSentence knows guidance: a line that ends with a full stop or instructs.
func isSentence(s string) bool {
	f := ingest.Fold(s)
	return strings.HasSuffix(f, ".") || strings.HasPrefix(f, "please ") || len(strings.Fields(f)) > 12
}

// planWords is a title without period, generic words at its ends and punctuation.
func (r *reader) planWords(title string) string {
	p := ingest.OneLine(strings.ReplaceAll(ingest.WithoutPeriod(title), ":", " "))
	for cut := true; cut; {
		cut = false
		for _, g := range r.words.generic {
			f := ingest.Fold(p)
			if len(f) != len(p) {
				return strings.Trim(p, " -–,")
			}
			if f == g {
				return ""
			}
			if strings.HasSuffix(f, " "+g) {
				p, cut = strings.Trim(p[:len(p)-len(g)], " -–,"), true
				break
			}
			if rest, ok := strings.CutPrefix(f, g); ok && strings.HasPrefix(rest, " - ") {
				p, cut = strings.Trim(p[len(g):], " -–,"), true
				break
			}
		}
	}
	p = strings.Trim(p, " -–,:")
	for _, w := range strings.Fields(ingest.Fold(p)) {
		if len(w) > 2 && w != "and" && w != "the" && w != "for" {
			return p
		}
	}
	return ""
}

func planName(sheet string) string { return strings.Trim(ingest.WithoutPeriod(sheet), " -–") }

// sheetForEachService reports whether at least two sheets hold tables of the
// same kind under names that say more than what the tables are.
func (r *reader) sheetForEachService(sheets []sheetTables) bool {
	kinds := map[ingest.Kind]int{}
	for _, st := range sheets {
		if r.planWords(st.sheet.name) == "" || ingest.PeriodIn(st.sheet.name).Quarter != 0 && planName(st.sheet.name) == "" {
			continue
		}
		seen := map[ingest.Kind]bool{}
		for _, t := range st.tables {
			if !seen[t.kind] && (t.kind == ingest.KindAction || t.kind == ingest.KindIndicator) {
				seen[t.kind] = true
				kinds[t.kind]++
			}
		}
	}
	return kinds[ingest.KindAction] > 1 || kinds[ingest.KindIndicator] > 1
}
