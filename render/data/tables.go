package data

import (
	"strconv"

	"boardpack/transform"
)

// tables is the contract of the data folder: its files and their columns, in
// order. Other programs read these; a column is added at the end of the public
// ones or not at all.
var tables = []table{actionsTable, indicatorsTable, risksTable, narrativeTable, summaryTable, movementTable, findingsTable}

var actionsTable = table{
	name: "actions", title: "Actions", key: []string{"ref", "plan"}, inSummary: true,
	about: "Work promised in the plans, one row for each time that an action stands in a plan.",
	records: func(p transform.Pack) []record {
		year, quarter := p.Period.YearText(), p.Period.QuarterText()
		return recordsOf(p.Actions, func(a *transform.Action) record {
			return record{year: year, quarter: quarter, row: &a.Row, action: a, source: &a.Source}
		})
	},
	columns: []column{
		yearColumn, quarterColumn, refColumn, titleColumn, directorateColumn, planColumn, objectiveColumn, priorityColumn,
		{name: "due", kind: word, pattern: `^(\d{4}-\d{2}-\d{2}|ongoing)$`,
			about: "The last day meant, as an ISO date, or \"ongoing\".",
			value: func(r record) string { return r.action.DueText() }},
		{name: "first_due", kind: date,
			about: "The date that was first promised, where the action has been given another.",
			value: func(r record) string { return r.action.FirstDue.String() }},
		{name: "redated", kind: integer,
			about: "How many times the date has been moved.",
			value: func(r record) string { return strconv.Itoa(r.action.Redated) }},
		{name: "status", kind: word, enum: statusWords,
			about: "How far the work is, apart from its light.",
			value: func(r record) string { return r.action.Status }},
		officerColumn, lightColumn, reasonColumn, ruleColumn, computedColumn, declaredColumn, overrideColumn,
		previousColumn, movementColumn, forecastColumn, commentColumn,
		{name: "indicators",
			about: "References of the indicators that the action serves, joined by \"; \".",
			value: func(r record) string { return list(r.action.Indicators) }},
		{name: "risks",
			about: "References of the risks that bear on the action, joined by \"; \".",
			value: func(r record) string { return list(r.action.Risks) }},
		workbookColumn, sheetColumn, cellColumn, sha256Column,
	},
}

var indicatorsTable = table{
	name: "indicators", title: "Indicators", key: []string{"ref", "plan"}, inSummary: true,
	about: "What is measured, one row for each time that an indicator stands in a plan; rows with counted \"yes\" give each indicator once.",
	records: func(p transform.Pack) []record {
		year, quarter := p.Period.YearText(), p.Period.QuarterText()
		return recordsOf(p.Indicators, func(i *transform.Indicator) record {
			return record{year: year, quarter: quarter, row: &i.Row, indicator: i, source: &i.Source}
		})
	},
	columns: []column{
		yearColumn, quarterColumn, refColumn,
		{name: "alias",
			about: "Another reference of the same indicator.",
			value: func(r record) string { return r.indicator.Alias }},
		titleColumn, directorateColumn, planColumn, objectiveColumn, priorityColumn,
		{name: "class", kind: word, enum: []string{"population", "performance"},
			about: "Whether it measures a whole population or a service's own performance.",
			value: func(r record) string { return r.indicator.Class }},
		{name: "counted", kind: yesNo, required: true,
			about: "Whether the row is counted for the board: \"yes\" on one row for each indicator.",
			value: func(r record) string { return affirm(r.indicator.Counted) }},
		{name: "unit",
			about: "The unit of the row's figures.",
			value: func(r record) string { return r.indicator.Unit }},
		{name: "decimals", kind: integer,
			about: "How many decimals a report shows; empty where figures are shown as written.",
			value: func(r record) string { return places(r.indicator) }},
		{name: "polarity", kind: word, enum: []string{"high", "low", "range", "context"},
			about: "What is good: a high figure, a low one, or one in a range; \"context\" is not judged. Empty where nobody gave one.",
			value: func(r record) string { return r.indicator.Polarity }},
		{name: "basis",
			about: "What the figure covers: a snapshot, the quarter, the year so far.",
			value: func(r record) string { return r.indicator.Basis }},
		{name: "period",
			about: "The figure's own period, where it is not the quarter.",
			value: func(r record) string { return r.indicator.FigurePeriod }},
		figureColumn("target", "The target that the light was judged against: the quarter's where there is one, else the year's.", func(i *transform.Indicator) *transform.Figure { return i.Target }),
		figureColumn("year_target", "The year's target.", func(i *transform.Indicator) *transform.Figure { return i.YearTarget }),
		figureColumn("outturn", "What was achieved in the quarter.", func(i *transform.Indicator) *transform.Figure { return i.Outturn }),
		{name: "qualifier", kind: word, enum: []string{"provisional", "revised", "estimate"},
			about: "What to bear in mind about the outturn.",
			value: func(r record) string { return r.indicator.Qualifier }},
		figureColumn("year_to_date", "What was achieved since 1 April.", func(i *transform.Indicator) *transform.Figure { return i.YearToDate }),
		figureColumn("last_year", "Last year's outturn.", func(i *transform.Indicator) *transform.Figure { return i.LastYear }),
		figureColumn("benchmark", "The figure of a comparable group.", func(i *transform.Indicator) *transform.Figure { return i.Benchmark }),
		officerColumn, lightColumn, reasonColumn, ruleColumn, computedColumn, declaredColumn, overrideColumn,
		previousColumn, movementColumn,
		{name: "direction", kind: word, enum: directionWords,
			about: "Whether the figure is better or worse than in the period compared, by its polarity.",
			value: func(r record) string { return r.indicator.Direction }},
		{name: "compared_with",
			about: "The period compared: \"2026/27 Q1\".",
			value: func(r record) string { return r.indicator.ComparedWith }},
		forecastColumn, commentColumn, workbookColumn, sheetColumn, cellColumn, sha256Column,
	},
}

var risksTable = table{
	name: "risks", title: "Risks", key: []string{"ref"},
	about: "The register entries that actions and indicators refer to.",
	records: func(p transform.Pack) []record {
		return recordsOf(p.Risks, func(r *transform.Risk) record { return record{risk: r, source: &r.Source} })
	},
	columns: []column{
		{name: "ref", about: "The reference in the risk register, normalised for matching.", value: func(r record) string { return r.risk.Ref }},
		{name: "title", about: "What may go wrong.", value: func(r record) string { return r.risk.Title }},
		{name: "priority", about: "The priority as written: high, medium or low.", value: func(r record) string { return r.risk.Priority }},
		{name: "controls", about: "What is done about it.", value: func(r record) string { return r.risk.Controls }},
		{name: "method", about: "How it is reviewed.", value: func(r record) string { return r.risk.Method }},
		{name: "officer", about: "The officer responsible; in the public edition in the form that the council's configuration allows.", value: func(r record) string { return r.risk.Officer }},
		{name: "last_review", about: "When it was last reviewed, as written.", value: func(r record) string { return r.risk.LastReview }},
		{name: "next_review", about: "When it is to be reviewed next, as written.", value: func(r record) string { return r.risk.NextReview }},
		{name: "refers_to", about: "References of the actions and indicators that it bears on, joined by \"; \".", value: func(r record) string { return list(r.risk.RefersTo) }},
		workbookColumn, sheetColumn, cellColumn, sha256Column,
	},
}

var narrativeTable = table{
	name: "narrative", title: "Narrative",
	about: "What services wrote under headings such as \"Key Developments\".",
	records: func(p transform.Pack) []record {
		return recordsOf(p.Narrative, func(n *transform.Narrative) record { return record{narrative: n, source: &n.Source} })
	},
	columns: []column{
		{name: "directorate", about: "The directorate that the plan belongs to.", value: func(r record) string { return r.narrative.Directorate }},
		{name: "plan", about: "The plan or service that wrote it.", value: func(r record) string { return r.narrative.Plan }},
		{name: "heading", about: "The heading that it stands under.", value: func(r record) string { return r.narrative.Heading }},
		{name: "theme", about: "The words before a colon at its start.", value: func(r record) string { return r.narrative.Theme }},
		{name: "text", about: "The text.", value: func(r record) string { return r.narrative.Text }},
		workbookColumn, sheetColumn, cellColumn, sha256Column,
	},
}

var summaryTable = table{
	name: "summary", title: "Summary",
	about: "How many actions and indicators have each light or state: one row for each kind, plan, class and light, even at 0. No value is absent: an empty plan is the whole board, an empty class is every class.",
	key:   []string{"kind", "plan", "class", "light"},
	full:  true,
	records: func(p transform.Pack) []record {
		return recordsOf(p.Summary, func(c *transform.Count) record { return record{count: c} })
	},
	columns: []column{
		{name: "kind", kind: word, enum: []string{"action", "indicator"}, required: true, about: "What is counted.", value: func(r record) string { return r.count.Kind }},
		{name: "plan", about: "The plan that is counted; empty is the whole board.", value: func(r record) string { return r.count.Plan }},
		{name: "class", kind: word, enum: []string{"", "population", "performance"}, about: "The class that is counted; empty is every class.", value: func(r record) string { return r.count.Class }},
		{name: "light", kind: word, enum: lightWords, required: true, about: "The light or state.", value: func(r record) string { return string(r.count.Light) }},
		{name: "count", kind: integer, required: true, about: "How many rows have it.", value: func(r record) string { return strconv.Itoa(r.count.Count) }},
		{name: "percent", kind: number, unit: "%", required: true, about: "count as a percentage of total, with one decimal, rounded half up; the rows may not sum to 100.", value: func(r record) string { return r.count.Percent.StringFixed(1) }},
		{name: "denominator", kind: word, enum: []string{"all", "rated", "due"}, required: true, about: "What total holds: all rows, those with a light, or those due in the quarter.", value: func(r record) string { return r.count.Denominator }},
		{name: "total", kind: integer, required: true, about: "The number that the percentage is of.", value: func(r record) string { return strconv.Itoa(r.count.Total) }},
	},
}

var movementTable = table{
	name: "movement", title: "Movement", key: []string{"kind", "ref", "plan"}, inSummary: true,
	about: "The rows whose light differs from the quarter before.",
	records: func(p transform.Pack) []record {
		return recordsOf(p.Movement, func(m *transform.Move) record { return record{move: m} })
	},
	columns: []column{
		{name: "kind", kind: word, enum: []string{"action", "indicator"}, required: true, about: "What the row is.", value: func(r record) string { return r.move.Kind }},
		{name: "ref", about: "Its reference, normalised for matching.", value: func(r record) string { return r.move.Ref }},
		{name: "title", about: "What it is, in the words of its plan or return.", value: func(r record) string { return r.move.Title }},
		{name: "plan", about: "The plan or service that it stands in.", value: func(r record) string { return r.move.Plan }},
		{name: "was", kind: word, enum: lightWords, required: true, about: "The light or state of the quarter before.", value: func(r record) string { return string(r.move.Was) }},
		{name: "now", kind: word, enum: lightWords, required: true, about: "The light or state of this quarter.", value: func(r record) string { return string(r.move.Now) }},
	},
}

// finding is what findings.csv holds of one. It is filled from the Pack, so
// that this package need not name the stage that a finding comes from.
type finding struct {
	severity, check, workbook, sheet, cell, saw, advice, explanation string
}

var findingsTable = table{
	name: "findings", title: "Findings", working: true,
	about: "What the checks found in the returns, the worst first.",
	records: func(p transform.Pack) []record {
		findings := make([]finding, len(p.Findings))
		for n, f := range p.Findings {
			findings[n] = finding{string(f.Severity), f.Check, f.Workbook, f.Sheet, f.Cell, f.Saw, f.Advice, f.Explanation}
		}
		return recordsOf(findings, func(f *finding) record { return record{finding: f} })
	},
	columns: []column{
		{name: "severity", kind: word, enum: []string{"error", "query", "note"}, required: true, about: "error: not used; query: used, but somebody should look; note: for information.", value: func(r record) string { return r.finding.severity }},
		{name: "check", kind: word, required: true, about: "The stable name of the check.", value: func(r record) string { return r.finding.check }},
		{name: "workbook", about: "The workbook that it is about.", value: func(r record) string { return r.finding.workbook }},
		{name: "sheet", about: "The sheet; empty for the whole workbook.", value: func(r record) string { return r.finding.sheet }},
		{name: "cell", about: "The cell; empty for the whole sheet.", value: func(r record) string { return r.finding.cell }},
		{name: "saw", about: "What was seen.", value: func(r record) string { return r.finding.saw }},
		{name: "advice", about: "What to do.", value: func(r record) string { return r.finding.advice }},
		{name: "explanation", about: "The decision that settled it, if any.", value: func(r record) string { return r.finding.explanation }},
	},
}
