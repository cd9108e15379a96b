package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"boardpack/cmd/internal/store"
)

// sendFile sends a file of a pack. It is looked up by its name in the pack's
// list of outputs: nothing of the address becomes a path. Its bytes are held
// against the hash of that list before the first one goes out.
func (s *Site) sendFile(w http.ResponseWriter, r *http.Request) error {
	l, err := s.chosen(r)
	if err != nil {
		return err
	}
	files, err := s.Store.Outputs(r.Context(), l.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Name == r.PathValue("file") {
			moves := r.PathValue("version") != versionName(l.Version)
			return s.sendOutput(w, r, l, f, moves)
		}
	}
	return missing("%s", s.words.Missing.File)
}

func (s *Site) sendOutput(w http.ResponseWriter, r *http.Request, l Listed, f store.File, moves bool) error {
	b, err := s.output(l.Pack, f)
	if err != nil {
		return err
	}
	if !moves {
		w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	}
	about, _ := s.about(l.Pack)
	board := about.BoardName
	if board == "" {
		board = s.boardName(l.Board)
	}
	send(w, r, sent{name: s.fileName(board, l, f.Name), sha256: f.SHA256, made: l.Made, bytes: b})
	return nil
}

// output reads a file of a pack, which must still be what the manifest said.
func (s *Site) output(p store.Pack, f store.File) ([]byte, error) {
	root, err := os.OpenRoot(s.Packs)
	if err != nil {
		return nil, fmt.Errorf("open the folder of packs: %w", err)
	}
	defer root.Close()
	file, err := root.Open(filepath.FromSlash(p.Folder + "/" + f.Name))
	if err != nil {
		s.Log.Error("a file of a pack is gone", "pack", p.Folder, "file", f.Name, "error", err.Error())
		if errors.Is(err, fs.ErrNotExist) {
			return nil, failure{http.StatusGone, s.words.Gone}
		}
		return nil, failure{http.StatusInternalServerError, s.words.Damaged}
	}
	defer file.Close()
	b, err := checked(file, f.SHA256, f.Size)
	if err != nil {
		s.Log.Error("a file of a pack is not what its manifest says", "pack", p.Folder, "file", f.Name, "error", err.Error())
		return nil, failure{http.StatusInternalServerError, s.words.Damaged}
	}
	return b, nil
}

var errOther = errors.New("its bytes are others than those that were written")

// checked reads all bytes, which must be of the hash.
func checked(from io.Reader, sum string, size int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(from, size+1))
	if err != nil {
		return nil, err
	}
	if got := sha256.Sum256(b); hex.EncodeToString(got[:]) != sum {
		return nil, errOther
	}
	return b, nil
}

// sent is a file as it goes out.
type sent struct {
	name   string // under which it is saved
	sha256 string
	made   time.Time
	bytes  []byte
}

// send sends a file, or the part that is asked for, or only that it is still
// the same. Reports open in the browser, all else is saved.
func send(w http.ResponseWriter, r *http.Request, f sent) {
	h := w.Header()
	ext := strings.ToLower(path.Ext(f.name))
	kind, how := contentType(ext), "attachment"
	switch ext {
	case ".html":
		// It stands for itself, styles and pictures within; it has no script.
		how = "inline"
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "+alone)
	case ".pdf":
		how = "inline"
		h.Set("Content-Security-Policy", "frame-ancestors 'none'") // a browser's own viewer is a page with scripts
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", disposition(how, f.name))
	h.Set("ETag", `"`+f.sha256+`"`)
	http.ServeContent(w, r, "", f.made, bytes.NewReader(f.bytes))
}

// contentType is the media type of a file that boardpack writes or receives.
func contentType(ext string) string {
	types := map[string]string{
		".pdf":  "application/pdf",
		".html": "text/html; charset=utf-8",
		".csv":  "text/csv; charset=utf-8; header=present",
		".json": "application/json",
		".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
		".xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
		".xltm": "application/vnd.ms-excel.template.macroEnabled.12",
	}
	if t, ok := types[ext]; ok {
		return t
	}
	return "application/octet-stream"
}

// fileName is what a file of a pack is saved as:
// "Communities Board 2026-27 Q2 draft v3.pdf", with what it is where it is no report.
func (s *Site) fileName(board string, l Listed, name string) string {
	words := []string{board, strings.ReplaceAll(l.Year, "/", "-"), l.Quarter, l.Status, versionName(l.Version)}
	if strings.HasPrefix(name, workingFolder) {
		words = append(words, s.words.Working)
	}
	base := path.Base(name)
	ext := path.Ext(base)
	if stem := strings.TrimSuffix(base, ext); stem != "report" {
		words = append(words, stem)
	}
	return savable(strings.Join(words, " ")) + ext
}

// savable leaves out what file systems do not take in a name (Windows is the strictest).
func savable(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`\/:*?"<>|`, r):
			return '-'
		case unicode.IsControl(r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	return strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
}

// disposition is the header that says whether a file is shown or saved, and
// under which name (RFC 6266): in ASCII for old programs, and in UTF-8 (RFC
// 8187) where that differs.
func disposition(how, name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	out := mime.FormatMediaType(how, map[string]string{"filename": ascii})
	if ascii != name {
		out += "; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
	}
	return out
}
