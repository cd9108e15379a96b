package render

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // a logo may be one
	"image/png"
)

// MaxPixels bounds a picture's width and height.
const MaxPixels = 4000

// Flat is the picture on white as a PNG of red, green and blue alone, with its size in pixels: what every edition
// draws. It fails where the bytes are neither PNG nor JPEG, or larger than MaxPixels either way.
func (p Picture) Flat() (flat []byte, width, height int, err error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(p.Bytes))
	switch {
	case err != nil:
		return nil, 0, 0, fmt.Errorf("read picture: %w; give a PNG or JPEG file", err)
	case size.Width > MaxPixels || size.Height > MaxPixels || size.Width < 1 || size.Height < 1:
		return nil, 0, 0, fmt.Errorf("read picture: it has %d by %d pixels; give one of at most %d either way", size.Width, size.Height, MaxPixels)
	}
	from, _, err := image.Decode(bytes.NewReader(p.Bytes))
	if err != nil {
		return nil, 0, 0, fmt.Errorf("read picture: %w; give a PNG or JPEG file", err)
	}
	paper := image.NewRGBA(image.Rect(0, 0, size.Width, size.Height))
	draw.Draw(paper, paper.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(paper, paper.Bounds(), from, from.Bounds().Min, draw.Over)
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err = encoder.Encode(&b, paper)
	return b.Bytes(), size.Width, size.Height, err
}
