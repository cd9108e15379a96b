package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"boardpack/ingest"
	"boardpack/transform"

	"github.com/spf13/cobra"
)

// publishFlags are what boardpack publish is told.
type publishFlags struct{ workspace, who, text, supersede string }

func (a *app) publishCommand() *cobra.Command {
	var f publishFlags
	c := &cobra.Command{
		Use:   "publish PACK",
		Short: "Make a draft's pack once more as final",
		Long: "publish makes the pack of a draft once more, from the same archived inputs, as the next version with\n" +
			"the status final: without draft marks, its files read-only for good. First it proves that the draft can\n" +
			"be made again byte for byte, and refuses a pack of which something is open that stops a final. Who\n" +
			"published it and when is a line of decisions.jsonl. Later returns make a new draft beside the final.\n" +
			"A quarter has one final: another one takes its place with --supersede and the reason.",
		Example: "  boardpack publish --workspace samples --who \"Committee Clerk\" packs/2026-27/Q2/communities/v1\n" +
			"  boardpack publish --workspace samples --who \"Committee Clerk\" --supersede \"HSG 02 was put right\" packs/2026-27/Q2/communities/v4",
		Args: exactly(1, "one pack"),
		RunE: func(c *cobra.Command, args []string) error { return a.publish(c.Context(), f, args[0], time.Now()) },
	}
	workspaceFlag(c, &f.workspace)
	c.Flags().StringVar(&f.who, "who", "", "who publishes it: a name or a post")
	c.Flags().StringVar(&f.text, "text", "", "a note on the publication")
	c.Flags().StringVar(&f.supersede, "supersede", "", "why this final takes the place of the one that stands")
	return c
}

// workspaceFlag lets a command say where the log of decisions stands, which no pack records.
func workspaceFlag(c *cobra.Command, dir *string) {
	c.Flags().StringVar(dir, "workspace", "", "the folder of boardpack.yaml and decisions.jsonl; without it, this folder where it holds them")
}

// publication is the publishing of one draft, or of a final that a killed one left without its line.
type publication struct {
	flags publishFlags
	out   string // the folder of packs
	work  workspace
	draft *earlierPack // what is given: a draft, or a final already
	now   time.Time
}

func (a *app) publish(ctx context.Context, f publishFlags, dir string, now time.Time) error {
	p, err := newPublication(f, dir, now)
	if err != nil {
		return err
	}
	final, err := p.finalThere()
	if err != nil {
		return err
	}
	isNew := final == nil
	if isNew {
		if err := p.mayBePublished(); err != nil {
			return err
		}
		again, err := a.proven(p.draft)
		if err != nil {
			return err
		}
		if final, err = untilNumbered(func() (*earlierPack, error) { return p.make(ctx, again) }); err != nil {
			return err
		}
	}
	lines, err := p.record(final)
	if err != nil {
		return err
	}
	a.tellPublished(p, final, isNew, lines)
	return nil
}

func newPublication(f publishFlags, dir string, now time.Time) (*publication, error) {
	if strings.TrimSpace(f.who) == "" {
		return nil, usagef("say with --who who publishes it: a name or a post")
	}
	draft, err := packAt(dir)
	if err != nil {
		return nil, err
	}
	work, err := workspaceOf(f.workspace, draft.manifest)
	if err != nil {
		return nil, err
	}
	return &publication{flags: f, out: packsOf(draft.dir), work: work, draft: draft, now: now}, nil
}

// packAt reads a version that stands among packs.
func packAt(dir string) (*earlierPack, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	if filepath.Base(abs) != versionFolder(m.Version) {
		return nil, usagef("%s does not stand among packs, where version %d is the folder %s; give that one", dir, m.Version, versionFolder(m.Version))
	}
	return earlierAt(filepath.Join(dir, ".."), m.Version)
}

// packsOf is the folder of packs that a version stands in, below year, quarter and board.
func packsOf(dir string) string { return filepath.Join(dir, "..", "..", "..", "..") }

// workspaceOf opens the workspace whose log takes what is decided about a pack.
// The pack records what it was made from and not where that stood.
func workspaceOf(dir string, m manifest) (workspace, error) {
	name, has := configName, false
	for _, i := range m.Inputs {
		if i.Kind == "configuration" {
			name, has = i.Name, true
		}
	}
	ask := fmt.Sprintf("give with --workspace the folder that holds %s and %s, for the line is written there; for example: --workspace samples", name, decisionsName)
	if dir == "" {
		if !isFile(name) && !isFile(decisionsName) {
			return workspace{}, usagef("%s", ask)
		}
		dir = "."
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return workspace{}, usagef("%s is no folder; %s", dir, ask)
	}
	if has && !isFile(filepath.Join(dir, name)) {
		return workspace{}, usagef("%s has no %s, with which the pack was made; %s", dir, name, ask)
	}
	config := ""
	if name != configName {
		config = filepath.Join(dir, name)
	}
	w, err := openWorkspace(config, []string{dir})
	if err == nil && !slices.ContainsFunc(w.boards, func(b transform.Board) bool { return b.ID == m.Board }) {
		err = usagef("the workspace %s has no board %q, whose pack this is; %s", dir, m.Board, ask)
	}
	return w, err
}

// finalThere gives the final that was made of the draft, where there is one
// that nobody has superseded: what is given may be that itself.
func (p *publication) finalThere() (*earlierPack, error) {
	if p.draft.manifest.Status == statusDraft {
		return p.finalOf(p.draft), nil
	}
	if s := p.draft.manifest.statusBy(p.work.decisions); s.Superseded != nil {
		return nil, usagef("version %d is a final that was superseded by %s (%s); publish a draft", p.draft.version, s.Superseded.Who, s.Superseded.Text)
	}
	return p.draft, nil
}

func (p *publication) finalOf(draft *earlierPack) *earlierPack {
	for _, e := range p.finalsInForce() {
		if slices.ContainsFunc(e.manifest.Inputs, func(f fileRecord) bool { return f.Kind == draftBefore && f.SHA256 == draft.inputs[0].sha256() }) {
			return e
		}
	}
	return nil
}

// finalsInForce are the finals of the pack that nobody has superseded, the oldest first.
func (p *publication) finalsInForce() []*earlierPack {
	var out []*earlierPack
	place := filepath.Dir(p.draft.dir)
	last, _ := lastVersion(place)
	for n := 1; n <= last; n++ {
		if e, err := earlierAt(place, n); err == nil && e.manifest.statusBy(p.work.decisions).Status == statusFinal {
			out = append(out, e)
		}
	}
	return out
}

// mayBePublished refuses what cannot be proved by this program, and a second final without a reason.
func (p *publication) mayBePublished() error {
	m := p.draft.manifest
	if m.Program != "boardpack "+version {
		return fmt.Errorf("%s was made by %s and this is boardpack %s, which cannot prove it; make a draft of this version (boardpack run, with --year %s --quarter %s) and publish that",
			slashed(p.draft.dir), m.Program, version, m.Year, m.Quarter)
	}
	if finals := p.finalsInForce(); len(finals) > 0 && strings.TrimSpace(p.flags.supersede) == "" {
		return usagef("%s is the final of %s; to publish another in its place, say why with --supersede \"…\"", slashed(finals[len(finals)-1].dir), packName(m))
	}
	return nil
}

// proven makes the draft again, and wants every byte the same and nothing open that stops a final.
func (a *app) proven(draft *earlierPack) (remade, error) {
	r, err := remake(draft.dir, inputsOf(draft.dir, ""), true)
	if err != nil {
		return r, err
	}
	if len(r.missing) > 0 {
		return r, usagef("%s cannot be made again, so it is not published: %s", slashed(draft.dir), strings.Join(r.missing, "; "))
	}
	if diff := differences(draft.dir, r.files); len(diff) > 0 {
		return r, fmt.Errorf("%s is not what its inputs give, so it is not published: %s; see: boardpack verify", slashed(draft.dir), strings.Join(diff, "; "))
	}
	stops := r.work.gates.Stops(r.pack)
	if len(stops) == 0 {
		return r, nil
	}
	a.listStops(stops)
	return r, fmt.Errorf("%s is not published: %s. Put the returns right, or settle each with boardpack decide; then publish the draft that the next run makes", slashed(draft.dir), stopsLine(stops))
}

// listStops lists each finding that is open with what to do.
func (a *app) listStops(stops []transform.Stop) {
	for _, s := range stops {
		for _, f := range s.Findings {
			fmt.Fprintf(a.out, "%s: %s: %s. %s\n", s.Check, f.Place, ingest.OneLine(f.Saw), f.Advice)
		}
	}
}

// make makes the final of a draft, unless somebody else has done so meanwhile.
// What it says has changed is against the draft: nothing.
func (p *publication) make(ctx context.Context, again remade) (*earlierPack, error) {
	if there := p.finalOf(p.draft); there != nil {
		return there, nil
	}
	newest, err := earlierIn(filepath.Dir(p.draft.dir))
	if err != nil {
		return nil, err
	}
	o := again.order
	o.draft = false
	o.number(newest, p.work.decisions)
	if o.before, err = earlierAt(filepath.Dir(p.draft.dir), p.draft.version); err != nil {
		return nil, err
	}
	o.before.load()
	made, err := again.work.makeVersion(ctx, p.out, o, again.work.manifest(o, again.gathered), again.pack, again.gathered)
	if err != nil {
		return nil, err
	}
	return earlierAt(filepath.Dir(p.draft.dir), folderVersion(filepath.Base(made.Dir)))
}

// record appends to the log what it lacks of a final: that it was published,
// and which others it supersedes. A final stands before its line does, so that
// whoever publishes it again after a kill finishes that.
func (p *publication) record(final *earlierPack) ([]transform.Decision, error) {
	release, err := lockNumbers(p.out)
	if err != nil {
		return nil, err
	}
	defer func() { _ = release() }()
	if p.work, err = workspaceOf(p.work.dir, final.manifest); err != nil { // as the log is by now
		return nil, err
	}
	m := final.manifest
	line := transform.Decision{At: p.now.UTC().Format(time.RFC3339), Who: p.flags.who, Board: m.Board, Quarter: m.Year + " " + m.Quarter, Version: final.version}
	var lines []transform.Decision
	if m.statusBy(p.work.decisions).Published == nil {
		d := line
		d.Kind, d.Draft, d.SHA256, d.Text = transform.DecidePublication, m.before(), final.inputs[0].sha256(), p.flags.text
		lines = append(lines, d)
	}
	for _, other := range p.finalsInForce() {
		if other.version == final.version {
			continue
		}
		if strings.TrimSpace(p.flags.supersede) == "" {
			return nil, usagef("%s is final beside %s; say with --supersede \"…\" why it takes that one's place", slashed(final.dir), slashed(other.dir))
		}
		d := line
		d.Kind, d.Version, d.By, d.SHA256, d.Text = transform.DecideSupersession, other.version, final.version, other.inputs[0].sha256(), p.flags.supersede
		lines = append(lines, d)
	}
	if len(lines) == 0 {
		return nil, nil
	}
	return lines, appendDecisions(p.work.dir, lines...)
}

func (a *app) tellPublished(p *publication, final *earlierPack, isNew bool, lines []transform.Decision) {
	words := "is final already"
	if isNew {
		words = fmt.Sprintf("is final: draft version %d once more, %s, which nobody writes to again", final.manifest.before(), count(len(final.manifest.Outputs)+1, "file"))
	}
	fmt.Fprintf(a.out, "%s %s\n", slashed(final.dir), words)
	for _, d := range lines {
		if d.Kind == transform.DecideSupersession {
			fmt.Fprintf(a.out, "  it supersedes version %d, which stays as it is\n", d.Version)
		}
	}
	if len(lines) > 0 {
		fmt.Fprintf(a.out, "  written to %s\n", slashed(filepath.Join(p.work.dir, decisionsName)))
	}
	if newest, err := earlierIn(filepath.Dir(final.dir)); err == nil && newest != nil {
		if draft := newestDraft(filepath.Dir(final.dir), newest); draft != nil && draft.version > final.manifest.before() {
			fmt.Fprintf(a.out, "  there is a newer draft: %s\n", slashed(draft.dir))
		}
	}
}

// slashed is a path as it is printed.
func slashed(p string) string { return filepath.ToSlash(filepath.Clean(p)) }
