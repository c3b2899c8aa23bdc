package commands

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"jiayi/internal/calendar"
	"jiayi/internal/jobs"
	"jiayi/models"
	"jiayi/models/store"
)

// job runs jobs by hand.
type job struct {
	Run  jobRun  `cmd:"" help:"Run one job now, for a day."`
	List jobList `cmd:"" help:"List the jobs and when each last ran."`
}

type jobRun struct {
	Name  string      `arg:"" help:"The job, as \"job list\" names it."`
	On    models.Date `placeholder:"YYYY-MM-DD" help:"Run as if it were this day (default: today)."`
	Ahead bool        `help:"Allow a day that is still to come. Contracts then end before their time: for rehearsals on a copy."`
	upkeepSettings
	wechatSettings
	logging
}

// Help is the long help text.
func (jobRun) Help() string {
	return "A job may run as often as one likes: what is done stays done once. When a server is running the same job at this moment, this waits for it."
}

// Run runs the job.
func (c jobRun) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	row, err := findJob(c.Name)
	if err != nil {
		return err
	}
	clock, err := clockOn(c.On, c.Ahead, time.Now())
	if err != nil {
		return err
	}
	_, sender, err := c.client()
	if err != nil {
		return err
	}
	return c.at(ctx, "job run", clock, func(s *store.Store) error { return runByHand(ctx, std, row, worker{s, sender}) })
}

func findJob(name string) (jobRow, error) {
	for _, j := range jobTable {
		if j.name == name {
			return j, nil
		}
	}
	return jobRow{}, usageError{errors.New("there is no such job; \"jiayi job list\" names them all")}
}

// farthest is how many years away a job may be run for.
const farthest = 50

// clockOn is a clock that runs from the same time of another day; nil for today's.
func clockOn(day models.Date, ahead bool, now time.Time) (func() time.Time, error) {
	today := calendar.DateOf(now)
	if day.IsZero() || day == today {
		return nil, nil // today needs no other clock
	}
	if day.After(today) && !ahead {
		return nil, usageError{errors.New("--on is a day that is still to come; add --ahead to rehearse it on a copy")}
	}
	if day.After(today.AddYears(farthest)) || day.Before(today.AddYears(-farthest)) {
		return nil, usageError{fmt.Errorf("--on is more than %d years away", farthest)}
	}
	shift := day.Start().Sub(today.Start())
	return func() time.Time { return time.Now().Add(shift) }, nil
}

// waitForJob is how often a held lease is asked for again.
const waitForJob = 250 * time.Millisecond

func runByHand(ctx context.Context, std IO, row jobRow, w worker) error {
	var result jobs.Finished
	runner := jobs.New(w.store, holder(), func(f jobs.Finished) { result = f })
	day := w.store.Today()
	err := runner.Once(ctx, jobs.Job{Name: row.name, Every: row.every, Run: row.byHand(w)})
	if errors.Is(err, jobs.ErrHeld) {
		_, _ = fmt.Fprintln(std.Err, "another process is running this job; waiting for it")
	}
	for errors.Is(err, jobs.ErrHeld) {
		select {
		case <-time.After(waitForJob):
		case <-ctx.Done():
			return ctx.Err()
		}
		err = runner.Once(ctx, jobs.Job{Name: row.name, Every: row.every, Run: row.byHand(w)})
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.Out, "%s for %s: %d changed, %.1f s\n", row.name, day, result.Changed, result.Took.Seconds())
	return err
}

type jobList struct {
	upkeepSettings
	logging
}

// Run lists the jobs.
func (c jobList) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	return c.with(ctx, "job list", func(s *store.Store) error {
		last, err := s.LastJobRuns(ctx)
		if err != nil {
			return err
		}
		t := tabwriter.NewWriter(std.Out, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintln(t, "JOB\tWHEN\tLAST DAY\tCHANGED\tFINISHED\tWHAT")
		for _, j := range jobTable {
			when := "every " + j.every.String()
			if j.daily {
				when = "daily"
			}
			day, changed, finished := "-", "-", "-"
			if run, ok := last[j.name]; ok {
				day, changed, finished = run.Day.String(), fmt.Sprint(run.Changed), run.Finished.In(calendar.Shanghai).Format("2006-01-02 15:04:05")
			}
			_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", j.name, when, day, changed, finished, j.what)
		}
		return t.Flush()
	})
}
