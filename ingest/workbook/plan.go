package workbook

import (
	"slices"
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

// planOfBook takes what stands beside a label such as "Service", else the first
// title that names something, else the file's name.
func (r *reader) planOfBook(sheets []sheetTables) string {
	for _, st := range sheets {
		labelled, at, rank := "", "", len(planLabels)
		for _, c := range r.titles(st) {
			if p, cell, n := r.planBeside(st.sheet, c); p != "" && n < rank {
				labelled, at, rank = p, cell, n
			}
		}
		if labelled != "" {
			r.mark(st.sheet.name, at, "plan")
			return labelled
		}
		for _, c := range r.titles(st) {
			if p := r.planWords(c.raw); p != "" && !r.isLabelled(c.raw) {
				r.mark(st.sheet.name, st.sheet.cellAt(c.row(), c.col()), "plan")
				return p
			}
		}
	}
	if p := r.planWords(baseName(r.ret.Name)); p != "" {
		return p
	}
	return baseName(r.ret.Name)
}

// titles are the texts above a sheet's first table that could name a plan.
func (r *reader) titles(st sheetTables) []cell {
	last := 8
	if len(st.tables) > 0 {
		first, _ := st.tables[0].rows()
		last = first - 1
	}
	var out []cell
	for _, c := range st.sheet.cells {
		if c.row() > last {
			break
		}
		if c.kind != text || len(c.raw) > 120 || r.words.narrative[wordsOnly(c.raw)] || isSentence(c.raw) || isDay(c.raw) || isPrompt(c.raw) || len(textRow(st.sheet, c.row())) > 2 {
			continue
		}
		out = append(out, c)
	}
	return out
}

// planLabels name what stands beside them or after a colon, the narrowest first.
var planLabels = []string{"plan", "service plan", "service", "service area", "name of service", "return from", "team", "section", "division", "department", "directorate"}

func planLabel(label string) int {
	if _, second, ok := strings.Cut(label, "/"); ok { // in two languages
		label = second
	}
	return slices.Index(planLabels, wordsOnly(label))
}

// planBeside is the plan that a label names, with its cell and the label's rank.
func (r *reader) planBeside(s *sheet, c cell) (plan, at string, rank int) {
	label, value, _ := strings.Cut(c.raw, ":")
	if rank = planLabel(label); rank < 0 {
		return "", "", rank
	}
	at = s.cellAt(c.row(), c.col())
	if strings.TrimSpace(value) == "" {
		value, at = r.rightOf(s, c)
	}
	return r.planWords(value), at, rank
}

// isLabelled knows a text that is a label, of a plan or a period, or a council's name: no plan's.
func (r *reader) isLabelled(s string) bool {
	label, _, _ := strings.Cut(s, ":")
	return planLabel(label) >= 0 || isPeriodLabel(wordsOnly(label)) || isPeriodLabel(wordsOnly(s)) || isCouncil(s)
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
		f := ingest.Fold(p)
		for _, g := range r.words.generic {
			if len(f) != len(p) {
				return strings.Trim(p, " -–,")
			}
			if f == g {
				return ""
			}
			if strings.HasSuffix(f, " "+g) && !strings.HasSuffix(f, " and "+g) && !strings.HasSuffix(f, " & "+g) {
				p, cut = strings.Trim(p[:len(p)-len(g)], " -–,"), true
				break
			}
			if rest, ok := strings.CutPrefix(f, g); ok && strings.HasPrefix(rest, " - ") {
				p, cut = strings.Trim(p[len(g):], " -–,"), true
				break
			}
		}
	}
	p = r.withoutFirst(strings.Trim(p, " -–,:"))
	for _, w := range strings.Fields(ingest.Fold(p)) {
		if len(w) > 2 && w != "and" && w != "the" && w != "for" {
			return p
		}
	}
	return ""
}

// withoutFirst cuts the kind of paper off a plan's name: "Performance Report
// Property Services", but not "Service plan for …".
func (r *reader) withoutFirst(p string) string {
	f := ingest.Fold(p)
	for _, g := range r.words.first {
		rest, ok := strings.CutPrefix(f, g)
		if !ok || !strings.HasPrefix(rest, " ") || len(f) != len(p) {
			continue
		}
		if next := strings.Fields(rest); len(next) > 0 && !slices.Contains([]string{"for", "of", "on", "to", "and", "in", "-", "–"}, next[0]) {
			return p[len(g)+1:]
		}
	}
	return p
}

func planName(sheet string) string { return strings.Trim(ingest.WithoutPeriod(sheet), " -–") }

// sheetForEachService reports whether at least two sheets hold tables of the
// same kind under names that say more than what the tables are.
func (r *reader) sheetForEachService(sheets []sheetTables) bool {
	kinds := map[ingest.Kind]int{}
	for _, st := range sheets {
		if r.planWords(st.sheet.name) == "" || ingest.PeriodIn(st.sheet.name).Quarter != 0 && planName(st.sheet.name) == "" || ofOneIndicator(st) {
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

// ofOneIndicator knows a sheet that is one indicator's own: its name is no service's.
func ofOneIndicator(st sheetTables) bool {
	return ingest.LooksLikeRef(st.sheet.name) || len(st.tables) == 1 && st.tables[0].begins != 0 && len(st.tables[0].dataRows) == 1
}
