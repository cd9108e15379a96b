package witness

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
)

func stream(t *testing.T, entries, data string) string {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("1 0 obj\n<<%s>>\nstream\n%s\nendstream\n", entries, b.String())
}

func TestUnpacked(t *testing.T) {
	pdf := stream(t, "/Filter/FlateDecode", "plain ") + stream(t, "/DecodeParms<</Predictor 12 /Columns 3>>", "\x02abc\x02\x01\x00\xff") + "9 0 obj\n<<>>\nstream\nnot packed\nendstream"
	if got := Unpacked([]byte(pdf)); got != "plain abcbbb" {
		t.Errorf("unpacked to %q", got)
	}
}

func TestBrowse(t *testing.T) {
	if got := Browse(t, []byte("<!DOCTYPE html><p>one & two"), 320, "done(document.body.textContent.length + '<' + innerWidth)"); !strings.HasSuffix(got, "<320") {
		t.Errorf("the browser answers %q", got)
	}
}
