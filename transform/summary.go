package transform

import (
	"slices"

	"github.com/shopspring/decimal"
)

// tallied is one row as it is counted.
type tallied struct {
	kind, plan, class string
	light             Light
	board             bool // counted for the whole board
	own               bool // counted for its plan
}

// count puts judged rows in their final places: nothing is left to decide
// after it but adding up.
func (b *builder) count(q *quarter) {
	for _, i := range q.indicators {
		if i.umbrella {
			i.Counted = false
		}
	}
}

// summarise counts lights for the board, for each plan and for each class.
func summarise(s Scheme, q quarter) []Count {
	var rows []tallied
	for _, a := range q.actions {
		rows = append(rows, tallied{"action", a.Plan, "", a.Light, true, true})
	}
	for _, i := range q.indicators {
		rows = append(rows, tallied{"indicator", i.Plan, i.Class, i.Light, i.Counted, !i.umbrella})
	}
	var out []Count
	for _, kind := range []string{"action", "indicator"} {
		ofKind := keep(rows, func(r tallied) bool { return r.kind == kind })
		out = append(out, counts(s, kind, "", "", keep(ofKind, func(r tallied) bool { return r.board }))...)
		for _, class := range values(ofKind, func(r tallied) string { return r.class }) {
			out = append(out, counts(s, kind, "", class, keep(ofKind, func(r tallied) bool { return r.board && r.class == class }))...)
		}
		for _, plan := range values(ofKind, func(r tallied) string { return r.plan }) {
			out = append(out, counts(s, kind, plan, "", keep(ofKind, func(r tallied) bool { return r.own && r.plan == plan }))...)
		}
	}
	return out
}

func keep(rows []tallied, want func(tallied) bool) []tallied {
	var out []tallied
	for _, r := range rows {
		if want(r) {
			out = append(out, r)
		}
	}
	return out
}

// values lists the different non-empty values of a property, sorted.
func values(rows []tallied, of func(tallied) string) []string {
	var out []string
	for _, r := range rows {
		if v := of(r); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return out
}

// counts makes a row for each light and state of the scheme, even at 0.
func counts(s Scheme, kind, plan, class string, rows []tallied) []Count {
	total := 0
	by := map[Light]int{}
	for _, r := range rows {
		by[r.light]++
		if s.counts(r.light) {
			total++
		}
	}
	var out []Count
	for _, l := range s.order() {
		c := Count{Kind: kind, Plan: plan, Class: class, Light: l, Count: by[l], Denominator: s.Denominator, Total: total}
		if s.counts(l) {
			c.Percent = percent(by[l], total)
		}
		out = append(out, c)
	}
	return out
}

// percent is n of total with one decimal, rounded half up; 0 of 0 is 0.
func percent(n, total int) decimal.Decimal {
	if total == 0 {
		return decimal.Zero
	}
	return decimal.NewFromInt(int64(n)).Mul(decimal.NewFromInt(100)).DivRound(decimal.NewFromInt(int64(total)), 6).Round(1)
}
