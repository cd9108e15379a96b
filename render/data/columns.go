package data

import (
	"strconv"

	"boardpack/transform"
)

// Words that may stand in the columns of the contract.
var (
	lightWords     = words(append([]transform.Light{transform.Green, transform.Amber, transform.Red, transform.Blue}, transform.States...))
	statusWords    = []string{"done", "on course", "slipping", "overdue", "not started", "paused", "cancelled"}
	directionWords = []string{"better", "same", "worse", "not comparable"}
)

func words[T ~string](list []T) []string {
	var s []string
	for _, w := range list {
		s = append(s, string(w))
	}
	return s
}

// Columns that actions and indicators share.
var (
	yearColumn = column{name: "year", kind: word, pattern: `^\d{4}/\d{2}$`, required: true,
		about: "The financial year, April to March: 2026/27.",
		value: func(r record) string { return r.year }}
	quarterColumn = column{name: "quarter", kind: word, enum: []string{"Q1", "Q2", "Q3", "Q4"}, required: true,
		about: "The quarter of the financial year; Q1 is April to June.",
		value: func(r record) string { return r.quarter }}
	refColumn = column{name: "ref",
		about: "The reference, normalised for matching: letters, one space, the rest. Empty where the row has none. It may stand more than once, for example in two plans.",
		value: func(r record) string { return r.row.Ref }}
	titleColumn = column{name: "title",
		about: "What the row is, in the words of its plan or return.",
		value: func(r record) string { return r.row.Title }}
	directorateColumn = column{name: "directorate",
		about: "The directorate that the plan belongs to.",
		value: func(r record) string { return r.row.Directorate }}
	planColumn = column{name: "plan",
		about: "The plan or service that the row stands in.",
		value: func(r record) string { return r.row.Plan }}
	objectiveColumn = column{name: "objective",
		about: "The objective above the row in its plan.",
		value: func(r record) string { return r.row.Objective }}
	priorityColumn = column{name: "priority",
		about: "The priority as written.",
		value: func(r record) string { return r.row.Priority }}
	officerColumn = column{name: "officer",
		about: "The officer responsible; in the public edition in the form that the council's configuration allows.",
		value: func(r record) string { return r.row.Officer }}
	lightColumn = column{name: "light", kind: word, enum: lightWords, required: true,
		about: "The light that the report prints, or a state without a light.",
		value: func(r record) string { return string(r.row.Light) }}
	reasonColumn = column{name: "reason",
		about: "Why the row has this light: the arithmetic or the judgement in words.",
		value: func(r record) string { return r.row.Reason }}
	ruleColumn = column{name: "rule",
		about: "The rule of the scheme that gave the light.",
		value: func(r record) string { return r.row.Rule }}
	computedColumn = column{name: "computed", kind: word, enum: lightWords, working: true,
		about: "The light that the figures give by themselves; empty where no rule computes one.",
		value: func(r record) string { return string(r.row.Computed) }}
	declaredColumn = column{name: "declared", kind: word, enum: lightWords, working: true,
		about: "The officer's own light; empty where none was given.",
		value: func(r record) string { return string(r.row.Declared) }}
	overrideColumn = column{name: "override", working: true,
		about: "Who replaced the light by a decision, and why.",
		value: func(r record) string { return r.row.Override }}
	previousColumn = column{name: "previous", kind: word, enum: lightWords,
		about: "The light or state of the quarter before; empty where the row was not there.",
		value: func(r record) string { return string(r.row.Previous) }}
	movementColumn = column{name: "movement",
		about: "The light against the quarter before: \"amber → green\" where they differ, else \"same\", or \"new\".",
		value: func(r record) string { return r.row.Movement }}
	forecastColumn = column{name: "forecast", kind: word, enum: lightWords,
		about: "The light that the officer expects at the year's end.",
		value: func(r record) string { return string(r.row.Forecast) }}
	commentColumn = column{name: "comment",
		about: "The officer's comment.",
		value: func(r record) string { return r.row.Comment }}
)

// Where a row stands in the return that it was read from.
var (
	workbookColumn = column{name: "workbook", working: true,
		about: "The workbook that the row was read from, relative to the folder of returns.",
		value: func(r record) string { return r.source.Workbook }}
	sheetColumn = column{name: "sheet", working: true,
		about: "The sheet of that workbook.",
		value: func(r record) string { return r.source.Sheet }}
	cellColumn = column{name: "cell", working: true,
		about: "The cell that holds the row's reference or title.",
		value: func(r record) string { return r.source.Cell }}
	sha256Column = column{name: "sha256", kind: word, pattern: "^[0-9a-f]{64}$", working: true,
		about: "The SHA-256 of that workbook's bytes, lower-case hexadecimal.",
		value: func(r record) string { return r.source.SHA256 }}
)

// figureColumn is a number in the indicator's unit.
func figureColumn(name, about string, get func(*transform.Indicator) *transform.Figure) column {
	return column{name: name, kind: number,
		about: about + " In the unit that the column unit says, as written; empty where there is none.",
		value: func(r record) string { return figure(get(r.indicator)) }}
}

func places(i *transform.Indicator) string {
	if i.Decimals == nil {
		return ""
	}
	return strconv.Itoa(*i.Decimals)
}
