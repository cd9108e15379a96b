package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"boardpack/cmd/internal/store"
	"boardpack/cmd/internal/whole"
)

// A request is work on the store that a command orders. Where the service has
// the store, the command leaves the request in a folder of it, and the service
// does it at its next look and leaves what came of it. Whoever may write there
// may change the store anyway. A request is taken away once it is answered, and
// one that is done twice, as a killed service does, changes nothing more.
type request struct {
	Purge  *purgeOrder  `json:"purge,omitempty"`
	Retain *retainOrder `json:"retain,omitempty"`
}

// outcome is what came of a request.
type outcome struct {
	Told  []string `json:"told"`
	Error string   `json:"error,omitempty"`
}

const (
	requestsFolder = "requests"
	requestEnd     = ".request"
	outcomeEnd     = ".outcome"
)

// requestWait is how long a command waits for the service.
const requestWait = 5 * time.Minute

// answersOf gives the folder of answers of an inbox; empty where it is not known.
type answersOf func(inbox string) string

// carryOut does what is requested, and tells it.
func (r request) carryOut(ctx context.Context, st *store.Store, answers answersOf, now time.Time) ([]string, error) {
	switch {
	case r.Purge != nil:
		return r.Purge.carryOut(ctx, st, answers, now)
	case r.Retain != nil:
		return r.Retain.carryOut(ctx, st, now)
	}
	return nil, errors.New("the request says nothing that this boardpack knows")
}

// order carries a request out, or has the service do so where that has the store.
func (a *app) order(ctx context.Context, out string, r request, answers answersOf) error {
	dir := filepath.Join(out, archiveFolder)
	var told []string
	st, err := store.Open(ctx, dir)
	switch {
	case errors.Is(err, store.ErrInUse):
		told, err = a.askService(ctx, filepath.Join(dir, requestsFolder), r)
	case err == nil:
		told, err = r.carryOut(ctx, st, answers, time.Now())
		err = errors.Join(err, st.Close())
	}
	for _, line := range told {
		fmt.Fprintln(a.out, line)
	}
	return err
}

// askService leaves a request for the service and waits for its outcome.
func (a *app) askService(ctx context.Context, dir string, r request) ([]string, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	name := filepath.Join(dir, strconv.FormatInt(time.Now().UnixNano(), 10)+"-"+strconv.Itoa(os.Getpid()))
	if err := whole.MakeFolder(dir); err != nil {
		return nil, err
	}
	if err := whole.WriteFile(name+requestEnd, b); err != nil {
		return nil, fmt.Errorf("leave the request for the service: %w", err)
	}
	fmt.Fprintln(a.err, "boardpack: the service is at work; it does this at its next look")
	ctx, cancel := context.WithTimeoutCause(ctx, requestWait, errNoAnswer)
	defer cancel()
	o, err := awaitOutcome(ctx, name)
	if err != nil {
		if os.Remove(name+requestEnd) == nil {
			return nil, fmt.Errorf("%w; the request was taken back, and nothing is done", err)
		}
		return nil, fmt.Errorf("%w; it has begun, and boardpack verify --all tells what was taken out", err)
	}
	if o.Error != "" {
		err = errors.New(o.Error)
	}
	return o.Told, err
}

var errNoAnswer = errors.New("the service does not answer: another boardpack may be at work on the store, or a look takes long; see its log, and try again")

func awaitOutcome(ctx context.Context, name string) (o outcome, err error) {
	for {
		if b, err := os.ReadFile(name + outcomeEnd); err == nil {
			return o, errors.Join(json.Unmarshal(b, &o), os.Remove(name+outcomeEnd))
		}
		select {
		case <-ctx.Done():
			return o, context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// attend carries out what commands have requested of the service. What goes
// wrong with a request is its outcome, and keeps nothing else from going on.
func (s *service) attend(ctx context.Context, now time.Time) error {
	dir := filepath.Join(s.flags.run.out, archiveFolder, requestsFolder)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // nobody has requested anything yet
	}
	for _, e := range entries {
		file := filepath.Join(dir, e.Name())
		name, is := strings.CutSuffix(file, requestEnd)
		if info, err := e.Info(); !is && err == nil && now.Sub(info.ModTime()) > 24*time.Hour {
			_ = os.Remove(file) // an outcome that nobody came for; it is tried again
		}
		if !is || whole.IsUnfinished(e.Name()) {
			continue
		}
		if err := s.attendTo(ctx, file, name, now); err != nil {
			s.log.Error("a request could not be answered", "file", file, "error", err.Error())
		}
	}
	return ctx.Err()
}

func (s *service) attendTo(ctx context.Context, file, name string, now time.Time) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var r request
	var o outcome
	if err = json.Unmarshal(b, &r); err == nil {
		o.Told, err = r.carryOut(ctx, s.store, s.answersOf, now)
	}
	if ctx.Err() != nil {
		return ctx.Err() // it is done at the next start
	}
	if err != nil {
		o.Error = err.Error()
	}
	s.log.Info("a request was carried out", "taken_out", len(o.Told), "error", o.Error)
	if b, err = json.Marshal(o); err != nil {
		return err
	}
	return errors.Join(whole.WriteFile(name+outcomeEnd, b), os.Remove(file))
}

// answersOf gives the folder of answers of an inbox.
func (s *service) answersOf(inbox string) string {
	if b := s.inboxNamed(inbox); b != nil {
		return b.answers.dir
	}
	return ""
}
