package pdf

// piece is something that is set on one page and not broken.
type piece struct {
	h       float64
	before  float64 // space above, left out at the top of a page
	keep    bool    // stays on the page of the piece after it
	prefer  bool    // stays there too, unless that leaves much of a page empty
	leads   bool    // stays there if that is landscape
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
		f.join(pieces, i)
		if f.breakBefore(pieces, i) {
			f.page(p.wide)
			f.repeat(p)
		}
		f.place(p)
	}
}

// followOrientation moves a heading, and text that leads in, to the landscape page
// of the table that it is kept with.
func followOrientation(pieces []piece) {
	for i := len(pieces) - 2; i >= 0; i-- {
		pieces[i].keep = pieces[i].keep || pieces[i].leads && pieces[i+1].wide
		if pieces[i].keep && !pieces[i+1].newPage {
			pieces[i].wide = pieces[i+1].wide
		}
	}
}

// join lets upright pieces go onto a landscape page where they would leave a
// page of their own nearly empty: onto the current one if they fit there, or
// above the table that follows. The first page of a report stays as it is.
func (f *flow) join(pieces []piece, i int) {
	p := &pieces[i]
	if p.wide || i == 0 || !p.newPage && !f.wide {
		return
	}
	to := i + 1
	for to < len(pieces) && !pieces[to].wide && !pieces[to].newPage {
		to++
	}
	tall := height(pieces[i:to])
	leads := to < len(pieces) && pieces[to].wide && !pieces[to].newPage
	if tall > depth(false)/5 || !leads && (p.newPage || tall > f.left()) {
		return
	}
	for ; i < to; i++ {
		pieces[i].wide = true
	}
}

func height(pieces []piece) float64 {
	sum := 0.0
	for i := range pieces {
		sum += pieces[i].before + pieces[i].h
	}
	return sum
}

// left is the height that is left on the page.
func (f *flow) left() float64 { return margin + depth(f.wide) - f.y }

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
	left := f.left() - p.before
	if together := chain(pieces[i:], kept); together > left {
		return together <= fresh(p) || p.h > left
	}
	if left > mostEmpty*depth(f.wide) || i > 0 && (kept(&pieces[i-1]) || preferred(&pieces[i-1])) {
		return false // the rest of what was begun here goes on where the page ends
	}
	together := chain(pieces[i:], preferred)
	return together > left && together <= fresh(p)
}

// mostEmpty is how much of a page may stay empty so that a short table is whole.
const mostEmpty = 0.3

func kept(p *piece) bool      { return p.keep }
func preferred(p *piece) bool { return p.keep || p.prefer }

// fresh is what an empty page has for a piece, below what it repeats.
func fresh(p *piece) float64 {
	if p.again == nil {
		return depth(p.wide)
	}
	return depth(p.wide) - p.again.h
}

// chain is the height of a piece and of those that it stays with.
func chain(pieces []piece, stays func(*piece) bool) float64 {
	sum := pieces[0].h
	for i := 1; i < len(pieces) && stays(&pieces[i-1]); i++ {
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
