package main

import (
	"os"
	"path/filepath"
)

// places are the folders and the configuration of a set-up, by their whole paths.
type places struct {
	returns, config, packs, answers string
}

// placesOf finds them as serve is told them. Where a folder is a workspace as
// init makes it, its returns, its packs and its configuration are meant.
func placesOf(f serveFlags, dir string, outGiven bool) (places, error) {
	if f.run.config == "" && isThere(filepath.Join(dir, configName)) && isThere(filepath.Join(dir, returnsFolder)) {
		f.run.config = filepath.Join(dir, configName)
		if !outGiven {
			f.run.out = filepath.Join(dir, f.run.out)
		}
		dir = filepath.Join(dir, returnsFolder)
	}
	if f.run.config == "" {
		f.run.config = filepath.Join(dir, configName)
	}
	p := places{returns: dir, config: f.run.config, packs: f.run.out, answers: f.answers}
	for _, name := range []*string{&p.returns, &p.config, &p.packs} {
		abs, err := filepath.Abs(*name)
		if err != nil {
			return p, err
		}
		*name = abs
	}
	return p, p.findAnswers()
}

// findAnswers settles the folder of answers: the flag's, the configuration's, or the one beside the returns.
func (p *places) findAnswers() error {
	if w, err := p.workspace(); p.answers == "" && err == nil {
		p.answers = w.Service.Answers
	}
	if p.answers == "" {
		p.answers = p.returns + " answers"
	}
	var err error
	p.answers, err = filepath.Abs(p.answers)
	return err
}

// workspace opens the configuration, where there is one.
func (p places) workspace() (workspace, error) {
	if !isThere(p.config) {
		return openWorkspace("", []string{filepath.Dir(p.config)})
	}
	return openWorkspace(p.config, nil)
}

func isThere(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
