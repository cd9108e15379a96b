package workbook

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"boardpack/ingest"
)

// markRow is one row of the sheet of findings: a finding, or one mistake down a column.
type markRow struct {
	finding     ingest.Finding // Saw without the further cells
	saw, advice string         // as the officer reads them
	severity    string         // one of ingest's, or "settled"
	explanation string         // what the officer wrote before
	code        string         // by which the row is known when the workbook comes back
}

const settled = "settled"

// cells are all cells of a row.
func (r *markRow) cells() []string {
	if r.finding.Cell == "" {
		return nil
	}
	return append([]string{r.finding.Cell}, r.finding.Cells...)
}

// ownWords goes before an explanation of the officer's own while findings are put together.
const ownWords = "\x00"

// rowsOf makes the rows of the sheet of findings: the open ones first, the settled last.
func rowsOf(ret ingest.Return, w MarkWords) []*markRow {
	list := slices.Clone(ret.Findings)
	for i := range list {
		for _, e := range ret.Explanations {
			if e.Of(list[i]) {
				list[i].Explanation = ownWords + e.Text
			}
		}
	}
	ingest.SortFindings(list)
	var open, done []*markRow
	for _, f := range ingest.GroupFindings(list) {
		if r := markRowOf(f, w); r.severity == settled {
			done = append(done, r)
		} else {
			open = append(open, r)
		}
	}
	return append(open, done...)
}

// markRowOf makes a row of a finding. An officer's explanation settles a query alone.
func markRowOf(f ingest.Finding, w MarkWords) *markRow {
	r := &markRow{finding: f, saw: ingest.Sentence(f.Saw), advice: f.Advice, severity: string(f.Severity), code: f.Check}
	if len(f.Cells) > 0 {
		r.finding.Saw, _ = ingest.SawOfGroup(f.Saw)
	}
	own, isOwn := strings.CutPrefix(f.Explanation, ownWords)
	switch {
	case isOwn:
		r.explanation = own
		if f.Severity == ingest.Query {
			r.severity, r.advice = settled, w.Explained
		}
	case f.Explanation != "":
		r.severity, r.advice = settled, filled(w.Settled, "who", ingest.Sentence(f.Explanation))
	}
	return r
}

// cellMark is what one cell gets.
type cellMark struct {
	span span // the cell, or the merged cells that it stands for
	note note
}

// cellMarks gives the marks of a sheet's open findings, in the order of their
// rows; what several findings say of a cell stands in one note.
func cellMarks(rows []*markRow, s *sheet, w MarkWords) []cellMark {
	var out []cellMark
	at := map[[2]int]int{}
	for _, r := range rows {
		if r.severity == settled {
			continue
		}
		head, body := w.Severities[r.severity], ingest.Sentence(r.finding.Saw)+" "+r.advice
		for _, name := range r.cells() {
			row, col, ok := parseCell(name)
			if !ok {
				continue
			}
			if n, seen := at[[2]int{row, col}]; seen {
				out[n].note.body += "\n\n" + head + "\n" + body
				continue
			}
			at[[2]int{row, col}] = len(out)
			area := span{row, col, row, col}
			if m, ok := s.mergeFrom(row, col); ok {
				area = m
			}
			out = append(out, cellMark{area, note{row, col, head, body}})
		}
	}
	return out
}

// maxCoded is how many cells of one row are known again: a cell holds 32,767 characters.
const maxCoded = 1500

// codeOf names a row's check, and its cells with what stands in them now.
func codeOf(r *markRow, s *sheet) string {
	words := []string{r.finding.Check}
	for _, name := range r.cells()[:min(len(r.cells()), maxCoded)] {
		words = append(words, name+"="+fingerprint(s, name))
	}
	return strings.Join(words, " ")
}

// fingerprint stands for what a cell holds: the same for the same number or
// words, however a spreadsheet program writes them. An empty cell stands for its row.
func fingerprint(s *sheet, name string) string {
	row, col, _ := parseCell(name)
	value := plainValue(s.at(row, col))
	if value == "" {
		for _, c := range s.rowCells(row) {
			value += columnName(c.col()) + "=" + plainValue(c) + "\n"
		}
	}
	sum := sha256.Sum256([]byte(value))
	return hex.EncodeToString(sum[:4])
}

func plainValue(c cell) string {
	if n, err := ingest.NumberFromCell(c.raw); err == nil && c.kind == number {
		return n.String()
	}
	return ingest.OneLine(c.raw)
}
