package witness

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// columns is how wide the lines are whose differences a stream holds.
var columns = regexp.MustCompile(`/Predictor 12\s*/Columns (\d+)`)

// Unpacked is every stream of a PDF that can be unpacked, as far as it can, one
// after the other: page streams, objects, attached files.
func Unpacked(pdf []byte) string {
	var all strings.Builder
	for {
		before, after, found := bytes.Cut(pdf, []byte("\nstream\n"))
		if !found {
			return all.String()
		}
		if r, err := zlib.NewReader(bytes.NewReader(after)); err == nil {
			plain, _ := io.ReadAll(r) // what can be read of it
			width := 0
			if m := columns.FindSubmatch(before[max(0, bytes.LastIndex(before, []byte(" obj\n"))):]); m != nil {
				width, _ = strconv.Atoi(string(m[1]))
			}
			all.Write(summed(plain, width))
		}
		pdf = after
	}
}

// summed undoes PNG's filter Up (ISO 15948, 9.2) where lines have a width.
func summed(lines []byte, width int) []byte {
	if width == 0 {
		return lines
	}
	out := make([]byte, 0, len(lines))
	for ; len(lines) > width; lines = lines[width+1:] {
		for _, v := range lines[1 : width+1] {
			if len(out) >= width {
				v += out[len(out)-width]
			}
			out = append(out, v)
		}
	}
	return out
}
