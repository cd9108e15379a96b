package disk

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestLeft(t *testing.T) {
	dir := t.TempDir()
	if n, err := Left(dir); err != nil || n == 0 {
		t.Errorf("%d bytes are left (%v)", n, err)
	}
	if _, err := Left(filepath.Join(dir, "away")); err == nil || !strings.Contains(err.Error(), "away") {
		t.Errorf("a folder that is not there gives %v", err)
	}
}
