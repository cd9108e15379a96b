package workbook

import "boardpack/ingest"

// findingsAlone writes the findings as a workbook of their own.
func findingsAlone(ret ingest.Return, w MarkWords) ([]byte, error) {
	styles, m, err := addStyles([]byte(emptyStyles), w)
	if err != nil {
		return nil, err
	}
	l := listing{words: w, workbook: ret.Name, rows: rowsOf(ret, w), formats: m.looks, alone: true}
	const sheetML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	p := emptyParts()
	p.write(contentTypesPart, []byte(xmlHead+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`+
		`<Override PartName="/xl/workbook.xml" ContentType="`+sheetML+`sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="`+sheetML+`worksheet+xml"/>`+
		`<Override PartName="/xl/styles.xml" ContentType="`+sheetML+`styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`))
	const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	p.write("_rels/.rels", []byte(xmlHead+rels+`<Relationship Id="rId1" Type="`+relationsOfOffice+`/officeDocument" Target="xl/workbook.xml"/>`+
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`))
	p.write("docProps/core.xml", []byte(xmlHead+`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">`+
		`<dc:creator>`+markAuthor+`</dc:creator><dc:language>en-GB</dc:language><dc:title>`+xmlText(l.above()[0])+`</dc:title></cp:coreProperties>`))
	p.write("xl/workbook.xml", []byte(xmlHead+`<workbook xmlns="`+mainName+`" xmlns:r="`+relationsOfOffice+`"><sheets><sheet name="`+xmlText(w.Sheet)+`" sheetId="1" r:id="rId1"/></sheets></workbook>`))
	p.write("xl/_rels/workbook.xml.rels", []byte(xmlHead+rels+`<Relationship Id="rId1" Type="`+relationsOfOffice+`/worksheet" Target="worksheets/sheet1.xml"/>`+
		`<Relationship Id="rId2" Type="`+relationsOfOffice+`/styles" Target="styles.xml"/></Relationships>`))
	p.write("xl/styles.xml", styles)
	p.write("xl/worksheets/sheet1.xml", l.sheet())
	return p.bytes()
}
