package html

import (
	"encoding/base64"
	"fmt"

	"boardpack/render"
)

// picture holds the picture's bytes within the page, so that it stays one file.
func (p *page) picture(v render.Picture) {
	flat, width, height, err := v.Flat()
	if err != nil {
		p.fail(err)
		return
	}
	p.raw(`<p class="logo"><img alt="`)
	p.text(v.Alt)
	p.raw(fmt.Sprintf(`" width="%d" height="%d" style="height:%.1fmm;width:auto;max-width:100%%" src="data:image/png;base64,`, width, height, v.Height),
		base64.StdEncoding.EncodeToString(flat), `">`, "</p>\n")
}
