package render

import (
	"slices"
	"strings"

	"boardpack/transform"

	"github.com/shopspring/decimal"
)

// Caption is what a chart says in words: one message, the measure with its
// unit, and for those who do not see it everything that it draws.
type Caption struct{ Title, Subtitle, Alt string }

// RunChart is an indicator's figures over the quarters: a point for each, or a gap.
type RunChart struct {
	Caption
	Axis   Axis
	Points []ChartPoint // every quarter from the first to the report's own, also those without a figure
	Target *Level       // the latest target, to be labelled; nil where none is drawn, and for a range
	Limits *ChartLimits // nil where there are too few figures for them
}

// ChartLimits are the lines right across a run chart: mean and control limits.
type ChartLimits struct{ Upper, Mean, Lower Level }

// ChartPoint is one quarter of a run chart.
type ChartPoint struct {
	Quarter, Year string           // "Q1", "2007/08"
	Value         *decimal.Decimal // nil: a gap
	Text          string           // "27.4%"
	Signal        bool             // more than chance, by the control limits
	Low, High     *decimal.Decimal // the target that then held: both the same, or both ends of a range; nil for none
}

// BulletBar is a figure that adds up over the year, against what was wanted by now and by the year's end.
type BulletBar struct {
	Caption
	Axis   Axis // begins at zero; two ticks, its ends
	SoFar  Level
	ByNow  *Level // the quarter's own target
	ByYear *Level // the year's
}

// Level is a height on a scale with its label: "Target", "48%".
type Level struct {
	Value      decimal.Decimal
	Name, Text string
}

// Axis is a scale with its ticks in order, the first and the last at its ends.
type Axis struct{ Ticks []Tick }

// Tick is one of them.
type Tick struct {
	Value decimal.Decimal
	Text  string
}

// ChartText is the wording of charts in exceptions.
type ChartText struct {
	Quarters int               `yaml:"quarters"` // shown by a run chart without control limits
	Missed   Text              `yaml:"missed"`   // .N of .Total quarters whose target's date had come; .Rest where others have no target
	Worse    Text              `yaml:"worse"`    // where the date of some had not come
	Change   Text              `yaml:"change"`   // without a target: from .Was in .Text to .Now in .Rest
	Subtitle Text              `yaml:"subtitle"` // .Unit; .Text is where the scale starts, if not at zero; .Said what is good
	Good     map[string]string `yaml:"good"`     // by polarity
	Apart    Text              `yaml:"apart"`    // earlier figures are left out
	Signal   Text              `yaml:"signal"`   // how points that are more than chance are marked
	Quarter  Text              `yaml:"quarter"`  // on the axis
	Year     Text              `yaml:"year"`
	Target   Text              `yaml:"target"` // names of lines
	Mean     Text              `yaml:"mean"`
	Upper    Text              `yaml:"upper"`
	Lower    Text              `yaml:"lower"`
	Move     Text              `yaml:"move"` // in a matrix of movement: .N rows that got .Text
	Alt      AltText           `yaml:"alt"`
	Bullet   BulletText        `yaml:"bullet"`
	Figures  FiguresText       `yaml:"figures"`
}

// AltText is a run chart in words.
type AltText struct {
	Point  Text `yaml:"point"`  // .Text the quarter, .Outturn, .Target, .Said the signal
	Gap    Text `yaml:"gap"`    // a quarter without a figure
	Limits Text `yaml:"limits"` // .Text the mean, .Was and .Now the limits
}

// BulletText is the wording of a bar against the year's target.
type BulletText struct {
	Title    Text `yaml:"title"` // .Outturn, .Target of the quarter, .Rest of the year
	Subtitle Text `yaml:"subtitle"`
	SoFar    Text `yaml:"so_far"`
	ByNow    Text `yaml:"by_now"`
	ByYear   Text `yaml:"by_year"`
}

// chartLeast is how many figures make a run chart: two are told in words.
const chartLeast = 3

// addChart gives an exception the chart of its indicator where there is one.
func (b *builder) addChart(e *Exception, l *line) {
	switch i := l.indicator; {
	case i == nil:
	case i.SoFar != nil:
		b.addBullet(e, *i)
	default:
		e.Run = b.runChart(*i)
	}
}

// runChart draws the figures that may be compared with one another; nil where they are too few.
func (b *builder) runChart(i transform.Indicator) *RunChart {
	points, apart := b.charted(i)
	if len(points) < chartLeast {
		return nil
	}
	drawn, said := b.chartPoints(i, points)
	r := &RunChart{Points: drawn}
	b.addLevels(r, i, points)
	r.Axis = b.axis(i, r.heights())
	r.Title = b.runTitle(i, points)
	r.Subtitle = b.runSubtitle(i, r, apart)
	r.Alt = b.runAlt(i, said)
	return r
}

// charted are the points that a run chart shows, and whether others may not be compared with them.
func (b *builder) charted(i transform.Indicator) (points []transform.Point, apart bool) {
	from := b.pack.Period
	for n := 1; n < b.def.Charts.Quarters; n++ {
		from = from.Before()
	}
	for _, p := range i.Series {
		switch {
		case i.Limits == nil && p.Period.Compare(from) < 0:
		case p.Apart:
			apart = true
		default:
			points = append(points, p)
		}
	}
	return points, apart
}

// chartPoints are the points with the quarters between them that have no figure,
// up to the report's own, and each of them in words.
func (b *builder) chartPoints(i transform.Indicator, points []transform.Point) (out []ChartPoint, said []string) {
	first, w := points[0].Period, b.def.Charts
	for q := b.pack.Period; q.Compare(first) >= 0; q = q.Before() {
		c := ChartPoint{Quarter: b.period(q.Year, q.Quarter, w.Quarter), Year: b.period(q.Year, q.Quarter, w.Year)}
		v, words := Values{Text: b.period(q.Year, q.Quarter, b.def.Calendar.ShortPeriod)}, w.Alt.Gap
		if n := slices.IndexFunc(points, func(p transform.Point) bool { return p.Period == q }); n >= 0 {
			b.fillPoint(&c, i, points[n])
			v.Outturn, v.Target, v.Said = b.figure(i, &points[n].Figure), b.targetThen(i, points[n], b.figure), b.def.Trends.Signals[points[n].Signal]
			words = w.Alt.Point
		}
		out, said = append(out, c), append(said, b.say(words, v))
	}
	slices.Reverse(out)
	slices.Reverse(said)
	return out, said
}

func (b *builder) fillPoint(c *ChartPoint, i transform.Indicator, p transform.Point) {
	c.Value, c.Text, c.Signal = &p.Number, b.figureCell(i, &p.Figure).Text, p.Signal != ""
	switch {
	case p.Range != nil:
		c.Low, c.High = &p.Range[0].Number, &p.Range[1].Number
	case p.Target != nil:
		c.Low, c.High = &p.Target.Number, &p.Target.Number
	}
}

// addLevels names the lines: the latest target, and the control limits.
func (b *builder) addLevels(r *RunChart, i transform.Indicator, points []transform.Point) {
	w := b.def.Charts
	for _, p := range points {
		if p.Target == nil && p.Range == nil {
			continue
		}
		r.Target = &Level{Name: b.word(w.Target), Text: b.targetThen(i, p, b.figureText)}
		if p.Target != nil {
			r.Target.Value = p.Target.Number
		} else {
			r.Target.Value = p.Range[0].Number.Add(p.Range[1].Number).Div(decimal.NewFromInt(2))
		}
	}
	if l := i.Limits; l != nil {
		level := func(name Text, d decimal.Decimal) Level {
			return Level{d, b.word(name), b.limitCell(i, d).Text}
		}
		r.Limits = &ChartLimits{level(w.Upper, l.Upper), level(w.Mean, l.Mean), level(w.Lower, l.Lower)}
	}
}

// targetThen is a target of an earlier quarter, as figures are written.
func (b *builder) targetThen(i transform.Indicator, p transform.Point, write func(transform.Indicator, *transform.Figure) string) string {
	switch {
	case p.Range != nil:
		return b.rangeOf(write(i, &p.Range[0]), write(i, &p.Range[1]))
	case p.Target != nil:
		return write(i, p.Target)
	}
	return ""
}

// figureText is a number as a table shows it.
func (b *builder) figureText(i transform.Indicator, f *transform.Figure) string {
	return b.figureCell(i, f).Text
}

// heights are all the numbers that the chart's scale must hold.
func (r *RunChart) heights() []decimal.Decimal {
	var all []decimal.Decimal
	for _, p := range r.Points {
		for _, d := range []*decimal.Decimal{p.Value, p.Low, p.High} {
			if d != nil {
				all = append(all, *d)
			}
		}
	}
	if l := r.Limits; l != nil {
		all = append(all, l.Upper.Value, l.Lower.Value)
	}
	return all
}

// runTitle counts the quarters that missed their target. Before a target's date
// a figure has missed nothing yet: it is worse than the target.
func (b *builder) runTitle(i transform.Indicator, points []transform.Point) string {
	v, due := Values{}, true
	for _, p := range points {
		if p.Against == "" {
			continue
		}
		v.Total++
		due = due && p.Due
		if p.Against == "missed" {
			v.N++
		}
	}
	if v.Total < len(points) {
		v.Rest = "some"
	}
	first, last := points[0], points[len(points)-1]
	switch {
	case v.Total > 0 && due:
		return b.say(b.def.Charts.Missed, v)
	case v.Total > 0:
		return b.say(b.def.Charts.Worse, v)
	}
	return b.say(b.def.Charts.Change, Values{
		Was: b.figure(i, &first.Figure), Text: b.period(first.Period.Year, first.Period.Quarter, b.def.Calendar.ShortPeriod),
		Now: b.figure(i, &last.Figure), Rest: b.period(last.Period.Year, last.Period.Quarter, b.def.Calendar.ShortPeriod),
	})
}

func (b *builder) runSubtitle(i transform.Indicator, r *RunChart, apart bool) string {
	v := Values{Unit: b.unit(i), Said: b.def.Charts.Good[i.Polarity]}
	switch start, end := r.Axis.Ticks[0], r.Axis.Ticks[len(r.Axis.Ticks)-1]; {
	case start.Value.IsPositive():
		v.Text = start.Text
	case end.Value.IsNegative():
		v.Text = end.Text
	}
	s := b.say(b.def.Charts.Subtitle, v)
	if apart {
		s += " " + b.word(b.def.Charts.Apart)
	}
	if slices.ContainsFunc(r.Points, func(p ChartPoint) bool { return p.Signal }) {
		s += " " + b.word(b.def.Charts.Signal)
	}
	return s
}

// runAlt is the chart in words: every quarter, and the limits.
func (b *builder) runAlt(i transform.Indicator, said []string) string {
	s := strings.Join(said, b.def.Words.Semicolon) + "."
	if l := i.Limits; l != nil {
		s += " " + b.say(b.def.Charts.Alt.Limits, Values{Text: b.limitCell(i, l.Mean).Text, Was: b.limitCell(i, l.Lower).Text, Now: b.limitCell(i, l.Upper).Text})
	}
	return s
}

// addBullet sets the year's figure so far against what is wanted. Its numbers
// stand among the exception's figures.
func (b *builder) addBullet(e *Exception, i transform.Indicator) {
	if i.Target == nil && i.YearTarget == nil {
		return
	}
	w := b.def.Charts.Bullet
	level := func(name Text, f *transform.Figure) *Level {
		return &Level{f.Number, b.word(name), b.figureCell(i, f).Text}
	}
	c := &BulletBar{SoFar: *level(w.SoFar, i.SoFar)}
	v := Values{Outturn: b.figure(i, i.SoFar), Unit: b.unit(i)}
	heights := []decimal.Decimal{decimal.Zero, i.SoFar.Number}
	if i.Target != nil && (i.YearTarget == nil || !i.Target.Number.Equal(i.YearTarget.Number)) {
		c.ByNow, v.Target = level(w.ByNow, i.Target), b.figure(i, i.Target)
		heights = append(heights, i.Target.Number)
	}
	if i.YearTarget != nil {
		c.ByYear, v.Rest = level(w.ByYear, i.YearTarget), b.figure(i, i.YearTarget)
		heights = append(heights, i.YearTarget.Number)
		e.Figures = append(e.Figures, b.facts([]labelled{{w.ByYear, v.Rest}})...)
	}
	if !i.SoFar.Number.Equal(i.Outturn.Number) {
		e.Figures = append(e.Figures, b.facts([]labelled{{w.SoFar, v.Outturn}})...)
	}
	c.Axis = b.ends(i, heights)
	c.Title, c.Subtitle = b.say(w.Title, v), b.say(w.Subtitle, v)
	c.Alt = c.inWords(b.def.Words.Semicolon)
	e.Bullet = c
}

// inWords lists what the bar draws with its names.
func (c *BulletBar) inWords(semicolon string) string {
	var said []string
	for _, l := range []*Level{&c.SoFar, c.ByNow, c.ByYear} {
		if l != nil {
			said = append(said, l.Name+": "+l.Text)
		}
	}
	return strings.Join(said, semicolon) + "."
}

// asMove says of a count of rows that went from one light to another whether,
// between colours, that is better or worse.
func (b *builder) asMove(c Cell, n int, was, now transform.Light) Cell {
	switch {
	case n == 0:
		c.Way = NoneDid
		return c
	case was == now:
		c.Way = Same
	case !was.IsColour() || !now.IsColour():
		return c
	case ranks[now] > ranks[was]:
		c.Way = Better
	default:
		c.Way = Worse
	}
	c.Text = b.say(b.def.Charts.Move, Values{N: n, Text: wordOr(b.def.Words.Directions, string(c.Way))})
	return c
}
