package tagged

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// writeInfo writes the properties in the old form, which viewers still show;
// the metadata say the same.
func (s *session) writeInfo() {
	b := []byte("<<")
	for _, e := range []struct{ key, value string }{
		{"Title", s.Title}, {"Author", s.Author}, {"Subject", s.Subject}, {"Keywords", s.Keywords}, {"Producer", s.Producer},
	} {
		if e.value != "" {
			b = fmt.Appendf(b, "/%s %s ", e.key, text(e.value))
		}
	}
	s.file.set(s.info, fmt.Appendf(b, "/CreationDate %[1]s /ModDate %[1]s>>", s.day()))
}

// day is the document's day as a date string (PDF 1.7, 7.9.4).
func (s *session) day() string { return "(D:" + s.Day.Format("20060102150405") + "Z)" }

// packet is XMP (ISO 16684-1) with the two marks of conformance. PDF/A wants a
// property that it does not know itself, pdfuaid:part, described beside it.
const packet = `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
%s<xmp:CreateDate>%[2]s</xmp:CreateDate>
<xmp:ModifyDate>%[2]s</xmp:ModifyDate>
<xmp:MetadataDate>%[2]s</xmp:MetadataDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`

func (s *session) writeMetadata() ref {
	const alternative, bag, sequence = "<rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt>", "<rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag>", "<rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq>"
	properties := ""
	for _, p := range []struct{ name, form, value string }{
		{"dc:title", alternative, s.Title}, {"dc:creator", sequence, s.Author}, {"dc:description", alternative, s.Subject},
		{"dc:language", bag, s.Lang}, {"pdf:Keywords", "%s", s.Keywords}, {"pdf:Producer", "%s", s.Producer},
	} {
		if p.value != "" {
			properties += fmt.Sprintf("<%s>"+p.form+"</%s>\n", p.name, escaped(p.value), p.name)
		}
	}
	data := fmt.Appendf(nil, packet, properties, s.Day.Format("2006-01-02T15:04:05Z"))
	return s.file.plain("/Type /Metadata /Subtype /XML ", data)
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a bytes.Buffer takes everything
	return b.String()
}

// writeIntent says what red, green and blue mean on the pages: sRGB.
func (s *session) writeIntent() ref {
	profile := s.file.stream("/N 3 ", srgb())
	return s.file.add(fmt.Appendf(nil, "<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /RegistryName (http://www.color.org) /Info (sRGB IEC61966-2.1) /DestOutputProfile %v>>", profile))
}

// appendFiles adds the files that the document carries to its catalog.
func (s *session) appendFiles(b []byte) []byte {
	if len(s.Files) == 0 {
		return b
	}
	var specs []ref
	names := []byte{'['}
	// A name tree is in the order of its names.
	byName := func(a, b File) int { return strings.Compare(text(a.Name), text(b.Name)) }
	for _, f := range slices.SortedStableFunc(slices.Values(s.Files), byName) {
		entries := fmt.Sprintf("/Type /EmbeddedFile /Subtype /%s /Params <</Size %d /ModDate %s>> ", nameOf(f.Type), len(f.Bytes), s.day())
		content := s.file.stream(entries, f.Bytes)
		spec := s.file.add(fmt.Appendf(nil, "<</Type /Filespec /F %s /UF %s /Desc %s /AFRelationship /%s /EF <</F %v /UF %v>>>>",
			text(f.Name), text(f.Name), text(f.Description), f.Relation, content, content))
		specs = append(specs, spec)
		names = fmt.Appendf(names, "%s %v ", text(f.Name), spec)
	}
	return fmt.Appendf(b, " /AF %s /Names <</EmbeddedFiles <</Names %s]>>>>", array(specs), names)
}

// nameOf writes a media type as a name, in which a slash has its code.
func nameOf(media string) string {
	b := make([]byte, 0, len(media))
	for i := range len(media) {
		if c := media[i]; c <= ' ' || c > '~' || bytes.IndexByte([]byte("/#()<>[]{}%"), c) >= 0 {
			b = fmt.Appendf(b, "#%02X", c)
		} else {
			b = append(b, c)
		}
	}
	return string(b)
}
