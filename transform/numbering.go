package transform

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"boardpack/ingest"
)

// checkTwoPlans asks about actions of two plans under one reference: each is
// counted, so one promise would count twice, or two stand under one name.
// Where most of a plan stands in another too, the two names may be one plan's.
func (b *builder) checkTwoPlans(now *quarter) {
	byKey := map[string][]*judgedAction{}
	size := map[string]int{}
	for _, a := range now.actions {
		size[a.Plan]++
		if a.key != "" {
			byKey[a.key] = append(byKey[a.key], a)
		}
	}
	shared := map[string][][2]*judgedAction{} // by the two plans
	for _, key := range sortedKeys(byKey) {
		first := byKey[key][0]
		for _, other := range byKey[key][1:] {
			if planKey(other.Plan) != planKey(first.Plan) {
				pair := first.Plan + "\x00" + other.Plan
				shared[pair] = append(shared[pair], [2]*judgedAction{first, other})
			}
		}
	}
	for _, pair := range sortedKeys(shared) {
		plan, other, _ := strings.Cut(pair, "\x00")
		list := shared[pair]
		if n := min(size[plan], size[other]); len(list) > 2 && len(list)*2 >= n {
			at := list[0][1].Source
			at.Sheet, at.Cell = "", ""
			b.find(ingest.Query, "reference-in-two-plans", at, "", fmt.Sprintf("%d of the %d actions of '%s' stand under the same references in '%s'; each is counted twice", len(list), size[other], other, plan),
				"If the two are one plan, name it alike everywhere, or settle the workbook's plan in boardpack.yaml.")
			continue
		}
		for _, two := range list {
			b.find(ingest.Query, "reference-in-two-plans", two[1].Source, two[1].Ref, fmt.Sprintf("the action %s of '%s' stands in '%s' too, %s; both are counted", two[1].Ref, other, plan, placeIn(two[0].Source, two[1].Source)),
				"Give each its own reference, or take the one that is not meant out.")
		}
	}
}

// placeIn names a cell, with its workbook where that is another than the finding's own.
func placeIn(at, own Source) string {
	if at.Workbook == own.Workbook {
		at.Workbook = ""
		return strings.TrimPrefix(at.String(), ", ")
	}
	return at.String()
}

// numbered is a row whose reference ends in a number of its family.
type numbered struct {
	n   int
	key string
	ref string
	at  Source
}

// A run of references begins with 1 (or 101, 201), has at least runLeast
// numbers, and of runGaps numbers at most one is missing. A family that a plan
// only draws from, such as the National Indicators, is none.
const (
	runLeast = 6
	runGaps  = 8
)

// checkNumbering tells which numbers are missing from a run of references that
// no return or plan of the year holds: a row may have been lost.
func (b *builder) checkNumbering(t thread, now *quarter) {
	runs := map[string][]numbered{}
	add := func(key string, r Row) {
		if x, ok := numberOf(key); ok {
			x.ref, x.at = r.Ref, r.Source
			runs[r.Plan+"\x00"+family(key)] = append(runs[r.Plan+"\x00"+family(key)], x)
		}
	}
	for _, a := range now.actions {
		add(a.key, a.Row)
	}
	for _, i := range now.indicators {
		add(strings.TrimRight(i.key, "AB"), i.Row)
	}
	for _, at := range sortedKeys(runs) {
		b.tellMissing(t, runs[at])
	}
}

func numberOf(key string) (numbered, bool) {
	digits := strings.TrimPrefix(key, family(key))
	n, err := strconv.Atoi(digits)
	return numbered{n: n, key: key}, err == nil && len(digits) < 6
}

func (b *builder) tellMissing(t thread, run []numbered) {
	slices.SortFunc(run, func(x, y numbered) int { return cmp.Compare(x.n, y.n) })
	run = slices.CompactFunc(run, func(x, y numbered) bool { return x.n == y.n })
	first, last := run[0], run[len(run)-1]
	gaps := last.n - first.n + 1 - len(run)
	if len(run) < runLeast || first.n%100 != 1 || gaps == 0 || gaps*runGaps > last.n-first.n+1 {
		return
	}
	width := len(strings.TrimPrefix(first.key, family(first.key)))
	var missing []string
	before := first
	at := first
	for _, x := range run[1:] {
		for n := before.n + 1; n < x.n; n++ {
			key := fmt.Sprintf("%s%0*d", family(first.key), width, n)
			if t.held[key] {
				continue
			}
			if len(missing) == 0 {
				at = before
			}
			missing = append(missing, b.spelling.Of(ingest.NewRef(key, "")))
		}
		before = x
	}
	if len(missing) == 0 {
		return
	}
	verb := "is"
	if len(missing) > 1 {
		verb = "are"
	}
	b.find(ingest.Note, "numbers-missing", at.at, at.ref, fmt.Sprintf("%s %s missing between %s and %s", enumerated(missing), verb, first.ref, last.ref),
		"Nothing needs doing if the numbers are not in use; else return their rows.")
}
