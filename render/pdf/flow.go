package pdf

// piece is something that is set on one page and not broken.
type piece struct {
	h       float64
	before  float64 // space above, left out at the top of a page
	keep    bool    // stays on the page of the piece after it
	wide    bool    // wants a landscape page
	newPage bool    // begins a page
	again   *again  // drawn above it where it begins a page
	anchor  string
	draw    func(c *canvas, y float64)
}

// again is what a table repeats at the top of each further page, as furniture.
type again struct {
	h     float64
	draw  func(c *canvas, y float64)
	drawn bool // on an earlier page
}

// on draws it once as it is, which most tables need, and lays a stamp of it from then on.
func (a *again) on(c *canvas, y float64) {
	draw := func() { a.draw(c, y) }
	c.furnish(func() {
		if a.drawn {
			c.lay(a, draw)
		} else {
			draw()
		}
	})
	a.drawn = true
}

// flow sets pieces on pages, one under the other.
type flow struct {
	canvas *canvas
	start  func() // draws what lies behind a page's text
	y      float64
	top    bool // nothing is on the page yet
	wide   bool
}

// depth is the height that a page has for its text.
func depth(wide bool) float64 {
	if wide {
		return shortSide - margin - footMargin
	}
	return longSide - margin - footMargin
}

// room is the width that a page has for its text.
func room(wide bool) float64 {
	if wide {
		return longSide - 2*margin
	}
	return shortSide - 2*margin
}

func (f *flow) set(pieces []piece) {
	followOrientation(pieces)
	f.page(len(pieces) > 0 && pieces[0].wide)
	for i := range pieces {
		p := &pieces[i]
		if f.breakBefore(pieces, i) {
			f.page(p.wide)
			f.repeat(p)
		}
		f.place(p)
	}
}

// followOrientation moves a heading to the landscape page of the table that it is kept with.
func followOrientation(pieces []piece) {
	for i := len(pieces) - 2; i >= 0; i-- {
		if pieces[i].keep && !pieces[i+1].newPage {
			pieces[i].wide = pieces[i+1].wide
		}
	}
}

func (f *flow) page(wide bool) {
	f.canvas.addPage(wide)
	f.y, f.top, f.wide = margin, true, wide
	f.start()
}

func (f *flow) repeat(p *piece) {
	if p.again != nil {
		p.again.on(f.canvas, f.y)
		f.y += p.again.h
	}
}

// breakBefore decides whether a piece begins a page: because it is asked to,
// needs the other orientation, or does not fit with those that it is kept with.
// What would not fit on a whole page is broken where the page ends instead.
func (f *flow) breakBefore(pieces []piece, i int) bool {
	p := &pieces[i]
	if f.top || p.newPage || p.wide != f.wide {
		return !f.top || p.wide != f.wide
	}
	left := margin + depth(f.wide) - f.y - p.before
	together := chain(pieces[i:])
	if together <= left {
		return false
	}
	return together <= fresh(p) || p.h > left
}

// fresh is what an empty page has for a piece, below what it repeats.
func fresh(p *piece) float64 {
	if p.again == nil {
		return depth(p.wide)
	}
	return depth(p.wide) - p.again.h
}

// chain is the height of a piece and of those that it is kept with.
func chain(pieces []piece) float64 {
	sum := pieces[0].h
	for i := 1; i < len(pieces) && pieces[i-1].keep; i++ {
		if pieces[i].newPage || pieces[i].wide != pieces[0].wide {
			break
		}
		sum += pieces[i].before + pieces[i].h
	}
	return sum
}

func (f *flow) place(p *piece) {
	if !f.top {
		f.y += p.before
	}
	f.canvas.anchor(p.anchor, f.y)
	if p.draw != nil {
		p.draw(f.canvas, f.y)
	}
	f.y += p.h
	f.top = false
}
