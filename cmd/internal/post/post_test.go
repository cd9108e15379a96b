package post

import (
	"crypto/x509"
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"boardpack/cmd/witness"
)

var day = time.Date(2026, 10, 14, 2, 0, 5, 0, time.UTC)

// full is a digest with something under every head.
func full() Digest {
	return Digest{To: "Ann Ôfficer <ann@parkside.example>", Council: "Parkside Council",
		Returns: []Return{
			{Name: "Housing Q2.xlsx", About: "Housing, 2026/27 Q2", Errors: 2, Queries: 1, Folder: "returns answers", Copy: "Housing Q2.xlsx", Page: "Housing Q2.xlsx.html", More: 1,
				Findings: []Finding{{"PIs G9", `the outturn is "n/k", which is not a figure and stands in a column of figures`, "Write the figure, or leave the cell empty."}}},
			{Name: "Voids.xlsx", About: "Housing, 2026/27 Q2", Queries: 3, Findings: []Finding{{"PIs B2", "the unit is not known", "Give it."}}},
			{Name: "Rents.xlsx", About: "Housing, 2026/27 Q2"}},
		Wanted: []Wanted{{"Parks", "2026/27 Q2", "21 October 2026", 7}, {"Waste", "2026/27 Q2", "15 October 2026", 1}},
		Packs: []Pack{{Board: "Communities Board", Quarter: "2026/27 Q2", Status: "draft", Version: 4, Before: 3, At: "packs/2026-27/Q2/communities/v4",
			Changes: []Changed{{"lights", 2}, {"texts", 1}}, Stops: []Stop{{"return-missing", 1}}},
			{Board: "Communities Board", Quarter: "2026/27 Q1", Status: "final", Version: 7, At: "packs/2026-27/Q1/communities/v7"}},
		Others:  []Return{{Name: "Strays.xlsx", Errors: 1, Findings: []Finding{{"", "its sheets are damaged", "Save it again."}}}},
		Refused: []Refused{{"link.xlsx", "it is a link; put the workbook itself here"}}}
}

func messageOf(t *testing.T, d Digest) Message {
	t.Helper()
	m, err := NewMaker()
	if err != nil {
		t.Fatal(err)
	}
	out, err := m.Message(d, "parkside.example", day)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMessage(t *testing.T) {
	m := messageOf(t, full())
	if want := "Parkside Council: 2 returns have figures that are not used; 1 return has something to look at; 2 returns are wanted by 15 October 2026; a final version is there; a new draft is there; 1 file is not read"; m.Subject != want {
		t.Errorf("the subject is %q", m.Subject)
	}
	for _, want := range []string{"YOUR RETURNS\n\nHousing Q2.xlsx (Housing, 2026/27 Q2)\n  Not used: 2. Please look: 1.\n  - PIs G9: the outturn is", "\n    column of figures. Write", "- And 1 more.",
		"Voids.xlsx (Housing, 2026/27 Q2)\n  All figures are used. Please look: 3.\n  - PIs B2: the unit is not known. Give it.\n", "in 7 days. None has", "which is tomorrow", "Since version 3: lights (2), texts (1).",
		"return-missing (1)", "Strays.xlsx\n  Not used: 1.\n  - its sheets are damaged. Save it again.", "- link.xlsx: it is a link", "\n-- \n"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("the text lacks %q:\n%s", want, m.Text)
		}
	}
	if strings.Contains(m.Text, "\n\n\n") || strings.Contains(m.Text, "<no value>") {
		t.Errorf("the text is\n%s", m.Text)
	}
	t.Logf("%s\n\n%s", m.Subject, m.Text)
	if again := messageOf(t, full()); again.ID != m.ID || !strings.HasSuffix(m.ID, "@parkside.example") {
		t.Errorf("the same digest has the ids %s and %s", m.ID, again.ID)
	}
	alone := messageOf(t, Digest{To: "a@b.example", Wanted: []Wanted{{"Parks", "2026/27 Q2", "21 October 2026", 0}}})
	if alone.Subject != "1 return is wanted by 21 October 2026" || strings.Contains(alone.Text, "YOUR RETURNS") || strings.Contains(alone.Text, "PACKS") || !strings.Contains(alone.Text, "which is today") {
		t.Errorf("a lone reminder is %q\n%s", alone.Subject, alone.Text)
	}
	if alone.ID == m.ID {
		t.Error("two digests have one id")
	}
}

// nasty are names that an officer, or somebody who means harm, may give.
var nasty = []string{"a\r\nBcc: all@parkside.example", "a\n\n<html>", "a\x00b\x1b[2J", "Cyngor Sir Gâr 🙂 \u202egnirts", "\xff\xfe broken", "a\u2028b", strings.Repeat("long ", 200), strings.Repeat("x", 900)}

// Whatever texts hold, a message has the headers that it should and no others, and lines of a lawful length.
func TestNothingBreaksAMessage(t *testing.T) {
	server, err := witness.NewMailServer("none", "", "")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	s := Server{Host: "127.0.0.1", Port: server.Port, TLS: "none", From: "Performance <p@parkside.example>"}
	headers := ""
	for n, bad := range nasty {
		d := full()
		d.Council, d.Returns[0].Name, d.Wanted[0].Plan, d.Packs[0].Board, d.Refused[0].Name, d.Returns[0].Findings[0].Saw = bad, bad, bad, bad, bad, bad
		if err := s.Send(t.Context(), []Message{messageOf(t, d)}, func(_ Message, err error) {
			if err != nil {
				t.Error(err)
			}
		}); err != nil {
			t.Fatal(err)
		}
		got := server.Mails()[n]
		var names []string
		for name := range got.Header {
			names = append(names, name)
		}
		if headers == "" {
			headers = sorted(names)
		}
		if h := sorted(names); h != headers || got.To != "ann@parkside.example" {
			t.Errorf("%q gives mail to %s with the headers %s, not %s", bad, got.To, h, headers)
		}
		for line := range strings.SplitSeq(got.Raw, "\r\n") {
			if len(line) > 998 || strings.ContainsAny(line, "\n\r\x00\x1b") {
				t.Errorf("%q gives the line %q", bad, line)
			}
		}
		for line := range strings.SplitSeq(got.Text, "\n") {
			if strings.ContainsFunc(line+got.Subject, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }) {
				t.Errorf("%q gives the characters of %q", bad, line)
			}
			if strings.HasPrefix(line, "Bcc:") || !utf8.ValidString(line) || utf8.RuneCountInString(line) > width && strings.Contains(strings.TrimSpace(line), " ") && !strings.Contains(line, "xxxx") {
				t.Errorf("%q gives the line of text %q", bad, line)
			}
		}
	}
	want := "Auto-Submitted Content-Transfer-Encoding Content-Type Date From Message-Id Mime-Version Subject To User-Agent X-Auto-Response-Suppress X-Mailer"
	if headers != want {
		t.Errorf("the headers are %s", headers)
	}
}

func sorted(names []string) string { return strings.Join(slices.Sorted(slices.Values(names)), " ") }

// What goes out is read back as it was meant, over each kind of connection.
func TestSend(t *testing.T) {
	for _, security := range []string{"starttls", "tls", "none"} {
		user, password := "boardpack", "pass wörd"
		if security == "none" {
			user, password = "", ""
		}
		server, err := witness.NewMailServer(security, user, password)
		if err != nil {
			t.Fatal(err)
		}
		s := Server{Host: "127.0.0.1", Port: server.Port, TLS: security, User: user, Password: password, From: "Cyngor Gâr <p@parkside.example>", roots: x509.NewCertPool()}
		s.roots.AppendCertsFromPEM(server.Certificate)
		m := messageOf(t, full())
		if err := s.Send(t.Context(), []Message{m}, func(_ Message, err error) {
			if err != nil {
				t.Errorf("%s: %v", security, err)
			}
		}); err != nil {
			t.Fatal(err)
		}
		wantReadBack(t, security, server.Mails(), m, user)
		wrong := s
		wrong.Password += "!"
		if err := wrong.Try(t.Context()); (err == nil) != (security == "none") {
			t.Errorf("%s: with a wrong password: %v", security, err)
		}
		strange := s
		strange.roots = nil
		if err := strange.Try(t.Context()); (err == nil) != (security == "none") {
			t.Errorf("%s: a certificate that nobody vouches for: %v", security, err)
		}
		server.Stop()
		if err := s.Send(t.Context(), []Message{m}, func(Message, error) { t.Error("it was told") }); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("reach the mail server 127.0.0.1, port %d", s.Port)) {
			t.Errorf("%s: a server that is away: %v", security, err)
		}
	}
}

func wantReadBack(t *testing.T, security string, mails []witness.Mail, m Message, user string) {
	t.Helper()
	if len(mails) != 1 {
		t.Fatalf("%s: %d messages came", security, len(mails))
	}
	got := mails[0]
	if got.TLS != (security != "none") || got.User != user || got.Subject != m.Subject || got.Text != m.Text {
		t.Errorf("%s: it came encrypted %v, from %q, as %q\n%s", security, got.TLS, got.User, got.Subject, got.Text)
	}
	media, params, err := mime.ParseMediaType(got.Header.Get("Content-Type"))
	if err != nil || media != "text/plain" || !strings.EqualFold(params["charset"], "utf-8") {
		t.Errorf("%s: its type is %s %v (%v)", security, media, params, err)
	}
	from, err := mail.ParseAddress(got.Header.Get("From"))
	if err != nil || from.Name != "Cyngor Gâr" || from.Address != "p@parkside.example" {
		t.Errorf("%s: it is from %v (%v)", security, from, err)
	}
	if at, err := got.Header.Date(); err != nil || !at.Equal(day) {
		t.Errorf("%s: its date is %v (%v)", security, at, err)
	}
	if !regexp.MustCompile(`^<[0-9a-f]{32}@parkside\.example>$`).MatchString(got.Header.Get("Message-Id")) || got.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("%s: its headers are %v", security, got.Header)
	}
}

// STARTTLS is never left out because somebody between took away the offer.
func TestNoSilentPlainText(t *testing.T) {
	server, err := witness.NewMailServer("none", "", "")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	s := Server{Host: "127.0.0.1", Port: server.Port, TLS: "starttls", From: "p@parkside.example"}
	if err := s.Try(t.Context()); err == nil {
		t.Error("it goes on without TLS")
	}
}

// One address that is refused costs no other its mail, and its end says whether to try again.
func TestRefusedAddress(t *testing.T) {
	server, err := witness.NewMailServer("none", "", "")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	s := Server{Host: "127.0.0.1", Port: server.Port, TLS: "none", From: "p@parkside.example"}
	server.Refuse("gone@parkside.example", 550)
	server.Refuse("later@parkside.example", 451)
	var messages []Message
	for _, to := range []string{"gone@parkside.example", "one@parkside.example", "later@parkside.example", "two@parkside.example"} {
		d := full()
		d.To = to
		messages = append(messages, messageOf(t, d))
	}
	ends := map[string]error{}
	if err := s.Send(t.Context(), messages, func(m Message, err error) { ends[m.To] = err }); err != nil {
		t.Fatal(err)
	}
	gone, later := Failure{}, Failure{}
	if !errors.As(ends["gone@parkside.example"], &gone) || !gone.ForGood() || !errors.As(ends["later@parkside.example"], &later) || later.ForGood() ||
		ends["one@parkside.example"] != nil || ends["two@parkside.example"] != nil || len(server.Mails()) != 2 {
		t.Errorf("the ends are %v, and %d messages came", ends, len(server.Mails()))
	}
	if gone.Code != 550 || later.Code != 451 || strings.Contains(gone.Error(), "@") {
		t.Errorf("the failures are %v and %v", gone, later)
	}
}
