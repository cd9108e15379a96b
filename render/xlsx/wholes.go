package xlsx

import (
	"fmt"
	"strings"

	"boardpack/render"

	"github.com/xuri/excelize/v2"
)

// wholes are the tables of all rows by what their rows are: what counts are made over.
type wholes map[string]*whole

// whole is a table of all rows that can be counted here as formulas count it.
type whole struct {
	sheet   *sheet
	words   *wording
	columns map[string]int         // by field
	texts   map[string]texts       // of the columns that were asked for
	counts  map[string]map[key]int // by fields: how many rows have the same texts in them
}

// texts are the different texts of a column, and which one each row has. Capitals
// make no difference: programs count without regard to them.
type texts struct {
	number map[string]int32
	rows   []int32
}

// key is the texts of a row in the columns of at most so many conditions.
type key [mostConditions]int32

const mostConditions = 6

func wholesOf(sheets []*sheet, words *wording) wholes {
	all := wholes{}
	for _, s := range sheets {
		if s.table == nil || s.table.of == "" {
			continue
		}
		w := &whole{sheet: s, words: words, columns: map[string]int{}, texts: map[string]texts{}, counts: map[string]map[key]int{}}
		for i, c := range s.table.columns {
			if c.Field != "" {
				w.columns[c.Field] = i
			}
		}
		all[s.table.of] = w
	}
	return all
}

// count counts the rows for which all conditions hold; not ok where the table
// cannot tell.
func (w *whole) count(where []render.Condition) (n int, ok bool) {
	if len(where) == 0 {
		return len(w.sheet.table.rows), true
	}
	if len(where) > mostConditions {
		return 0, false
	}
	fields := ""
	for _, c := range where {
		if _, known := w.columns[c.Field]; !known {
			return 0, false
		}
		fields += c.Field + "\x00"
	}
	return w.sum(w.counted(fields, where), where, 0, key{}), true
}

// sum adds up the counts of every choice of one text for each condition.
func (w *whole) sum(counts map[key]int, where []render.Condition, at int, k key) int {
	if at == len(where) {
		return counts[k]
	}
	n := 0
	column := w.column(where[at].Field)
	for i := range where[at].Is {
		id, known := column.number[strings.ToLower(w.words.shown(&where[at].Is[i]))]
		if known {
			k[at] = id
			n += w.sum(counts, where, at+1, k)
		}
	}
	return n
}

func (w *whole) counted(fields string, where []render.Condition) map[key]int {
	if counts, ok := w.counts[fields]; ok {
		return counts
	}
	columns := make([]texts, len(where))
	for i, c := range where {
		columns[i] = w.column(c.Field)
	}
	counts := map[key]int{}
	for row := range w.sheet.table.rows {
		var k key
		for i := range columns {
			k[i] = columns[i].rows[row]
		}
		counts[k]++
	}
	w.counts[fields] = counts
	return counts
}

func (w *whole) column(field string) texts {
	if t, ok := w.texts[field]; ok {
		return t
	}
	at, rows := w.columns[field], w.sheet.table.rows
	t := texts{number: map[string]int32{}, rows: make([]int32, len(rows))}
	for i := range rows {
		text := ""
		if at < len(rows[i].Cells) {
			text = strings.ToLower(w.words.shown(&rows[i].Cells[at]))
		}
		id, known := t.number[text]
		if !known {
			id = int32(len(t.number))
			t.number[text] = id
		}
		t.rows[i] = id
	}
	w.texts[field] = t
	return t
}

// formula counts the same rows in the workbook; "" where no formula says it.
func (w *whole) formula(where []render.Condition) string {
	if len(where) == 0 {
		return "ROWS(" + w.cells(0) + ")"
	}
	var parts []string
	lists := 0
	for _, c := range where {
		criterion, ok := w.criterion(c.Is)
		if !ok {
			return ""
		}
		if len(c.Is) > 1 {
			lists++
		}
		parts = append(parts, w.cells(w.columns[c.Field]), criterion)
	}
	f := "COUNTIFS(" + strings.Join(parts, ",") + ")"
	switch {
	case len(f) > mostFormula || lists > 1:
		return ""
	case lists == 1:
		return "SUMPRODUCT(" + f + ")"
	}
	return f
}

const mostFormula = 4000 // letters; programs take 8192

// criterion is what cells are to be, one text or a list of which any will do.
func (w *whole) criterion(is []render.Cell) (string, bool) {
	var texts []string
	for i := range is {
		text, ok := exactly(w.words.shown(&is[i]))
		if !ok {
			return "", false
		}
		texts = append(texts, quotedText(text))
	}
	if len(texts) == 1 {
		return texts[0], true
	}
	return "{" + strings.Join(texts, ",") + "}", len(texts) > 0
}

// exactly is the criterion that a text and no other meets. One without a letter
// might be taken for a number or a date, and one too long is not taken at all.
func exactly(text string) (string, bool) {
	if text == "" {
		return "=", true
	}
	criterion := wildcards.Replace(text)
	if strings.ContainsAny(text[:1], "=<>") {
		criterion = "=" + criterion
	}
	return criterion, hasLetter(text) && unitsOf(criterion) <= longestCriterion && !strings.ContainsAny(text, "\n\r\t")
}

const longestCriterion = 255

// wildcards are the signs that stand for others in a criterion.
var wildcards = strings.NewReplacer("~", "~~", "*", "~*", "?", "~?")

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0xbf })
}

func quotedText(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// cells are a column's cells in a formula: by the names of table and column
// where every program reads that alike, else by their place.
func (w *whole) cells(col int) string {
	s := w.sheet
	if head := s.table.heads[col]; isPlainHead(head) {
		return s.table.name + "[" + head + "]"
	}
	letter, _ := excelize.ColumnNumberToName(col + 1)
	first := s.headRow() + 1
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", quotedSheet(s.name), letter, first, letter, first+len(s.table.rows)-1)
}

// isPlainHead tells heads of letters, figures and single spaces, which need no escape in a formula.
func isPlainHead(head string) bool {
	return strings.Trim(head, " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}
