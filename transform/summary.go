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
		if i.Umbrella = i.umbrella; i.umbrella {
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

// Percentages says how a report prints shares. Its zero value is the default:
// each share by itself with one decimal, rounded half up, so that they may not sum to 100.
type Percentages struct {
	LargestRemainder bool // shares are rounded so that they sum to 100; ties go by the scheme's order
	LessThanOne      bool // a share above 0 and below 1 prints as "<1%", and one above 99 and below 100 as ">99%"
	AloneUnder       int  // totals below it print counts alone
}

// Shares gives each count's share of their total as it is printed: "47.4%",
// "<1%", or "" where counts stand alone. The counts are those of one denominator.
func (s Percentages) Shares(counts []Count) []string {
	out := make([]string, len(counts))
	if len(counts) == 0 || counts[0].Total == 0 && s.AloneUnder > 0 || counts[0].Total < s.AloneUnder {
		return out
	}
	tenths := make([]int64, len(counts))
	for n, c := range counts {
		tenths[n] = c.Percent.Mul(decimal.NewFromInt(10)).IntPart()
	}
	if s.LargestRemainder {
		tenths = largestRemainder(counts, tenths)
	}
	for n, c := range counts {
		out[n] = s.share(c, tenths[n])
	}
	return out
}

func (s Percentages) share(c Count, tenths int64) string {
	switch n := int64(c.Count) * 100; {
	case s.LessThanOne && n > 0 && n < int64(c.Total):
		return "<1%"
	case s.LessThanOne && c.Count < c.Total && n > int64(c.Total)*99:
		return ">99%"
	}
	return decimal.New(tenths, -1).StringFixed(1) + "%"
}

// largestRemainder rounds tenths of a per cent down and gives what is missing
// from 100 to the largest remainders, where the counts make up the whole.
func largestRemainder(counts []Count, plain []int64) []int64 {
	sum, total := 0, counts[0].Total
	for _, c := range counts {
		sum += c.Count
	}
	if sum != total || total == 0 {
		return plain
	}
	out, order, left := make([]int64, len(counts)), make([]int, len(counts)), int64(1000)
	for n, c := range counts {
		out[n], order[n] = int64(c.Count)*1000/int64(total), n
		left -= out[n]
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return counts[y].Count*1000%total - counts[x].Count*1000%total
	})
	for _, n := range order[:left] {
		out[n]++
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
