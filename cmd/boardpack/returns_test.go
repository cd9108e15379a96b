package main

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"boardpack/cmd/internal/calendar"
	"boardpack/cmd/internal/store"
	"boardpack/ingest"
	"boardpack/transform"
)

// What is told of each board's returns, with a due date of 21 October 2026.
func TestStatesOfReturns(t *testing.T) {
	q2 := ingest.Period{Year: 2026, Quarter: 2}
	due := 21
	w := &workspace{settings: settings{calendar: calendar.Calendar{Due: &due},
		boards: []transform.Board{{ID: "homes", Plans: []string{"Housing", "Community Safety", "Planning"}}, {ID: "all"}}}}
	at := func(day int, hour int) time.Time { return time.Date(2026, time.October, day, hour, 30, 0, 0, time.UTC) }
	received := []receivedVersion{
		{Key: "housing", Name: "Housing Q2.xlsx", Number: 1, Received: at(20, 9), Period: q2, Plans: []string{"Housing"}, Usable: true},
		{Key: "housing", Name: "Housing Q2.xlsx", Number: 2, Received: at(25, 9), Period: q2, Plans: []string{"Housing"}, Usable: true},
		{Key: "safety", Name: "Safety.xlsx", Number: 1, Received: at(21, 23), Period: q2, Plans: []string{"Community Safety service plan"}, Usable: true}, // 22 October in London
		{Key: "parks", Name: "Parks.xlsx", Number: 1, Received: at(2, 9), Period: q2, Plans: []string{"Parks"}, Usable: true, Nil: true},
		{Key: "waste", Name: "Waste.xlsx", Number: 1, Received: at(2, 9), Period: q2, Plans: []string{"Waste"}, Usable: true},
		{Key: "waste", Name: "Waste.xlsx", Number: 2, Received: at(3, 9), Plans: []string{""}},
		{Key: "roads", Name: "Roads Q1.xlsx", Number: 1, Received: at(1, 9), Period: q2.Before(), Plans: []string{"Roads"}, Usable: true},
		{Key: "plans", Name: "Plans.xlsx", Number: 1, Received: at(1, 9), Period: ingest.Period{Year: 2026}, Plans: []string{"Trees", "Housing"}, Planning: true, Usable: true},
		{Key: "elsewhere", Name: "Elsewhere.xlsx", Number: 1, Received: at(1, 9), Period: q2, Plans: []string{"Planning"}, Usable: true, boards: []string{"other"}},
		{Key: "arts", Name: "Arts.xlsx", Number: 1, Received: at(4, 9), Period: q2, Plans: []string{"Planning"}},
	}
	for day, want := range map[string]string{
		"2026-10-21": "homes Housing: on time; homes Community Safety: late (late); homes Planning: cannot be used; " +
			"all Community Safety service plan: late (late); all Housing: on time; all Parks: nil return; all Roads: not returned yet; all Trees: not returned yet; all Waste: last good used",
		"2026-10-22": "homes Housing: on time; homes Community Safety: late (late); homes Planning: overdue; " +
			"all Community Safety service plan: late (late); all Housing: on time; all Parks: nil return; all Roads: overdue; all Trees: overdue; all Waste: last good used",
	} {
		on, err := ingest.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, s := range w.returnStates(received, q2, on) {
			words := fmt.Sprintf("%s %s: %s", s.Board, s.Plan, s.State)
			if s.Late {
				words += " (late)"
			}
			told = append(told, words)
		}
		if got := strings.Join(told, "; "); got != want {
			t.Errorf("on %s it is\n%s\nwant\n%s", day, got, want)
		}
	}
	if s := w.returnStates(received, q2, ingest.Date{})[0]; s.Name != "Housing Q2.xlsx" || !s.Received.Equal(at(20, 9)) || s.Due.String() != "2026-10-21" {
		t.Errorf("%+v", s)
	}
}

// From the ledger comes what stands in the folder, read as the workspace reads; not what was taken away.
func TestReceivedVersions(t *testing.T) {
	ctx := t.Context()
	s, err := store.Open(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := &workspace{}
	w.Service.Inboxes = []inboxConfig{{Name: "homes", Boards: nameList{"homes"}}, {Name: "others"}}
	now := time.Date(2026, time.October, 20, 9, 0, 0, 0, time.UTC)
	for i, r := range []struct {
		inbox, key, text string
		ret              ingest.Return
		stands           bool
	}{
		{"homes", "housing", "a", ingest.Return{Plan: "Housing", Indicators: []ingest.Indicator{{Row: ingest.Row{Plan: "Lettings"}}, {Row: ingest.Row{Plan: "Housing"}}}}, true},
		{"homes", "housing", "b", ingest.Return{Plan: "Housing", Unusable: true}, true},
		{"others", "parks", "c", ingest.Return{Plan: "Parks", Nil: true}, true},
		{"others", "gone", "d", ingest.Return{Plan: "Gone", Nil: true}, false},
	} {
		staged, err := s.Stage(100, func(to io.Writer) error { _, err := io.WriteString(to, r.text); return err })
		if err != nil {
			t.Fatal(err)
		}
		v, _, err := s.Receive(ctx, staged, store.Receipt{Inbox: r.inbox, Name: r.key + ".xlsx", Key: r.key, Received: now.Add(time.Duration(i) * time.Hour)})
		staged.Drop()
		if err == nil {
			r.ret.Period = ingest.Period{Year: 2026, Quarter: 2}
			at := &service{store: s}
			err = at.keepReading(ctx, w, v, readReturn{ret: r.ret}, now)
		}
		if err == nil && r.stands {
			err = s.KeepPlace(ctx, placeIn(returnsPlace, r.inbox), store.Place{Path: r.key + ".xlsx", Name: r.key + ".xlsx", Key: r.key, SHA256: v.SHA256})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := receivedVersions(ctx, s.Reader, w)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, r := range got {
		told = append(told, fmt.Sprintf("%s %d %s %q usable %v nil %v", r.Name, r.Number, r.Period, r.Plans, r.Usable, r.Nil))
	}
	want := `homes/housing.xlsx 1 2026/27 Q2 ["Housing" "lettings"] usable true nil false; homes/housing.xlsx 2 2026/27 Q2 ["Housing"] usable false nil false; ` +
		`others/parks.xlsx 1 2026/27 Q2 ["Parks"] usable true nil true`
	if is := strings.Join(told, "; "); is != want {
		t.Errorf("it is\n%s\nwant\n%s", is, want)
	}
}
