package commands

import (
	"context"
	"time"

	"jiayi/internal/jobs"
	"jiayi/models/store"
)

// worker is what jobs work with.
type worker struct {
	store  *store.Store
	sender store.Sender
}

// jobRow is one job. A daily job runs as soon as the day has begun in Shanghai, or when
// the program starts later; one that failed is tried again every minute.
type jobRow struct {
	name  string
	what  string
	every time.Duration
	daily bool
	run   func(ctx context.Context, w worker) (changed int, err error)
}

// jobTable is everything that happens by itself.
var jobTable = []jobRow{
	{"roll-day", "contracts expire and begin, people come of age, offers lapse, the day's figures open", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.RollDay(ctx) }},
	{"handovers", "teams, members and villages whose day has come change hands", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.CarryOutHandovers(ctx) }},
	{"plan", "tasks come into sight or are missed, and figures of care change with the date", time.Minute, false,
		func(ctx context.Context, w worker) (int, error) { return w.store.PlanDue(ctx) }},
	{"renewal-reminders", "one message for every contract that ends within 30 days", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.RemindRenewals(ctx) }},
	{"check-visits", "visits that can hardly be true are flagged for the lead", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.CheckVisits(ctx) }},
	{"watch-referrals", "late answers are reminded of, who never came is a no-show, results are due", time.Minute, false,
		func(ctx context.Context, w worker) (int, error) { return w.store.WatchReferrals(ctx) }},
	{"watch-consults", "a report that is late is reminded of", time.Minute, false,
		func(ctx context.Context, w worker) (int, error) { return w.store.WatchConsults(ctx) }},
	{"watch-discharges", "a late take-over and a level that is due are reminded of, notices end after their last level", time.Minute, false,
		func(ctx context.Context, w worker) (int, error) { return w.store.WatchDischarges(ctx) }},
	{"close-appointments", "bookings of past days end: seen, or nobody came", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.CloseAppointments(ctx) }},
	{"appointment-reminders", "one message for everyone who is booked for tomorrow", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.RemindAppointments(ctx) }},
	{"home-service-reminders", "leads hear of services at home past their day, residents of tomorrow's", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.RemindHomeServices(ctx) }},
	{"prescription-reminders", "residents hear once that a long supply ends within a week", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.RemindPrescriptions(ctx) }},
	{"home-agreements", "agreements with nursing homes expire; their managers are told 60 days before", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.RollHomeAgreements(ctx) }},
	{"community-events", "events whose day is over are closed, or cancelled when nobody opened them", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.LapseEvents(ctx) }},
	{"privacy-deadlines", "managers are told of requests about personal data that are nearly due, and of overdue ones", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.RemindPrivacy(ctx) }},
	{"complaint-deadlines", "whoever owes an answer to a complaint is told a day before the deadline and when it has passed", 5 * time.Minute, false,
		func(ctx context.Context, w worker) (int, error) { return w.store.RemindComplaints(ctx) }},
	{"export-expiry", "exports that nobody approved or fetched within seven days end", time.Minute, true,
		func(ctx context.Context, w worker) (int, error) { return w.store.ExpireExports(ctx) }},
	{"purge", "idempotency keys after 24 hours, old sessions and counts of failed sign-ins, daily figures after 100 days", time.Hour, false,
		func(ctx context.Context, w worker) (int, error) {
			keys, err := w.store.PurgeKeys(ctx)
			if err != nil {
				return keys, err
			}
			identity, err := w.store.SweepIdentity(ctx)
			if err != nil {
				return keys + identity, err
			}
			days, err := w.store.PurgeTallies(ctx)
			return keys + identity + days, err
		}},
	{"fold-tallies", "waiting changes are added to the counted figures", 2 * time.Second, false,
		func(ctx context.Context, w worker) (int, error) { return w.store.Fold(ctx) }},
	{"seal-audit", "audit rows are linked into the chain", 2 * time.Second, false,
		func(ctx context.Context, w worker) (int, error) { return w.store.SealAudit(ctx) }},
	{"deliver-outbox", "messages are sent to phones, where a WeChat template is configured", 5 * time.Second, false,
		func(ctx context.Context, w worker) (int, error) { return w.store.DeliverOutbox(ctx, w.sender) }},
}

// byItself makes the job one that runs in the background.
func (j jobRow) byItself(w worker) jobs.Job {
	return jobs.Job{Name: j.name, Every: j.every, Run: func(ctx context.Context) (int, error) {
		if !j.daily {
			return j.byHand(w)(ctx)
		}
		done, err := w.store.JobDone(ctx, j.name, w.store.Today())
		if err != nil || done {
			return 0, err
		}
		return j.byHand(w)(ctx)
	}}
}

// byHand runs the job for the store's today and records that. Frequent jobs that found
// nothing to do leave no record.
func (j jobRow) byHand(w worker) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		day := w.store.Today()
		n, err := j.run(ctx, w)
		if err != nil || n == 0 && !j.daily {
			return n, err
		}
		return n, w.store.RecordJob(ctx, j.name, day, n)
	}
}

func allJobs(w worker) []jobs.Job {
	out := make([]jobs.Job, len(jobTable))
	for i, j := range jobTable {
		out[i] = j.byItself(w)
	}
	return out
}
