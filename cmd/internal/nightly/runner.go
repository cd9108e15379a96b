package nightly

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// Times say when work happens: the first time after another, zero where there
// is none. A Schedule and an Interval are Times.
type Times interface {
	Next(after time.Time) time.Time
}

// Interval is work again and again, each time that long after the last began.
type Interval time.Duration

// Next is one interval after the time.
func (i Interval) Next(after time.Time) time.Time { return after.Add(time.Duration(i)) }

// Job is work that is due at its times. A time that passed while the program
// was not running, or the machine slept, is made up once, however many passed.
type Job struct {
	Name  string
	When  Times
	Last  time.Time     // when the last run that ended well began; zero where there was none, and then the job is due
	Limit time.Duration // after this the run's context ends; none where it is 0
	Do    func(ctx context.Context, now time.Time) error
}

// Run is one run of a job as it ended.
type Run struct {
	Job        string
	Began, End time.Time
	Err        error // nil where it did its work; ErrStuck where it does not end
}

// ErrStuck is the end of a run that did not stop when its time was over. The
// job does not begin again before that run has ended; the other jobs go on.
var ErrStuck = errors.New("the run does not end; it may wait for a share that does not answer")

const (
	// lookAgain is how often the clock is looked at, as a timer stands still
	// while a machine sleeps and knows nothing of a clock that was set.
	lookAgain = 30 * time.Second
	// stopping is how long a run may take to stop when it is told to.
	stopping = 5 * time.Second
	// A job that failed is tried again after a wait that doubles each time.
	firstRetry, lastRetry = time.Minute, time.Hour
)

// job is a Job while it is looked after.
type job struct {
	Job
	retry time.Time     // not before this, after a failure
	wait  time.Duration // that was waited last
	ended chan struct{} // of a run that is stuck; nil where none is
}

// Keep runs jobs at their times, one after another, until the context ends,
// and tells each run that has ended. A panic ends its run with an error.
func Keep(ctx context.Context, jobs []Job, told func(Run)) {
	kept := make([]*job, len(jobs))
	for i := range jobs {
		kept[i] = &job{Job: jobs[i]}
	}
	for ctx.Err() == nil {
		for _, j := range kept {
			if j.isDue(wallTime()) && ctx.Err() == nil {
				told(j.run(ctx))
			}
		}
		pause(ctx, untilNext(kept, wallTime()))
	}
}

// wallTime is the time of day without the monotonic clock, which a machine's sleep stops.
func wallTime() time.Time { return time.Now().Round(0) }

// isDue reports whether the job should begin. A last run that lies ahead says
// that the clock was set back: the times count from now.
func (j *job) isDue(now time.Time) bool {
	if j.ended != nil {
		select {
		case <-j.ended:
			j.ended = nil
		default:
			return false
		}
	}
	if j.Last.After(now) {
		j.Last = now
	}
	if j.retry.After(now.Add(j.wait)) { // set before the clock was set back
		j.retry = now
	}
	next := j.next()
	return !next.IsZero() && !next.After(now)
}

// next is when the job should begin; zero where it never should.
func (j *job) next() time.Time {
	next := j.Last
	if !j.Last.IsZero() {
		next = j.When.Next(j.Last)
		if next.IsZero() {
			return next
		}
	}
	if j.retry.After(next) {
		return j.retry
	}
	if next.IsZero() { // it never ran
		return time.Unix(0, 0)
	}
	return next
}

// untilNext is how long to wait before the jobs are looked at again.
func untilNext(jobs []*job, now time.Time) time.Duration {
	wait := lookAgain
	for _, j := range jobs {
		if next := j.next(); j.ended == nil && !next.IsZero() {
			wait = min(wait, max(next.Sub(now), 0))
		}
	}
	return wait
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// run runs the job once. A run that goes on after its context ended is left to itself.
func (j *job) run(ctx context.Context) Run {
	r := Run{Job: j.Name, Began: wallTime()}
	ctx, cancel := limited(ctx, j.Limit)
	defer cancel()
	ended := make(chan struct{})
	var failed error
	go func() {
		defer close(ended)
		failed = recovered(func() error { return j.Do(ctx, r.Began) })
	}()
	select {
	case <-ended:
		r.Err = failed
	case <-ctx.Done():
		timer := time.NewTimer(stopping)
		defer timer.Stop()
		select {
		case <-ended:
			r.Err = failed
		case <-timer.C:
			r.Err, j.ended = ErrStuck, ended
		}
	}
	r.End = wallTime()
	j.learn(r)
	return r
}

func limited(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	if limit <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, limit, fmt.Errorf("it took longer than %s", limit))
}

// learn settles when the job begins again.
func (j *job) learn(r Run) {
	if r.Err == nil {
		j.Last, j.retry, j.wait = r.Began, time.Time{}, 0
		return
	}
	j.wait = min(max(2*j.wait, firstRetry), lastRetry)
	j.retry = r.End.Add(j.wait)
}

func recovered(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the program failed: %v\n%s", p, debug.Stack())
		}
	}()
	return do()
}
