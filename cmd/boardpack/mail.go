package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	netmail "net/mail"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"boardpack/cmd/internal/nightly"
	"boardpack/cmd/internal/post"
)

// mailJob is the job that tells people by mail, as the ledger names it. It is
// a job of its own, so that a mail server that is away never delays packs, and
// is tried again by itself.
const mailJob = "mail"

// mailLimit ends a sending that takes longer than any should.
const mailLimit = 10 * time.Minute

// isRegister is why a register among the returns is passed over, of which nobody need be told.
const isRegister = "it is a register"

// mailJobs is the sending of mail on the schedule of the packs, after them, and after a night that was made up.
func (s *service) mailJobs(ctx context.Context, schedule nightly.Schedule) ([]nightly.Job, error) {
	last, err := s.store.LastRun(ctx, mailJob)
	when := afterNights{schedule, func() time.Time {
		night, err := s.store.LastRun(ctx, nightJob)
		if err != nil {
			return time.Time{} // the night itself tells what is wrong with the ledger
		}
		return night.Ended
	}}
	return []nightly.Job{{Name: mailJob, When: when, Last: last.Began, Limit: mailLimit, Do: s.mail}}, err
}

// afterNights are the times of a schedule, and the end of the last night that did its work.
type afterNights struct {
	schedule nightly.Times
	ended    func() time.Time
}

func (a afterNights) Next(after time.Time) time.Time {
	if ended := a.ended(); ended.After(after) {
		return ended
	}
	return a.schedule.Next(after)
}

// mailOnce sends what is due after a single night. That it could not be sent is told, and fails nothing.
func (s *service) mailOnce(ctx context.Context) {
	if err := s.mail(ctx, time.Now().Round(0)); err != nil {
		s.log.Error("mail was not sent; what it would say is told the next time", "error", err.Error())
	}
}

func (w *workspace) hasMail() bool { return w.Service.Mail.Host != "" }

// hasMail reports whether mail is configured, as far as the configuration could be read.
func (s *service) hasMail() bool {
	s.opening.Lock()
	defer s.opening.Unlock()
	return s.opened.hasMail()
}

// mail tells people what is new to them. Who was told what is kept as soon as
// the server has the message; what it did not take is told the next time.
func (s *service) mail(ctx context.Context, now time.Time) error {
	w, err := s.open()
	if err != nil || !w.hasMail() {
		return err
	}
	letters, err := s.letters(ctx, &w, now)
	if err != nil || len(letters) == 0 {
		return err
	}
	server, err := w.mailServer()
	if err != nil {
		return err
	}
	messages, of, err := written(letters, server.Domain(), now)
	if err != nil {
		return err
	}
	var later error
	sent := 0
	err = server.Send(ctx, messages, func(m post.Message, failed error) {
		l := of[m.ID]
		if failed == nil {
			sent++
			failed = s.store.KeepTold(context.WithoutCancel(ctx), l.address, l.states, now)
		}
		var failure post.Failure
		switch {
		case failed == nil:
		case errors.As(failed, &failure) && failure.ForGood():
			s.log.Warn("an address is refused; see it in boardpack.yaml under mail", "of", strings.Join(l.of, ", "), "why", failed.Error())
		default:
			later = failed
		}
	})
	s.log.Info("mail was sent", "messages", sent, "of", len(messages))
	return errors.Join(err, later)
}

// written gives the messages in the order of their addresses, and by their ids the letters that they are of.
func written(letters map[string]*letter, domain string, now time.Time) ([]post.Message, map[string]*letter, error) {
	maker, err := post.NewMaker()
	if err != nil {
		return nil, nil, err
	}
	var messages []post.Message
	of := map[string]*letter{}
	for _, address := range slices.Sorted(maps.Keys(letters)) {
		l := letters[address]
		m, err := maker.Message(l.digest, domain, now)
		if err != nil {
			return nil, nil, err
		}
		messages, of[m.ID] = append(messages, m), l
	}
	return messages, of, nil
}

// mailServer is the server of the configuration, with its password.
func (w *workspace) mailServer() (post.Server, error) {
	c := w.Service.Mail
	s := post.Server{Host: c.Host, Port: c.Port, TLS: c.TLS, User: c.User, From: c.From}
	if c.PasswordFile == "" {
		return s, nil
	}
	name := c.PasswordFile
	if !filepath.IsAbs(name) {
		name = filepath.Join(w.dir, name)
	}
	password, err := readPassword(name)
	s.Password = password
	return s, err
}

// readPassword reads a file that holds a password alone, and that not everybody may read.
func readPassword(name string) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", fmt.Errorf("the password file of mail, %s, cannot be read: %s", name, reason(err))
	}
	if m := info.Mode().Perm(); runtime.GOOS != "windows" && m&0o027 != 0 {
		return "", fmt.Errorf("the password file of mail, %s, may be read or changed by others (%s); give it to the service's user alone: chmod 600", name, m)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("the password file of mail, %s, cannot be read: %s", name, reason(err))
	}
	password := strings.TrimRight(string(b), "\r\n")
	if password == "" || strings.ContainsAny(password, "\r\n") {
		return "", fmt.Errorf("the password file of mail, %s, holds no single line; put the password alone into it", name)
	}
	return password, nil
}

// mailAddress is an address in the form under which it is kept who was told what.
func mailAddress(given string) string {
	a, err := netmail.ParseAddress(given)
	if err != nil {
		return given // the configuration was checked
	}
	return strings.ToLower(a.Address)
}
