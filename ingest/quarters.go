package ingest

// ByQuarter is what a workbook's columns for each quarter say of a row, the
// first quarter's first; empty where it has no such columns, as most have not.
// A copy of a row shares it with the row: who changes one clones it first.
type ByQuarter[T any] []T

// Of gives what is said of a quarter, 1 to 4; the zero value where nothing is, and for quarter 0.
func (q ByQuarter[T]) Of(quarter int) T {
	if quarter < 1 || quarter > len(q) {
		var nothing T
		return nothing
	}
	return q[quarter-1]
}

// At gives the place for what is said of a quarter, 1 to 4.
func (q *ByQuarter[T]) At(quarter int) *T {
	if len(*q) == 0 {
		*q = make(ByQuarter[T], 4)
	}
	return &(*q)[quarter-1]
}
