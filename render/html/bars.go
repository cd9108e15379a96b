package html

import (
	"html/template"
	"strconv"
	"strings"

	"boardpack/render"
)

// leastShare is the least part of the longest bar, in per cent, that has room for its count.
const leastShare = 6

// barsView is a chart with its lengths worked out.
type barsView struct {
	ID, Title, Subtitle, Alt string
	Bars                     []barView
}

type barView struct {
	ID, Label, Words string
	Total            int
	Cuts             []cutView
}

type cutView struct {
	Class               string
	Mark                template.HTML
	Count               int
	Letter              string // before the count inside, so that cuts differ without their colours
	From, Share, Middle string // per cent of the longest bar
	Shown               bool   // the count has room inside
}

// bars writes a chart: bars as long as their counts, from zero, cut by light. Words
// and counts stand below each bar, so that none depends on colour or on room.
func (p *page) bars(b render.Bars) {
	v := barsView{ID: p.take(b.ID), Title: b.Title, Subtitle: b.Subtitle, Alt: b.Alt}
	base := v.ID
	if base == "" {
		base = "bars-" + strconv.Itoa(len(p.taken))
	}
	longest := 0
	for _, row := range b.Rows {
		longest = max(longest, total(row))
	}
	for i, row := range b.Rows {
		v.Bars = append(v.Bars, p.bar(p.take(base+"-"+strconv.Itoa(i+1)), b.Key, row, longest))
	}
	p.template("bars", v)
}

func total(row render.Bar) int {
	n := 0
	for _, cut := range row.Cuts {
		n += cut
	}
	return n
}

func (p *page) bar(id string, key []render.Mark, row render.Bar, longest int) barView {
	v := barView{ID: id, Label: row.Label, Total: total(row)}
	before := 0
	var words []string
	for i, n := range row.Cuts[:min(len(row.Cuts), len(key))] {
		v.Cuts = append(v.Cuts, p.cut(key[i], before, n, longest))
		words = append(words, key[i].Word+" "+strconv.Itoa(n))
		before += n
	}
	v.Words = strings.Join(words, ", ")
	return v
}

func (p *page) cut(m render.Mark, before, n, longest int) cutView {
	c := cutView{Class: p.class(m), Mark: p.mark(m), Count: n, Letter: m.Letter}
	if longest > 0 {
		c.From, c.Share, c.Middle = percent(2*before, longest), percent(2*n, longest), percent(2*before+n, longest)
		c.Shown = 100*n >= leastShare*longest
	}
	return c
}

// percent is half of n of all, in per cent with two decimals.
func percent(n, all int) string {
	return strconv.FormatFloat(50*float64(n)/float64(all), 'f', 2, 64)
}
