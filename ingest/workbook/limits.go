package workbook

import (
	"cmp"
	"fmt"
	"time"
)

// Limits bound what one workbook may take. A workbook that goes beyond one is
// not read, and its one finding says which. A zero stands for the default.
type Limits struct {
	Size     int64         // bytes of the file
	Unpacked int64         // bytes of all its parts together, unpacked
	Part     int64         // bytes of one part, unpacked
	Parts    int           // in the archive
	Cells    int           // with content or colour, over all sheets
	Texts    int           // different ones, in the list that the sheets share
	Memory   int64         // bytes held for cells, texts and what joins, hides or colours them
	Time     time.Duration // for reading it; who calls keeps the time, by Options.Stop
}

// DefaultLimits are far beyond any officer's workbook, and small enough for any machine.
func DefaultLimits() Limits {
	return Limits{Size: 64 << 20, Unpacked: 512 << 20, Part: 256 << 20, Parts: 10_000,
		Cells: 5_000_000, Texts: 2_000_000, Memory: 512 << 20, Time: 30 * time.Second}
}

// orDefault fills what is zero.
func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	return Limits{cmp.Or(l.Size, d.Size), cmp.Or(l.Unpacked, d.Unpacked), cmp.Or(l.Part, d.Part), cmp.Or(l.Parts, d.Parts),
		cmp.Or(l.Cells, d.Cells), cmp.Or(l.Texts, d.Texts), cmp.Or(l.Memory, d.Memory), cmp.Or(l.Time, d.Time)}
}

// The bounds of the parts that the library decodes (workbook, styles, theme and
// relations). It needs many times their bytes, so they have their own.
const (
	maxFrame     = 32 << 20  // bytes of one such part; styles of 64,000 formats have 10 MB
	maxFrameTags = 1_000_000 // of one such part
)

const (
	adviceSmaller = "Copy the sheets that are needed into a new workbook and save that."
	adviceLimit   = adviceSmaller + " If it must be so large, whoever runs boardpack can raise %s under limits in boardpack.yaml."
)

// tooMuch says that a workbook goes beyond the limit of a key.
func tooMuch(key, saw string, args ...any) *Unreadable {
	return &Unreadable{"file-too-large", fmt.Sprintf(saw, args...), fmt.Sprintf(adviceLimit, key)}
}

func (l Limits) tooUnpacked() error {
	return tooMuch("unpacked", "the workbook unpacks to more than %d MB", l.Unpacked>>20)
}

func (l Limits) tooLargePart(name string) error {
	return tooMuch("part", "the workbook's part %q unpacks to more than %d MB", name, l.Part>>20)
}

// budget is what is left to a workbook of its limits while it is read. The
// first that is passed stays as its error.
type budget struct {
	Limits
	stop   func() bool
	cells  int
	texts  int
	memory int64
	asked  int
	err    error
}

// A nil budget has no end.
func newBudget(l Limits, stop func() bool) *budget { return &budget{Limits: l.orDefault(), stop: stop} }

func (b *budget) fail(u *Unreadable) {
	if b.err == nil {
		b.err = u
	}
}

// hold takes memory, or gives back what is negative.
func (b *budget) hold(bytes int64) {
	if b == nil {
		return
	}
	if b.memory += bytes; b.memory > b.Memory {
		b.fail(tooMuch("memory", "the workbook needs more than %d MB of memory", b.Memory>>20))
	}
}

func (b *budget) countCell() {
	if b.cells++; b.cells > b.Cells {
		b.fail(tooMuch("cells", "the workbook has more than %d cells", b.Cells))
	}
}

func (b *budget) countText() {
	if b.texts++; b.texts > b.Texts {
		b.fail(tooMuch("texts", "the workbook has more than %d different texts", b.Texts))
	}
}

// askEvery is after how much work the time is asked for, which costs more than a tag or a cell.
const askEvery = 64

// work counts some work: one for a tag, a row or a cell, more for a long text.
func (b *budget) work(n int) {
	if b == nil {
		return
	}
	if b.asked += n; b.asked >= askEvery {
		b.asked = 0
		b.askTime()
	}
}

func (b *budget) askTime() {
	if b.err == nil && b.stop != nil && b.stop() {
		b.fail(&Unreadable{"file-takes-too-long", fmt.Sprintf("reading the workbook takes longer than %d seconds", int(b.Time.Seconds())), fmt.Sprintf(adviceLimit, "seconds")})
	}
}

// spent reports whether a limit is passed.
func (b *budget) spent() bool { return b != nil && b.err != nil }
