package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"boardpack": main})
}

// One script a behaviour. Beside testscript's own commands a script may use
//
//	mkbook NAME.xlsx FILE…         make a workbook from text (mkbook_test.go)
//	badfile KIND NAME              make a file that is no workbook (badfile_test.go)
//	mklogo NAME.png                make a picture (badfile_test.go)
//	mkfonts REGULAR SEMIBOLD       make two fonts (badfile_test.go)
//	exit STATUS COMMAND…           run a command; its exit status must be exactly that
//	csv FILE COL=VALUE… [-> COL=VALUE…]
//	                               exactly one row has the values on the left, and it has those on the right
//	csvcount FILE N [COL=VALUE…]   N rows have these values
//	header FILE COL…               the columns of a CSV file, in order
//	remember FOLDER                note every file of a folder and its bytes
//	same FOLDER                    nothing of it has changed since
//	hidden PACK TEXT…              no byte of the public edition holds the text
//	shown PACK TEXT…               some file of the public edition holds it
//	hash VARIABLE FILE             set a variable to the SHA-256 of a file
//	holds FOLDER TEXT…             some file's bytes or name hold each text
//	stored PACKS SHA256            the archive of the packs has a file of this hash
//	storedas VARIABLE PACKS SHA256 set a variable to the path of this file of the archive
//	unpack FILE FOLDER             unpack a ZIP file
//	replace FILE OLD NEW           put a text in place of another, which must stand there once
//	alter FILE                     change one byte in the middle of a file
//	xlsxcell FILE SHEET TEXT       a cell of the sheet holds exactly this, as text and no formula
//	setcell FILE SHEET CELL TEXT   write a cell of a workbook, as mkbook writes it, and save it as another program would
//	cellis FILE SHEET CELL TEXT    the cell shows this
//	notes FILE SHEET CELL…         these cells and no others have a note of boardpack's
//	readonly FOLDER                nobody may write into its files
//	age PACK                       make it one of an earlier program version (age_test.go)
//	mailserver SECURITY [USER PASSWORD]
//	                               start a mail server on port $MAILPORT (mail_test.go); "mailserver stop" ends it, "mailserver start" starts it again
//	mailrefuse ADDRESS CODE        it answers an address with this code; 0 takes its mail again
//	mails N                        it has got N messages
//	mail N ADDRESS TEXT…           the Nth is to this address and says each text; "!" before one: it does not
//	await FILE                     wait until a file is there, for half a minute
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                "testdata/script",
		RequireUniqueNames: true,
		Setup: func(e *testscript.Env) error {
			e.Values[mailKey{}] = &scriptMail{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"mkbook":   mkbook,
			"badfile":  badfile,
			"mklogo":   mklogo,
			"mkfonts":  mkfonts,
			"exit":     exit,
			"csv":      csvRow,
			"csvcount": csvCount,
			"header":   csvHeader,
			"remember": remember,
			"same":     same,
			"hidden":   hidden,
			"shown":    shown,
			"hash":     hash,
			"holds":    holds,
			"stored":   stored,
			"unpack":   unpack,
			"storedas": storedAs,
			"replace":  replace,
			"alter":    alter,
			"xlsxcell": xlsxCell,
			"setcell":  setCell,
			"cellis":   cellIs,
			"notes":    notesAt,
			"await":    await,
			"age":      age,
			"readonly": readOnly,

			"mailserver": mailServerOf,
			"mailrefuse": mailRefuse,
			"mails":      mailsAre,
			"mail":       mailSays,
		},
	})
}

// exit runs a command, keeps its output for stdout and stderr, and wants
// exactly this exit status: testscript's "!" takes every failure for the same.
func exit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit STATUS COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var status *exec.ExitError
		if !errors.As(err, &status) {
			ts.Fatalf("run %s: %v", args[1], err)
		}
		got = status.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status is %d, want %d", got, want)
	}
}

// await waits for a file that a command in the background writes.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await FILE")
	}
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("%s does not come", args[0])
		}
	}
}
