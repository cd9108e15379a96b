package data

import "strings"

// guard puts an apostrophe before text that a spreadsheet would run as a
// formula (OWASP, "CSV injection"). Text that already has apostrophes before
// such a beginning gets one more, so that unguard gives every text back as it
// was. Columns of numbers are left alone: their -8.5 is a number, and nothing
// but a number ever stands in them.
func guard(s string) string {
	if dangerous(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// unguard is the text that guard was given.
func unguard(s string) string {
	if strings.HasPrefix(s, "'") && dangerous(strings.TrimLeft(s, "'")) {
		return s[1:]
	}
	return s
}

// dangerous reports whether a text begins as a formula may.
func dangerous(s string) bool { return s != "" && strings.IndexByte("=+-@\t\r\n", s[0]) >= 0 }
