package post

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// Server is a mail server, and whom it sends for.
type Server struct {
	Host           string
	Port           int
	TLS            string // "starttls", "tls", or "none" for a server on this machine
	User, Password string // no user: the server asks for none
	From           string // an address, or a name with one in angle brackets

	roots *x509.CertPool // of tests; nil: the machine's
}

// patience is how long the server may take for one answer.
const patience = 30 * time.Second

// Failure is a message that the server did not take.
type Failure struct {
	Code  int    // of the server's answer; 0 where none came
	Words string // of the server's answer or the connection's; they may name people
}

func (f Failure) Error() string {
	if f.Code == 0 {
		return "the mail server gave no answer"
	}
	return fmt.Sprintf("the mail server answered %d", f.Code)
}

// ForGood reports whether it is no use to try the message again as it is.
func (f Failure) ForGood() bool { return f.Code >= 500 }

// Domain is the domain of the sender's address.
func (s Server) Domain() string {
	if a, err := netmail.ParseAddress(s.From); err == nil {
		if i := strings.LastIndexByte(a.Address, '@'); i >= 0 {
			return a.Address[i+1:]
		}
	}
	return "localhost"
}

// Send hands messages to the server over one connection, and tells the end of
// each: nil once the server has it, else a Failure. The error given back is
// that of the connection; then no message was told.
func (s Server) Send(ctx context.Context, messages []Message, told func(Message, error)) error {
	c, err := s.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }() // the server may have gone; each message was told
	for _, m := range messages {
		if ctx.Err() != nil {
			told(m, Failure{0, ctx.Err().Error()})
			continue
		}
		told(m, s.sendOne(c, m))
	}
	return nil
}

// Try connects, signs in and leaves again.
func (s Server) Try(ctx context.Context) error {
	c, err := s.connect(ctx)
	if err != nil {
		return err
	}
	return c.Close()
}

func (s Server) connect(ctx context.Context) (*mail.Client, error) {
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(patience), mail.WithoutNoop(),
		mail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.roots, MinVersion: tls.VersionTLS12})}
	switch s.TLS {
	case "tls":
		options = append(options, mail.WithSSL())
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	c, err := mail.NewClient(s.Host, options...)
	if err == nil {
		err = c.DialWithContext(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("reach the mail server %s, port %d: %w", s.Host, s.Port, err)
	}
	return c, nil
}

func (s Server) sendOne(c *mail.Client, m Message) error {
	msg, err := s.message(m)
	if err != nil {
		return Failure{553, err.Error()} // no server would take such an address
	}
	err = c.Send(msg)
	var failed *mail.SendError
	switch {
	case err == nil || msg.IsDelivered():
		return nil
	case errors.As(err, &failed):
		return Failure{failed.ErrorCode(), err.Error()}
	}
	return Failure{0, err.Error()}
}

func (s Server) message(m Message) (*mail.Msg, error) {
	msg := mail.NewMsg()
	if err := errors.Join(msg.From(s.From), msg.To(m.To)); err != nil {
		return nil, err
	}
	msg.Subject(plain(m.Subject))
	msg.SetDateWithValue(m.Date)
	msg.SetMessageIDWithValue(m.ID)
	msg.SetUserAgent("boardpack")
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nothing answers it by itself
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")  // the same, to Exchange
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	return msg, nil
}
