// Package templates holds what is data and not code: traffic-light schemes, registers,
// report definitions with their wording, column words, colours, fonts,
// style sheets, and what a new set-up begins with. It imports nothing; everybody may read it.
package templates

import "embed"

// FS holds every file of this folder.
//
//go:embed *.yaml *.json schemes/*.yaml registers/*.yaml reports/*.yaml fonts html init mail reading service web xlsx
var FS embed.FS

// Must reads a file that is compiled in; a missing one is a fault of the build.
func Must(name string) []byte {
	b, err := FS.ReadFile(name)
	if err != nil {
		panic("templates: " + name + " is not compiled in")
	}
	return b
}
