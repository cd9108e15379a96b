package transform

import (
	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// reading is what one indicator says of one quarter.
type reading struct {
	outturn ingest.Figure
	light   ingest.Light
	comment ingest.Text
	at      said[ingest.Indicator]
	own     *aim // the quarter's own target; nil for none
	year    *aim // the year's
}

// cumulative reports whether an outturn adds up over the year: by the
// register's basis, or because it stands in a year-to-date column.
func (x reading) cumulative(basis string) bool {
	toDate := ""
	if x.at.row != nil {
		toDate = x.at.row.YearToDate.Cell
	}
	return addsUp(basis, x.outturn.Cell, toDate)
}

// addsUp is cumulative of a figure's cell and that of the year to date.
func addsUp(basis, cell, toDate string) bool {
	return basis == "cumulative" || basis == "" && cell != "" && cell == toDate
}

// src is the place of a cell of the row that was returned.
func (x reading) src(cell string) Source {
	if x.at.row == nil {
		return Source{}
	}
	return source(x.at.ret, x.at.row.Sheet, cell)
}

// readingOf picks the figures of a quarter: its own columns, else those that
// name no quarter, else (for targets) the plan's.
func readingOf(p ingest.Period, g *gathered[ingest.Indicator], polarity string) reading {
	x := reading{}
	if g.returned {
		x.at = g.all[0]
		row := x.at.row
		q := row.Quarters.Of(p.Quarter)
		x.outturn, x.light, x.comment = q.Outturn, q.Light, q.Comment
		if x.outturn.Cell == "" {
			x.outturn = firstFigure(row.Outturn, row.YearToDate)
		}
		if x.light.Cell == "" {
			x.light = row.Light
		}
		if x.comment.Value == "" {
			x.comment = row.Comment
		}
	}
	x.saidTargets(p, g, polarity)
	return x
}

func firstFigure(figures ...ingest.Figure) ingest.Figure {
	for _, f := range figures {
		if f.Text != "" || f.Cell != "" {
			return f
		}
	}
	return ingest.Figure{}
}

// mayAddUp reports whether a quarter's target may be for the year so far: the
// quarters' targets grow, a figure for the year so far stands beside the quarter's own, and no register says which.
func (x reading) mayAddUp(i *judgedIndicator) bool {
	if x.own == nil || x.own.at.row == nil || i.YearToDate == nil || i.Basis != "" {
		return false
	}
	var before *decimal.Decimal
	grown := 0
	for _, q := range x.own.at.row.Quarters {
		n := q.Target.Number
		if n == nil {
			continue
		}
		if before != nil && !n.GreaterThan(*before) {
			return false
		}
		before = n
		grown++
	}
	return grown > 1
}

// judged is the figure that is held against the target. Where a quarter's own
// part and the year to date stand side by side, the year's target is for the
// year to date.
func (x reading) judged(i *judgedIndicator) *Figure {
	if x.own != nil && i.YearToDate != nil && i.Basis == "cumulative" {
		return i.YearToDate
	}
	if x.own != nil || i.YearToDate == nil || i.Basis != "" && i.Basis != "cumulative" {
		return i.Outturn
	}
	if i.YearToDate.Number.Equal(i.Outturn.Number) {
		return i.Outturn
	}
	return i.YearToDate
}
