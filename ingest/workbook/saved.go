package workbook

import (
	"regexp"

	"boardpack/ingest"
)

// propertiesPart is where workbooks keep who saved them and when.
const propertiesPart = "docProps/core.xml"

var savedOn = regexp.MustCompile(`<(?:[\w-]+:)?modified\b[^>]*>\s*(\d{4}-\d\d-\d\d)T`)

// readSaved keeps the day that the workbook says it was last saved; reading
// does without it where it does not say, or says a day that is none.
func (b *book) readSaved() error {
	data, err := b.archive.aside(propertiesPart)
	if err != nil {
		return err
	}
	if m := savedOn.FindSubmatch(data); m != nil {
		if d, err := ingest.ParseDate(string(m[1])); err == nil {
			b.saved = d
		}
	}
	return nil
}
