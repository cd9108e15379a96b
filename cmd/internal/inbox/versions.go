package inbox

import "boardpack/ingest"

// Held is a version of a return that is in the archive.
type Held struct {
	Number   int
	Readable bool          // it could be opened and its figures may be used
	Period   ingest.Period // of its contents, else its name or folder; zero fields where none says it
}

// Because is why a version is used.
type Because string

const (
	Newest         Because = "newest"
	LastGood       Because = "last good"       // what came after it cannot be read
	EarlierQuarter Because = "earlier quarter" // what came after it is another quarter's
)

// Use is a version that is used, and why.
type Use struct {
	Held
	Because Because
}

// Choose gives the versions of one return that are used, the oldest version
// first in and out: of each quarter the last that can be read. An older
// version never stands in for another quarter than its own, and one whose
// quarter is not known only until a later one can be read.
func Choose(versions []Held) []Use {
	var used []Use
	taken := map[ingest.Period]bool{}
	because := Newest
	for i := len(versions) - 1; i >= 0; i-- {
		v := versions[i]
		if v.Readable && !taken[v.Period] && (v.Period.Year != 0 || len(used) == 0) {
			used = append([]Use{{v, because.of(v, versions[i+1:])}}, used...)
			taken[v.Period] = true
		}
		because = LastGood
	}
	return used
}

// of settles why a version is used that others came after.
func (b Because) of(v Held, later []Held) Because {
	if b == Newest {
		return Newest
	}
	for _, l := range later {
		if l.Readable || l.Period.Year != 0 && l.Period != v.Period {
			return EarlierQuarter
		}
	}
	return LastGood
}
