package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"boardpack/cmd/internal/inbox"
	"boardpack/cmd/internal/store"

	"github.com/xuri/excelize/v2"
)

// chaos is a service that is killed again and again while officers work.
type chaos struct {
	dir, returns, out string
	names             int // of returns
	kills             int
	packs             int // versions that there must be for the test to prove anything
	seed              uint64
}

// random gives numbers of the seed, each user of them its own.
func (c chaos) random(user uint64) *rand.Rand { return rand.New(rand.NewPCG(c.seed, user)) }

func (c chaos) name(n int) string { return filepath.Join(c.returns, fmt.Sprintf("service %d.xlsx", n)) }

// officers save, overwrite and take away workbooks until they are told to stop:
// some at once, some piece by piece. First each return comes once.
func (c chaos) officers(t *testing.T, stop <-chan struct{}) {
	r := c.random(1)
	for i, first := 0, r.Perm(c.names); ; i++ {
		select {
		case <-stop:
			return
		case <-time.After(time.Duration(r.IntN(120)) * time.Millisecond):
		}
		n := r.IntN(c.names)
		if i < len(first) {
			n = first[i]
		} else if r.IntN(6) == 0 {
			_ = os.Remove(c.name(n))
			continue
		}
		unsaved := filepath.Join(c.dir, "unsaved.xlsx")
		saveBook(t, unsaved, "== Return", fmt.Sprintf("Service %d Q%d 2026/27", n, 1+n%2), "Ref | Indicator | Unit | Good is | Target | Actual | Progress",
			fmt.Sprintf("SRV %d | Things done in time by service %d | Number | High | 25 | %d | %s", n, n, i, []string{"Green", "Amber"}[r.IntN(2)]))
		if err := arrive(unsaved, c.name(n), r.IntN(4) == 0); err != nil {
			t.Error(err)
		}
	}
}

// saveBook makes a workbook of lines as mkbook reads them.
func saveBook(t *testing.T, name string, lines ...string) {
	m := bookMaker{file: excelize.NewFile()}
	for _, line := range lines {
		if err := m.line(line); err != nil {
			t.Error(err)
		}
	}
	if err := m.save(name); err != nil {
		t.Error(err)
	}
}

// arrive brings a file into its place, at once or slowly.
func arrive(from, name string, slowly bool) error {
	if !slowly {
		return os.Rename(from, name)
	}
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	for len(b) > 0 {
		n := min(len(b), 1500)
		if _, err := f.Write(b[:n]); err != nil {
			return err
		}
		b = b[n:]
		time.Sleep(20 * time.Millisecond)
	}
	return nil
}

// onlooker wants of all that can be seen that it is whole: of each file of
// archive and answers whenever it is another, of each version of a pack once.
type onlooker struct {
	t    *testing.T
	seen map[string]time.Time
}

// isNew reports whether a file has not been looked at as it is.
func (o onlooker) isNew(p string) bool {
	info, err := os.Stat(p)
	if err != nil || o.seen[p].Equal(info.ModTime()) {
		return false
	}
	o.seen[p] = info.ModTime()
	return true
}

func (c chaos) look(t *testing.T, stop <-chan struct{}) {
	o := onlooker{t, map[string]time.Time{}}
	for {
		select {
		case <-stop:
			t.Logf("seen: %d files and packs", len(o.seen))
			return
		case <-time.After(80 * time.Millisecond):
		}
		o.packs(c.out)
		o.files(filepath.Join(c.out, archiveFolder, "sha256"), func(name string, b []byte) bool {
			sum := sha256.Sum256(b)
			return strings.HasPrefix(name, ".new-") || hex.EncodeToString(sum[:]) == name
		})
		o.files(c.returns+" answers", func(name string, b []byte) bool {
			return strings.HasPrefix(name, ".new-") || inbox.CheckWhole(b) == nil && (filepath.Ext(name) != ".html" || bytes.HasSuffix(bytes.TrimSpace(b), []byte("</html>")))
		})
	}
}

func (o onlooker) packs(out string) {
	dirs, _ := filepath.Glob(filepath.Join(out, "*", "*", "*", "v*"))
	for _, dir := range dirs {
		if !o.isNew(dir) {
			continue
		}
		m, err := readManifest(dir)
		if err != nil {
			o.t.Errorf("%s is there without its manifest: %v", dir, err)
		} else if diff := storedDifferences(dir, m); len(diff) > 0 {
			o.t.Errorf("%s is there by half: %q", dir, diff)
		}
	}
}

func (o onlooker) files(dir string, isWhole func(name string, b []byte) bool) {
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !o.isNew(p) {
			return nil
		}
		if b, err := os.ReadFile(p); err == nil && !isWhole(d.Name(), b) {
			o.t.Errorf("%s is there by half", p)
		}
		return nil
	})
}

// moment is when a process is killed: a while after it has said a text so often.
type moment struct {
	text  string
	times int
	after time.Duration
}

// chosen is a moment at which much may go wrong: while the service starts, while
// it takes returns, while it makes packs and just after each.
func chosen(r *rand.Rand) moment {
	ms := func(n int) time.Duration { return time.Duration(r.IntN(n)) * time.Millisecond }
	switch r.IntN(12) {
	case 0, 1:
		return moment{after: ms(1400)}
	case 2, 3, 4, 5, 6:
		return moment{`"a return was received"`, 1 + r.IntN(12), ms(60)}
	case 7, 8:
		return moment{`"a return was received"`, 1, ms(900)}
	case 9, 10:
		return moment{`"a pack was made"`, 1 + r.IntN(2), ms(40)}
	}
	return moment{`"the run ended"`, 1, ms(20)}
}

// killed runs a night and kills it at a moment, and gives what it said.
func (c chaos) killed(t *testing.T, at moment) string {
	p := exec.Command("boardpack", "serve", c.returns, "--out", c.out, "--once")
	errs, err := p.StderrPipe()
	if err == nil {
		err = p.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	kill := func() { _ = p.Process.Kill() }
	limit := time.AfterFunc(8*time.Second, kill)
	defer limit.Stop()
	if at.text == "" {
		time.AfterFunc(at.after, kill)
	}
	var said strings.Builder
	for lines := bufio.NewScanner(errs); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if at.text != "" && strings.Contains(lines.Text(), at.text) {
			if at.times--; at.times == 0 {
				time.AfterFunc(at.after, kill)
			}
		}
	}
	_ = p.Wait() // it was killed, or had ended
	if strings.Contains(said.String(), `"level":"ERROR"`) || strings.Contains(said.String(), "boardpack: ") {
		t.Errorf("it said %s", said.String())
	}
	return said.String()
}

var acceptedForm = regexp.MustCompile(`"a return was received","name":"([^"]+)","version":(\d+)`)

// Returns arrive, change and vanish while the service is killed again and again
// at random moments. Left to finish, it has every return that it ever told of
// with its true hash, those that stand in the folder are what the newest packs
// are made of, every due pack is there once, whole, and made of the right bytes.
func TestServiceKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := chaos{dir: dir, returns: filepath.Join(dir, "returns"), out: filepath.Join(dir, "packs"), names: 300, kills: 50, packs: 5, seed: uint64(time.Now().UnixNano())}
	if testing.Short() {
		c.names, c.kills, c.packs = 40, 6, 1
	}
	if given, err := strconv.ParseUint(os.Getenv("BOARDPACK_CHAOS_SEED"), 10, 64); err == nil {
		c.seed = given
	}
	t.Logf("BOARDPACK_CHAOS_SEED=%d chooses the same moments", c.seed)
	if err := os.Mkdir(c.returns, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(c.returns, configName), []byte("service:\n  quiet: 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	stop, stopLooking := make(chan struct{}), make(chan struct{})
	var working, looking sync.WaitGroup
	working.Go(func() { c.officers(t, stop) })
	looking.Go(func() { c.look(t, stopLooking) })
	accepted := map[string]bool{} // name and version
	kills := c.random(2)
	for range c.kills {
		for _, m := range acceptedForm.FindAllStringSubmatch(c.killed(t, chosen(kills)), -1) {
			accepted[m[1]+" "+m[2]] = true
		}
	}
	close(stop)
	working.Wait()
	for range 2 { // the second has nothing to do
		b, err := exec.Command("boardpack", "serve", c.returns, "--out", c.out, "--once").CombinedOutput()
		if err != nil {
			t.Fatalf("left to finish it failed: %v\n%s", err, b)
		}
	}
	close(stopLooking)
	looking.Wait()
	c.wantAll(t, accepted)
}

func (c chaos) wantAll(t *testing.T, accepted map[string]bool) {
	r, err := store.OpenReader(t.Context(), filepath.Join(c.out, archiveFolder))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if v, err := r.Verify(t.Context()); err != nil || len(v.Faults) > 0 {
		t.Errorf("the store has the faults %q (%v)", v.Faults, err)
	}
	versions, err := r.Versions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, v := range versions {
		known[fmt.Sprintf("%s %d", v.Name, v.Number)] = true
		if _, err := r.Get(v.SHA256); err != nil {
			t.Error(err)
		}
	}
	for what := range accepted {
		if !known[what] {
			t.Errorf("%s was received, and is lost", what)
		}
	}
	packs, err := r.Packs(t.Context())
	if err != nil || len(packs) < c.packs {
		t.Fatalf("%d packs are in the ledger (%v)", len(packs), err)
	}
	used := c.wantPacks(t, packs)
	there, _ := filepath.Glob(filepath.Join(c.returns, "*.xlsx"))
	if len(there) < c.names/2 || len(used) != len(there) {
		t.Errorf("%d returns stand in the folder, and the newest packs are of %d", len(there), len(used))
	}
	for _, name := range there {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if used[filepath.Base(name)] != (input{Bytes: b}).sha256() {
			t.Errorf("%s is not in the newest pack as it stands there", filepath.Base(name))
		}
	}
	t.Logf("%d returns in %d versions, of which %d were told; %d versions of packs", len(there), len(versions), len(accepted), len(packs))
}

// wantPacks wants each version of a pack once, made of other inputs than the one
// before, and gives the hashes of the returns in the newest of each. These are
// made again, as that of 300 returns takes its time.
func (c chaos) wantPacks(t *testing.T, packs []store.Pack) (used map[string]string) {
	dirs, err := packFolders(c.out)
	if err != nil || len(dirs) != len(packs) {
		t.Errorf("%d packs are on disk, and the ledger has %d (%v)", len(dirs), len(packs), err)
	}
	used = map[string]string{}
	for n, p := range packs { // by period, the newest first
		dir := filepath.Join(c.out, filepath.FromSlash(p.Folder))
		m, err := readManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 && packs[n-1].Quarter == p.Quarter {
			if packs[n-1].InputHash == p.InputHash || packs[n-1].Version != p.Version+1 {
				t.Errorf("versions %d and %d of the pack of %s are of the same inputs, or not one after the other", p.Version, packs[n-1].Version, p.Quarter)
			}
			if diff := storedDifferences(dir, m); len(diff) > 0 {
				t.Errorf("%s is not what its manifest says: %q", dir, diff)
			}
			continue
		}
		v, err := verifyPack(t.Context(), dir, inputsOf(dir, ""))
		if err != nil || v.Proof != madeAgain || len(v.Missing)+len(v.Changed)+len(v.Differences) > 0 {
			t.Errorf("%s made again is %+v (%v)", dir, v, err)
		}
		for _, f := range m.Inputs {
			if f.Kind == "return" {
				used[f.Name] = f.SHA256
			}
		}
	}
	return used
}
