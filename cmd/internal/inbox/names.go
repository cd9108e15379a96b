package inbox

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

var spreadsheets = []string{".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"}

// IsReturn reports whether a file's name, without its folders, is one that a
// return may have: a spreadsheet's, and none of those that spreadsheet
// programs and shares leave lying about (~$…, .~lock.…#, .…).
func IsReturn(name string) bool {
	return !strings.HasPrefix(name, "~$") && !strings.HasPrefix(name, ".") && slices.Contains(spreadsheets, strings.ToLower(path.Ext(name)))
}

// notFolders are folders that shares keep for themselves.
var notFolders = []string{"$recycle.bin", "system volume information", "lost+found", "#recycle", "#snapshot", "~snapshot", "@eadir", "recycler"}

// isFolder reports whether a folder may hold returns.
func isFolder(name string) bool {
	return !strings.HasPrefix(name, ".") && !slices.Contains(notFolders, strings.ToLower(name))
}

// Name is a path with "/" as returns are named everywhere: in NFC.
func Name(p string) string { return norm.NFC.String(p) }

// Key is what the names of one return have in common, however they are
// written: in NFC and without case (Unicode's full case folding).
func Key(name string) string {
	if isASCII(name) {
		return strings.ToLower(name) // as below says of it, and sooner
	}
	return norm.NFC.String(cases.Fold().String(norm.NFD.String(Name(name))))
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// conflictMarks are what file synchronisation adds to a name when two people
// changed one file: Dropbox and Nextcloud "(Ann's conflicted copy 2026-10-02)",
// "(conflicted copy 2026-10-02 101112)", "(Case Conflict)", Syncthing
// ".sync-conflict-20261002-101112-ABCDEFG", older OneDrive and Windows Offline
// Files "(Ann v1)", "-conflict-", ownCloud "_conflict-20261002-101112".
var conflictMarks = regexp.MustCompile(`(?i)\s*\([^()]*(?:conflicted copy|conflicting copy|case conflict|in conflict)[^()]*\)` +
	`|\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]+)?|_conflict-\d{8}-\d{6}|\s*\([^()]* v\d+\)$`)

// withoutConflict is a name without the mark of a conflicted copy, and whether it has one.
func withoutConflict(name string) (string, bool) {
	dir, base := path.Split(name)
	ext := path.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	if !strings.HasSuffix(stem, ")") && !strings.Contains(strings.ToLower(stem), "conflict") {
		return name, false // it can have none of them
	}
	plain := conflictMarks.ReplaceAllString(stem, "")
	if plain == stem || plain == "" {
		return name, false
	}
	return dir + plain + ext, true
}

// Shorten gives a name of at most max bytes, with its extension, for a file
// that takes the name of a return and adds to it; a name that is cut keeps its
// beginning, and a part of its hash keeps it apart from others. One that is
// short enough stays as it is.
func Shorten(name string, max int) string {
	if len(name) <= max {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 10 {
		ext = ""
	}
	sum := sha256.Sum256([]byte(name))
	end := " " + hex.EncodeToString(sum[:4]) + ext
	cut := max - len(end)
	for cut > 0 && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return strings.TrimRight(name[:cut], " .") + end
}
