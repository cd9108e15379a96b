// Package disk turns a folder into how much room is left on the disk that it
// stands on.
package disk

import "os"

// Left is how many bytes a process without special rights can still write to
// the disk of a folder. A folder that is not there yet is an error.
func Left(dir string) (uint64, error) {
	n, err := left(dir)
	if err != nil {
		return 0, &os.PathError{Op: "see what is left on the disk of", Path: dir, Err: err}
	}
	return n, nil
}
