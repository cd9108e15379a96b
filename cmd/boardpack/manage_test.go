package main

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"boardpack/cmd/witness"
)

// unitIn is the unit of a workspace in a folder of this name.
func unitIn(t *testing.T, name string) (string, setUp) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := (&app{out: &strings.Builder{}}).begin(dir); err != nil {
		t.Fatal(err)
	}
	p, err := setUpOf(serveFlags{run: runFlags{out: "packs"}}, dir, false)
	if err != nil {
		t.Fatal(err)
	}
	l, err := p.asService()
	if err != nil {
		t.Fatal(err)
	}
	unit, err := manageFlags{name: "boardpack", user: "boardpack"}.unit(l)
	if err != nil {
		t.Fatal(err)
	}
	return unit, p
}

// The unit names every path as systemd reads it, whatever its characters.
func TestUnitQuotes(t *testing.T) {
	for name, want := range map[string]string{
		"plain":        `/plain/returns --out `,
		"two words":    `two words/returns" --out "`,
		"100% $HOME":   `100%% $$HOME/returns" --out "`,
		`a "b" \ c`:    `a \"b\" \\ c/returns" --out "`,
		"ends; rm -rf": `ends; rm -rf/returns" --out "`,
	} {
		unit, _ := unitIn(t, name)
		if !strings.Contains(unit, want) {
			t.Errorf("the unit for a folder %q has no %q:\n%s", name, want, unit)
		}
	}
	f := manageFlags{name: "boardpack", user: "boardpack"}
	for _, name := range []string{"{{Path}}", "line\nUser=root"} {
		if _, err := f.unit(launch{setUp: setUp{returns: "/" + name, packs: "/p", answers: "/a"}}); err == nil {
			t.Errorf("a folder %q is taken", name)
		}
	}
}

// systemd's own program finds nothing wrong with the unit, and that little is left open to it.
func TestUnitVerified(t *testing.T) {
	analyze := witness.Program(t, "systemd-analyze", "install the package systemd")
	unit, p := unitIn(t, "council 100%")
	f := filepath.Join(t.TempDir(), "boardpack.service")
	if err := os.WriteFile(f, []byte(strings.Replace(unit, "User=boardpack", "User=root", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if b, err := exec.Command(analyze, "verify", f).CombinedOutput(); err != nil || len(b) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, b)
	}
	b, err := exec.Command(analyze, "security", "--offline=yes", "--threshold=20", f).CombinedOutput()
	if err != nil {
		t.Errorf("systemd-analyze security: %v\n%s", err, b)
	}
	if !strings.Contains(unit, p.packs[:strings.LastIndex(p.packs, "council")]) || strings.Contains(unit, "no value") {
		t.Errorf("the unit is\n%s", unit)
	}
}

// systemd is told when the service is ready and when it stops.
func TestNotify(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("systemd is not there")
	}
	dir, err := os.MkdirTemp("", "n") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "s")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	t.Setenv("NOTIFY_SOCKET", name)
	ctx, stop := context.WithCancel(t.Context())
	defer toldManager(ctx, (&app{err: os.Stderr}).logger())()
	wantState(t, c, "READY=1")
	stop()
	wantState(t, c, "STOPPING=1")
	if err := notify("", "READY=1"); err != nil {
		t.Error(err)
	}
	if err := notify(name+" is not there", "READY=1"); err == nil {
		t.Error("a socket that is not there gives no error")
	}
}

func wantState(t *testing.T, c *net.UnixConn, want string) {
	t.Helper()
	_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
	b := make([]byte, 100)
	n, err := c.Read(b)
	if err != nil || string(b[:n]) != want {
		t.Errorf("the manager is told %q (%v), want %q", b[:n], err, want)
	}
}

// Under the manager of Windows the work ends when it is stopped, and its end
// by itself ends the process, which the manager then starts again.
func TestManagedProgram(t *testing.T) {
	var failed error
	m := &managedProgram{ctx: t.Context(), fail: func(err error) { failed = err }, work: func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}}
	if err := errors.Join(m.Start(nil), m.Stop(nil)); err != nil || failed != nil {
		t.Errorf("stopped, it fails with %v, %v", err, failed)
	}
	m = &managedProgram{ctx: t.Context(), fail: func(err error) { failed = err }, work: func(context.Context) error { return errors.New("disk full") }}
	if err := m.Start(nil); err != nil {
		t.Fatal(err)
	}
	<-m.ended
	if failed == nil || failed.Error() != "disk full" {
		t.Errorf("its own end is told as %v", failed)
	}
}
