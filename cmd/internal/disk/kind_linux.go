package disk

import (
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// kinds are the magic numbers of statfs(2) that matter here.
var kinds = map[int64]Kind{
	0x6969:     {Name: "nfs", Network: true},
	0xff534d42: {Name: "cifs", Network: true},
	0xfe534d42: {Name: "smb2", Network: true},
	0x517b:     {Name: "smb", Network: true},
	0x5346414f: {Name: "afs", Network: true},
	0x6b414653: {Name: "afs", Network: true},
	0x00c36400: {Name: "ceph", Network: true},
	0x01021997: {Name: "9p", Network: true},
	0x786f4256: {Name: "vboxsf", Network: true},
	0x01021994: {Name: "tmpfs", Memory: true},
	0x858458f6: {Name: "ramfs", Memory: true},
	0xef53:     {Name: "ext4"},
	0x58465342: {Name: "xfs"},
	0x9123683e: {Name: "btrfs"},
	0x2fc12fc1: {Name: "zfs"},
	0x794c7630: {Name: "overlay"},
}

// fuse is the number of every file system that a program serves; which one it is the mount says.
const fuse = 0x65735546

// fuseNetwork are those that serve another machine's files.
var fuseNetwork = []string{"fuse.sshfs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.davfs", "fuse.davfs2", "fuse.curlftpfs", "fuse.smbnetfs", "fuse.gvfsd-fuse", "fuse.cephfs", "fuse.ceph-fuse"}

func kindOf(dir string) (Kind, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return Kind{}, err
	}
	magic := int64(uint32(s.Type)) // 32 bits, whatever the machine's own size
	k := kinds[magic]
	if magic == fuse {
		k.Name = mountKind(dir)
		k.Network = slices.Contains(fuseNetwork, k.Name)
	}
	return k, nil
}

// mountKind is the type of the mount that a path lies on, as mountinfo(5) has it: "fuse.sshfs".
func mountKind(dir string) string {
	b, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return "fuse"
	}
	return kindIn(string(b), dir)
}

func kindIn(mounts, dir string) string {
	kind, longest := "fuse", -1
	for line := range strings.Lines(mounts) {
		before, after, ok := strings.Cut(line, " - ")
		fields, types := strings.Fields(before), strings.Fields(after)
		if !ok || len(fields) < 5 || len(types) < 1 {
			continue
		}
		at := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(fields[4])
		if n := len(at); n >= longest && (dir == at || at == "/" || strings.HasPrefix(dir, at+"/")) {
			kind, longest = types[0], n
		}
	}
	return kind
}
