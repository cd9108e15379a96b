package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"boardpack/cmd/internal/nightly"
	"boardpack/cmd/internal/store"
	"boardpack/ingest"

	"github.com/spf13/cobra"
)

// keepFor is how long something is kept: "7 years", "18 months", "400 days"; empty for ever.
type keepFor string

var keepForForm = regexp.MustCompile(`^([1-9][0-9]{0,4}) (day|month|year)s?$`)

// before is the time before which something has been kept long enough.
func (k keepFor) before(now time.Time) (time.Time, error) {
	m := keepForForm.FindStringSubmatch(string(k))
	if m == nil {
		return time.Time{}, fmt.Errorf("%q is no time to keep something for; write it as 7 years, 18 months or 400 days, or leave it out to keep all for ever", string(k))
	}
	n, err := strconv.Atoi(m[1])
	switch m[2] {
	case "day":
		return now.AddDate(0, 0, -n), err
	case "month":
		return now.AddDate(0, -n, 0), err
	}
	return now.AddDate(-n, 0, 0), err
}

func (k *checker) keepVersions(v keepFor) {
	if v == "" {
		return
	}
	if _, err := v.before(scheduleCheckedFrom); err != nil {
		k.wrong("$.service.keep_versions", "service: keep_versions: %v", err)
	}
}

// retainOrder takes out versions of returns that need not be kept.
type retainOrder struct {
	Before time.Time `json:"before"`
}

func (o retainOrder) carryOut(ctx context.Context, st *store.Store, now time.Time) (told []string, err error) {
	gone, err := st.Expire(ctx, o.Before, now)
	for _, v := range gone {
		told = append(told, "taken out: "+describeVersion(v))
	}
	return told, err
}

// retainFlags are what boardpack retain is told.
type retainFlags struct {
	out, workspace, before string
	dryRun                 bool
}

func (a *app) retainCommand() *cobra.Command {
	var f retainFlags
	c := &cobra.Command{
		Use:   "retain",
		Short: "Take out versions of returns that need not be kept any longer",
		Long: "retain takes out of the archive the versions of returns that were received before a day, have been\n" +
			"replaced since, and are in no pack; each leaves a tombstone. The newest version of a return and what a\n" +
			"pack was made from always stay. The service does the same after a night, where boardpack.yaml says\n" +
			"keep_versions under service.",
		Example: "  boardpack retain --workspace returns --dry-run\n  boardpack retain --before 2019-04-01",
		Args:    noArguments,
		RunE:    func(c *cobra.Command, _ []string) error { return a.retain(c.Context(), f, time.Now()) },
	}
	outFlag(c, &f.out)
	c.Flags().StringVar(&f.workspace, "workspace", ".", "the folder of boardpack.yaml, whose keep_versions counts where --before is not given")
	c.Flags().StringVar(&f.before, "before", "", "the day (2019-04-01, London time) before which they were received")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "list what would be taken out, and do nothing")
	return c
}

func (a *app) retain(ctx context.Context, f retainFlags, now time.Time) error {
	before, err := f.from(now)
	if err != nil {
		return err
	}
	r, err := store.OpenReader(ctx, filepath.Join(f.out, archiveFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return usagef("%s has no ledger; give --out", f.out)
	}
	if err != nil {
		return err
	}
	expired, err := r.Expired(ctx, before)
	if err = errors.Join(err, r.Close()); err != nil {
		return err
	}
	why := store.Expiry(before)
	if len(expired) == 0 {
		fmt.Fprintf(a.out, "nothing was %s\n", why)
		return nil
	}
	if f.dryRun {
		for _, v := range expired {
			fmt.Fprintf(a.out, "would be taken out: %s\n", describeVersion(v))
		}
	} else if err := a.order(ctx, f.out, request{Retain: &retainOrder{before}}, nil); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s: %s\n", count(len(expired), "version"), why)
	return nil
}

// from is the time before which versions go.
func (f retainFlags) from(now time.Time) (time.Time, error) {
	if f.before != "" {
		d, err := ingest.ParseDate(f.before)
		if err != nil {
			return time.Time{}, usagef("--before: %v", err)
		}
		zone, err := time.LoadLocation(nightly.DefaultZone)
		if err != nil {
			return time.Time{}, err
		}
		day := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
		if day.After(now) {
			return day, usagef("--before is %s, which is still to come", f.before)
		}
		return day, nil
	}
	w, err := openWorkspace("", []string{f.workspace})
	if err != nil {
		return time.Time{}, err
	}
	if w.Service.KeepVersions == "" {
		return time.Time{}, usagef("give --before, or say in %s how long versions are kept (service: keep_versions: 7 years)", configName)
	}
	return w.Service.KeepVersions.before(now)
}

// retain takes out after a night what the configuration says need not be kept.
func (s *service) retain(ctx context.Context, keep keepFor, now time.Time) error {
	if keep == "" {
		return nil
	}
	before, err := keep.before(now)
	if err != nil {
		return err
	}
	gone, err := s.store.Expire(ctx, before, now)
	for _, v := range gone {
		s.log.Info("a version was taken out", "name", v.Name, "version", v.Number, "why", store.Expiry(before))
	}
	return err
}
