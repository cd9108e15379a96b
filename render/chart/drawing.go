// Package chart turns a render.RunChart or a render.BulletBar into a drawing:
// areas, lines, dots and words, placed once so that every edition shows the same
// picture. Nothing here has a colour; an edition gives each role its own.
package chart

import (
	"unicode/utf8"

	"boardpack/render"

	"github.com/shopspring/decimal"
)

// Drawing is a chart on a canvas whose heights run down from its upper edge.
// All measures are points. Things are drawn in the order of the fields.
type Drawing struct {
	Width, Height float64
	Areas         []Area
	Lines         []Line
	Dots          []Dot
	Words         []Word
}

// Role says what a thing stands for. It is also its class in a style sheet.
type Role string

const (
	Grid   Role = "grid"   // hairline at a tick
	Axis   Role = "axis"   // the line that the chart stands on, and its ticks
	Band   Role = "band"   // area of a target that is a range
	Track  Role = "track"  // area from zero to the year's target
	Bar    Role = "bar"    // area of the outturn
	Target Role = "target" // dashed line
	Goal   Role = "goal"   // thick stroke across a bar
	Limit  Role = "limit"  // control limit
	Mean   Role = "mean"
	Series Role = "series" // line between two quarters that follow each other
	Leader Role = "leader" // from a line to its label
	Figure Role = "figure" // a dot, and the words of the last one
	Signal Role = "signal" // a diamond about a dot
	Label  Role = "label"  // words of axes and lines
)

// Area is a rectangle.
type Area struct {
	Role       Role
	X, Y, W, H float64
}

// Line is a straight line.
type Line struct {
	Role           Role
	X1, Y1, X2, Y2 float64
}

// Dot is a mark about a centre.
type Dot struct {
	Role Role
	X, Y float64
	R    float64 // half its width
}

// Word is a few words on one line; Y is their baseline.
type Word struct {
	Role   Role
	X, Y   float64
	Anchor Anchor
	Text   string
}

// Anchor is which end of its words X is. The values are SVG's.
type Anchor string

const (
	Start  Anchor = "start"
	Middle Anchor = "middle"
	End    Anchor = "end"
)

// Size is the size of a chart's words, and Lead the distance of their lines.
const (
	Size = 10.0
	Lead = 12.0
)

// Width is that of every chart, so that one in an exception stands beside its figures.
const Width = 236.0

// letter is the width of an average character as a share of the type's size. It
// is more than any of the faces needs on words and figures, for an edition may
// have to use another face than ours.
const letter = 0.56

func wordWidth(s string) float64 { return float64(utf8.RuneCountInString(s)) * letter * Size }

// baseline is that of words about a height.
func baseline(middle float64) float64 { return middle + Size*0.33 }

func (d *Drawing) line(role Role, x1, y1, x2, y2 float64) {
	d.Lines = append(d.Lines, Line{role, x1, y1, x2, y2})
}

func (d *Drawing) word(role Role, x, middle float64, at Anchor, s string) {
	if s != "" {
		d.Words = append(d.Words, Word{role, x, baseline(middle), at, s})
	}
}

// scale puts numbers on a stretch of the canvas.
type scale struct {
	low, span decimal.Decimal
	from, to  float64 // where the low and the high end lie
}

func newScale(a render.Axis, from, to float64) scale {
	if len(a.Ticks) == 0 {
		return scale{from: from, to: to}
	}
	low := a.Ticks[0].Value
	return scale{low, a.Ticks[len(a.Ticks)-1].Value.Sub(low), from, to}
}

// at is where a number lies. The share is a decimal until it becomes a place, so
// that it is the same everywhere.
func (s scale) at(d decimal.Decimal) float64 {
	if s.span.IsZero() {
		return s.from
	}
	share := d.Sub(s.low).DivRound(s.span, 6).InexactFloat64()
	return s.from + (s.to-s.from)*min(max(share, 0), 1)
}

// Of draws the chart of an exception with what it says in words; false where it has none.
func Of(e render.Exception) (Drawing, render.Caption, bool) {
	switch {
	case e.Run != nil:
		return OfRun(*e.Run), e.Run.Caption, true
	case e.Bullet != nil:
		return OfBullet(*e.Bullet), e.Bullet.Caption, true
	}
	return Drawing{}, render.Caption{}, false
}
