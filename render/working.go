package render

import "boardpack/transform"

// reasons say in words how each light was worked out. The working edition adds the rule, the computed
// and the officer's own light, and the cells behind them.
func (b *builder) reasons() []Block {
	if len(b.lines) == 0 {
		return nil
	}
	var blocks []Block
	if b.working() {
		blocks = append(blocks,
			paragraph(Plain, b.say(b.def.Words.Disagreeing, Values{N: b.pack.Disagreeing})),
			paragraph(Plain, b.say(b.def.Words.Overridden, Values{N: b.pack.Overridden})))
	}
	return append(blocks, b.tableByPlan(b.def.Tables.Reasons, b.lines))
}

var returnFields = map[string]field[transform.Received]{
	"workbook":   {rowHead: true, working: true, cell: func(_ *builder, r transform.Received) Cell { return text(r.Name) }},
	"period":     {cell: func(_ *builder, r transform.Received) Cell { return text(r.Period.String()) }},
	"plan":       {cell: func(_ *builder, r transform.Received) Cell { return text(r.Plan) }},
	"kind":       {cell: returnKindCell},
	"actions":    {align: Right, cell: countOfReturn(func(r transform.Received) int { return r.Actions })},
	"indicators": {align: Right, cell: countOfReturn(func(r transform.Received) int { return r.Indicators })},
	"risks":      {align: Right, cell: countOfReturn(func(r transform.Received) int { return r.Risks })},
	"narrative":  {align: Right, cell: countOfReturn(func(r transform.Received) int { return r.Narrative })},
	"errors":     {align: Right, working: true, cell: countOfReturn(func(r transform.Received) int { return r.Errors })},
	"queries":    {align: Right, working: true, cell: countOfReturn(func(r transform.Received) int { return r.Queries })},
	"sha256":     {working: true, cell: func(_ *builder, r transform.Received) Cell { return text(r.SHA256) }},
}

func countOfReturn(get func(transform.Received) int) func(*builder, transform.Received) Cell {
	return func(_ *builder, r transform.Received) Cell { return countCell(get(r)) }
}

func returnKindCell(b *builder, r transform.Received) Cell {
	switch {
	case r.Nil:
		return text(b.def.Words.NilKind)
	case r.IsPlan:
		return text(b.def.Words.PlanKind)
	}
	return text(b.def.Words.ReturnKind)
}

// returns lists what the pack was made from.
func (b *builder) returns() []Block {
	return []Block{tableOf(b, b.def.Tables.Returns, Values{}, returnFields, plain(b.pack.Returns), noID)}
}

// finding is one finding of the pack as words.
type finding struct {
	severity, check, workbook, sheet, cell, ref, saw, advice, explanation string
}

var findingFields = map[string]field[finding]{
	"severity":    {working: true, cell: findingText(func(f finding) string { return f.severity })},
	"check":       {working: true, rowHead: true, cell: findingText(func(f finding) string { return f.check })},
	"workbook":    {working: true, cell: findingText(func(f finding) string { return f.workbook })},
	"sheet":       {working: true, cell: findingText(func(f finding) string { return f.sheet })},
	"cell":        {working: true, cell: findingText(func(f finding) string { return f.cell })},
	"ref":         {working: true, noWrap: true, cell: findingText(func(f finding) string { return f.ref })},
	"saw":         {working: true, cell: findingText(func(f finding) string { return f.saw })},
	"advice":      {working: true, cell: findingText(func(f finding) string { return f.advice })},
	"explanation": {working: true, cell: findingText(func(f finding) string { return f.explanation })},
}

func findingText(get func(finding) string) func(*builder, finding) Cell {
	return func(_ *builder, f finding) Cell { return text(get(f)) }
}

// findings lists every finding with its cell, in the pack's order: the worst first.
func (b *builder) findings() []Block {
	var rows []finding
	for _, f := range b.pack.Findings {
		cell := f.Cell
		if len(f.Cells) > 0 {
			cell = b.say(b.def.Words.FurtherCells, Values{Text: cell, N: len(f.Cells), Parts: b.join(f.Cells)})
		}
		rows = append(rows, finding{
			severity: wordOr(b.def.Words.Severities, string(f.Severity)),
			check:    f.Check, workbook: f.Workbook, sheet: f.Sheet, cell: cell, ref: f.Ref,
			saw: f.Saw, advice: f.Advice, explanation: f.Explanation,
		})
	}
	return []Block{tableOf(b, b.def.Tables.Findings, Values{}, findingFields, plain(rows), noID)}
}
