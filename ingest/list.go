package ingest

// ListRow is one row of a workbook that is a plain list under headings, such as
// a council's register of indicators.
type ListRow struct {
	Place // its first cell
	Cells []ListCell
}

// ListCell is one cell of a list with the heading that it stands under.
type ListCell struct {
	Key    string // of the heading's words
	Period Period // that the heading names: "Target 2008/09"
	Text
}
