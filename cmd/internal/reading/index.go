package reading

import (
	"html/template"

	"boardpack/ingest"
)

// Entry is a return with the address of its page.
type Entry struct {
	Return ingest.Return
	Href   string // relative to the page of all returns, with "/"
}

// Index gives the page that links to the pages of several returns.
func (m *Maker) Index(entries []Entry) ([]byte, error) {
	p := indexPage{Style: m.style}
	for _, e := range entries {
		row := indexRow{Workbook: visible(e.Return.Name), Href: e.Href, Period: periodWords(e.Return), Plan: visible(e.Return.Plan),
			Rows: m.words.rowWords(e.Return), Verdict: verdict(e.Return), Counts: countFindings(e.Return)}
		p.Rows = append(p.Rows, row)
		p.Counts.add(row.Counts)
	}
	return m.draw("index", p)
}

type indexPage struct {
	Style  template.CSS
	Rows   []indexRow
	Counts severities
}

// indexRow is one return of the page of all returns.
type indexRow struct {
	Workbook, Href string
	Period, Plan   string
	Rows           []string
	Verdict        string
	Counts         severities
}

func (s *severities) add(more severities) {
	s.Error += more.Error
	s.Query += more.Query
	s.Note += more.Note
	s.Settled += more.Settled
}
