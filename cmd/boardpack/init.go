package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"boardpack/cmd/internal/whole"
	"boardpack/templates"

	"github.com/spf13/cobra"
)

// returnsFolder is the folder of returns in a workspace that init makes.
const returnsFolder = "returns"

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "Write a workspace to begin with: settings, a folder for returns, and words for IT",
		Long: "init writes into a folder, which need not be there yet, a boardpack.yaml that explains its keys,\n" +
			"a folder for returns and a README.txt for the council's IT. What is there already stays as it is.",
		Example: "  boardpack init /srv/boardpack\n  boardpack doctor /srv/boardpack",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.begin(folderArgument(args)) },
	}
}

// begin writes what of a workspace is not there yet, and says so of each part.
func (a *app) begin(dir string) error {
	if err := whole.MakeFolder(dir); err != nil {
		return fmt.Errorf("make the folder %s: %w", dir, err)
	}
	for _, name := range []string{configName, "README.txt"} {
		p := filepath.Join(dir, name)
		if err := a.beginPart(p, writeNew(p, templates.Must("init/"+name))); err != nil {
			return err
		}
	}
	p := filepath.Join(dir, returnsFolder)
	if err := a.beginPart(p, os.Mkdir(p, 0o755)); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Next: put the council's name and boards into %s, and see whether all is right with\n  boardpack doctor %s\n",
		filepath.ToSlash(filepath.Join(dir, configName)), argument(filepath.ToSlash(dir)))
	return nil
}

// beginPart says that a part was written, or stands there already.
func (a *app) beginPart(name string, err error) error {
	name = filepath.ToSlash(name)
	switch {
	case err == nil:
		fmt.Fprintf(a.out, "written: %s\n", name)
	case errors.Is(err, fs.ErrExist):
		fmt.Fprintf(a.out, "there already, and left as it is: %s\n", name)
	default:
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// writeNew writes a file that must not be there yet.
func writeNew(name string, b []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name)) // half a file would be taken for somebody's own
	}
	return nil
}

// argument is a word of a command line as a person would type it.
func argument(s string) string {
	if s == "" || strings.ContainsAny(s, " \t'&;()<>|*?$") {
		return `"` + s + `"`
	}
	return s
}
