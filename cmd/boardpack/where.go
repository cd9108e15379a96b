package main

import (
	"os"
	"path/filepath"

	"boardpack/cmd/internal/disk"

	"github.com/spf13/cobra"
)

// setUp is where a service's configuration, packs and shared folders are, by their whole paths.
type setUp struct {
	config, packs string
	returns       string // the folder that serve is given
	answers       string // as a flag gives it; empty where none does
	listen        string // as a flag gives it
}

// asServeIsGiven are the flags that say of a service what serve is given.
func asServeIsGiven(c *cobra.Command, f *serveFlags) {
	c.Flags().StringVar(&f.run.config, "config", "", "the configuration, as serve is given it")
	c.Flags().StringVar(&f.run.out, "out", "packs", "the folder of packs, as serve is given it")
	c.Flags().StringVar(&f.answers, "answers", "", "the folder of answers, as serve is given it")
	c.Flags().StringVar(&f.listen, "listen", "", "where the pages are served, as serve is given it")
}

// folderArgument is the folder that a command is given; without one, the one that it is called in.
func folderArgument(args []string) string {
	if len(args) == 0 {
		return "."
	}
	return args[0]
}

// setUpOf finds them as serve is told them. Where a folder is a workspace as
// init makes it, its returns, its packs and its configuration are meant.
func setUpOf(f serveFlags, dir string, outGiven bool) (setUp, error) {
	if f.run.config == "" && isThere(filepath.Join(dir, configName)) && isThere(filepath.Join(dir, returnsFolder)) {
		f.run.config = filepath.Join(dir, configName)
		if !outGiven {
			f.run.out = filepath.Join(dir, f.run.out)
		}
		dir = filepath.Join(dir, returnsFolder)
	}
	s := setUp{returns: dir, config: orDefault(f.run.config, filepath.Join(dir, configName)), packs: f.run.out, answers: f.answers, listen: f.listen}
	for _, name := range []*string{&s.returns, &s.config, &s.packs, &s.answers} {
		if *name == "" {
			continue
		}
		abs, err := filepath.Abs(*name)
		if err != nil {
			return s, err
		}
		*name = abs
	}
	return s, nil
}

// workspace opens the configuration; without one, one board holds everything.
func (s setUp) workspace() (workspace, error) {
	if !isThere(s.config) {
		return openWorkspace("", []string{filepath.Dir(s.config)})
	}
	return openWorkspace(s.config, nil)
}

func isThere(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// refuseShare refuses a folder of packs on another machine's disk: the locks of
// the ledger do not hold there.
func refuseShare(packs string) error {
	at, err := disk.Nearest(packs)
	if err != nil {
		return nil // making it tells what is wrong
	}
	if kind, err := disk.KindOf(at); err == nil && kind.Network {
		return usagef("the folder of packs, %s, lies on a network share (%s), where the ledger's locks do not hold; give --out a folder on a local disk", packs, kind.Name)
	}
	return nil
}
