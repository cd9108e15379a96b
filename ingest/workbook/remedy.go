package workbook

import (
	"slices"

	"boardpack/ingest"
)

// remedies takes a column beside the comment that says what is being done about
// a miss: "Reason for variance | Corrective action | By when". Where the column
// that was taken for the comment is the remedy and the one left over gives the
// reason, they change places. A table without a second such column is left as it is.
func (r *reader) remedies(t *table) {
	said := t.has("comment")
	if said == nil || said.period.Known() || t.has("remedy") != nil {
		return
	}
	own := r.saysRemedy(said.text)
	for i := range t.columns {
		c := &t.columns[i]
		if c.role != "" || c.twice || c.stats.filled == 0 || c.period != said.period || fit("comment", c.stats) < 0 {
			continue
		}
		switch {
		case !own && r.saysRemedy(c.text):
			c.role = "remedy"
			return
		case own && !r.saysRemedy(c.text) && c.scores["comment"] >= strong:
			c.role, said.role = "comment", "remedy"
			return
		}
	}
}

// saysRemedy reports whether a header says what is being done about a miss.
func (r *reader) saysRemedy(header string) bool {
	words := wordsOnly(header)
	return slices.ContainsFunc(r.words.remedies, func(w string) bool { return holdsWords(words, w) })
}

// remedy reads what is being done; nil where nothing is said.
func (r *reader) remedy(t *table, row int) *ingest.Remedy {
	said := r.text(t, row, "remedy")
	if said.Value == "" {
		return nil
	}
	out := &ingest.Remedy{Text: said}
	if t.kind == ingest.KindIndicator { // the date of an action is its own
		out.ByWhen = r.due(t, row, "due")
	}
	return out
}
