package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"

	"boardpack/cmd/internal/whole"

	manager "github.com/kardianos/service"
	"github.com/spf13/cobra"
)

// manageFlags are what boardpack service is told beside the flags of serve.
type manageFlags struct {
	serve      serveFlags
	name, user string
}

// The service managers that a service is installed with.
const (
	systemd         = "linux-systemd"
	windowsServices = "windows-service"
)

func (a *app) manageCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "service",
		Short: "Install boardpack serve as a service of this machine, start and stop it",
		Long: "service has the machine's service manager (systemd, or that of Windows) keep boardpack serve\n" +
			"running. What is given to install is what serve is given.",
		Example: "  boardpack service install --config boardpack.yaml returns",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var f manageFlags
	c.AddCommand(a.manageInstall(&f), a.manageUnit(&f))
	for _, deed := range []struct{ name, short, done string }{
		{"uninstall", "Take the service away from the service manager; returns, packs and settings stay", "taken away"},
		{"start", "Start the service", "started"},
		{"stop", "Stop the service; it goes on where it was when it is started again", "stopped"},
	} {
		c.AddCommand(a.manageDeed(&f, deed.name, deed.short, deed.done))
	}
	c.AddCommand(a.manageStatus(&f))
	for _, sub := range c.Commands() {
		sub.Flags().StringVar(&f.name, "name", "boardpack", "the service's name, where a machine has several")
	}
	return c
}

// serviceFlags are those of serve, and the user that it runs as.
func serviceFlags(c *cobra.Command, f *manageFlags) {
	asServeIsGiven(c, &f.serve)
	if runtime.GOOS != "windows" {
		c.Flags().StringVar(&f.user, "user", "boardpack", "the user that it runs as, who reads the returns and owns packs and answers")
	}
	c.Args = cobra.MaximumNArgs(1)
}

func (a *app) manageInstall(f *manageFlags) *cobra.Command {
	c := &cobra.Command{Use: "install [FOLDER]", Short: "Install the service, to run whenever the machine does", Example: "  boardpack service install --config boardpack.yaml returns"}
	serviceFlags(c, f)
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := f.launchOf(c, args)
		if err != nil {
			return err
		}
		return a.install(*f, l)
	}
	return c
}

func (a *app) manageUnit(f *manageFlags) *cobra.Command {
	c := &cobra.Command{Use: "unit [FOLDER]", Short: "Print the systemd unit that install writes, and write nothing", Example: "  boardpack service unit --config boardpack.yaml returns"}
	serviceFlags(c, f)
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := f.launchOf(c, args)
		if err != nil {
			return err
		}
		unit, err := f.unit(l)
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(a.out, unit)
		return err
	}
	return c
}

// launch is how a service manager runs the program.
type launch struct {
	setUp
	arguments []string // in whole paths, as it starts in another folder
	written   []string // the folders that it writes into
}

// launchOf is how a command has the service run, by its flags and arguments.
func (f *manageFlags) launchOf(c *cobra.Command, args []string) (launch, error) {
	s, err := setUpOf(f.serve, folderArgument(args), c.Flags().Changed("out"))
	if err != nil {
		return launch{}, err
	}
	return s.asService()
}

// asService tells how the service is run, and what is wrong with its settings.
func (s setUp) asService() (launch, error) {
	w, err := s.workspace()
	if err != nil {
		return launch{}, err
	}
	folders, err := w.sharedFolders(s.returns, s.answers)
	if err != nil {
		return launch{}, err
	}
	l := launch{setUp: s, arguments: []string{"serve", s.returns, "--out", s.packs}, written: []string{s.packs}}
	if isThere(s.config) {
		l.arguments = append(l.arguments, "--config", s.config)
	}
	for _, f := range folders {
		l.written = append(l.written, f.answers)
	}
	if len(w.Service.Inboxes) == 0 {
		l.arguments = append(l.arguments, "--answers", folders[0].answers)
	}
	if s.listen != "" {
		l.arguments = append(l.arguments, "--listen", s.listen)
	}
	return l, nil
}

// install makes the folders that the service writes into, and hands it to the service manager.
func (a *app) install(f manageFlags, l launch) error {
	s, err := f.managed(&l)
	if err != nil {
		return err
	}
	if err := f.makeFolders(l.written); err != nil {
		return err
	}
	if err := s.Install(); err != nil {
		return fmt.Errorf("install the service %s: %w", f.name, err)
	}
	fmt.Fprintf(a.out, "the service %s is installed for the returns in %s; start it with: boardpack service start%s\n", f.name, l.returns, f.nameFlag())
	return nil
}

func (f manageFlags) nameFlag() string {
	if f.name == "boardpack" {
		return ""
	}
	return " --name " + f.name
}

// makeFolders makes the folders of packs and answers, and gives new ones to the service's user.
func (f manageFlags) makeFolders(folders []string) error {
	uid, gid := -1, -1
	if f.user != "" {
		u, err := user.Lookup(f.user)
		if err != nil {
			return usagef("there is no user %s; make one (useradd --system --user-group --shell /usr/sbin/nologin %s), or give --user", f.user, f.user)
		}
		uid, _ = strconv.Atoi(u.Uid)
		gid, _ = strconv.Atoi(u.Gid)
	}
	for _, dir := range folders {
		if isThere(dir) {
			continue
		}
		if err := whole.MakeFolder(dir); err != nil {
			return fmt.Errorf("make the folder %s: %w", dir, err)
		}
		if uid >= 0 {
			if err := os.Chown(dir, uid, gid); err != nil {
				return fmt.Errorf("give the folder %s to %s: %w", dir, f.user, err)
			}
		}
	}
	return nil
}

// managed is the service as the machine's manager knows it; how it is run is needed to install it alone.
func (f manageFlags) managed(l *launch) (manager.Service, error) {
	has := manager.Platform()
	if has != systemd && has != windowsServices {
		return nil, fmt.Errorf("this machine has neither systemd nor the service manager of Windows; run boardpack serve under the one it has (boardpack service unit prints a unit to begin with)")
	}
	c := &manager.Config{Name: f.name, DisplayName: "boardpack (" + f.name + ")", Description: "Quarter packs from the workbooks in a folder of returns"}
	if l != nil {
		c.Arguments, c.WorkingDirectory, c.UserName = l.arguments, filepath.Dir(l.packs), f.user
		c.Option = manager.KeyValue{"OnFailure": "restart", "OnFailureDelayDuration": "30s", "DelayedAutoStart": true}
		if has == systemd {
			unit, err := f.unit(*l)
			if err != nil {
				return nil, err
			}
			c.Option["SystemdScript"] = unit
		}
	}
	return manager.New(&managedProgram{}, c)
}

func (a *app) manageDeed(f *manageFlags, name, short, done string) *cobra.Command {
	return &cobra.Command{Use: name, Short: short, Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		s, err := f.managed(nil)
		if err != nil {
			return err
		}
		if err := manager.Control(s, name); err != nil {
			return fmt.Errorf("%s the service %s: %w", name, f.name, err)
		}
		fmt.Fprintf(a.out, "the service %s is %s\n", f.name, done)
		return nil
	}}
}

func (a *app) manageStatus(f *manageFlags) *cobra.Command {
	return &cobra.Command{Use: "status", Short: "Say whether the service runs: exit status 0, else 1", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		s, err := f.managed(nil)
		if err != nil {
			return err
		}
		state, err := s.Status()
		switch {
		case errors.Is(err, manager.ErrNotInstalled):
			return fmt.Errorf("the service %s is not installed; see: boardpack service install --help", f.name)
		case err != nil:
			return fmt.Errorf("ask for the service %s: %w", f.name, err)
		case state != manager.StatusRunning:
			return fmt.Errorf("the service %s is installed and does not run; start it with: boardpack service start%s", f.name, f.nameFlag())
		}
		fmt.Fprintf(a.out, "the service %s runs\n", f.name)
		return nil
	}}
}

// managedProgram is work under the service manager of Windows, which calls
// Start and Stop where others send a signal.
type managedProgram struct {
	work  func(context.Context) error
	ctx   context.Context
	stop  context.CancelFunc
	ended chan struct{}
	fail  func(error) // ends the process, so that the manager starts it again
}

// Start begins the work and returns at once.
func (m *managedProgram) Start(manager.Service) error {
	m.ctx, m.stop = context.WithCancel(m.ctx)
	m.ended = make(chan struct{})
	go func() {
		defer close(m.ended)
		if err := m.work(m.ctx); m.ctx.Err() == nil {
			m.fail(err)
		}
	}()
	return nil
}

// Stop ends the work and waits until it has ended, which is within ten seconds.
func (m *managedProgram) Stop(manager.Service) error {
	m.stop()
	<-m.ended
	return nil
}

// underManager does the work as the service manager wants it: under that of
// Windows as its service, elsewhere until a signal comes.
func (a *app) underManager(ctx context.Context, work func(context.Context, *app) error) error {
	if runtime.GOOS != "windows" || manager.Interactive() {
		return work(ctx, a)
	}
	m := &managedProgram{ctx: ctx}
	s, err := manager.New(m, &manager.Config{Name: "boardpack"})
	if err != nil {
		return err
	}
	events, err := s.Logger(nil)
	if err != nil {
		return err
	}
	logged := &app{out: eventLines{events}, err: eventLines{events}}
	m.work = func(ctx context.Context) error { return work(ctx, logged) }
	m.fail = func(err error) {
		_ = events.Errorf("boardpack: it ended: %v", err)
		os.Exit(exitFailed)
	}
	return s.Run()
}
