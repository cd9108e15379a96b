package store

import (
	"context"
	"encoding/json"

	"boardpack/ingest"
)

// Latest is a version of a return with what its last reading says of it,
// without its findings and what was read.
type Latest struct {
	Version
	Known  bool          // it was read
	Period ingest.Period // zero fields where it is not known
	Plan   string
	Usable bool
	Rows   int
}

// Nil reports whether the return says that there is nothing to report.
func (l Latest) Nil() bool { return l.Usable && l.Rows == 0 }

// latestReading is of each version the reading that was kept last.
const latestReading = "(SELECT return_id, max(id) AS id FROM readings GROUP BY return_id)"

// LatestReadings lists every version of every return with its last reading, by
// inbox and key, the oldest version of each first.
func (r *Reader) LatestReadings(ctx context.Context) ([]Latest, error) {
	return rowsOf(ctx, r.db, scanLatest, `SELECT r.id, r.version, r.inbox, r.name, r.key, r.sha256, c.size, r.modified, r.received, r.origin, c.removed IS NOT NULL,
		d.id IS NOT NULL, coalesce(d.year, ''), coalesce(d.quarter, ''), coalesce(d.plan, ''), coalesce(d.usable, 0), coalesce(d.rows, 0)
		FROM returns r JOIN contents c USING (sha256)
		LEFT JOIN `+latestReading+` l ON l.return_id = r.id LEFT JOIN readings d ON d.id = l.id
		ORDER BY r.inbox, r.key, r.version`)
}

func scanLatest(row interface{ Scan(...any) error }) (Latest, error) {
	var l Latest
	var modified, received, year, quarter string
	err := row.Scan(&l.ID, &l.Number, &l.Inbox, &l.Name, &l.Key, &l.SHA256, &l.Size, &modified, &received, &l.Origin, &l.Removed,
		&l.Known, &year, &quarter, &l.Plan, &l.Usable, &l.Rows)
	l.Modified, l.Received = textTime(modified), textTime(received)
	l.Period = ingest.PeriodIn(year + " " + quarter).Period
	return l, err
}

// LatestFindings gives the findings of the last readings of versions, each in
// their order, by the ID of the version.
func (r *Reader) LatestFindings(ctx context.Context, versions ...int64) (map[int64][]ingest.Finding, error) {
	type found struct {
		version int64
		ingest.Finding
	}
	ids, err := json.Marshal(versions)
	if err != nil {
		return nil, err
	}
	rows, err := rowsOf(ctx, r.db, func(row interface{ Scan(...any) error }) (found, error) {
		var f found
		err := row.Scan(&f.version, &f.Workbook, &f.Severity, &f.Check, &f.Sheet, &f.Cell, &f.Saw, &f.Advice, &f.Explanation)
		return f, err
	}, `SELECT l.return_id, r.name, f.severity, f.check_name, f.sheet, f.cell, f.saw, f.advice, f.explanation
		FROM `+latestReading+` l JOIN returns r ON r.id = l.return_id JOIN findings f ON f.reading_id = l.id
		WHERE l.return_id IN (SELECT value FROM json_each(?)) ORDER BY l.id, f.number`, string(ids))
	out := map[int64][]ingest.Finding{}
	for _, f := range rows {
		out[f.version] = append(out[f.version], f.Finding)
	}
	return out, err
}

// LatestBodies gives what was kept of the last readings of versions, by the ID of the version.
func (r *Reader) LatestBodies(ctx context.Context, versions ...int64) (map[int64]string, error) {
	type body struct {
		version int64
		text    string
	}
	ids, err := json.Marshal(versions)
	if err != nil {
		return nil, err
	}
	rows, err := rowsOf(ctx, r.db, func(row interface{ Scan(...any) error }) (b body, err error) {
		return b, row.Scan(&b.version, &b.text)
	}, `SELECT return_id, coalesce(body, '') FROM readings WHERE id IN (SELECT max(id) FROM readings WHERE return_id IN (SELECT value FROM json_each(?)) GROUP BY return_id)`, string(ids))
	out := map[int64]string{}
	for _, b := range rows {
		out[b.version] = b.text
	}
	return out, err
}
