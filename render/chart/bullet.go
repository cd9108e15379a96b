package chart

import (
	"boardpack/render"

	"github.com/shopspring/decimal"
)

// Measures of a bullet bar, from its upper edge down.
const (
	bulletHeight = 3*Lead + trackHeight + 3*gap
	trackHeight  = 20.0
	barHeight    = 10.0
	overhang     = 3.0
)

// bullet is one bullet bar while it is drawn.
type bullet struct {
	*Drawing
	render.BulletBar
	across scale
	top    float64 // of the track
}

// OfBullet draws a bullet bar: above it what was wanted by now, under it the
// outturn, and at its foot the scale from zero to the year's target.
func OfBullet(c render.BulletBar) Drawing {
	b := &bullet{Drawing: &Drawing{Width: Width, Height: bulletHeight}, BulletBar: c, across: newScale(c.Axis, 1, Width-1), top: Lead + gap}
	zero, end := b.across.at(decimal.Zero), b.across.to
	if c.ByYear != nil {
		end = b.across.at(c.ByYear.Value)
	}
	b.area(Track, zero, end, trackHeight)
	b.area(Bar, zero, b.across.at(c.SoFar.Value), barHeight)
	if c.ByNow != nil {
		x := b.across.at(c.ByNow.Value)
		b.line(Goal, x, b.top-overhang, x, b.top+trackHeight+overhang)
		b.about(Label, *c.ByNow, Lead/2)
	}
	foot := b.top + trackHeight + gap
	b.about(Figure, c.SoFar, foot+Lead/2)
	b.ends(zero, foot+Lead*1.5)
	return *b.Drawing
}

// area is a bar between two places, about the middle of the track.
func (b *bullet) area(role Role, from, to, h float64) {
	from, to = min(from, to), max(from, to)
	b.Areas = append(b.Areas, Area{role, from, b.top + (trackHeight-h)/2, max(to-from, 1), h})
}

// about names a level above or under where it lies, as near as the canvas lets.
func (b *bullet) about(role Role, l render.Level, y float64) {
	b.word(role, b.centre(l), y, Middle, inWords(l))
}

func (b *bullet) centre(l render.Level) float64 {
	half := wordWidth(inWords(l)) / 2
	return max(half, min(b.across.at(l.Value), Width-half))
}

func inWords(l render.Level) string { return l.Name + " " + l.Text }

// ends names zero and the year's target at the foot; zero only where there is room beside it.
func (b *bullet) ends(zero, y float64) {
	const nought = "0"
	free := Width
	if b.ByYear != nil {
		b.about(Label, *b.ByYear, y)
		half := wordWidth(inWords(*b.ByYear)) / 2
		from, to := b.centre(*b.ByYear)-half-gap, b.centre(*b.ByYear)+half+gap
		if zero >= from && zero <= to {
			return
		}
		if zero < from {
			free = from
		}
	}
	if w := wordWidth(nought); zero+w <= free {
		b.word(Label, max(0, zero-1), y, Start, nought)
	}
}
