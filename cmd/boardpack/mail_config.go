package main

import (
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"boardpack/ingest"
	"boardpack/transform"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// mailConfig is the mail that the service sends; without a host it sends none.
type mailConfig struct {
	Host         string              `yaml:"host"`
	Port         int                 `yaml:"port"`
	TLS          string              `yaml:"tls"` // "starttls", "tls" or "none"
	User         string              `yaml:"user"`
	PasswordFile string              `yaml:"password_file"` // beside boardpack.yaml, or by its whole path
	From         string              `yaml:"from"`
	Officers     map[string]nameList `yaml:"officers"` // addresses by plan
	Tell         string              `yaml:"tell"`     // officers, from this severity on: "error" or "query"
	Clerks       clerksConfig        `yaml:"clerks"`
	Remind       []int               `yaml:"remind"` // days before the due date
	Pages        string              `yaml:"pages"`  // base address of the pages, for links
}

// everyBoard stands for all boards where clerks are listed by board.
const everyBoard = "all"

// clerksConfig are addresses by the id of a board, or under everyBoard.
type clerksConfig map[string]nameList

func (c *clerksConfig) UnmarshalYAML(node ast.Node) error {
	if _, ok := node.(ast.MapNode); ok {
		var by map[string]nameList
		err := yaml.NodeToValue(node, &by)
		*c = by
		return err
	}
	var all nameList
	err := yaml.NodeToValue(node, &all)
	*c = clerksConfig{everyBoard: all}
	return err
}

// given reports whether anything is said of mail.
func (c mailConfig) given() bool {
	return c.Host != "" || c.Port != 0 || c.TLS != "" || c.User != "" || c.PasswordFile != "" || c.From != "" ||
		c.Tell+c.Pages != "" || len(c.Officers)+len(c.Clerks)+len(c.Remind) > 0
}

// The ways to a mail server, and the ports that they have by custom.
const (
	startTLS = "starttls"
	fullTLS  = "tls"
	noTLS    = "none"
)

var mailPorts = map[string]int{startTLS: 587, fullTLS: 465, noTLS: 25}

func (k *checker) mail(s *settings) {
	c := &s.Service.Mail
	if !c.given() {
		return
	}
	const at = "$.service.mail"
	c.TLS = orDefault(c.TLS, startTLS)
	switch {
	case c.Host == "" || strings.ContainsAny(c.Host, " \t\r\n/@"):
		k.wrong(at, "mail: host is %q; give the mail server's name, for example smtp.example.gov.uk", c.Host)
	case mailPorts[c.TLS] == 0:
		k.wrong(at+".tls", "mail: tls is %q; use starttls, tls, or none for a server on this machine", c.TLS)
	case c.TLS == noTLS && !isLoopback(c.Host):
		k.wrong(at+".tls", "mail: tls is none, which is only for a server on this machine (localhost), and the host is %s; use starttls or tls", c.Host)
	case c.TLS == noTLS && c.User != "":
		k.wrong(at+".user", "mail: a user needs tls, so that the password is never sent openly; use starttls or tls, or leave out user")
	case c.Port < 0 || c.Port > 65535:
		k.wrong(at+".port", "mail: port is %d; leave it out for %d, or give the mail server's", c.Port, mailPorts[c.TLS])
	case c.User != "" && c.PasswordFile == "":
		k.wrong(at+".user", "mail: a user needs password_file, a file that holds the password alone; a password never stands here")
	case c.User == "" && c.PasswordFile != "":
		k.wrong(at+".password_file", "mail: password_file needs user, the name to sign in with")
	}
	if c.Port == 0 {
		c.Port = mailPorts[c.TLS]
	}
	if _, err := mail.ParseAddress(c.From); err != nil {
		k.wrong(at, "mail: from is %q; give the address that the mail comes from, for example Performance <performance@example.gov.uk>", c.From)
	}
	k.mailTo(s, at, *c)
	k.mailTimes(s, at, *c)
}

// mailTo checks who is written to.
func (k *checker) mailTo(s *settings, at string, c mailConfig) {
	if !slices.Contains([]string{"", string(ingest.Error), string(ingest.Query)}, c.Tell) {
		k.wrong(at+".tell", "mail: tell is %q; use error, or query to tell officers also of what somebody should look at", c.Tell)
	}
	for _, plan := range sortedNames(c.Officers) {
		k.addresses(at+".officers", plan, c.Officers[plan])
		if !slices.ContainsFunc(s.boards, func(b transform.Board) bool { return b.Reads(plan) }) {
			k.wrong(at+".officers", "mail: officers has the plan %q, which no board reads; write it as under plans", plan)
		}
	}
	for _, board := range sortedNames(c.Clerks) {
		k.addresses(at+".clerks", board, c.Clerks[board])
		if board != everyBoard && !slices.ContainsFunc(s.boards, func(b transform.Board) bool { return b.ID == board }) {
			k.wrong(at+".clerks", "mail: clerks has the board %q, which is not under boards; use the id of one, or all", board)
		}
	}
}

func (k *checker) addresses(at, of string, given nameList) {
	for _, a := range given {
		if _, err := mail.ParseAddress(a); err != nil {
			k.wrong(at, "mail: %q under %s is no mail address; write it as name@example.gov.uk", a, of)
		}
	}
	if len(given) == 0 {
		k.wrong(at, "mail: %s has no address; give one, or leave it out", of)
	}
}

func (k *checker) mailTimes(s *settings, at string, c mailConfig) {
	for n, days := range c.Remind {
		if days < 0 || days > 60 {
			k.wrong(fmt.Sprintf("%s.remind[%d]", at, n), "mail: remind is %d; give days before the due date, from 0 to 60, for example [7, 1]", days)
		}
	}
	due := s.calendar.Due != nil
	for _, d := range s.calendar.Single {
		due = due || !d.Due.IsZero()
	}
	if len(c.Remind) > 0 && !due {
		k.wrong(at+".remind", "mail: remind needs returns_due, the days after a quarter's end by which returns are wanted, or due under quarters")
	}
	if u, err := url.Parse(c.Pages); c.Pages != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		k.wrong(at+".pages", "mail: pages is %q; give the address at which people see the pages, for example https://boardpack.example.gov.uk", c.Pages)
	}
}

// isLoopback reports whether a host is this machine by its name alone.
func isLoopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback() || strings.EqualFold(host, "localhost")
}
