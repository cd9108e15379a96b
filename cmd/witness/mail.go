package witness

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// MailServer is a mail server on this machine that keeps what it is sent.
type MailServer struct {
	Port        int
	Certificate []byte // PEM; it signs itself, for 127.0.0.1
	User        string // who may send; empty: everybody
	Password    string

	security string
	own      tls.Certificate
	server   *smtp.Server
	mu       sync.Mutex
	mails    []Mail
	refuse   map[string]int // the code that an address is answered with
}

// Mail is a message as the server got it, and as a mail program reads it.
type Mail struct {
	To      string // of the envelope
	TLS     bool   // it came encrypted
	User    string // who signed in
	Header  mail.Header
	Subject string // decoded
	Text    string // decoded, lines ending in "\n"
	Raw     string
}

// NewMailServer starts a server: with "starttls", "tls" or "none". Stop ends it.
func NewMailServer(security, user, password string) (*MailServer, error) {
	m := &MailServer{User: user, Password: password, security: security, refuse: map[string]int{}}
	var err error
	if m.own, err = m.certify(); err != nil {
		return nil, err
	}
	return m, m.Start()
}

// Start starts a server again that was stopped, on the same port.
func (m *MailServer) Start() error {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(m.Port)))
	if err != nil {
		return err
	}
	m.Port = l.Addr().(*net.TCPAddr).Port
	m.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &mailSession{server: m, conn: c}, nil }))
	m.server.Domain = "mail.test"
	m.server.ErrorLog = quiet{}
	secure := &tls.Config{Certificates: []tls.Certificate{m.own}}
	switch m.security {
	case "starttls":
		m.server.TLSConfig = secure
	case "tls":
		l = tls.NewListener(l, secure)
	}
	server := m.server
	go func() { _ = server.Serve(l) }()
	return nil
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// Stop ends the server at once.
func (m *MailServer) Stop() { _ = m.server.Close() }

// Refuse has the server answer an address with a code, such as 550 or 451; 0 takes its mail again.
func (m *MailServer) Refuse(address string, code int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refuse[address] = code
}

// Mails are the messages so far.
func (m *MailServer) Mails() []Mail {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.mails)
}

func (m *MailServer) certify() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	t := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	m.Certificate = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

// mailSession is one connection to the server.
type mailSession struct {
	server *MailServer
	conn   *smtp.Conn
	user   string
	to     []string
}

func (s *mailSession) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *mailSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.server.User || password != s.server.Password {
			return errors.New("wrong name or password")
		}
		s.user = user
		return nil
	}), nil
}

func (s *mailSession) Mail(string, *smtp.MailOptions) error {
	if s.server.User != "" && s.user == "" {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	if code := s.server.refuse[to]; code != 0 {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "not now, or never"}
	}
	s.to = append(s.to, to)
	return nil
}

func (s *mailSession) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, encrypted := s.conn.TLSConnectionState()
	for _, to := range s.to {
		got, err := readMail(b)
		if err != nil {
			return err
		}
		got.To, got.User, got.TLS = to, s.user, encrypted
		s.server.mu.Lock()
		s.server.mails = append(s.server.mails, got)
		s.server.mu.Unlock()
	}
	return nil
}

func (s *mailSession) Reset()        { s.to = nil }
func (s *mailSession) Logout() error { return nil }

// readMail reads a message of one part of text.
func readMail(b []byte) (Mail, error) {
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return Mail{}, err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return Mail{}, err
	}
	body := m.Body
	if strings.EqualFold(m.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	return Mail{Header: m.Header, Subject: subject, Text: strings.ReplaceAll(string(text), "\r\n", "\n"), Raw: string(b)}, err
}
