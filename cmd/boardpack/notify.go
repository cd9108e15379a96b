package main

import (
	"context"
	"log/slog"
	"net"
	"os"
	"strings"

	manager "github.com/kardianos/service"
)

// toldManager tells systemd, where it started this and asks for it
// (sd_notify(3), Type=notify), that the service is ready, and when it begins to
// stop. What is given back ends the telling.
func toldManager(ctx context.Context, log *slog.Logger) func() bool {
	tell := func(state string) {
		if err := notify(os.Getenv("NOTIFY_SOCKET"), state); err != nil {
			log.Warn("the service manager cannot be told", "state", state, "why", err.Error())
		}
	}
	tell("READY=1")
	return context.AfterFunc(ctx, func() { tell("STOPPING=1") })
}

// notify sends one state to a socket by its path; one that begins with "@" is
// of Linux's abstract names. Without a socket nobody asks.
func notify(socket, state string) error {
	if socket == "" {
		return nil
	}
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.Write([]byte(state))
	return err
}

// eventLines writes the lines of a log into the event log of Windows, each with its level.
type eventLines struct{ log manager.Logger }

func (e eventLines) Write(b []byte) (int, error) {
	line := strings.TrimSpace(string(b))
	write := e.log.Info
	switch {
	case strings.Contains(line, `"level":"ERROR"`):
		write = e.log.Error
	case strings.Contains(line, `"level":"WARN"`):
		write = e.log.Warning
	}
	return len(b), write(line)
}
