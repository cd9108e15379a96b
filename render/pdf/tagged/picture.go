package tagged

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
)

// Picture is a PNG of red, green and blue, 8 bits each, not interlaced, that a page's stream draws by its
// PictureName.
type Picture struct{ PNG []byte }

// PictureName is what a page's stream calls the nth of Document.Pictures.
func PictureName(n int) string { return "I" + strconv.Itoa(n) }

// writePictures writes each picture as an image whose data are the PNG's own: PDF knows their compression
// (PDF 1.7, 7.4.4.4).
func (s *session) writePictures() error {
	for _, p := range s.Pictures {
		width, height, data, err := pngData(p.PNG)
		if err != nil {
			return err
		}
		entries := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode /DecodeParms <</Predictor 15 /Colors 3 /Columns %d>> ", width, height, width)
		s.pictures = append(s.pictures, s.file.plain(entries, data))
	}
	return nil
}

// pngData takes the size and the compressed rows out of a PNG (ISO 15948, 11.2).
func pngData(b []byte) (width, height uint32, data []byte, err error) {
	const signature, chunk = 8, 12
	for at := signature; at+chunk <= len(b); {
		size := int(binary.BigEndian.Uint32(b[at:]))
		if size < 0 || at+chunk+size > len(b) {
			break
		}
		body := b[at+8 : at+8+size]
		switch string(b[at+4 : at+8]) {
		case "IHDR":
			if size != 13 || !bytes.Equal(body[8:], []byte{8, 2, 0, 0, 0}) {
				return 0, 0, nil, fmt.Errorf("finish pdf: a picture is not red, green and blue of 8 bits")
			}
			width, height = binary.BigEndian.Uint32(body), binary.BigEndian.Uint32(body[4:])
		case "IDAT":
			data = append(data, body...)
		}
		at += chunk + size
	}
	if width == 0 || height == 0 || len(data) == 0 {
		return 0, 0, nil, fmt.Errorf("finish pdf: a picture is no PNG")
	}
	return width, height, data, nil
}
