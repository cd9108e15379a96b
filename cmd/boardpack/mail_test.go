package main

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"boardpack/cmd/internal/calendar"
	"boardpack/cmd/internal/nightly"
	"boardpack/cmd/witness"
	"boardpack/ingest"
	"boardpack/transform"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptMail is the mail server of one script.
type scriptMail struct{ server *witness.MailServer }

type mailKey struct{}

func mailOf(ts *testscript.TestScript) *scriptMail { return ts.Value(mailKey{}).(*scriptMail) }

func mailServerOf(ts *testscript.TestScript, neg bool, args []string) {
	m := mailOf(ts)
	switch {
	case neg || len(args) == 0:
		ts.Fatalf("usage: mailserver SECURITY [USER PASSWORD]")
	case args[0] == "stop":
		m.server.Stop()
		return
	case args[0] == "start":
		ts.Check(m.server.Start())
		return
	}
	user, password := "", ""
	if len(args) == 3 {
		user, password = args[1], args[2]
	}
	var err error
	m.server, err = witness.NewMailServer(args[0], user, password)
	ts.Check(err)
	ts.Defer(func() { m.server.Stop() })
	ts.Setenv("MAILPORT", strconv.Itoa(m.server.Port))
	ts.Check(os.WriteFile(ts.MkAbs("authority.pem"), m.server.Certificate, 0o644))
	ts.Setenv("SSL_CERT_FILE", ts.MkAbs("authority.pem"))
}

func mailRefuse(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mailrefuse ADDRESS CODE")
	}
	code, err := strconv.Atoi(args[1])
	ts.Check(err)
	mailOf(ts).server.Refuse(args[0], code)
}

func mailsAre(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: mails N")
	}
	got := mailOf(ts).server.Mails()
	if want, err := strconv.Atoi(args[0]); err != nil || len(got) != want {
		for _, m := range got {
			ts.Logf("to %s: %s\n%s", m.To, m.Subject, m.Text)
		}
		ts.Fatalf("%d messages came, want %s", len(got), args[0])
	}
}

func mailSays(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: mail N ADDRESS TEXT…")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	mails := mailOf(ts).server.Mails()
	if n < 1 || n > len(mails) {
		ts.Fatalf("%d messages came", len(mails))
	}
	m := mails[n-1]
	said := strings.Join(strings.Fields(m.Subject+"\n"+m.Text), " ")
	if m.To != args[1] {
		ts.Fatalf("message %d is to %s", n, m.To)
	}
	for _, want := range args[2:] {
		text, not := strings.CutPrefix(want, "!")
		if strings.Contains(said, text) == not {
			ts.Fatalf("message %d, on %q:\n%s", n, want, m.Subject+"\n"+m.Text)
		}
	}
}

// A reminder comes when its day is reached, once, also where the machine was off that day, and none after the due date.
func TestStageOf(t *testing.T) {
	for _, c := range []struct {
		days, want int
		near       bool
	}{{8, 0, false}, {7, 7, true}, {6, 7, true}, {2, 7, true}, {1, 1, true}, {0, 1, true}, {-1, 0, false}} {
		if got, near := stageOf([]int{1, 7}, c.days); got != c.want || near != c.near {
			t.Errorf("%d days before, the reminder is %d (%v), want %d (%v)", c.days, got, near, c.want, c.near)
		}
	}
	if _, near := stageOf(nil, 1); near {
		t.Error("there is a reminder without any")
	}
}

// Those whose return has not come are reminded as the date nears; a return of the plan ends that, also one of another spelling.
func TestWanted(t *testing.T) {
	due := 21
	w := &workspace{settings: settings{config: config{Service: serviceConfig{Mail: mailConfig{Remind: []int{7, 1}}}},
		calendar: calendar.Calendar{Due: &due}, boards: []transform.Board{{ID: "all"}}}}
	q2 := ingest.Period{Year: 2026, Quarter: 2} // due on 21 October 2026
	of := func(plan string, p ingest.Period) receivedVersion {
		return receivedVersion{Key: plan, Plans: []string{plan}, Period: p, Usable: true, Received: p.LastDay().Time()}
	}
	told := map[string]map[string]string{}
	for _, c := range []struct {
		day  int // of October
		has  []receivedVersion
		want string
	}{
		{13, nil, ""},
		{14, nil, "7 21 October 2026"},
		{15, nil, ""},
		{20, []receivedVersion{of("Housing Services", q2)}, ""},
		{20, []receivedVersion{of("Housing", q2.Before()), of("Parks", q2)}, "1 21 October 2026"},
		{21, nil, ""},
		{22, nil, ""},
	} {
		x := teller{w: w, told: told, letters: map[string]*letter{}, holds: map[string]map[string]bool{}, today: ingest.Date{Year: 2026, Month: time.October, Day: c.day}, received: c.has}
		l := x.to("Ann <Ann@parkside.example>", "Housing")
		got := ""
		for _, w := range x.wanted(l, "Housing") {
			got += strconv.Itoa(w.Days) + " " + w.Due
		}
		if got != c.want {
			t.Errorf("on %d October %q is wanted, want %q", c.day, got, c.want)
		}
		if l.address != "ann@parkside.example" {
			t.Errorf("the address is kept as %s", l.address)
		}
		for about, state := range l.states {
			told[l.address] = map[string]string{about: state}
		}
	}
}

// Mail goes at its times, and once more after a night that ended since.
func TestAfterNights(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 10, 14, hour, 0, 0, 0, time.UTC) }
	var ended time.Time
	a := afterNights{nightly.Interval(24 * time.Hour), func() time.Time { return ended }}
	for _, c := range []struct{ ended, after, want time.Time }{
		{time.Time{}, at(2), at(26)},
		{at(1), at(2), at(26)},
		{at(3), at(2), at(3)},
	} {
		if ended = c.ended; !a.Next(c.after).Equal(c.want) {
			t.Errorf("after %s, with a night that ended at %s, it is %s", c.after, c.ended, a.Next(c.after))
		}
	}
}

// A password that others may read is not used.
func TestReadPassword(t *testing.T) {
	for _, c := range []struct {
		text string
		mode os.FileMode
		want string
		ok   bool
	}{{"secret word\r\n", 0o600, "secret word", true}, {"secret", 0o440, "secret", true}, {"secret", 0o644, "", false}, {"secret", 0o660, "", false}, {"\n", 0o600, "", false}, {"a\nb", 0o600, "", false}} {
		name := t.TempDir() + "/password"
		if err := os.WriteFile(name, []byte(c.text), c.mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, c.mode); err != nil {
			t.Fatal(err)
		}
		if got, err := readPassword(name); got != c.want && c.ok || (err == nil) != c.ok {
			t.Errorf("%q with %v is %q (%v)", c.text, c.mode, got, err)
		}
	}
}
