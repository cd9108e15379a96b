package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"boardpack/cmd/internal/store"
)

// serviceProcess is boardpack serve as a process, and what it has said.
type serviceProcess struct {
	cmd *exec.Cmd
	mu  sync.Mutex
	log bytes.Buffer
}

func (p *serviceProcess) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.Write(b)
}

func (p *serviceProcess) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

func startService(t *testing.T, args ...string) *serviceProcess {
	t.Helper()
	p := &serviceProcess{cmd: exec.Command("boardpack", append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)}
	p.cmd.Stderr = p
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	return p
}

// await waits until it has said a text so often.
func (p *serviceProcess) await(t *testing.T, times int, text string) {
	t.Helper()
	for end := time.Now().Add(60 * time.Second); strings.Count(p.said(), text) < times; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it never says %q %d times: %s", text, times, p.said())
		}
	}
}

func (p *serviceProcess) stop(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, p.said())
	}
}

// office is a folder of returns with its packs and answers.
type office struct{ dir, returns, answers, out string }

func newOffice(t *testing.T) office {
	t.Helper()
	dir := t.TempDir()
	o := office{dir, filepath.Join(dir, "returns"), filepath.Join(dir, "returns answers"), filepath.Join(dir, "packs")}
	for _, d := range []string{o.returns, o.answers, o.out} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(o.returns, configName), []byte("service:\n  quiet: 1\n  poll: 1\nboards:\n  - {id: housing, name: Housing}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return o
}

// save saves a return of one indicator.
func (o office) save(t *testing.T, service string, outturn int) {
	t.Helper()
	saveBook(t, filepath.Join(o.returns, service+".xlsx"), "== Return", service+" Q2 2026/27", "Ref | Indicator | Unit | Good is | Target | Actual | Progress",
		fmt.Sprintf("SRV %d | Things done in time by %s | Number | High | 25 | %d | Green", 100+len(service), service, outturn))
}

// boardpack runs the program and wants an exit status and words.
func (o office) boardpack(t *testing.T, status int, says string, args ...string) string {
	t.Helper()
	b, err := exec.Command("boardpack", args...).CombinedOutput()
	got := 0
	if err != nil {
		exit, ok := err.(*exec.ExitError)
		if !ok {
			t.Fatal(err)
		}
		got = exit.ExitCode()
	}
	if got != status || !strings.Contains(string(b), says) {
		t.Errorf("boardpack %q ends with %d, want %d and %q: %s", args, got, status, says, b)
	}
	return string(b)
}

// once is a night, and proves all there is after it.
func (o office) once(t *testing.T, packs int) {
	t.Helper()
	o.boardpack(t, 0, "", "serve", o.returns, "--out", o.out, "--once")
	o.boardpack(t, 0, fmt.Sprintf("%s: %d the same", count(packs, "pack"), packs), "verify", "--all", "--out", o.out)
}

// smallDisk mounts a file system of its own at a folder, which only root may.
func smallDisk(t *testing.T, dir, size string) (change func(options string)) {
	t.Helper()
	mount := func(options string) {
		if b, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "boardpack-test", dir).CombinedOutput(); err != nil {
			t.Skipf("no file system can be mounted here, which takes root: %v: %s", err, b)
		}
	}
	mount("size=" + size)
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	return func(options string) {
		t.Helper()
		if b, err := exec.Command("mount", "-o", "remount,"+options, dir).CombinedOutput(); err != nil {
			t.Fatalf("mount anew with %s: %v: %s", options, err, b)
		}
	}
}

// The disk of packs and archive is full: it says so, loses nothing, and goes on when there is room.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	change := smallDisk(t, o.out, "64m")
	o.save(t, "housing", 31)
	o.once(t, 1)
	var disk syscall.Statfs_t
	if err := syscall.Statfs(o.out, &disk); err != nil {
		t.Fatal(err)
	}
	used := (disk.Blocks - disk.Bfree) * uint64(disk.Bsize)
	for i := range 30 {
		o.save(t, fmt.Sprint("service ", i), 30+i)
	}
	for _, room := range []uint64{0, 64 << 10, 256 << 10, 700 << 10} { // in the archive, in the ledger, in the pack
		change(fmt.Sprintf("size=%d", used+room))
		said := o.boardpack(t, exitFailed, "", "serve", o.returns, "--out", o.out, "--once")
		if !strings.Contains(said, "no space left on device") && !strings.Contains(said, "the disk is full") {
			t.Errorf("with room of %d it says %s", room, said)
		}
		change("size=64m") // to look
		if dirs, err := packFolders(o.out); err != nil || len(dirs) != 1 {
			t.Errorf("with room of %d there are the packs %q (%v)", room, dirs, err)
		}
		o.boardpack(t, 0, "0 faults", "verify", "--all", "--out", o.out)
	}
	o.once(t, 2)
	if found, _ := filepath.Glob(filepath.Join(o.answers, "*.html")); len(found) != 31 {
		t.Errorf("%d of 31 returns are answered", len(found))
	}
}

// The share is read-only, and then gives no access: what was received stands, and it goes on by itself.
func TestShareReadOnlyAndUnreadable(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	change := smallDisk(t, o.returns, "4m")
	if err := os.WriteFile(filepath.Join(o.returns, configName), []byte("service:\n  quiet: 1\n  poll: 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	o.save(t, "housing", 31)
	change("ro")
	o.once(t, 1)
	p := startService(t, o.returns, "--out", o.out)
	p.await(t, 1, `"msg":"started"`)
	change("rw")
	o.save(t, "parks", 30)
	p.await(t, 1, `"a return was received","name":"parks.xlsx"`)
	p.stop(t)
	if strings.Contains(p.said(), "ERROR") {
		t.Errorf("it says %s", p.said())
	}
}

// The share goes away while the service runs, and comes back with a changed
// return: nothing is taken for deleted, and no pack is made without boardpack.yaml.
func TestShareThatVanishesAndComesBack(t *testing.T) {
	t.Parallel()
	for how, vanish := range map[string]func(o office, away string) error{
		"renamed": func(o office, away string) error { return os.Rename(o.returns, away) },
		"empty, as a mount point without its share": func(o office, away string) error {
			return errorsJoined(os.Rename(o.returns, away), os.Mkdir(o.returns, 0o755))
		},
	} {
		t.Run(how, func(t *testing.T) {
			o := newOffice(t)
			away := filepath.Join(o.dir, "away")
			o.save(t, "housing", 31)
			o.once(t, 1)
			p := startService(t, o.returns, "--out", o.out)
			p.await(t, 1, `"msg":"started"`)
			if err := vanish(o, away); err != nil {
				t.Fatal(err)
			}
			p.await(t, 1, "the shared folder is unreachable; what was received stands")
			o.boardpack(t, exitFailed, "another boardpack is at work", "serve", o.returns, "--out", o.out, "--once", "--config", filepath.Join(away, configName))
			_ = os.Remove(o.returns)
			if err := os.Rename(away, o.returns); err != nil {
				t.Fatal(err)
			}
			o.save(t, "housing", 32)
			p.await(t, 1, "no longer so: the shared folder is unreachable")
			p.await(t, 1, `"a return was received","name":"housing.xlsx","version":2`)
			p.stop(t)
			if strings.Contains(p.said(), "taken away") || strings.Contains(p.said(), "ERROR") {
				t.Errorf("it says %s", p.said())
			}
			if err := vanish(o, away); err != nil { // and a night begins without it
				t.Fatal(err)
			}
			o.boardpack(t, exitFailed, configName+" is not there, and packs were made with one", "serve", o.returns, "--out", o.out, "--once")
			_ = os.Remove(o.returns)
			if err := os.Rename(away, o.returns); err != nil {
				t.Fatal(err)
			}
			o.once(t, 2)
			if dirs, err := packFolders(o.out); err != nil || len(dirs) != 2 || filepath.Base(filepath.Dir(dirs[0])) != "housing" {
				t.Errorf("the packs are %q (%v)", dirs, err)
			}
		})
	}
}

func errorsJoined(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// The folder of packs, and that of answers, can no longer be written: each is
// told, and what was missed is made good when it can be.
func TestFoldersThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	packs, answers := smallDisk(t, o.out, "64m"), smallDisk(t, o.answers, "4m")
	o.save(t, "housing", 31)
	o.once(t, 1)
	packs("ro")
	o.save(t, "housing", 32)
	o.boardpack(t, exitFailed, "read-only file system", "serve", o.returns, "--out", o.out, "--once")
	packs("rw")
	answers("ro")
	o.save(t, "parks", 30)
	p := startService(t, o.returns, "--out", o.out)
	p.await(t, 1, "the folder of answers cannot be written; it is tried again at each look")
	p.await(t, 1, `"a return was received","name":"parks.xlsx"`)
	p.await(t, 1, `"a return was received","name":"housing.xlsx","version":2`)
	p.stop(t)
	if n := strings.Count(p.said(), "the folder of answers cannot be written"); n != 1 {
		t.Errorf("it is told %d times: %s", n, p.said())
	}
	o.boardpack(t, 0, "the folder of answers cannot be written", "serve", o.returns, "--out", o.out, "--once")
	if _, err := os.Stat(filepath.Join(o.answers, "parks.xlsx.html")); err == nil {
		t.Error("a read-only folder was written")
	}
	p = startService(t, o.returns, "--out", o.out)
	p.await(t, 1, "the folder of answers cannot be written; it is tried again at each look")
	answers("rw")
	p.await(t, 1, "the folder of answers can be written again")
	p.stop(t)
	if _, err := os.Stat(filepath.Join(o.answers, "parks.xlsx.html")); err != nil {
		t.Errorf("parks is not answered: %v", err)
	}
	o.once(t, 2)
}

// The right to read the share is lost, for a user that is not root.
func TestShareWithoutRights(t *testing.T) {
	t.Parallel()
	if os.Getuid() == 0 {
		t.Skip("root may read everything; the test is for an ordinary user")
	}
	o := newOffice(t)
	o.save(t, "housing", 31)
	o.once(t, 1)
	p := startService(t, o.returns, "--out", o.out)
	p.await(t, 1, `"msg":"started"`)
	if err := os.Chmod(o.returns, 0); err != nil {
		t.Fatal(err)
	}
	p.await(t, 1, "the shared folder is unreachable; what was received stands")
	if err := os.Chmod(o.returns, 0o755); err != nil {
		t.Fatal(err)
	}
	p.await(t, 1, "no longer so: the shared folder is unreachable")
	p.stop(t)
}

// The clock was set back by two days: it is told, returns are taken, and the next night is tonight's.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.save(t, "housing", 31)
	o.once(t, 1)
	st, err := store.Open(t.Context(), filepath.Join(o.out, archiveFolder))
	if err != nil {
		t.Fatal(err)
	}
	ahead := time.Now().Add(48 * time.Hour)
	keepText(t, st, "from the future.xlsx", "a text") // it stands in no folder
	if err := st.KeepRun(t.Context(), store.Run{Job: nightJob, Began: ahead, Ended: ahead.Add(time.Minute)}); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	o.save(t, "housing", 32)
	if err := os.Chtimes(filepath.Join(o.returns, "housing.xlsx"), ahead, ahead); err != nil {
		t.Fatal(err)
	}
	p := startService(t, o.returns, "--out", o.out)
	p.await(t, 1, "the clock was set back, as the last night lies ahead; the schedule counts from now")
	p.await(t, 1, `"a return was received","name":"housing.xlsx","version":2`)
	p.stop(t)
	if strings.Contains(p.said(), "ERROR") {
		t.Errorf("it says %s", p.said())
	}
	o.once(t, 2)
}
