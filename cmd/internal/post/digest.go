// Package post turns what is to be told to people into mail, one message to
// an address, and hands it to a mail server.
package post

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"text/template"
	"time"

	"boardpack/templates"
)

// Digest is all that one address is told in one night. Its texts may be
// anything; what could break a line or a header is taken out of them.
type Digest struct {
	To      string // an address, or a name with one in angle brackets
	Council string
	Returns []Return  // of the plans that the address answers for, those with errors first
	Wanted  []Wanted  // returns of those plans that have not come
	Packs   []Pack    // that are new
	Others  []Return  // with errors, whose officers have no address
	Refused []Refused // files that are not read
}

// Return is a return as it stands, with what is wrong with it.
type Return struct {
	Name, About     string // of the workbook; its plan and quarter
	Errors, Queries int
	Findings        []Finding // that are told, errors first
	More            int       // that are not listed
	Folder          string    // the name of the folder of answers
	Copy, Page      string    // in that folder; empty where there is none
	Link            string    // to the pages; may be empty
}

// Finding is one thing to put right or to look at.
type Finding struct{ Place, Saw, Advice string }

// Wanted is a return that has not come.
type Wanted struct {
	Plan, Quarter, Due string
	Days               int // until it is due
}

// Pack is a version of a pack.
type Pack struct {
	Board, Quarter, Status string // "draft" or "final"
	Version, Before        int    // Before is the version that its clerk was told of last; 0 where there was none
	Changes                []Changed
	Unread                 bool // why it changed cannot be told
	Stops                  []Stop
	At                     string // where it stands
}

// Changed is how many values of a kind changed.
type Changed struct {
	Group string
	Count int
}

// Stop is a check that stops a final version, at a number of cells.
type Stop struct {
	Check string
	Count int
}

// Refused is a file that is not read.
type Refused struct{ Name, Why string }

// Message is mail as it is sent.
type Message struct {
	To, Subject, Text string
	ID                string // of the message, the same for the same digest of a day; without angle brackets
	Date              time.Time
}

// Maker turns digests into messages.
type Maker struct{ words *template.Template }

// NewMaker reads the words of the messages.
func NewMaker() (Maker, error) {
	t, err := template.New("digest").Parse(string(templates.Must("mail/digest.txt")))
	if err != nil {
		return Maker{}, fmt.Errorf("read the words of the mail: %w", err)
	}
	return Maker{t}, nil
}

// subject is a part of the subject: how many of what.
type subject struct {
	About string // "errors", "queries", "wanted", "final", "draft", "refused"
	Count int
	Due   string // of what is wanted: the first date
}

// Message writes a digest. The domain is the one of the sender's address.
func (m Maker) Message(d Digest, domain string, date time.Time) (Message, error) {
	d.clean()
	var head, text bytes.Buffer
	if err := m.words.ExecuteTemplate(&head, "subject", map[string]any{"Council": d.Council, "Subjects": d.subjects()}); err != nil {
		return Message{}, err
	}
	if err := m.words.ExecuteTemplate(&text, "text", d); err != nil {
		return Message{}, err
	}
	out := Message{To: d.To, Subject: plain(head.String()), Text: wrap(text.String()), Date: date}
	sum := sha256.Sum256([]byte(out.To + "\x00" + out.Subject + "\x00" + out.Text + "\x00" + date.Format(time.DateOnly)))
	out.ID = hex.EncodeToString(sum[:16]) + "@" + domain
	return out, nil
}

func (d Digest) subjects() []subject {
	withErrors := func(r Return) bool { return r.Errors > 0 }
	toLookAt := func(r Return) bool { return r.Errors == 0 && len(r.Findings) > 0 }
	finals := countOf(d.Packs, func(p Pack) bool { return p.Status == "final" })
	all := []subject{
		{About: "errors", Count: countOf(d.Returns, withErrors) + countOf(d.Others, withErrors)},
		{About: "queries", Count: countOf(d.Returns, toLookAt) + countOf(d.Others, toLookAt)},
		{About: "wanted", Count: len(d.Wanted)},
		{About: "final", Count: finals},
		{About: "draft", Count: len(d.Packs) - finals},
		{About: "refused", Count: len(d.Refused)},
	}
	if len(d.Wanted) > 0 {
		all[2].Due = slices.MinFunc(d.Wanted, func(a, b Wanted) int { return cmp.Compare(a.Days, b.Days) }).Due
	}
	return slices.DeleteFunc(all, func(s subject) bool { return s.Count == 0 })
}

func countOf[T any](list []T, is func(T) bool) int {
	n := 0
	for _, v := range list {
		if is(v) {
			n++
		}
	}
	return n
}

// Test writes a message that says no more than that mail arrives.
func (m Maker) Test(to, council, domain string, date time.Time) (Message, error) {
	var head, text bytes.Buffer
	data := map[string]string{"Council": plain(council)}
	if err := m.words.ExecuteTemplate(&head, "test subject", data); err != nil {
		return Message{}, err
	}
	if err := m.words.ExecuteTemplate(&text, "test", data); err != nil {
		return Message{}, err
	}
	sum := sha256.Sum256([]byte(to + date.Format(time.RFC3339Nano)))
	return Message{To: to, Subject: plain(head.String()), Text: wrap(text.String()), Date: date, ID: hex.EncodeToString(sum[:16]) + "@" + domain}, nil
}
