package workbook

import (
	"fmt"
	"slices"

	"boardpack/ingest"
)

// dropSummaries leaves out rows that only repeat another sheet's: the same
// reference, no figure, date or comment of their own, and no other light. A sheet
// of such rows is a summary of the workbook, and would count each row twice.
func (r *reader) dropSummaries() {
	if len(r.book.sheets) < 2 {
		return
	}
	for n := range r.ret.Indicators {
		if isSparse(&r.ret.Indicators[n]) {
			r.dropRepeatedIndicators()
			break
		}
	}
	for n := range r.ret.Actions {
		if isBare(&r.ret.Actions[n]) {
			r.dropRepeatedActions()
			break
		}
	}
}

// isSparse knows an indicator of which nothing is said but its light.
func isSparse(i *ingest.Indicator) bool { return !hasFigures(i) && i.Comment.Value == "" }

// isBare knows an action of which nothing is said but its light.
func isBare(a *ingest.Action) bool {
	return a.Due.Cell == "" && a.Comment.Value == "" && a.Status.Value == ""
}

func (r *reader) dropRepeatedIndicators() {
	full := map[string]ingest.Indicator{}
	for _, i := range r.ret.Indicators {
		if i.Ref.Key != "" && hasFigures(&i) {
			full[i.Ref.Key] = i
		}
	}
	r.ret.Indicators = slices.DeleteFunc(r.ret.Indicators, func(i ingest.Indicator) bool {
		of, ok := full[i.Ref.Key]
		return ok && isSparse(&i) && r.repeats(i.Row, of.Row, r.ownLight(&i), r.ownLight(&of))
	})
}

func (r *reader) dropRepeatedActions() {
	told := map[string]ingest.Action{}
	for _, a := range r.ret.Actions {
		if key := a.Ref.Key; key != "" && (a.Due.Cell != "" || a.Comment.Value != "") {
			told[key] = a
		}
	}
	r.ret.Actions = slices.DeleteFunc(r.ret.Actions, func(a ingest.Action) bool {
		of, ok := told[a.Ref.Key]
		return ok && isBare(&a) && r.repeats(a.Row, of.Row, a.Light, of.Light)
	})
}

// repeats reports whether a row is on another sheet than the one that it
// repeats, with its light or none, and says so.
func (r *reader) repeats(row, of ingest.Row, light, its ingest.Light) bool {
	if row.Sheet == of.Sheet || light.Colour == "" && light.Text != "" || light.Colour != "" && light.Colour != its.Colour {
		return false
	}
	r.sheet = &sheet{name: row.Sheet}
	r.find(ingest.Note, "row-of-a-summary", row.Cell, row.Ref.Written, fmt.Sprintf("the row repeats %s!%s without its figures, so it was left out", of.Sheet, of.Cell), "Nothing needs doing; if it is a row of its own, give it its figures or its date.")
	return true
}

func hasFigures(i *ingest.Indicator) bool {
	for f := range figures(i) {
		if f.Cell != "" {
			return true
		}
	}
	return false
}

// ownLight is the light of the return's quarter.
func (r *reader) ownLight(i *ingest.Indicator) ingest.Light {
	if l := i.Quarters.Of(r.ret.Period.Quarter).Light; l.Cell != "" {
		return l
	}
	return i.Light
}
