package main

import (
	"bytes"
	"path/filepath"
	"slices"

	"boardpack/ingest/workbook"
	"boardpack/templates"
	"boardpack/transform"
)

// loadRegisters reads the registers that the configuration names, shipped ones
// by name; a later one wins over those before it.
func (w *workspace) loadRegisters(fetch func(kind, folder, name string) (input, error)) error {
	for _, name := range w.Register {
		in, err := fetch("register", "registers", name)
		if err != nil {
			return err
		}
		reg, err := w.parseRegister(in)
		if err != nil {
			return usagef("%s: %v", in.Name, err)
		}
		w.inputs = append(w.inputs, in)
		w.register = w.register.Over(reg)
	}
	return nil
}

// parseRegister reads a register: a workbook, or YAML.
func (w *workspace) parseRegister(in input) (transform.Register, error) {
	if !isWorkbook(in) {
		return transform.ParseRegister(in.Name, in.Bytes)
	}
	words, err := transform.ParseRegisterWords(templates.Must("register.yaml"))
	if err != nil {
		return transform.Register{}, err
	}
	rows, err := workbook.ReadList(in.Name, in.Bytes, words.All(), transform.RegisterKey, workbook.Options{Words: w.words, Limits: w.limits})
	if err != nil {
		return transform.Register{}, err
	}
	w.registers = append(w.registers, filepath.Join(w.dir, filepath.FromSlash(in.Name)))
	return transform.RegisterOf(rows, words)
}

// isWorkbook reports whether a register is a spreadsheet: an Excel workbook is a ZIP archive.
func isWorkbook(in input) bool { return bytes.HasPrefix(in.Bytes, []byte("PK\x03\x04")) }

// returnsOnly leaves out the workbooks that are registers.
func (w *workspace) returnsOnly(files []foundFile) []foundFile {
	var registers []string
	for _, r := range w.registers {
		if abs, err := filepath.Abs(r); err == nil {
			registers = append(registers, abs)
		}
	}
	return slices.DeleteFunc(files, func(f foundFile) bool {
		abs, err := filepath.Abs(f.path)
		return err == nil && slices.Contains(registers, abs)
	})
}
