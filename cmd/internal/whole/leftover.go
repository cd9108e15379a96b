package whole

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// unfinished begins the name of every file and folder that is still being
// written. Its machine and process follow, so that the next run can tell what
// a killed one left from what another is writing.
const unfinished = ".new-"

// IsUnfinished reports whether a name is that of something still being written, or left behind.
func IsUnfinished(name string) bool { return strings.HasPrefix(name, unfinished) }

// pattern is the name of what this process writes, for os.MkdirTemp.
func pattern() string {
	return unfinished + machine() + "-" + strconv.Itoa(os.Getpid()) + "-*"
}

// machine is a short name for this one; the folder may be on a shared drive.
func machine() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	sum := sha256.Sum256([]byte(host))
	return hex.EncodeToString(sum[:4])
}

// abandonedAfter is when what another machine was writing counts as left behind.
const abandonedAfter = 24 * time.Hour

// RemoveLeftovers takes away what killed runs left unfinished below a folder,
// but for folders that isWhole knows by their names. It is called before
// anything is written there. What cannot be taken away stays for the next
// time: it is never read.
func RemoveLeftovers(root string, now time.Time, isWhole func(name string) bool) {
	for _, p := range Leftovers(root, now, isWhole) {
		_ = os.RemoveAll(p)
	}
}

// Leftovers lists what RemoveLeftovers takes away.
func Leftovers(root string, now time.Time, isWhole func(name string) bool) []string {
	var left []string
	_ = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // a folder that cannot be read holds nothing that can be removed
		case IsUnfinished(d.Name()):
			if isLeftover(d, now) {
				left = append(left, p)
			}
			return skipFolder(d)
		case isWhole(d.Name()):
			return skipFolder(d)
		}
		return nil
	})
	return left
}

func skipFolder(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func isLeftover(d fs.DirEntry, now time.Time) bool {
	parts := strings.Split(strings.TrimPrefix(d.Name(), unfinished), "-")
	if len(parts) == 3 && parts[0] == machine() {
		pid, err := strconv.Atoi(parts[1])
		// A process of our own number is one before us: we have written nothing yet.
		return err != nil || pid == os.Getpid() || !isRunning(pid)
	}
	info, err := d.Info()
	return err == nil && now.Sub(info.ModTime()) > abandonedAfter
}

func isRunning(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer func() { _ = p.Release() }()
	if runtime.GOOS == "windows" { // there, only a running process is found
		return true
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, fs.ErrPermission)
}
