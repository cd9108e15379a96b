package web

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

const (
	// listenAgain is after how long an address that is taken is tried again.
	listenAgain = 30 * time.Second
	// stopping is how long answers may take to end when the service stops.
	stopping = 5 * time.Second
)

// Serve answers at an address of this machine until the context ends, and then
// ends what it is answering. An address that cannot be had is told and tried
// again: that the pages are away stops no night.
func (s *Site) Serve(ctx context.Context, address string) error {
	if err := CheckListen(address); err != nil {
		return err
	}
	s.serveAgain(ctx, address, listenAgain)
	return nil
}

func (s *Site) serveAgain(ctx context.Context, address string, pause time.Duration) {
	for told := ""; ctx.Err() == nil; {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
		if err == nil {
			told = ""
			s.Log.Info("the pages are served, on this machine only", "address", "http://"+l.Addr().String()+"/")
			err = s.serve(ctx, l)
		}
		if err != nil && ctx.Err() == nil && told != err.Error() {
			told = err.Error()
			s.Log.Warn("the pages cannot be served; it is tried again", "address", address, "why", told)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// serve answers what comes to a listener.
func (s *Site) serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopping)
	defer cancel()
	if err := server.Shutdown(limited); err != nil {
		_ = server.Close() // a reader who does not take what is sent
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
