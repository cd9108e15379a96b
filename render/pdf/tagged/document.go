// Package tagged turns the pages that gofpdf drew into a file that may be
// published and kept: tagged after PDF/UA-1 (ISO 14289-1) and archival after
// PDF/A-3a (ISO 19005-3).
//
// gofpdf, whose output form is frozen, writes neither structure nor metadata,
// and its fonts, outline and links have faults. So only its page streams are
// taken over; every other object is written here, in an order that does not
// depend on anything but the document.
package tagged

import (
	"fmt"
	"io"
	"time"
)

// Document is what is known of a file beside the marks on its pages.
type Document struct {
	Title, Author, Subject, Keywords string
	Producer                         string
	Lang                             string // BCP 47: "en-GB"
	Day                              time.Time

	Pages    []Page
	Stamps   []Box     // drawings that page streams lay on pages as /Xn, from 0, and how far they reach
	Faces    []Face    // the page streams select face n as /Fn, from 0
	Pictures []Picture // the page streams draw picture n by its PictureName
	Tree     *Element
	Outline  []Bookmark
	Places   map[string]Place // that links lead to
	Files    []File
}

// Page is the size of one page, in points.
type Page struct{ Width, Height float64 }

// Bookmark is one line of the outline; its depth is 0 at the top.
type Bookmark struct {
	Text  string
	Depth int
	At    Place
}

// Place is a height on a page, counted from 1; up from its foot, in points.
type Place struct {
	Page int
	Up   float64
}

// File is a file that the document carries.
type File struct {
	Name        string
	Type        string // media type: "text/csv"
	Description string
	Relation    string // to the document: Data, Source, Alternative or Supplement
	Bytes       []byte
}

// Write writes the document with the pages of drawn, which is gofpdf's output
// without compression: first the pages, then a page for each stamp. It fails where
// that has another form or number of pages, or a link leads to a place that is not there.
func Write(w io.Writer, drawn []byte, d Document) error {
	streams, err := pageStreams(drawn)
	if err != nil {
		return err
	}
	if n := len(d.Pages) + len(d.Stamps); len(streams) != n {
		return fmt.Errorf("finish pdf: %d pages were drawn, not %d", len(streams), n)
	}
	if err := d.linksLead(); err != nil {
		return err
	}
	s := &session{Document: d, file: newFile()}
	if err := s.write(streams); err != nil {
		return err
	}
	_, err = w.Write(s.file.bytes(s.catalog, s.info))
	return err
}

func (d *Document) linksLead() (err error) {
	d.Tree.Walk(func(e *Element) {
		if at := d.Places[e.Target]; len(e.Areas) > 0 && (at.Page < 1 || at.Page > len(d.Pages)) {
			err = fmt.Errorf("finish pdf: a link leads to %q, which is nowhere", e.Target)
		}
	})
	return err
}

// session is one document on its way to bytes.
type session struct {
	Document
	file     *file
	catalog  ref
	info     ref
	pages    []ref
	pictures []ref
}

func (s *session) write(streams [][]byte) error {
	s.catalog, s.info = s.file.reserve(), s.file.reserve()
	root := s.file.reserve()
	for range s.Pages {
		s.pages = append(s.pages, s.file.reserve())
	}
	if err := s.writePictures(); err != nil {
		return err
	}
	resources := s.writeResources(streams[len(s.Pages):])
	tree := s.writeTree()
	s.writePages(root, resources, streams, tree.annotations)
	s.writeInfo()
	s.writeCatalog(root, tree.root)
	return nil
}

// writeResources writes what page streams name: faces, pictures and stamps, which name faces alone.
func (s *session) writeResources(stamps [][]byte) ref {
	faces := s.writeFaces()
	b := fmt.Appendf(nil, "<</Font %v", faces)
	if len(s.Stamps)+len(s.pictures) > 0 {
		b = append(b, "/XObject<<"...)
		for i, box := range s.Stamps {
			form := s.file.stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox%v/Resources<</Font %v>>", box, faces), stamps[i])
			b = fmt.Appendf(b, "/X%d %v", i, form)
		}
		for i, picture := range s.pictures {
			b = fmt.Appendf(b, "/%s %v", PictureName(i), picture)
		}
		b = append(b, ">>"...)
	}
	return s.file.add(append(b, ">>"...))
}

// writePages writes the page tree, and each page with its stream.
func (s *session) writePages(root, resources ref, streams [][]byte, annotations [][]ref) {
	kids := array(s.pages)
	s.file.set(root, fmt.Appendf(nil, "<</Type /Pages /Count %d /Kids %s>>", len(s.pages), kids))
	for i, p := range s.Pages {
		content := s.file.stream("", streams[i])
		b := fmt.Appendf(nil, "<</Type /Page /Parent %v /MediaBox [0 0 %s %s] /Resources %v /Contents %v /StructParents %d /Tabs /S",
			root, number(p.Width), number(p.Height), resources, content, i)
		if len(annotations[i]) > 0 {
			b = fmt.Appendf(b, " /Annots %s", array(annotations[i]))
		}
		s.file.set(s.pages[i], append(b, ">>"...))
	}
}

func (s *session) writeCatalog(pages, tree ref) {
	b := fmt.Appendf(nil, "<</Type /Catalog /Pages %v /Lang %s /MarkInfo <</Marked true>> /StructTreeRoot %v", pages, text(s.Lang), tree)
	b = fmt.Appendf(b, " /Metadata %v /OutputIntents [%v] /ViewerPreferences <</DisplayDocTitle true>>", s.writeMetadata(), s.writeIntent())
	if len(s.Outline) > 0 {
		b = fmt.Appendf(b, " /Outlines %v /PageMode /UseOutlines", s.writeOutline())
	}
	b = s.appendFiles(b)
	s.file.set(s.catalog, append(b, ">>"...))
}

// destination is where a link or bookmark leads.
func (s *session) destination(p Place) string {
	return fmt.Sprintf("[%v /XYZ 0 %s null]", s.pages[p.Page-1], number(p.Up))
}
