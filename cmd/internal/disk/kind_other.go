//go:build !linux && !windows

package disk

func kindOf(string) (Kind, error) { return Kind{}, nil }
