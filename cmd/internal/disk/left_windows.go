package disk

import "golang.org/x/sys/windows"

func left(dir string) (n uint64, err error) {
	p, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	err = windows.GetDiskFreeSpaceEx(p, &n, nil, nil)
	return n, err
}
