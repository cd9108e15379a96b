package store

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// lockHolder is the process that holds a lock on a file, as proc_locks(5) has it; 0 where it is not told.
func lockHolder(name string) int {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	b, err := os.ReadFile("/proc/locks")
	if !ok || err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line) // 1: FLOCK ADVISORY WRITE 1234 08:01:131 0 EOF
		if len(f) > 5 && f[1] == "FLOCK" && strings.HasSuffix(f[5], ":"+strconv.FormatUint(stat.Ino, 10)) {
			if pid, err := strconv.Atoi(f[4]); err == nil && pid > 0 {
				return pid
			}
		}
	}
	return 0
}
