package workbook

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// column is one column of a table with what it was taken for.
type column struct {
	headCol
	role  string
	doubt string
	twice bool // another column has the same header and figures of its own
	stats stats
}

// stats counts what stands in a column's data rows.
type stats struct {
	rows     int // data rows looked at
	filled   int
	refs     int
	listRefs int // cells that hold references among other things
	dates    int
	numbers  int // one number, or words that stand in place of one
	real     int // numbers proper
	lights   int // words, letters or symbols of lights
	tinted   int // empty cells in a light's colour
	percents int // figures that say per cent themselves
	big      int // plain numbers over 1
	small    int // plain numbers between 0 and 1
	statuses int
	classes  int
	polarity int
	nothing  int // words that stand for nothing: n/a, -, no change
	length   int // characters in all
}

func (s stats) share(n int) float64 {
	if s.filled == 0 {
		return 0
	}
	return float64(n) / float64(s.filled)
}

func (s stats) average() int {
	if s.filled == 0 {
		return 0
	}
	return s.length / s.filled
}

// sampleRows is how many data rows are enough to know a column.
const sampleRows = 200

func (r *reader) columnStats(t *table, col int) stats {
	var s stats
	for _, row := range t.dataRows[:min(len(t.dataRows), sampleRows)] {
		s.rows++
		c := r.cell(row, col)
		if c.kind == empty {
			if r.book.style(c.style).hue != "" {
				s.tinted++
			}
			continue
		}
		r.countCell(&s, c)
	}
	return s
}

func (r *reader) countCell(s *stats, c cell) {
	st := r.book.style(c.style)
	if c.kind == number {
		r.countNumber(s, c, st)
		return
	}
	txt := ingest.OneLine(c.raw)
	s.filled++
	s.length += len(txt)
	says := r.saysOf(txt)
	s.add(says)
	if len(txt) < 20 && !says.light && r.ruleHue(c) != "" {
		s.lights++
	}
}

func (r *reader) countNumber(s *stats, c cell, st style) {
	s.filled++
	s.length += len(c.raw)
	if st.percent {
		s.percents++
	}
	if st.date {
		s.dates++
	} else {
		s.numbers++
		s.real++
		s.countSize(c.raw)
	}
	if r.keyed[c.raw] != "" || r.ruleHue(c) != "" {
		s.lights++
	}
}

// textSays is what a text could be, found once for each text of a workbook.
type textSays struct {
	ref, listsRefs, number, real, nothing, percent, date, light, status, class, polarity bool
}

func (s *stats) add(x textSays) {
	for _, n := range []struct {
		count *int
		is    bool
	}{{&s.refs, x.ref}, {&s.listRefs, x.listsRefs}, {&s.numbers, x.number}, {&s.real, x.real}, {&s.nothing, x.nothing}, {&s.percents, x.percent},
		{&s.dates, x.date}, {&s.lights, x.light}, {&s.statuses, x.status}, {&s.classes, x.class}, {&s.polarity, x.polarity}} {
		if n.is {
			*n.count++
		}
	}
}

// saysOf tells what a text on one line could be. Long texts are prose: they
// are looked through for references alone.
func (r *reader) saysOf(txt string) textSays {
	const short, prose, longest = 60, 120, 400
	if says, ok := r.said[txt]; ok {
		return says
	}
	says := textSays{ref: ingest.LooksLikeRef(txt), percent: strings.HasSuffix(txt, "%")}
	says.listsRefs = says.ref || len(txt) < longest && len(ingest.ParseRefs(txt, "")) > 0
	if len(txt) < prose {
		f := ingest.TextFigure(txt, "")
		says.number = f.Says != ingest.SaysText || !says.ref && len(ingest.PartsOf(txt, "")) > 0
		says.real = f.Number != nil && len(txt) < 40
		says.nothing = f.Says == ingest.SaysNothing || has(ingest.Fold(txt), "no change", "unchanged", "as original")
	}
	if len(txt) < short {
		r.saysShort(&says, txt)
		r.said[txt] = says
	}
	return says
}

func (r *reader) saysShort(says *textSays, txt string) {
	folded := ingest.Fold(txt)
	if d := ingest.ParseDue(txt, ""); d.Doubt == "" && (!d.Date.IsZero() || d.Ongoing) || len(txt) < 25 && !d.Date.IsZero() {
		says.date = true
	}
	says.light = r.words.Looks(txt)
	says.status = r.words.statuses[folded] != ""
	says.class = r.words.classes[folded] != ""
	says.polarity = r.words.polarities[folded] != ""
}

// countSize counts plain numbers on either side of 1.
func (s *stats) countSize(raw string) {
	d, err := ingest.NumberFromCell(raw)
	one := decimal.NewFromInt(1)
	switch {
	case err != nil || d.IsZero():
	case d.Abs().GreaterThan(one):
		s.big++
	case d.Abs().LessThan(one):
		s.small++
	}
}

// fit says how well a column's content suits a role, from −1 to 0.6; a column
// without content suits every role a little.
func fit(role string, s stats) float64 {
	if s.filled == 0 && s.tinted == 0 {
		return emptyFit(role)
	}
	switch role {
	case "ref":
		return fitRef(s)
	case "title", "risk", "controls", "comment":
		return fitText(role, s)
	case "due", "start", "review":
		return threshold(float64(s.dates)/float64(max(s.filled-s.nothing, 1)), 0.5, 0.5, -0.5)
	case "light", "forecast":
		return fitLight(s)
	case "status":
		return threshold(s.share(s.statuses), 0.4, 0.45, -0.6)
	case "target", "profile", "outturn", "year_to_date", "last_year", "baseline", "benchmark", "variance", "numerator", "denominator", "score":
		return fitNumber(s)
	case "class":
		return threshold(s.share(s.classes), 0.6, 0.5, -1)
	case "polarity":
		return threshold(s.share(s.polarity), 0.6, 0.5, -1)
	case "unit":
		return threshold(float64(s.average()), 16, -0.6, 0.2)
	case "indicators", "risks", "refers":
		return threshold(s.share(s.listRefs), 0.3, 0.4, -0.3)
	case "officer", "objective", "plan":
		return fitName(s)
	}
	return 0
}

func threshold(x, at, above, below float64) float64 {
	if x >= at {
		return above
	}
	return below
}

func emptyFit(role string) float64 {
	switch role {
	case "light":
		return 0.06
	case "comment", "outturn":
		return 0.05
	}
	return 0
}

func fitRef(s stats) float64 {
	switch {
	case s.filled == 0:
		return -0.5
	case s.share(s.refs) >= 0.5:
		return 0.5
	case s.average() > 14:
		return -1
	case s.share(s.lights) > 0.5:
		return -1
	}
	return 0.1
}

func fitText(role string, s stats) float64 {
	switch {
	case s.share(s.lights) > 0.6 && s.average() < 12:
		return -0.8
	case s.share(s.real+s.dates+s.refs) > 0.6 && (role != "comment" || s.average() < 10):
		return -0.8
	case s.average() >= 15:
		return 0.3
	case role == "comment":
		return 0.1
	}
	return 0
}

func fitLight(s stats) float64 {
	marked := float64(s.lights+s.tinted) / float64(max(s.filled+s.tinted, 1))
	switch {
	case marked >= 0.5:
		return 0.6
	case marked >= 0.25 && s.average() < 20:
		return 0.2
	case s.average() <= 12: // short words that are no light: a finding each, not a column lost
		return -0.15
	}
	return -1
}

func fitNumber(s stats) float64 {
	switch share := s.share(s.numbers); {
	case s.filled == 0:
		return -0.2
	case share >= 0.5 && s.real > 0:
		return 0.45
	case share >= 0.5:
		return 0.25
	case share >= 0.2 && s.real > 0:
		return 0
	case s.average() <= 40: // words where figures are wanted: a finding each, not a column lost
		return -0.35
	}
	return -1
}

func fitName(s stats) float64 {
	switch {
	case s.share(s.real) > 0.5, s.share(s.dates) > 0.5, s.share(s.lights) > 0.4, s.share(s.polarity) > 0.6:
		return -0.8
	case s.average() > 120:
		return -0.5
	}
	return 0.1
}

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
	case figure && withoutYear(first.text) == withoutYear(other.text) && first.stats.real > 0 && other.stats.real > 0 && first.text != other.text:
		return fmt.Sprintf("the headers '%s' and '%s' name calendar years, so neither was taken for the %s; write the financial year, for example 2007/08", first.text, other.text, roleName(role))
	case figure && withoutYear(first.text) == withoutYear(other.text) && first.stats.real > 0 && other.stats.real > 0:
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
	if words := col.scores["outturn"]; words >= strong && fitLight(col.stats) > 0.5 && col.stats.real == 0 {
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
	case (role == "due" || role == "target") && has(folded, "original", "baseline", "initial", "first "):
		return -clear
	case (role == "due" || role == "target") && has(folded, "revised", "current", "latest", "new "):
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

// inPercent reports whether a column's header or most of its cells say per cent.
func (c column) inPercent() bool {
	return c.stats.percents*2 > c.stats.filled || has(ingest.Fold(c.text), "%", "per cent", "percent")
}

// bareCandidate reads a column whose header is only a period by what stands in it.
func bareCandidate(i int, col column) candidate {
	switch {
	case fitLight(col.stats) > 0 && col.stats.share(col.stats.lights) > col.stats.share(col.stats.real):
		return candidate{i, "light", 1}
	case col.stats.average() > 25 && col.stats.share(col.stats.numbers) < 0.3:
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
		r.inferBy(t, "ref", func(s stats) float64 { return s.share(s.refs) }, 0.6)
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
	words := " " + wordsOnly(c.text) + " "
	says := func(list ...string) bool {
		for _, w := range list {
			if strings.Contains(words, " "+w+" ") {
				return true
			}
		}
		return false
	}
	if c.monthly && c.stats.real > 0 {
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
		if c.stats.refs > 0 || c.stats.real > 0 || c.stats.dates > 0 {
			return false
		}
	}
	return light.stats.lights+light.stats.tinted >= len(t.dataRows)
}
