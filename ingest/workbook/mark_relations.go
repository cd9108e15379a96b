package workbook

import (
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
)

// relation is one entry of a part's relations.
type relation struct {
	id, kind string
	target   string // the part's name; of an external one as written
	at       element
}

// is reports the kind of a relation by its last word, "comments".
func (r relation) is(kind string) bool { return strings.HasSuffix(r.kind, "/"+kind) }

// relations lists what a part refers to; a part without relations gives none.
func (p *parts) relations(part string) ([]relation, error) {
	name := relsOf(part)
	if part == "" {
		name = "_rels/.rels" // of the workbook as a whole
	}
	if !p.has(name) {
		return nil, nil
	}
	data, list, err := p.outlined(name, 1)
	if err != nil {
		return nil, err
	}
	var out []relation
	for _, e := range children(list, 0) {
		r := relation{id: e.attr(data, "Id"), kind: e.attr(data, "Type"), target: e.attr(data, "Target"), at: e}
		if e.attr(data, "TargetMode") != "External" {
			r.target = resolve(part, r.target)
		}
		out = append(out, r)
	}
	return out, nil
}

// resolve gives the name of the part that another part's relations write as target.
func resolve(part, target string) string {
	if abs, ok := strings.CutPrefix(target, "/"); ok {
		return abs
	}
	return path.Join(path.Dir(part), target)
}

// relative is a part's name as another part's relations write it.
func relative(from, to string) string {
	a, b := strings.Split(path.Dir(from), "/"), strings.Split(to, "/")
	same := 0
	for same < len(a) && same < len(b)-1 && a[same] == b[same] {
		same++
	}
	if a[0] == "." {
		a = nil
	}
	return strings.Repeat("../", len(a)-same) + strings.Join(b[same:], "/")
}

// relate adds a relation to a part and gives its id.
func (p *parts) relate(part, kind, target string) (string, error) {
	have, err := p.relations(part)
	if err != nil {
		return "", err
	}
	last := 0
	for _, r := range have {
		if n, err := strconv.Atoi(strings.TrimPrefix(r.id, "rId")); err == nil {
			last = max(last, n)
		}
	}
	id := "rId" + strconv.Itoa(last+1)
	name := relsOf(part)
	if !p.has(name) {
		p.write(name, []byte(xmlHead+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`))
	}
	return id, p.insertInRoot(name, func(prefix string) string {
		return fmt.Sprintf(`<%sRelationship Id="%s" Type="%s/%s" Target="%s"/>`, prefix, id, relationsOfOffice, kind, xmlText(relative(part, target)))
	})
}

// xmlHead begins every part that is written whole.
const xmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

// insertInRoot puts an element at the end of a part; make is given the root's prefix.
func (p *parts) insertInRoot(name string, make func(prefix string) string) error {
	data, list, err := p.outlined(name, 0)
	if err != nil {
		return err
	}
	p.write(name, applyEdits(data, []edit{insertInto(data, list[0], make(list[0].prefix))}))
	return nil
}

// declare says the content type of a new part.
func (p *parts) declare(part, contentType string) error {
	return p.insertInRoot(contentTypesPart, func(prefix string) string {
		return fmt.Sprintf(`<%sOverride PartName="/%s" ContentType="%s"/>`, prefix, xmlText(part), contentType)
	})
}

// declareVML says the content type of drawings of notes, unless it is said already.
func (p *parts) declareVML(part string) error {
	const vml = "application/vnd.openxmlformats-officedocument.vmlDrawing"
	data, list, err := p.outlined(contentTypesPart, 1)
	if err != nil {
		return err
	}
	for _, e := range children(list, 0) {
		if e.name == "Default" && strings.EqualFold(e.attr(data, "Extension"), "vml") {
			if e.attr(data, "ContentType") == vml {
				return nil
			}
			return p.declare(part, vml)
		}
	}
	at := list[0].open
	if list[0].single {
		return errors.New("the list of content types is empty")
	}
	p.write(contentTypesPart, applyEdits(data, []edit{{at, at, fmt.Sprintf(`<%sDefault Extension="vml" ContentType="%s"/>`, list[0].prefix, vml)}}))
	return nil
}

// cut takes elements out of a part's root.
func (p *parts) cut(name string, drop func(data []byte, e element) bool) error {
	data, list, err := p.outlined(name, 1)
	if err != nil {
		return err
	}
	var edits []edit
	for _, e := range children(list, 0) {
		if drop(data, e) {
			edits = append(edits, edit{e.start, e.end, ""})
		}
	}
	if len(edits) > 0 {
		p.write(name, applyEdits(data, edits))
	}
	return nil
}

// discard takes a part out with its content type and the relation that leads to it.
func (p *parts) discard(owner, part string) error {
	p.remove(part)
	p.remove(relsOf(part))
	err := p.cut(contentTypesPart, func(data []byte, e element) bool {
		return e.name == "Override" && partKey(e.attr(data, "PartName")) == partKey(part)
	})
	if err != nil {
		return err
	}
	err = p.cut(relsOf(owner), func(data []byte, e element) bool {
		return partKey(resolve(owner, e.attr(data, "Target"))) == partKey(part)
	})
	if err != nil {
		return err
	}
	if left, err := p.relations(owner); err != nil || len(left) > 0 {
		return err
	}
	p.remove(relsOf(owner))
	return nil
}
