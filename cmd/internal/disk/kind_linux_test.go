package disk

import (
	"os/exec"
	"path/filepath"
	"testing"
)

func TestKindIn(t *testing.T) {
	const mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n" +
		"30 22 0:40 / /srv/share rw shared:1 - fuse.sshfs officer@host:/ rw\n" +
		"31 22 0:41 / /srv/a\\040b rw - fuse.mergerfs a rw\n" +
		"32 30 0:42 / /srv/share/local rw - fuseblk /dev/sdb1 rw\n" +
		"broken line\n"
	for dir, want := range map[string]string{"/srv/share/2026": "fuse.sshfs", "/srv/share": "fuse.sshfs", "/srv/shared": "ext4", "/srv/a b/c": "fuse.mergerfs", "/srv/share/local/x": "fuseblk"} {
		if got := kindIn(mounts, dir); got != want {
			t.Errorf("%s lies on %s, want %s", dir, got, want)
		}
	}
	if got := kindIn("", "/srv"); got != "fuse" {
		t.Errorf("without mounts it is %q", got)
	}
}

// A folder that is not there yet lies on the disk of the one above it.
func TestNearest(t *testing.T) {
	dir := t.TempDir()
	if k, err := KindOf(dir); err != nil || k.Network {
		t.Errorf("a temporary folder lies on %+v (%v)", k, err)
	}
	if at, err := Nearest(filepath.Join(dir, "not", "there")); err != nil || at != dir {
		t.Errorf("the nearest folder is %s (%v)", at, err)
	}
	if _, err := KindOf(filepath.Join(dir, "not")); err == nil {
		t.Error("a folder that is not there has a kind")
	}
}

func TestMemory(t *testing.T) {
	dir := t.TempDir()
	if b, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no disk in memory can be mounted here: %v, %s", err, b)
	}
	defer func() { _ = exec.Command("umount", dir).Run() }()
	if k, err := KindOf(dir); err != nil || !k.Memory || k.Name != "tmpfs" {
		t.Errorf("it is %+v (%v)", k, err)
	}
}

// The kinds of shares that a council has are known for shares.
func TestShares(t *testing.T) {
	for magic, name := range map[int64]string{0x6969: "nfs", 0xff534d42: "cifs", 0xfe534d42: "smb2"} {
		if k := kinds[magic]; !k.Network || k.Name != name {
			t.Errorf("%#x is %+v, want %s", magic, k, name)
		}
	}
}
