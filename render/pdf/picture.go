package pdf

import (
	"boardpack/render"
	"boardpack/render/pdf/tagged"
)

// picture draws a picture at the left margin, as a Figure with its words. Its heading stays with it.
func (b *builder) picture(v render.Picture) {
	flat, width, height, err := v.Flat()
	if err != nil {
		b.fail(err)
		return
	}
	h := v.Height * millimetre
	w := h * float64(width) / float64(height)
	if most := room(false); w > most {
		w, h = most, h*most/w
	}
	n := b.parent.Add("Figure")
	n.Alt = b.clean.line(v.Alt)
	b.push(piece{h: h + 10, keep: true, draw: func(c *canvas, y float64) {
		n.Box = c.box(margin, y, w, h)
		c.mark(n, func() { c.picture(flat, margin, y, w, h) })
	}})
}

// picture places a flat picture on the page.
func (c *canvas) picture(flat []byte, x, y, w, h float64) {
	c.mayDraw()
	c.pictures = append(c.pictures, tagged.Picture{PNG: flat})
	b := append(c.stream.out, "q "...)
	for _, v := range []float64{w, 0, 0, h, x, c.sheet().h - y - h} {
		b = append(appendHundredths(b, hundredths(v)), ' ')
	}
	b = append(append(b, "cm/"...), tagged.PictureName(len(c.pictures)-1)...)
	c.stream.out = append(b, " Do Q\n"...)
}
