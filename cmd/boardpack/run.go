package main

import (
	"context"
	"time"

	"boardpack/ingest"
	"boardpack/transform"

	"github.com/spf13/cobra"
)

// runFlags are what boardpack run is told.
type runFlags struct {
	config, out, year, quarter, asAt string
	json                             bool
	configured                       bool // packs were made with a configuration, so there must be one
}

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   "run [FOLDER or RETURN…]",
		Short: "Read returns and write the packs that are due",
		Long: "run reads every workbook of a folder (or those that are named), works out the lights and\n" +
			"writes a pack for each board and each quarter that has returns. Equal returns give the pack\n" +
			"that is there; changed ones give its next version.",
		Example: "  boardpack run samples\n  boardpack run --year 2007/08 --quarter Q4 \"CSD return.xlsx\"",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"."}
			}
			return a.run(c.Context(), f, args)
		},
	}
	c.Flags().StringVar(&f.config, "config", "", "the configuration; without it, boardpack.yaml in the folder that is read")
	c.Flags().StringVar(&f.out, "out", "packs", "the folder that packs are written to")
	c.Flags().StringVar(&f.year, "year", "", "make only this year's packs, and the year of workbooks that do not say theirs (2007/08)")
	c.Flags().StringVar(&f.quarter, "quarter", "", "make only this quarter's packs, and the quarter of workbooks that do not say theirs (Q4)")
	c.Flags().StringVar(&f.asAt, "as-at", "", "the day that the data stands at (2008-03-31); without it, the quarter's last day")
	c.Flags().BoolVar(&f.json, "json", false, "print the result as JSON, with the data of each pack as in its data folder")
	return c
}

// run makes what is due of the returns in folders, and tells it.
func (a *app) run(ctx context.Context, f runFlags, args []string) error {
	w, err := openWorkspace(f.config, args)
	if err != nil {
		return err
	}
	var read []readReturn
	made, err := a.reconcile(ctx, &w, f, time.Now(), func() (g gathered, err error) {
		removeLeftovers(f.out, w.now)
		if read, err = a.readFound(ctx, &w, f.out, args); err != nil {
			return g, err
		}
		g = inHand(read)
		return g, w.quarterWanted(g)
	})
	if err != nil {
		return err
	}
	if err := a.printRun(f, read, made); err != nil {
		return err
	}
	return statusOf(read, made)
}

// reconcile is the whole pipeline: returns are gathered, packs worked out, and
// those that are due and not there are written. A run, a night of the service
// and its start all only call it; gather gives the returns.
func (a *app) reconcile(ctx context.Context, w *workspace, f runFlags, now time.Time, gather func() (gathered, error)) ([]madePack, error) {
	if err := w.hear(f); err != nil {
		return nil, err
	}
	w.now = now
	g, err := gather()
	if err != nil {
		return nil, err
	}
	return a.makePacks(ctx, w, f, g)
}

// readFound reads the returns that the arguments name.
func (a *app) readFound(ctx context.Context, w *workspace, out string, args []string) ([]readReturn, error) {
	files, err := w.findReturns(args, out)
	if err != nil {
		return nil, err
	}
	read, err := a.readReturns(ctx, w, w.returnsOnly(files))
	if err != nil {
		return nil, err
	}
	return read, worthGoingOn(args, read)
}

// hear takes what the flags say of period and date.
func (w *workspace) hear(f runFlags) error {
	if err := w.standsAsBefore(f); err != nil {
		return err
	}
	if f.year != "" {
		if w.said.Year = ingest.PeriodIn(f.year).Year; w.said.Year == 0 {
			return usagef("--year is %q; write it as 2007/08", f.year)
		}
	}
	if f.quarter != "" {
		if w.said.Quarter = quarterFlag(f.quarter); w.said.Quarter == 0 {
			return usagef("--quarter is %q; write it as Q4", f.quarter)
		}
	}
	if f.asAt != "" {
		d, err := ingest.ParseDate(f.asAt)
		if err != nil {
			return usagef("--as-at: %v", err)
		}
		w.asAt = d
	}
	return nil
}

// makePacks makes the packs that are due, side by side, and writes them.
func (a *app) makePacks(ctx context.Context, w *workspace, f runFlags, g gathered) ([]madePack, error) {
	due, err := a.valid(w, a.inTime(w, w.due(g)))
	if err != nil {
		return nil, err
	}
	made := make([]madePack, len(due))
	err = sideBySide(len(due), func(i int) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		var err error
		made[i], err = untilNumbered(func() (madePack, error) { return w.makePack(ctx, f.out, due[i], g) })
		if !g.told {
			made[i].Pack = transform.Pack{} // the packs of a night are too many to be held
		}
		return err
	})
	return made, err
}
