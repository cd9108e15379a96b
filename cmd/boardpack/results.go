package main

import (
	"path/filepath"

	"boardpack/ingest"
	"boardpack/transform"
)

// The JSON of run --json, check --json and diff --json.
// templates/check.schema.json describes the second.

type returnJSON struct {
	Workbook   string `json:"workbook"`
	Year       string `json:"year"`
	Quarter    string `json:"quarter"`
	Plan       string `json:"plan"`
	Actions    int    `json:"actions"`
	Indicators int    `json:"indicators"`
	Risks      int    `json:"risks"`
	Narrative  int    `json:"narrative"`
}

type packJSON struct {
	Folder    string        `json:"folder"`
	Board     string        `json:"board"`
	Year      string        `json:"year"`
	Quarter   string        `json:"quarter"`
	Status    string        `json:"status"`
	Unchanged bool          `json:"unchanged"`
	Files     int           `json:"files"`
	Counts    []countRecord `json:"counts"`
	Stops     []stopRecord  `json:"stops"`
}

type findingJSON struct {
	Severity    string   `json:"severity"`
	Check       string   `json:"check"`
	Workbook    string   `json:"workbook"`
	Sheet       string   `json:"sheet"`
	Cell        string   `json:"cell"`
	Cells       []string `json:"cells"` // further cells of the same mistake
	Ref         string   `json:"ref"`
	Saw         string   `json:"saw"`
	Advice      string   `json:"advice"`
	Explanation string   `json:"explanation"`
}

func findingsJSON(list []ingest.Finding) []findingJSON {
	out := []findingJSON{}
	for _, f := range list {
		out = append(out, findingJSON{string(f.Severity), f.Check, f.Workbook, f.Sheet, f.Cell, append([]string{}, f.Cells...), f.Ref, f.Saw, f.Advice, f.Explanation})
	}
	return out
}

func returnsJSON(read []readReturn) []returnJSON {
	out := []returnJSON{}
	for _, r := range read {
		rows := r.ret.Rows()
		out = append(out, returnJSON{r.ret.Name, r.ret.Period.YearText(), r.ret.Period.QuarterText(), r.ret.Plan,
			rows.Actions, rows.Indicators, rows.Risks, rows.Narrative})
	}
	return out
}

func (m madePack) json() packJSON {
	p := m.Pack
	return packJSON{filepath.ToSlash(m.Dir), p.Board.ID, p.Period.YearText(), p.Period.QuarterText(), m.Status, m.Unchanged, m.Files, countRecords(p), stopRecords(m.Stops)}
}

// readingJSON is one of the "returns" of check --json.
type readingJSON struct {
	Workbook   string          `json:"workbook"`
	SHA256     string          `json:"sha256"`
	Year       string          `json:"year"`
	Quarter    string          `json:"quarter"`
	PeriodFrom string          `json:"period_from"`
	Plan       string          `json:"plan"`
	Nil        bool            `json:"nil"`
	Used       bool            `json:"used"`
	Tables     []tableJSON     `json:"tables"`
	Actions    []actionJSON    `json:"actions"`
	Indicators []indicatorJSON `json:"indicators"`
	Risks      []rowJSON       `json:"risks"`
	Narrative  []narrativeJSON `json:"narrative"`
	Findings   []findingJSON   `json:"findings"`
	Marked     string          `json:"marked"` // the marked copy that was written; empty for none
}

type tableJSON struct {
	Sheet   string       `json:"sheet"`
	Range   string       `json:"range"`
	Kind    string       `json:"kind"`
	Title   string       `json:"title"`
	Rows    int          `json:"rows"`
	Columns []columnJSON `json:"columns"`
	Skipped []skipJSON   `json:"skipped"`
}

type columnJSON struct {
	Column  string `json:"column"`
	Header  string `json:"header"`
	Role    string `json:"role"`
	Year    string `json:"year"`
	Quarter string `json:"quarter"`
	Doubt   string `json:"doubt"`
}

type skipJSON struct {
	Row int    `json:"row"`
	Why string `json:"why"`
}

type rowJSON struct {
	ref ingest.Ref // that Ref spells

	Ref       string `json:"ref"`
	Written   string `json:"written"`
	Title     string `json:"title"`
	Plan      string `json:"plan"`
	Objective string `json:"objective"`
	Officer   string `json:"officer"`
	Comment   string `json:"comment"`
	Sheet     string `json:"sheet"`
	Cell      string `json:"cell"`
}

type actionJSON struct {
	rowJSON
	indicators, risks []ingest.Ref // that Indicators and Risks spell

	Due        string        `json:"due"`
	DueSaid    string        `json:"due_said"`
	Light      lightJSON     `json:"light"` // of the return's own quarter
	Status     string        `json:"status"`
	Indicators []string      `json:"indicators"`
	Risks      []string      `json:"risks"`
	Quarters   []quarterJSON `json:"quarters"` // of a workbook with columns for each quarter
}

type indicatorJSON struct {
	rowJSON
	Part       string        `json:"part"`
	Class      string        `json:"class"`
	Unit       string        `json:"unit"`
	Polarity   string        `json:"polarity"`
	Annual     bool          `json:"annual"`
	Target     figureJSON    `json:"target"`
	LastYear   figureJSON    `json:"last_year"`
	Outturn    figureJSON    `json:"outturn"`
	YearToDate figureJSON    `json:"year_to_date"`
	Light      lightJSON     `json:"light"`
	Quarters   []quarterJSON `json:"quarters"`
}

type quarterJSON struct {
	Quarter string     `json:"quarter"`
	Target  figureJSON `json:"target"`
	Outturn figureJSON `json:"outturn"`
	Light   lightJSON  `json:"light"`
}

type figureJSON struct {
	Value     *string `json:"value"` // plain decimal in the indicator's unit; null where there is none
	Said      string  `json:"said"`
	Says      string  `json:"says"` // "annual", "awaited", … where the cell says no number
	Qualifier string  `json:"qualifier"`
	Cell      string  `json:"cell"`
}

type lightJSON struct {
	Light string `json:"light"`
	Said  string `json:"said"`
	By    string `json:"by"`
	Cell  string `json:"cell"`
}

type narrativeJSON struct {
	Plan    string `json:"plan"`
	Heading string `json:"heading"`
	Theme   string `json:"theme"`
	Text    string `json:"text"`
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
}

// readingOf makes the JSON of a reading, but for how its references are
// spelled: that takes all readings, and is the work of spell.
func readingOf(r *ingest.Return) *readingJSON {
	out := &readingJSON{Workbook: r.Name, SHA256: r.SHA256, Year: r.Period.YearText(), Quarter: r.Period.QuarterText(), PeriodFrom: r.PeriodBy,
		Plan: r.Plan, Nil: r.Nil, Used: !r.Unusable, Tables: []tableJSON{}, Actions: make([]actionJSON, 0, len(r.Actions)), Indicators: make([]indicatorJSON, 0, len(r.Indicators)),
		Risks: []rowJSON{}, Narrative: []narrativeJSON{}, Findings: findingsJSON(ingest.GroupFindings(r.Findings))}
	for _, t := range r.Tables {
		out.Tables = append(out.Tables, tableReading(t))
	}
	for i := range r.Actions { // they are large: not to be copied
		out.Actions = append(out.Actions, actionReading(&r.Actions[i], r.Period))
	}
	for i := range r.Indicators {
		out.Indicators = append(out.Indicators, indicatorReading(&r.Indicators[i], r.Period))
	}
	for _, k := range r.Risks {
		out.Risks = append(out.Risks, rowReading(&k.Row))
	}
	for _, n := range r.Narrative {
		out.Narrative = append(out.Narrative, narrativeJSON{n.Plan, n.Heading, n.Theme, n.Text, n.Sheet, n.Cell})
	}
	return out
}

// spell writes the references as their families are spelled in all returns.
func (r *readingJSON) spell(sp ingest.Spelling) {
	for n := range r.Actions {
		a := &r.Actions[n]
		a.Ref, a.Indicators, a.Risks = sp.Of(a.ref), spelled(a.indicators, sp), spelled(a.risks, sp)
	}
	for n := range r.Indicators {
		i := &r.Indicators[n]
		i.Ref = sp.Of(i.ref)
		if i.Part != "" {
			i.Ref += " " + i.Part
		}
	}
	for n := range r.Risks {
		r.Risks[n].Ref = sp.Of(r.Risks[n].ref)
	}
}

func tableReading(t ingest.Table) tableJSON {
	out := tableJSON{Sheet: t.Sheet, Range: t.Range, Kind: string(t.Kind), Title: t.Title, Rows: t.Rows, Columns: []columnJSON{}, Skipped: []skipJSON{}}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, columnJSON{c.Letter, c.Header, c.Role, c.Period.YearText(), c.Period.QuarterText(), c.Doubt})
	}
	for _, s := range t.Skipped {
		out.Skipped = append(out.Skipped, skipJSON{s.Row, s.Why})
	}
	return out
}

func rowReading(r *ingest.Row) rowJSON {
	return rowJSON{ref: r.Ref, Written: r.Ref.Written, Title: ingest.OneLine(r.Title.Value), Plan: r.Plan, Objective: r.Objective.Value, Officer: r.Officer.Value,
		Comment: r.Comment.Value, Sheet: r.Sheet, Cell: r.Cell}
}

// actionReading gives an action with the light of its return's quarter.
func actionReading(a *ingest.Action, p ingest.Period) actionJSON {
	out := actionJSON{rowJSON: rowReading(&a.Row), Due: transform.Action{Due: a.Due.Date, Ongoing: a.Due.Ongoing}.DueText(), DueSaid: a.Due.Text,
		Light: lightReading(a.Light), Status: a.StatusOf, indicators: a.Indicators, risks: a.Risks, Quarters: []quarterJSON{}}
	for n, q := range a.Quarters {
		if q.Light.Cell == "" {
			continue
		}
		out.Quarters = append(out.Quarters, quarterJSON{Quarter: ingest.Period{Quarter: n + 1}.QuarterText(), Light: lightReading(q.Light)})
		if n+1 == p.Quarter {
			out.Light = lightReading(q.Light)
		}
	}
	return out
}

// indicatorReading gives an indicator with the figures of its return's quarter.
func indicatorReading(i *ingest.Indicator, p ingest.Period) indicatorJSON {
	out := indicatorJSON{rowJSON: rowReading(&i.Row), Part: i.Part, Class: i.Class, Unit: i.Unit.Value, Polarity: i.PolarityOf, Annual: i.Annual.Value != "",
		Target: figureReading(i.Target), LastYear: figureReading(i.LastYear), Outturn: figureReading(i.Outturn), YearToDate: figureReading(i.YearToDate),
		Light: lightReading(i.Light), Quarters: []quarterJSON{}}
	for n, q := range i.Quarters {
		if q.Target.Cell+q.Outturn.Cell+q.Light.Cell != "" {
			out.Quarters = append(out.Quarters, quarterJSON{ingest.Period{Quarter: n + 1}.QuarterText(), figureReading(q.Target), figureReading(q.Outturn), lightReading(q.Light)})
		}
		if n+1 == p.Quarter && q.Outturn.Cell != "" {
			out.Outturn = figureReading(q.Outturn)
		}
		if n+1 == p.Quarter && q.Light.Cell != "" {
			out.Light = lightReading(q.Light)
		}
	}
	return out
}

func figureReading(f ingest.Figure) figureJSON {
	out := figureJSON{Said: f.Text, Says: string(f.Says), Qualifier: f.Qualifier, Cell: f.Cell}
	if f.Number != nil {
		s := f.Number.String()
		out.Value = &s
	}
	return out
}

func lightReading(l ingest.Light) lightJSON { return lightJSON{l.Colour, l.Text, l.By, l.Cell} }

func spelled(refs []ingest.Ref, sp ingest.Spelling) []string {
	out := []string{}
	for _, r := range refs {
		out = append(out, sp.Of(r))
	}
	return out
}
