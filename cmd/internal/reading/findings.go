package reading

import (
	"boardpack/ingest"
)

// maxFindings is how many findings a page lists; a workbook with more is beyond mending cell by cell.
const maxFindings = 500

// finding is a finding as the page lists it.
type finding struct {
	Number      int
	Severity    string // "error", "query", "note" or "settled"
	Word        string
	Sheet       string // as the workbook names it
	Where       string // "Return!B4", a sheet's name, or empty for the whole workbook
	Href        string // of the cell or the sheet, where the page shows it
	Also        []cellLink
	AlsoMore    int
	Saw, Advice string
	Check       string

	cells []string
}

// cellLink is a further cell of the same mistake.
type cellLink struct{ Name, Href string }

// findings gives the findings to list, the worst first, and how many more there are.
func (m *Maker) findings(r ingest.Return) ([]finding, int) {
	groups := ingest.GroupFindings(r.Findings)
	more := max(len(groups)-maxFindings, 0)
	var out []finding
	for i, f := range groups[:len(groups)-more] {
		out = append(out, m.finding(i+1, f))
	}
	return out, more
}

func (m *Maker) finding(number int, f ingest.Finding) finding {
	saw := f.Saw
	if len(f.Cells) > 0 {
		saw, _ = ingest.SawOfGroup(saw)
	}
	out := finding{Number: number, Severity: string(f.Severity), Sheet: f.Sheet, Where: visible(f.Sheet),
		Saw: sentence(saw), Advice: sentence(f.Advice), Check: f.Check}
	if f.Explanation != "" {
		out.Severity, out.Advice = "settled", sentence(f.Explanation)
	}
	if f.Cell != "" {
		out.Where += "!" + f.Cell
		out.cells = append([]string{f.Cell}, f.Cells...)
	}
	out.Word = m.words.Severities[out.Severity]
	return out
}

func countFindings(r ingest.Return) severities {
	var s severities
	for _, f := range ingest.GroupFindings(r.Findings) {
		switch {
		case f.Explanation != "":
			s.Settled++
		case f.Severity == ingest.Error:
			s.Error++
		case f.Severity == ingest.Query:
			s.Query++
		default:
			s.Note++
		}
	}
	return s
}

// link points each finding to its cells, where the page shows them, else to its sheet.
func (p *page) link() {
	const named = 12
	sheets := map[string]string{}
	cells := map[[2]string]string{}
	for _, g := range p.Sheets {
		sheets[g.name] = g.ID
		for name, id := range g.anchors {
			cells[[2]string{g.name, name}] = id
		}
	}
	for _, l := range p.Left {
		sheets[l.Name] = l.ID
	}
	for i := range p.Findings {
		f := &p.Findings[i]
		f.Href = sheets[f.Sheet]
		for n, name := range f.cells {
			href := cells[[2]string{f.Sheet, name}]
			switch {
			case n == 0 && href != "":
				f.Href = href
			case n > named:
				f.AlsoMore++
			case n > 0:
				f.Also = append(f.Also, cellLink{name, href})
			}
		}
	}
}
