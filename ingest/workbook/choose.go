package workbook

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"boardpack/ingest"
)

// candidate is one reading of one column.
type candidate struct {
	index int // of the column
	role  string
	score float64
}

// enough is the least score at which a column is taken for a role.
const enough = 0.55

// assign takes each column for the role that fits best, each role once for
// each period, the surest first.
func (r *reader) assign(t *table) {
	var all []candidate
	for i := range t.columns {
		all = append(all, r.candidates(t, i)...)
	}
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].score != all[j].score {
			return all[i].score > all[j].score
		}
		return all[i].index < all[j].index
	})
	taken := map[string]int{}
	for _, c := range all {
		col := &t.columns[c.index]
		key := c.role + col.period.String()
		if folded := ingest.Fold(col.text); c.role == "review" && toReview(folded) && !strings.Contains(folded, "last") {
			key += " next"
		}
		if first, ok := taken[key]; ok {
			r.alsoPossible(t, first, c)
			continue
		}
		if col.role != "" {
			continue
		}
		col.role = c.role
		taken[key] = c.index
	}
	for i := range t.columns {
		if c := &t.columns[i]; c.twice {
			c.role = ""
		}
	}
}

var calendarYear = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// withoutYear is a header without a calendar year, which names no financial year.
func withoutYear(s string) string { return wordsOnly(calendarYear.ReplaceAllString(s, " ")) }

// alsoPossible notes a column that could have been the same figure as one
// that was taken for it.
func (r *reader) alsoPossible(t *table, taken int, c candidate) {
	first, other := &t.columns[taken], &t.columns[c.index]
	if why := r.cannotTell(t, first, other, c.role); why != "" && !first.twice {
		first.twice, other.twice = true, true
		first.doubt, other.doubt = why, why
	}
	if other.role != "" || taken == c.index || !decides(c.role) || first.doubt != "" || other.stats.filled+other.stats.tinted == 0 {
		return
	}
	first.doubt = fmt.Sprintf("took %s '%s' for the %s; %s '%s' was also possible",
		r.sheet.columnAt(first.col), first.text, roleName(c.role), r.sheet.letter(other.col), other.text)
}

// cannotTell says why neither of two columns may be taken for a figure or a
// light, in words; "" where one may.
func (r *reader) cannotTell(t *table, first, other *column, role string) string {
	figure := role == "target" || role == "outturn"
	switch {
	case figure && withoutYear(first.text) == withoutYear(other.text) && first.stats.count(traitNumber) > 0 && other.stats.count(traitNumber) > 0 && first.text != other.text:
		return fmt.Sprintf("the headers '%s' and '%s' name calendar years, so neither was taken for the %s; write the financial year, for example 2007/08", first.text, other.text, roleName(role))
	case figure && withoutYear(first.text) == withoutYear(other.text) && first.stats.count(traitNumber) > 0 && other.stats.count(traitNumber) > 0:
		return fmt.Sprintf("the header '%s' stands over columns %s and %s, both with figures, so neither was taken for the %s", first.text, r.sheet.letter(first.col), r.sheet.letter(other.col), roleName(role))
	case !figure && role != "light" || other.role != "" || first.stats.filled+first.stats.tinted == 0 || other.stats.filled+other.stats.tinted == 0:
	case ownGroup.MatchString(ingest.Fold(first.group)) || t.judgesOnly(first.group) || first.inPercent() != other.inPercent():
	case first.group != other.group && first.group != "" && other.group != "", partly(first.scores[role]) && partly(other.scores[role]):
		return fmt.Sprintf("columns %s '%s' and %s '%s' could both be the %s, so neither was taken", r.sheet.letter(first.col), first.text, r.sheet.letter(other.col), other.text, roleName(role))
	}
	return ""
}

// partly reports whether a header says more than a role's words, "Actual North".
func partly(score float64) bool { return score > 0 && score < 1 }

// decides reports whether a role's reading can change a figure or a light.
func decides(role string) bool {
	switch role {
	case "target", "outturn", "light", "due", "ref":
		return true
	}
	return false
}

func roleName(role string) string { return strings.ReplaceAll(role, "_", " ") }

func (r *reader) candidates(t *table, i int) []candidate {
	col := t.columns[i]
	var out []candidate
	for _, role := range sortedScores(col.scores) {
		if words := col.scores[role]; words >= 0.4 || role == "light" && words >= 0.3 && fitLight(col.stats) > 0.5 {
			if s := words + fit(role, col.stats); s >= enough {
				out = append(out, candidate{i, role, s + r.preference(t, col, role)})
			}
		}
	}
	if col.bare {
		out = append(out, bareCandidate(i, col))
	}
	if words := col.scores["outturn"]; words >= strong && fitLight(col.stats) > 0.5 && col.stats.count(traitNumber) == 0 {
		out = append(out, candidate{i, "light", words + fitLight(col.stats)}) // "Performance" over Red, Amber and Green
	}
	return out
}

// preference settles between columns that say the same: the figures of this
// quarter or of the whole council before those of a part, a revised date or target
// before the first, and a figure in the target's unit before a count.
func (r *reader) preference(t *table, c column, role string) float64 {
	const (
		slight = 0.02
		clear  = 0.3
	)
	folded := ingest.Fold(c.text)
	switch {
	case c.group != "" && ofRows[role] && (ownGroup.MatchString(ingest.Fold(c.group)) || t.judgesOnly(c.group)):
		return clear
	case (role == "due" || role == "target") && ingest.HasAny(folded, "original", "baseline", "initial", "first "):
		return -clear
	case (role == "due" || role == "target") && ingest.HasAny(folded, "revised", "current", "latest", "new "):
		return slight
	case role == "outturn" && t.targetsInPercent() && !c.inPercent():
		return -clear
	}
	return 0
}

// ownGroup knows a group of columns that is about now, or about the whole.
var ownGroup = regexp.MustCompile(`\b(?:this|current|latest|our|ours|own|overall|total|whole|council|borough|corporate|performance|ty|cy|new|final)\b`)

// judgesOnly reports whether a group is the only one with a target or a light: the others are to compare with.
func (t *table) judgesOnly(group string) bool {
	judges := map[string]bool{}
	for _, c := range t.columns {
		if c.group != "" && (c.scores["target"] >= strong || c.scores["light"] >= strong) {
			judges[c.group] = true
		}
	}
	return judges[group] && len(judges) == 1
}

// targetsInPercent reports whether a table's targets are per cent.
func (t *table) targetsInPercent() bool {
	return slices.ContainsFunc(t.columns, func(c column) bool { return c.scores["target"] >= strong && c.inPercent() }) &&
		slices.ContainsFunc(t.columns, func(c column) bool { return c.scores["outturn"] >= strong && c.inPercent() })
}

// bareCandidate reads a column whose header is only a period by what stands in it.
func bareCandidate(i int, col column) candidate {
	switch {
	case fitLight(col.stats) > 0 && col.stats.share(col.stats.count(traitLight)) > col.stats.share(col.stats.count(traitNumber)):
		return candidate{i, "light", 1}
	case col.stats.average() > 25 && col.stats.share(col.stats.count(traitFigure)) < 0.3:
		return candidate{i, "comment", 0.9}
	}
	return candidate{i, "outturn", 0.9}
}

// firstTitle takes the first of several columns that could be the title: "Key
// Task | Milestone". One whose texts come again names a parent of several rows:
// their objective.
func (r *reader) firstTitle(t *table) {
	title := t.has("title")
	if title == nil {
		return
	}
	for i := range t.columns {
		c := &t.columns[i]
		if c.col >= title.col {
			return
		}
		if c.role != "" || c.scores["title"] < 0.95 || fit("title", c.stats) < 0 || c.stats.filled < title.stats.filled {
			continue
		}
		if !r.allDiffer(t, c.col) {
			if t.has("objective") == nil {
				c.role = "objective"
			}
			return
		}
		c.role, title.role = "title", ""
		c.doubt = fmt.Sprintf("took %s '%s' for the title; %s '%s' was also possible", r.sheet.columnAt(c.col), c.text, r.sheet.letter(title.col), title.text)
		return
	}
}

func (r *reader) allDiffer(t *table, col int) bool {
	seen := map[string]bool{}
	for _, row := range t.dataRows {
		txt := ingest.Fold(r.cell(row, col).raw)
		if seen[txt] {
			return false
		}
		seen[txt] = true
	}
	return true
}

// infer gives a table without a title column the text column that must be it,
// and one without a reference column the column of references, with a doubt.
func (r *reader) infer(t *table) {
	if t.has("title") == nil && t.has("risk") == nil {
		r.inferBy(t, "title", func(s stats) float64 { return float64(s.average()) }, 12)
	}
	if t.has("ref") == nil {
		r.inferBy(t, "ref", func(s stats) float64 { return s.share(s.count(traitRef)) }, 0.6)
	}
}

func (r *reader) inferBy(t *table, role string, rate func(stats) float64, least float64) {
	best := -1
	for i, c := range t.columns {
		if c.role == "" && rate(c.stats) >= least && (best < 0 || rate(c.stats) > rate(t.columns[best].stats)) {
			best = i
		}
	}
	if best >= 0 {
		c := &t.columns[best]
		c.role = role
		c.doubt = fmt.Sprintf("took %s '%s' for the %s by what stands in it", r.sheet.columnAt(c.col), c.text, roleName(role))
	}
}
