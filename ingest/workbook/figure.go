package workbook

import (
	"fmt"

	"boardpack/ingest"
)

// figure reads a cell as a figure and says what cannot be used.
func (r *reader) figure(row, col int) ingest.Figure {
	cl := r.cell(row, col)
	name := r.name(cl.row(), cl.col())
	f := r.rawFigure(cl, name)
	f.Formula = cl.formula
	r.mergedFigure(row, col, &f)
	if why := r.warned(name); why != "" && f.Doubt == "" {
		f.Doubt = why
	}
	switch {
	case f.Number != nil && r.isStruck(cl):
		f = ingest.Figure{Text: f.Text, Says: ingest.SaysNothing, Decimals: -1, Cell: name}
		r.find(ingest.Query, "figure-struck-through", name, "", fmt.Sprintf("the figure %s is struck through, so it was not used", f.Text), "Take the line through it away, or clear the cell.")
	case f.Says == ingest.SaysError && cl.formula && cl.raw == "":
		r.find(ingest.Query, "formula-without-value", name, "", "the cell is a formula whose result was never stored", "Open the workbook in Excel, let it calculate, and save it again.")
	case f.Says == ingest.SaysError:
		r.find(ingest.Query, "cell-error", name, "", fmt.Sprintf("the cell shows the error %s", f.Text), "Mend the formula, or type the figure.")
	case f.Says == ingest.SaysText && f.Doubt == "" && len(ingest.PartsOf(f.Text, name)) == 0:
		r.find(ingest.Query, "figure-not-a-number", name, "", fmt.Sprintf("not used: the figure is '%s'", f.Text), "Give one number, for example 70, and put the words in the comment.")
	}
	return f
}

// mergedFigure asks about a figure whose cell is merged with others: nobody
// can tell which column or row it is meant for.
func (r *reader) mergedFigure(row, col int, f *ingest.Figure) {
	m, ok := r.sheet.merged(row, col)
	if !ok || m.left == m.right && m.top == m.bottom {
		return
	}
	at := r.sheet.at(m.top, m.left)
	if at.kind != number && ingest.TextFigure(at.raw, "").Number == nil {
		return
	}
	f.Doubt, f.Cell = "its cell is merged with others", r.name(row, col)
	if f.Number == nil {
		f.Says = ingest.SaysText
	}
	if m.left == col && m.top == row || m.left < col {
		r.find(ingest.Query, "figure-merged", r.name(row, col), "", "the figure stands in cells that are merged over several columns or rows", "Unmerge the cells and write each figure in its own.")
	}
}

func (r *reader) rawFigure(c cell, name string) ingest.Figure {
	st := r.book.style(c.style)
	switch c.kind {
	case empty:
		if c.formula {
			return ingest.Figure{Says: ingest.SaysError, Decimals: -1, Cell: name, Formula: true}
		}
		return ingest.Figure{Decimals: -1}
	case failure:
		return ingest.Figure{Text: c.raw, Says: ingest.SaysError, Decimals: -1, Cell: name}
	case text:
		return ingest.TextFigure(c.raw, name)
	case boolean:
		return ingest.Figure{Text: c.raw, Says: ingest.SaysText, Decimals: -1, Cell: name}
	}
	d, err := ingest.NumberFromCell(c.raw)
	if err != nil || st.date {
		return ingest.Figure{Text: r.numberText(c), Says: ingest.SaysText, Decimals: -1, Cell: name}
	}
	f := ingest.NumberFigure(d, st.percent, st.decimals, name)
	if st.currency != "" {
		f.Unit = st.currency
	}
	return f
}
