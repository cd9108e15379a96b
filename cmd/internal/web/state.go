package web

import (
	"context"
	"html/template"
	"io"
	"log/slog"
	"time"

	"boardpack/cmd/internal/store"
	"boardpack/ingest"
)

// Options are what the pages are made of. Every function may be called by
// several goroutines at once.
type Options struct {
	Store   *store.Reader
	Packs   string // the folder of packs
	Council string
	Program string // "0.5.0"
	Style   template.CSS
	Zone    *time.Location // in which times are told
	Now     func() time.Time
	Log     *slog.Logger

	State   func() State                                                             // what the service knows now
	Listed  func(ctx context.Context) ([]Listed, error)                              // every version of every pack
	About   func(p store.Pack) (About, error)                                        // what its manifest says beside the ledger
	Changes func(p store.Pack) ([]Change, error)                                     // what changed since the version before
	Answers func(ctx context.Context, of []store.Latest) (map[int64][]Answer, error) // to returns, by the ID of the version
	Awaited func(ctx context.Context, p ingest.Period) ([]Awaited, error)            // how each return stands that boards have or await for a quarter
	Reach   func(ctx context.Context, of []store.Latest) (map[int64]Reach, error)    // whose the returns are, by the ID of the version
	Quarter func(p ingest.Period) Quarter                                            // what is set for a quarter
	Next    func(after time.Time, n int) []time.Time                                 // runs of the schedule
	Disk    func() (left uint64, err error)                                          // bytes that are left for packs and archive
}

// State is what only the running service knows, at a moment.
type State struct {
	Began   time.Time // that the service was started
	Boards  []Board   // of the configuration, in its order
	Inboxes []Inbox
	Idle    []string // jobs that have nothing to do by the configuration: of these only failures are shown
}

// Board is a body that reads packs.
type Board struct{ ID, Name string }

// Quarter is what is set for the returns of a quarter, and what that makes of it now.
type Quarter struct {
	Due, Closes ingest.Date // zero where nothing is set
	State       string      // one of the states of templates/web/words.yaml: "open", "closed", …
}

// Awaited is how the return of a plan for a quarter stands.
type Awaited struct {
	Plan     string
	Boards   []string  // the names of those that have or await it
	State    string    // one of the states of templates/web/words.yaml: "on time", "overdue", …
	Late     bool      // it was received after its day
	Received time.Time // of the first version that can be used; zero where there is none
	Name     string    // of the workbook that is used, after the name of its inbox; empty where there is none
}

// Here reports whether something of it can be used.
func (a Awaited) Here() bool { return a.Name != "" }

// Inbox is a shared folder as the last look saw it.
type Inbox struct {
	Name      string // empty where there is one
	Folder    string
	Looked    time.Time // when the last look ended; zero before the first
	Away      string    // why nothing can be said of it now, in words; empty where it is reachable
	Since     time.Time // that it is away
	Waiting   []Waiting
	Refused   []Refused
	Conflicts []Conflict
	Unread    []string // folders and files below it that give no access

	Standing map[string]bool // the keys of the returns that stand in it
}

// Reach is whose a return is.
type Reach struct {
	Plans  []string // that it holds, of those that boards read by their configuration
	Boards []string // the names of those that read any of them
	Told   bool     // its reading says it
}

// Waiting is a file that is not read yet.
type Waiting struct {
	Name, Why string
	Since     time.Time
}

// Refused is a file that is not read, and why.
type Refused struct{ Name, Why string }

// Conflict is two or more files that are one return and differ.
type Conflict struct {
	Used  string // the one that is used; empty where none is
	Names []string
}

// Listed is a version of a pack with how it stands today.
type Listed struct {
	store.Pack
	Who       string    // published it, or superseded it
	Settled   time.Time // when that was
	Reason    string    // why it was superseded
	Successor int       // the version in its place; 0 where there is none
}

// About is what the manifest of a pack says beside the ledger.
type About struct {
	BoardName string
	DataAsAt  ingest.Date
	Stops     []Stop
	Before    int // the version that its changes are told against; 0 for none
	Changes   int // values and rows that differ from it; -1 where they are not known
}

// Stop is a check whose open findings stop a final version.
type Stop struct {
	Check    string
	Findings int
}

// Change is one value of a pack that differs from the version before, or a row that came or went.
type Change struct{ Group, What, Ref, Title, Plan, Column, Was, Now string }

// Answer is a file that the service wrote for the officer of a return.
type Answer struct {
	Copy    bool   // the marked copy; else the page that shows how the workbook was read
	Name    string // of the file, without folders
	SHA256  string // of what was written
	Size    int64  // bytes
	Written time.Time
	Open    func() (io.ReadCloser, error)
}
