package html

import (
	"strings"
	"testing"

	"boardpack/render"
)

// torture is a report with words of every length and kind, many rows, and
// charts whose figures and names are too long for them.
func torture(t testing.TB) render.Report {
	r := sample(t)
	const ref = "CSD/HOUSING-STRATEGY/2026-27/PI-000000042/A"
	long := strings.Repeat("Unbrokenwordwithoutanend", 4)
	odd := "Ll\u0177r \u0141\u00f3d\u017a \U0001F4DA \u05e9\u05dc\u05d5\u05dd e\u0301 \a\x00 <b>&amp;"
	run := sampleRun()
	run.Title, run.Subtitle, run.Alt = long, odd, odd
	run.Target.Name, run.Target.Text = long, "\u2212\u00a31,234,567,890,123"
	for i := range run.Points {
		run.Points[i].Text, run.Points[i].Year = "\u2212\u00a31,234,567,890.50", odd
	}
	for i := range run.Axis.Ticks {
		run.Axis.Ticks[i].Text = "\u2212\u00a31,234,567,890,123,456"
	}
	r.Blocks = append(r.Blocks, big(t, 120).Blocks...)
	r.Blocks = append(r.Blocks, render.Heading{Level: 2, Text: long, ID: "long"},
		render.Exception{ID: "odd", Mark: red, Ref: ref, Title: long, Since: odd, Run: run,
			Figures: []render.Fact{{Label: long, Value: odd}, {Label: odd, Value: long}}, Texts: []render.Fact{{Label: odd, Value: strings.Repeat(odd+" ", 60)}, {Label: long, Value: long}}},
		render.Exception{Mark: amber, Bullet: sampleBullet()}, render.Bars{}, render.Table{}, render.List{})
	return r
}

// hard are the reports that every page must hold for.
func hard(t testing.TB) map[string]render.Report {
	return map[string]render.Report{"sample": sample(t), "torture": torture(t)}
}
