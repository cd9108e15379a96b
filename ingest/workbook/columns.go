package workbook

import (
	"slices"

	"boardpack/ingest"
)

// column is one column of a table with what it was taken for.
type column struct {
	headCol
	role  string
	doubt string
	twice bool // another column has the same header and figures of its own
	stats stats
}

// inPercent reports whether a column's header or most of its cells say per cent.
func (c column) inPercent() bool {
	return c.stats.count(traitPercent)*2 > c.stats.filled || ingest.HasAny(ingest.Fold(c.text), "%", "per cent", "percent")
}

// kindOf tells what a table's rows are, by its columns.
func (t *table) kindOf() ingest.Kind {
	if t.isKey() {
		return ingest.KindKey
	}
	points := map[ingest.Kind]int{}
	for _, c := range t.columns {
		for kind, n := range evidence(c) {
			points[kind] += n
		}
	}
	if t.has("risk") != nil && slices.ContainsFunc([]string{"controls", "likelihood", "impact", "score"}, func(role string) bool { return t.has(role) != nil }) {
		points[ingest.KindRisk] += 4 // a register also says what is still to be done, by whom and by when
	}
	if t.has("title") == nil && t.has("risk") == nil && t.has("ref") == nil {
		return ingest.KindOther
	}
	best := ingest.KindOther
	for _, kind := range []ingest.Kind{ingest.KindAction, ingest.KindIndicator, ingest.KindRisk} {
		if points[kind] >= 2 && points[kind] > points[best] && t.tells(kind) {
			best = kind
		}
	}
	return best
}

// tells reports whether a table has a column for what a report wants of such rows.
func (t *table) tells(kind ingest.Kind) bool {
	wanted := map[ingest.Kind][]string{
		ingest.KindAction:    {"due", "light", "status", "comment", "officer", "start"},
		ingest.KindIndicator: {"target", "outturn", "year_to_date", "last_year", "light"},
		ingest.KindRisk:      {"risk", "title"},
	}[kind]
	for i := range t.columns {
		if c := t.columns[i]; slices.Contains(wanted, c.role) || c.twice || c.monthly {
			return true
		}
	}
	return false
}

// evidence is what one column says of the kind of its table.
func evidence(c column) map[ingest.Kind]int {
	words := wordsOnly(c.text)
	says := func(list ...string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return holdsWords(words, w) })
	}
	if c.monthly && c.stats.count(traitNumber) > 0 {
		return map[ingest.Kind]int{ingest.KindIndicator: 1}
	}
	switch c.role {
	case "due", "start":
		return map[ingest.Kind]int{ingest.KindAction: 2}
	case "indicators", "status":
		return map[ingest.Kind]int{ingest.KindAction: 1}
	case "target", "outturn":
		return map[ingest.Kind]int{ingest.KindIndicator: 2}
	case "unit", "polarity", "profile", "last_year", "year_to_date", "baseline", "benchmark", "travel":
		return map[ingest.Kind]int{ingest.KindIndicator: 1}
	case "light", "officer", "comment":
		return map[ingest.Kind]int{ingest.KindAction: 1, ingest.KindIndicator: 1}
	case "risk":
		return map[ingest.Kind]int{ingest.KindRisk: 4}
	case "controls", "likelihood", "impact", "score":
		return map[ingest.Kind]int{ingest.KindRisk: 2}
	case "title", "ref":
		switch {
		case says("action", "actions", "milestone", "milestones", "task", "project", "deliverable", "activity"):
			return map[ingest.Kind]int{ingest.KindAction: 2}
		case says("indicator", "indicators", "pi", "kpi", "measure", "definition", "ni"):
			return map[ingest.Kind]int{ingest.KindIndicator: 2}
		case says("risk"):
			return map[ingest.Kind]int{ingest.KindRisk: 3}
		}
	}
	return nil
}

// isKey knows a table that explains colours: few rows, each colour once, and
// neither references, dates nor figures.
func (t *table) isKey() bool {
	light := t.has("light")
	if light == nil || len(t.dataRows) > 6 || len(t.columns) > 3 {
		return false
	}
	for _, c := range t.columns {
		if c.stats.count(traitRef) > 0 || c.stats.count(traitNumber) > 0 || c.stats.count(traitDate) > 0 {
			return false
		}
	}
	return light.stats.count(traitLight)+light.stats.tinted >= len(t.dataRows)
}
