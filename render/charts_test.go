package render

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// charted is a pack whose one indicator is red and has the series given, the
// last quarter's figure last: "51/50" is met where its target's date had come,
// "49/50" missed, "?" before a target says that it had not come, "-" is a gap,
// "x51" may not be compared.
func charted(series string) transform.Pack {
	p := emptyPack()
	i := indicator("NI 117", "Visits to the lake", "Lakes", "red", "green", "1", "30")
	i.Polarity, i.Decimals = "high", nil
	q := p.Period
	all := strings.Fields(series)
	for n := len(all) - 1; n >= 0; n-- {
		if all[n] != "-" {
			i.Series = append(i.Series, point(all[n]))
			i.Series[len(i.Series)-1].Period = q
		}
		q = q.Before()
	}
	slices.Reverse(i.Series)
	p.Indicators = []transform.Indicator{i}
	p.Summary = countsOf(p)
	return p
}

func point(s string) transform.Point {
	figure, target, has := strings.Cut(s, "/")
	apart := strings.HasPrefix(figure, "x")
	d := decimal.RequireFromString(strings.TrimPrefix(figure, "x"))
	x := transform.Point{Figure: transform.Figure{Number: d, Decimals: -1}, Apart: apart}
	if has {
		x.Due = !strings.HasPrefix(target, "?")
		x.Target = &transform.Figure{Number: decimal.RequireFromString(strings.TrimPrefix(target, "?")), Decimals: -1}
		x.Against = "met"
		if d.LessThan(x.Target.Number) {
			x.Against = "missed"
		}
	}
	return x
}

func exceptionOf(t *testing.T, p transform.Pack) Exception {
	t.Helper()
	for _, b := range build(t, p, Public).Blocks {
		if e, ok := b.(Exception); ok {
			return e
		}
	}
	t.Fatal("no exception")
	return Exception{}
}

func TestRunChartsSayWhatTheNumbersSay(t *testing.T) {
	for _, c := range []struct{ name, series, title, subtitle string }{
		{"some missed", "48/50 51/50 49/50", "Missed the target in 2 of 3 quarters", "Outturn (%) by quarter; high is good. The scale starts at 48%, not at zero."},
		{"all missed", "10/50 20/50 30/50", "Missed the target in all 3 quarters", "Outturn (%) by quarter; high is good."},
		{"none missed", "60/50 70/50 80/50", "Met the target in all 3 quarters", ""},
		{"before the target's date", "48/?50 49/?50 49/50", "Worse than the target in all 3 quarters", ""},
		{"none worse before its date", "58/?50 59/?50 59/50", "At or better than the target in all 3 quarters", ""},
		{"a target for some", "48 49 49/50", "Missed the target in the one quarter with a target", ""},
		{"no target", "48 - 49 30", "48% in Quarter 1, 2007/08, 30% in Quarter 4, 2007/08", ""},
		{"others may not be compared", "x90 48/50 51/50 49/50", "Missed the target in 2 of 3 quarters", "Outturn (%) by quarter; high is good. The scale starts at 48%, not at zero. Earlier figures are not comparable and are left out."},
	} {
		e := exceptionOf(t, charted(c.series))
		if e.Run == nil || e.Run.Title != c.title || c.subtitle != "" && e.Run.Subtitle != c.subtitle {
			t.Errorf("%s: %+v", c.name, e.Run)
		}
	}
	for name, series := range map[string]string{"two figures": "48/50 49/50", "two that may be compared": "x48 49/50 47/50", "none of late": "1 2 3 4" + strings.Repeat(" -", 8), "nothing": "-"} {
		if e := exceptionOf(t, charted(series)); e.Run != nil {
			t.Errorf("%s: a chart %+v", name, e.Run)
		}
	}
}

// What a chart draws is what the pack holds, and stands in the table of earlier
// figures or, with control limits, in that of all figures.
func TestChartsAndTablesHoldThePacksFigures(t *testing.T) {
	long := "48.5/50 51/50 - 49/50 47/40 46/40 47.25/40 51/40 48/40 49/40 50/40 51/40 44/40 45/40"
	for _, c := range []struct {
		name, series, table string
		limits              bool
	}{{"eight quarters", long, "Earlier figures", false}, {"limits", long, "Figures behind the limits", true}} {
		p := charted(c.series)
		i := &p.Indicators[0]
		if c.limits {
			i.Limits = &transform.Limits{Mean: decimal.NewFromInt(48), Lower: decimal.NewFromInt(40), Upper: decimal.NewFromInt(55), Variation: "common cause"}
		}
		r := build(t, p, Public)
		e := exceptionOf(t, p)
		rows := strings.Join(cells(table(t, r, c.table)), "|")
		drawn := 0
		for _, x := range e.Run.Points {
			if x.Value == nil {
				continue
			}
			drawn++
			at := slices.IndexFunc(i.Series, func(s transform.Point) bool {
				return fmt.Sprintf("Q%d", s.Period.Quarter) == x.Quarter && yearText(s.Period.Year) == x.Year
			})
			if at < 0 || !i.Series[at].Number.Equal(*x.Value) || !i.Series[at].Target.Number.Equal(*x.Low) || x.Text != i.Series[at].Number.String()+"%" {
				t.Errorf("%s: %s %s is %v (%s) in the chart", c.name, x.Quarter, x.Year, x.Value, x.Text)
			}
			if words := fmt.Sprintf("Quarter %s, %s: %s, target %s%%", x.Quarter[1:], x.Year, x.Text, x.Low); !strings.Contains(e.Run.Alt, words) {
				t.Errorf("%s: the words lack %q: %s", c.name, words, e.Run.Alt)
			}
			if !strings.Contains(rows, x.Text) {
				t.Errorf("%s: the table %q lacks %s: %s", c.name, c.table, x.Text, rows)
			}
		}
		if want := map[bool]int{true: 13, false: 8}[c.limits]; drawn != want {
			t.Errorf("%s: %d figures drawn, want %d", c.name, drawn, want)
		}
		if gap := "Quarter 1, 2005/06: no figure"; c.limits != strings.Contains(e.Run.Alt, gap) {
			t.Errorf("%s: %q in %s", c.name, gap, e.Run.Alt)
		}
		if limits := "The mean is 48.0% and the control limits are 40.0% and 55.0%."; c.limits != strings.Contains(e.Run.Alt, limits) {
			t.Errorf("%s: %q in %s", c.name, limits, e.Run.Alt)
		}
	}
}

func TestBulletBarsOfWhatAddsUp(t *testing.T) {
	figure := func(s string) *transform.Figure {
		return &transform.Figure{Number: decimal.RequireFromString(s), Decimals: -1}
	}
	for _, c := range []struct {
		name, target, year, title, alt, facts string
	}{
		{"profile and year", "240", "480", "212 so far, against 240 wanted by now and 480 by the end of the year", "So far: 212; Wanted by now: 240; Year's target: 480.", "Target 240; Outturn 90; Year's target 480; So far 212"},
		{"year alone", "480", "480", "212 so far, against 480 by the end of the year", "So far: 212; Year's target: 480.", "Target 480; Outturn 90; Year's target 480; So far 212"},
		{"profile alone", "240", "", "212 so far, against 240 wanted by now", "So far: 212; Wanted by now: 240.", "Target 240; Outturn 90; So far 212"},
	} {
		p := charted("10/50 20/50 30/50 90/50")
		i := &p.Indicators[0]
		i.Unit, i.SoFar, i.Outturn, i.Target = "number", figure("212"), figure("90"), figure(c.target)
		if c.year != "" {
			i.YearTarget = figure(c.year)
		}
		e := exceptionOf(t, p)
		if e.Run != nil || e.Bullet == nil || e.Bullet.Title != c.title || e.Bullet.Alt != c.alt {
			t.Fatalf("%s: %+v", c.name, e.Bullet)
		}
		var facts []string
		for _, f := range e.Figures {
			facts = append(facts, f.Label+" "+f.Value)
		}
		if got := strings.Join(facts, "; "); got != c.facts {
			t.Errorf("%s: the figures are %s", c.name, got)
		}
		i.Target, i.YearTarget = nil, nil
		if e := exceptionOf(t, p); e.Bullet != nil || e.Run != nil {
			t.Errorf("%s: a chart of a sum without a target", c.name)
		}
	}
}
