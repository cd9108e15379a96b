package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// relationsOfOffice is the name space of relation ids, and the beginning of the kinds of relations (ECMA-376, transitional).
const relationsOfOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

const contentTypesPart = "[Content_Types].xml"

// zipTime is the time of every part that is written: the earliest that an
// archive can hold, so that the same workbook gives the same bytes.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// parts is a workbook's archive. What is not written stays as it is, byte for
// byte, even in its compressed form. Names are compared without case.
type parts struct {
	archive *zip.Reader
	files   map[string]*zip.File
	written map[string][]byte
	added   []string // names of parts that the archive had not, in order
	gone    map[string]bool
}

func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// newParts opens an archive that checkArchive has found sound.
func newParts(b []byte) (*parts, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	p := emptyParts()
	p.archive = z
	for _, f := range z.File {
		key := partKey(f.Name)
		if p.files[key] != nil && !strings.HasSuffix(key, "/") {
			return nil, fmt.Errorf("two parts are named %q", f.Name)
		}
		p.files[key] = f
	}
	return p, nil
}

// emptyParts is the archive of a workbook that is written from nothing.
func emptyParts() *parts {
	return &parts{archive: &zip.Reader{}, files: map[string]*zip.File{}, written: map[string][]byte{}, gone: map[string]bool{}}
}

func (p *parts) has(name string) bool {
	key := partKey(name)
	_, fresh := p.written[key]
	return fresh || p.files[key] != nil && !p.gone[key]
}

// read gives a part's bytes as they stand now.
func (p *parts) read(name string) ([]byte, error) {
	key := partKey(name)
	if data, ok := p.written[key]; ok {
		return data, nil
	}
	f := p.files[key]
	if f == nil || p.gone[key] {
		return nil, fmt.Errorf("part %q is missing", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// outlined gives a part's bytes with its elements down to a depth.
func (p *parts) outlined(name string, depth int) ([]byte, []element, error) {
	data, err := p.read(name)
	if err != nil {
		return nil, nil, err
	}
	list, err := outline(data, depth)
	return data, list, err
}

// write changes a part or adds one.
func (p *parts) write(name string, data []byte) {
	key := partKey(name)
	if p.files[key] == nil && p.written[key] == nil {
		p.added = append(p.added, strings.TrimPrefix(name, "/"))
	}
	delete(p.gone, key)
	p.written[key] = data
}

// remove takes a part out.
func (p *parts) remove(name string) {
	key := partKey(name)
	delete(p.written, key)
	p.gone[key] = true
}

// free is the first name of a pattern that no part has, and that the relations
// of the part that will refer to it do not name, though it is not there.
func (p *parts) free(pattern, owner string) string {
	rels, _ := p.relations(owner) // what cannot be read is told when the relation is added
	for n := 1; ; n++ {
		name := fmt.Sprintf(pattern, n)
		key := partKey(name)
		named := slices.ContainsFunc(rels, func(r relation) bool { return partKey(r.target) == key })
		if !named && !p.has(name) && (p.files[key] == nil || p.gone[key]) {
			return name
		}
	}
}

// bytes writes the archive: untouched parts raw, changed ones in their place, new ones at the end.
func (p *parts) bytes() ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range p.archive.File {
		key := partKey(f.Name)
		data, changed := p.written[key]
		var err error
		switch {
		case p.gone[key]:
		case changed:
			err = writePart(w, f.Name, data)
		default:
			err = w.Copy(f)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, name := range p.added {
		if data, ok := p.written[partKey(name)]; ok {
			if err := writePart(w, name, data); err != nil {
				return nil, err
			}
		}
	}
	if err := w.SetComment(p.archive.Comment); err != nil {
		return nil, err
	}
	err := w.Close()
	return out.Bytes(), err
}

func writePart(w *zip.Writer, name string, data []byte) error {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipTime}
	to, err := w.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = to.Write(data)
	return err
}
