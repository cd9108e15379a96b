package main

import (
	"slices"
	"strings"

	"boardpack/templates"

	"github.com/goccy/go-yaml"
)

// checkNames are the names of all checks, as findings give them.
func checkNames() []string {
	var names []string
	if err := yaml.Unmarshal(templates.Must("checks.yaml"), &names); err != nil {
		panic("templates: checks.yaml: " + err.Error()) // a fault of the build
	}
	return names
}

// nearestCheck proposes the checks that share most words with a name that is none.
func nearestCheck(name string) string {
	var near []string
	most := 1
	for _, known := range checkNames() {
		shared := 0
		for _, word := range strings.Split(known, "-") {
			if slices.Contains(strings.Split(strings.ToLower(name), "-"), word) {
				shared++
			}
		}
		if shared > most {
			near, most = nil, shared
		}
		if shared == most {
			near = append(near, known)
		}
	}
	if len(near) == 0 || len(near) > 8 {
		return ""
	}
	return "; near it are " + strings.Join(near, ", ")
}
