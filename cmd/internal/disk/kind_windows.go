package disk

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

var kinds = map[uint32]Kind{
	windows.DRIVE_REMOVABLE: {Name: "removable"},
	windows.DRIVE_FIXED:     {Name: "fixed"},
	windows.DRIVE_REMOTE:    {Name: "network", Network: true},
	windows.DRIVE_CDROM:     {Name: "CD"},
	windows.DRIVE_RAMDISK:   {Name: "RAM disk", Memory: true},
}

func kindOf(dir string) (Kind, error) {
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`)
	if err != nil {
		return Kind{}, err
	}
	return kinds[windows.GetDriveType(root)], nil
}
