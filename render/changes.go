package render

import (
	"slices"
	"strings"
	"time"

	"boardpack/transform"
	"boardpack/transform/changes"

	"github.com/shopspring/decimal"
)

// sinceBefore lists what changed since an earlier version of the pack: nothing in its first.
func (b *builder) sinceBefore() []Block {
	since := b.settings.Since
	if since == nil {
		return nil
	}
	w := b.def.Changes
	if since.Unread {
		return []Block{paragraph(Warn, b.word(w.Unread))}
	}
	var bands []band[changes.Change]
	for _, g := range changes.Groups {
		rows := keep(since.Changes, func(c changes.Change) bool { return c.Group == g })
		if len(rows) > 0 {
			bands = append(bands, band[changes.Change]{name: wordOr(w.Groups, string(g)), rows: rows})
		}
	}
	blocks := []Block{paragraph(Plain, b.say(w.Some, Values{N: len(since.Changes)}))}
	if len(bands) == 0 {
		return blocks
	}
	return append(blocks, tableOf(b, w.Table, Values{}, changeFields, bands, noID))
}

var changeFields = map[string]field[changes.Change]{
	"kind":       {working: true, cell: func(b *builder, c changes.Change) Cell { return text(wordOr(b.def.Changes.Rows, c.Table)) }},
	"ref":        {working: true, noWrap: true, cell: changeText(func(c changes.Change) string { return c.Ref })},
	"title":      {working: true, rowHead: true, cell: changeText(func(c changes.Change) string { return c.Title })},
	"plan":       {working: true, cell: changeText(func(c changes.Change) string { return c.Plan })},
	"what":       {working: true, cell: changeWhat},
	"was":        {working: true, cell: func(b *builder, c changes.Change) Cell { return b.changeValue(c, c.Was) }},
	"now":        {working: true, cell: func(b *builder, c changes.Change) Cell { return b.changeValue(c, c.Now) }},
	"was source": {working: true, cell: changeText(func(c changes.Change) string { return placeText(c.WasAt) })},
	"now source": {working: true, cell: changeText(func(c changes.Change) string { return placeText(c.NowAt) })},
}

func changeText(get func(changes.Change) string) func(*builder, changes.Change) Cell {
	return func(_ *builder, c changes.Change) Cell { return text(get(c)) }
}

// changeWhat is the column that differs, or that the row came or went.
func changeWhat(b *builder, c changes.Change) Cell {
	w := b.def.Changes
	v := Values{Text: b.columnWord(c.Column)}
	switch c.What {
	case changes.New:
		return text(b.say(w.New, v))
	case changes.Gone:
		return text(b.say(w.Gone, v))
	}
	return text(v.Text)
}

func placeText(p changes.Place) string { return sourceText(transform.Source(p)) }

// changeValue is a value of the data as a report shows it.
func (b *builder) changeValue(c changes.Change, v string) Cell {
	switch {
	case v == "":
		return Cell{}
	case slices.Contains([]string{"light", "computed", "declared", "previous", "forecast"}, c.Column):
		return b.lightCell(transform.Light(v))
	case c.Column == "status":
		return text(wordOr(b.def.Words.Statuses, v))
	case c.Column == "direction":
		return text(wordOr(b.def.Words.Directions, v))
	case c.Group == changes.Dates:
		if day, err := time.Parse(time.DateOnly, v); err == nil {
			return Cell{Text: b.date(day), Date: v}
		}
	case c.Group == changes.Figures || c.Group == changes.Counts:
		if _, err := decimal.NewFromString(v); err == nil {
			return Cell{Text: shown(v), Number: v, Format: NumberFormat{Decimals: -1}}
		}
	}
	return text(v)
}

// columnWord is a column of the data as a report calls it.
func (b *builder) columnWord(column string) string {
	if w, ok := b.def.Changes.Columns[column]; ok {
		return w
	}
	return strings.ReplaceAll(column, "_", " ")
}

// Changes is the wording about what changed since an earlier version of the pack; .Since names that version.
type Changes struct {
	Unread  Text              `yaml:"unread"`
	Some    Text              `yaml:"some"`    // .N changes
	Groups  map[string]string `yaml:"groups"`  // by the group of a change
	Rows    map[string]string `yaml:"rows"`    // what a row of a table of the data is called
	Columns map[string]string `yaml:"columns"` // the columns of the data
	New     Text              `yaml:"new"`     // a row that came; .Text is the column that stands for it
	Gone    Text              `yaml:"gone"`
	Table   TableText         `yaml:"table"`
}
