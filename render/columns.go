package render

import (
	"strings"

	"boardpack/transform"
)

// lineFields are the columns that tables of actions and of indicators may show. A field that a row's
// kind does not have is empty.
var lineFields = map[string]field[*line]{
	"ref":       {noWrap: true, rowHead: true, cell: refCell},
	"ref link":  {noWrap: true, rowHead: true, cell: refLinkCell},
	"action":    {cell: rowText(func(l *line) string { return l.Title })},
	"measure":   {cell: measureCell},
	"kind":      {cell: func(b *builder, l *line) Cell { return text(upperFirst(b.noun(l.kind()).One)) }},
	"plan":      {cell: rowText(func(l *line) string { return l.Plan })},
	"priority":  {cell: rowText(func(l *line) string { return l.Priority })},
	"officer":   {cell: rowText(func(l *line) string { return l.PublicOfficer })},
	"comment":   {below: true, cell: rowText(func(l *line) string { return l.Comment })},
	"reason":    {cell: rowText(func(l *line) string { return l.Reason })},
	"due":       {cell: dueCell},
	"status":    {cell: statusCell},
	"light":     {cell: func(b *builder, l *line) Cell { return b.lightCell(l.Light) }},
	"previous":  {cell: previousCell},
	"forecast":  {cell: func(b *builder, l *line) Cell { return b.lightCell(l.Forecast) }},
	"direction": {cell: ofIndicator(directionCell)},

	"year direction": {cell: ofIndicator(func(b *builder, i transform.Indicator) Cell {
		return text(wordOr(b.def.Words.Directions, i.YearDirection))
	})},
	"year before": {align: Right, cell: figureOf(func(i transform.Indicator) *transform.Figure { return i.YearBefore })},

	"points":      {align: Right, cell: limitsOf(func(_ *builder, i transform.Indicator) Cell { return countCell(i.Limits.Points) })},
	"mean":        {align: Right, cell: limitsOf(func(b *builder, i transform.Indicator) Cell { return b.limitCell(i, i.Limits.Mean) })},
	"lower limit": {align: Right, cell: limitsOf(func(b *builder, i transform.Indicator) Cell { return b.limitCell(i, i.Limits.Lower) })},
	"upper limit": {align: Right, cell: limitsOf(func(b *builder, i transform.Indicator) Cell { return b.limitCell(i, i.Limits.Upper) })},
	"variation": {cell: limitsOf(func(b *builder, i transform.Indicator) Cell {
		return text(wordOr(b.def.Trends.Variations, i.Limits.Variation))
	})},
	"signal": {cell: limitsOf(func(b *builder, i transform.Indicator) Cell { return text(wordOr(b.def.Trends.Signals, i.Limits.Rule)) })},
	"assurance": {cell: limitsOf(func(b *builder, i transform.Indicator) Cell {
		return text(wordOr(b.def.Trends.Assurances, i.Limits.Assurance))
	})},

	"first due": {cell: firstDueCell},
	"redated":   {align: Right, cell: redatedCell},

	"target":       {align: Right, figure: true, cell: ofIndicator(targetCell)},
	"year target":  {align: Right, cell: figureOf(func(i transform.Indicator) *transform.Figure { return i.YearTarget })},
	"outturn":      {align: Right, figure: true, cell: ofIndicator((*builder).outturn)},
	"before":       {align: Right, cell: figureOf(func(i transform.Indicator) *transform.Figure { return i.Before })},
	"last year":    {align: Right, cell: figureOf(func(i transform.Indicator) *transform.Figure { return i.LastYear })},
	"year to date": {align: Right, cell: figureOf(func(i transform.Indicator) *transform.Figure { return i.YearToDate })},
	"benchmark":    {align: Right, cell: figureOf(func(i transform.Indicator) *transform.Figure { return i.Benchmark })},

	"rule":               {working: true, cell: rowText(func(l *line) string { return l.Rule })},
	"computed":           {working: true, cell: func(b *builder, l *line) Cell { return b.lightCell(l.Computed) }},
	"declared":           {working: true, cell: func(b *builder, l *line) Cell { return b.lightCell(l.Declared) }},
	"override":           {working: true, cell: rowText(func(l *line) string { return l.Override })},
	"officer as written": {working: true, cell: rowText(func(l *line) string { return l.Officer })},
	"source":             {working: true, cell: rowText(func(l *line) string { return sourceText(l.Source) })},
	"evidence":           {working: true, below: true, cell: evidenceCell},
}

func rowText(get func(*line) string) func(*builder, *line) Cell {
	return func(_ *builder, l *line) Cell { return text(get(l)) }
}

func refCell(_ *builder, l *line) Cell { return text(l.Shown) }

func refLinkCell(b *builder, l *line) Cell { return Cell{Text: l.Shown, Link: b.link(l)} }

func measureCell(b *builder, l *line) Cell {
	if l.indicator == nil {
		return text(l.Title)
	}
	return text(b.measure(*l.indicator))
}

func dueCell(b *builder, l *line) Cell {
	if l.action == nil {
		return Cell{}
	}
	return Cell{Text: b.due(l.action), Date: l.action.Due.String()}
}

// firstDueCell is the date first agreed, where it was moved since.
func firstDueCell(b *builder, l *line) Cell {
	if l.action == nil || l.action.Redated == 0 || l.action.FirstDue.IsZero() {
		return Cell{}
	}
	return Cell{Text: b.date(l.action.FirstDue.Time()), Date: l.action.FirstDue.String()}
}

func redatedCell(_ *builder, l *line) Cell {
	if l.action == nil || l.action.Redated == 0 {
		return Cell{}
	}
	return countCell(l.action.Redated)
}

func targetCell(b *builder, i transform.Indicator) Cell {
	if i.TargetRange != nil {
		return text(b.target(i))
	}
	return b.figureCell(i, i.Target)
}

func statusCell(b *builder, l *line) Cell {
	if l.action == nil {
		return Cell{}
	}
	return text(wordOr(b.def.Words.Statuses, l.action.Status))
}

// previousCell is the light of the earlier quarter, or the word for a row that was not there.
func previousCell(b *builder, l *line) Cell {
	if l.Previous == "" && b.pack.Previous.Known() {
		return text(b.word(b.def.Words.New))
	}
	return b.lightCell(l.Previous)
}

// directionCell is the direction of travel in a word; it names the period compared where that is not the usual one.
func directionCell(b *builder, i transform.Indicator) Cell {
	if i.Direction == "" {
		return Cell{}
	}
	word := wordOr(b.def.Words.Directions, i.Direction)
	usual := b.pack.Previous.String()
	if b.base.Compared != "" {
		usual = b.pack.Period.LastYear().String()
	}
	if with := i.ComparedWith; with != "" && with != usual {
		word = b.say(b.def.Words.Against, Values{Title: word, Text: with})
	}
	return text(word)
}

// ofIndicator is a cell of an indicator's row; empty for an action.
func ofIndicator(get func(*builder, transform.Indicator) Cell) func(*builder, *line) Cell {
	return func(b *builder, l *line) Cell {
		if l.indicator == nil {
			return Cell{}
		}
		return get(b, *l.indicator)
	}
}

func figureOf(get func(transform.Indicator) *transform.Figure) func(*builder, *line) Cell {
	return ofIndicator(func(b *builder, i transform.Indicator) Cell { return b.figureCell(i, get(i)) })
}

func sourceText(s transform.Source) string {
	if s.Workbook == "" {
		return ""
	}
	return s.String()
}

// evidenceCell lists every value that the row was made from with the cell that it came from.
func evidenceCell(b *builder, l *line) Cell {
	var all []string
	for _, e := range l.Trace {
		all = append(all, b.say(b.def.Words.Evidence, Values{Title: e.Field, Text: e.Value, Said: e.Said, Source: sourceText(e.Source)}))
	}
	return text(strings.Join(all, b.def.Words.Semicolon))
}
