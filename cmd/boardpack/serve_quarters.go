package main

import (
	"bytes"
	"log/slog"
)

// logging is the app for what the service does: without progress, which has no
// place between lines of a log, and with what it tells in the log.
func (s *service) logging() *app { return &app{out: s.app.quietly().out, err: logLines{s.log}} }

// logLines logs each line that is written to it.
type logLines struct{ to *slog.Logger }

func (l logLines) Write(b []byte) (int, error) {
	for line := range bytes.Lines(b) {
		if text := bytes.TrimSpace(bytes.TrimPrefix(line, []byte("boardpack: "))); len(text) > 0 {
			l.to.Warn(string(text))
		}
	}
	return len(b), nil
}

// tellShut says of a return that it came when its quarter was not open.
func (s *service) tellShut(w *workspace, r readReturn) {
	if p := r.ret.Period; p.Known() && !r.ret.IsPlan() && !w.isOpen(p) {
		s.log.Warn("a return came for a quarter that is not open; it is kept, and no pack is made of it", "name", r.name, "quarter", w.shut(p))
	}
}
