package main

import (
	"boardpack/cmd/internal/inbox"
	"boardpack/ingest"
)

// standsInConflict says of a return that another file of its name stood in the folder.
const standsInConflict = "conflicted copy"

// tellOlder says in a return why this version of it is used, where it is not
// simply what stands in the folder. The manifest keeps the reason, so that a
// pack that is made again says the same.
func tellOlder(ret *ingest.Return, stands string) {
	var f ingest.Finding
	switch stands {
	case string(inbox.LastGood):
		f = ingest.Finding{Severity: ingest.Query, Check: "version-last-good",
			Saw:    "the workbook that stands in the folder cannot be read, so the last one that could be read was used",
			Advice: "Put a workbook that opens in its place."}
	case string(inbox.EarlierQuarter):
		f = ingest.Finding{Severity: ingest.Note, Check: "version-of-earlier-quarter",
			Saw:    "the workbook in the folder is another quarter's by now, so the last one of this quarter was used",
			Advice: "Nothing needs to be done, if its quarter was right."}
	case standsInConflict:
		f = ingest.Finding{Severity: ingest.Query, Check: "conflicted-copy",
			Saw:    "two different workbooks of this name stand in the folder, as when two people save at once, and this one was used",
			Advice: "Bring both into one, and take the other away."}
	default:
		return
	}
	f.Place = ingest.Place{Workbook: ret.Name}
	ret.Findings = append(ret.Findings, f)
}
