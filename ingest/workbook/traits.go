package workbook

import (
	"strings"

	"boardpack/ingest"
)

// trait is one thing that a text could be.
type trait uint8

const (
	traitRef     trait = iota
	traitRefs          // it holds references among other things
	traitDate          // a date and nothing that leaves it in doubt
	traitFigure        // one number, or words that stand in place of one
	traitNumber        // a number proper
	traitLight         // a word, letter or symbol of a light
	traitPercent       // it says per cent itself
	traitStatus        // of an action
	traitClass         // of an indicator
	traitPolarity
	traitNothing // it stands for nothing: n/a, -, no change

	manyTraits
)

// traits are a set of them.
type traits uint16

// has reports whether a text has a trait.
func (r *reader) has(f *textFacts, t trait) bool {
	bit := traits(1) << t
	if f.asked&bit == 0 {
		f.asked |= bit
		if r.couldBe(f, t) {
			f.answered |= bit
		}
	}
	return f.answered&bit != 0
}

// couldBe tells whether a text could be something. Long texts are prose: they
// are looked through for references alone.
func (r *reader) couldBe(f *textFacts, t trait) bool {
	const short, prose = 60, 120
	switch length := len(f.Line); t {
	case traitRef:
		return f.isRef
	case traitRefs:
		return f.isRef || length < longestKept && ingest.ListsRefs(f.Line)
	case traitPercent:
		return strings.HasSuffix(f.Line, "%")
	case traitNumber:
		return length < 40 && f.asFigure().number
	case traitFigure:
		return length < prose && (f.asFigure().instead != ingest.SaysText || !f.isRef && len(ingest.PartsOf(f.Line, "")) > 0)
	case traitNothing:
		return length < prose && (f.asFigure().instead == ingest.SaysNothing || ingest.HasAny(f.Folded, "no change", "unchanged", "as original"))
	default:
		return length < short && r.couldBeShort(f, t)
	}
}

// asFigure reads a text as a figure, and gives what is known of it.
func (f *textFacts) asFigure() *textFacts {
	if f.lacks(knowsFigure) {
		figure := f.Figure("")
		f.number, f.instead = figure.Number != nil, figure.Says
	}
	return f
}

// couldBeShort is couldBe for what only short texts are.
func (r *reader) couldBeShort(f *textFacts, t trait) bool {
	switch t {
	case traitDate:
		d := r.dueIn(f.Line, "")
		return d.Doubt == "" && (!d.Date.IsZero() || d.Ongoing) || len(f.Line) < 25 && !d.Date.IsZero()
	case traitLight:
		return r.words.looks(f.Folded)
	case traitStatus:
		return r.words.statuses[f.Folded] != ""
	case traitClass:
		return r.words.classes[f.Folded] != ""
	}
	return r.words.polarities[f.Folded] != ""
}
