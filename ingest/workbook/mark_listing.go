package workbook

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"boardpack/ingest"
)

// markHeader stands above the last column of the sheet of findings, in every
// language: by it the sheet is known when the workbook comes back.
const markHeader = "boardpack mark"

// aloneHeader stands there where the findings are a workbook of their own.
const aloneHeader = "boardpack list"

// maxListed is how many rows the sheet of findings has.
const maxListed = 5000

// listing is the sheet of findings before it is written.
type listing struct {
	words     MarkWords
	workbook  string
	rows      []*markRow
	formats   [looks]int
	untouched []string // sheets without marks
	unmarked  int      // cells beyond the most that a sheet gets
	alone     bool     // a workbook of its own: no links, no explanations
}

// of gives the rows about one sheet.
func (l *listing) of(sheet string) []*markRow {
	var out []*markRow
	for _, r := range l.rows {
		if r.finding.Sheet == sheet {
			out = append(out, r)
		}
	}
	return out
}

// columns are the sheet's columns. The reader counts from the last.
func (l *listing) columns() []string {
	if l.alone {
		return []string{"number", "severity", "sheet", "cell", "saw", "advice", "mark"}
	}
	return []string{"number", "severity", "sheet", "cell", "saw", "advice", "explanation", "mark"}
}

// above are the lines over the table: the title, how to use the sheet, and what is missing from it.
func (l *listing) above() []string {
	w := l.words
	lines := append([]string{markPrefix + filled(w.Title, "workbook", path.Base(l.workbook))}, w.How...)
	if l.alone {
		lines = append(lines[:1:1], w.HowAlone...)
	}
	if len(l.untouched) > 0 {
		lines = append(lines, filled(w.Untouched, "sheets", strings.Join(l.untouched, ", ")))
	}
	if l.unmarked > 0 {
		lines = append(lines, filled(w.TooMany, "count", strconv.Itoa(l.unmarked)))
	}
	if over := len(l.rows) - maxListed; over > 0 {
		lines = append(lines, filled(w.LeftOut, "count", strconv.Itoa(over)))
	}
	return lines
}

// sheet writes the sheet of findings. Every text is an inline string: none can become a formula.
func (l *listing) sheet() []byte {
	above, rows := l.above(), l.rows[:min(len(l.rows), maxListed)]
	header := len(above) + 1
	last := cellName(header+len(rows), len(l.columns()))
	var b strings.Builder
	fmt.Fprintf(&b, `%s<worksheet xmlns="%s" xmlns:r="%s"><sheetPr><tabColor rgb="%s"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:%s"/>`, xmlHead, mainName, relationsOfOffice, l.words.rgb("border"), last)
	fmt.Fprintf(&b, `<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"><pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A%d" sqref="A%d"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`,
		header, header+1, header+1, header+1)
	for i, c := range l.columns() {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, l.words.Widths[c])
	}
	b.WriteString(`</cols><sheetData>`)
	for i, line := range above {
		look, height := lookPlain, 16
		if i == 0 {
			look, height = lookTitle, 24
		}
		if i == len(above)-1 {
			height = 24 // and a gap before the table
		}
		l.writeRow(&b, i+1, height, []listCell{{line, look}})
	}
	l.writeHeader(&b, header)
	for i, r := range rows {
		l.writeFinding(&b, header+1+i, i+1, r)
	}
	b.WriteString(`</sheetData>`)
	if !l.alone {
		l.writeChoice(&b, header, len(rows))
		l.writeLinks(&b, header, rows)
	}
	b.WriteString(`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`)
	return []byte(b.String())
}

// listCell is one cell of the sheet of findings.
type listCell struct {
	text string
	look cellLook
}

func (l *listing) writeRow(b *strings.Builder, row, height int, cells []listCell) {
	fmt.Fprintf(b, `<row r="%d" ht="%d" customHeight="1">`, row, height)
	for i, c := range cells {
		name, style := cellName(row, i+1), l.formats[c.look]
		if n, err := strconv.Atoi(c.text); err == nil && i == 0 {
			fmt.Fprintf(b, `<c r="%s" s="%d"><v>%d</v></c>`, name, style, n)
		} else if c.text == "" {
			fmt.Fprintf(b, `<c r="%s" s="%d"/>`, name, style)
		} else {
			fmt.Fprintf(b, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, name, style, xmlText(c.text))
		}
	}
	b.WriteString(`</row>`)
}

func (l *listing) writeHeader(b *strings.Builder, row int) {
	var cells []listCell
	for _, c := range l.columns() {
		text := l.words.Columns[c]
		switch {
		case c == "mark" && l.alone:
			text = aloneHeader
		case c == "mark":
			text = markHeader
		}
		cells = append(cells, listCell{text, lookHeader})
	}
	l.writeRow(b, row, 34, cells)
}

func (l *listing) writeFinding(b *strings.Builder, row, number int, r *markRow) {
	looks := map[string]cellLook{string(ingest.Error): lookError, string(ingest.Query): lookQuery, string(ingest.Note): lookNote, settled: lookSettled}
	all := map[string]listCell{
		"number": {strconv.Itoa(number), lookNumber}, "severity": {l.words.Severities[r.severity], looks[r.severity]}, "sheet": {r.finding.Sheet, lookText},
		"cell": {linkText(r.finding.Place), lookLink}, "saw": {clipped(r.saw), lookText}, "advice": {clipped(r.advice), lookText},
		"explanation": {clipped(r.explanation), lookExplanation}, "mark": {r.code, lookMark},
	}
	if l.alone {
		all["cell"] = listCell{linkText(r.finding.Place), lookText}
	}
	var cells []listCell
	lines := 1
	for _, c := range l.columns() {
		cells = append(cells, all[c])
		if c != "mark" {
			lines = max(lines, wrappedLines(all[c].text, l.words.Widths[c]-2))
		}
	}
	l.writeRow(b, row, min(lines*15+5, 400), cells)
}

func linkText(p ingest.Place) string {
	if p.Cell == "" {
		return ""
	}
	return p.Sheet + "!" + p.Cell
}

// clipped keeps a text within what a cell can hold.
func clipped(s string) string {
	const most = 8000
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// writeChoice offers a ready answer under "Explanation"; any other text may be written as well.
func (l *listing) writeChoice(b *strings.Builder, header, rows int) {
	if rows == 0 {
		return
	}
	col, w := columnName(len(l.columns())-1), l.words
	choice := strings.ReplaceAll(strings.ReplaceAll(w.Choice, ",", ";"), `"`, `""`)
	fmt.Fprintf(b, `<dataValidations count="1"><dataValidation type="list" allowBlank="1" showInputMessage="1" promptTitle="%s" prompt="%s" sqref="%s%d:%s%d"><formula1>&quot;%s&quot;</formula1></dataValidation></dataValidations>`,
		xmlText(w.PromptTitle), xmlText(w.Prompt), col, header+1, col, header+rows, xmlText(choice))
}

func (l *listing) writeLinks(b *strings.Builder, header int, rows []*markRow) {
	var links strings.Builder
	for i, r := range rows {
		if text := linkText(r.finding.Place); text != "" {
			fmt.Fprintf(&links, `<hyperlink ref="D%d" location="%s" display="%s" tooltip="%s"/>`, header+1+i,
				xmlText("'"+strings.ReplaceAll(r.finding.Sheet, "'", "''")+"'!"+r.finding.Cell), xmlText(text), xmlText(filled(l.words.Link, "cell", text)))
		}
	}
	if links.Len() > 0 {
		b.WriteString(`<hyperlinks>` + links.String() + `</hyperlinks>`)
	}
}
