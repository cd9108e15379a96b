package main

import (
	"sync"

	"boardpack/ingest/workbook"
	"boardpack/render"
	"boardpack/templates"
)

// What the program ships for every workspace, parsed once when it is first wanted.
var (
	shippedWords = sync.OnceValues(func() (workbook.Words, error) { return workbook.ParseWords(templates.Must("words.yaml")) })
	shippedLook  = sync.OnceValues(func() (render.Look, error) { return render.ParseLook(templates.Must("look.yaml")) })
	markWords    = sync.OnceValues(func() (workbook.MarkWords, error) {
		return workbook.ParseMarkWords(templates.Must("marked.yaml"))
	})
)
