package inbox

import (
	"maps"
	"slices"
)

// PassedOver lists the files that Pass was told of, by path, as long as they stand there as they were.
func (w *Watch) PassedOver() []Refused {
	var out []Refused
	for _, p := range slices.Sorted(maps.Keys(w.files)) {
		if f := w.files[p]; f.done && f.why != "" {
			out = append(out, Refused{f.seen.Name, f.why})
		}
	}
	return out
}
