package seed_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// hasAppointments: a small district has bookings of the past four weeks and of the days
// to come, whose counters agree with them and whose rates are those of life.
func (d loaded) hasAppointments(t *testing.T) {
	v := d.store.As(storetest.Manager)
	rows, _, err := v.AppointmentRates(t.Context(), store.PeriodQuery{By: models.ScopeDistrict, To: storetest.Today.AddDays(models.BookAheadDays)})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	r := rows[0]
	if percent, ok := models.Rate(r.NoShow.Numerator, r.NoShow.Denominator); !ok || percent < 2 || percent > 10 || r.NoShow.Denominator < 500 {
		t.Errorf("no-shows %+v", r.NoShow)
	}
	if r.Released.Numerator*12 != r.Released.Denominator*8 || r.ReleasedUsed.Numerator == 0 {
		t.Errorf("released %+v, used %+v", r.Released, r.ReleasedUsed)
	}
	seats, taken := 0, 0
	for inst := models.ID(6); inst < 16; inst++ {
		for _, from := range []int{-28, 0} {
			list, err := v.Schedules(t.Context(), store.ScheduleFilter{InstitutionID: inst, From: storetest.Today.AddDays(from), To: storetest.Today.AddDays(from + 14)}, store.Page{Limit: 100})
			if err != nil || len(list.Items) < 20 {
				t.Fatal(len(list.Items), err)
			}
			for _, c := range list.Items {
				free := 0
				for _, slot := range c.Slots {
					free += slot.Capacity - slot.Taken
				}
				if free != c.Free() || c.DoctorName == "" {
					t.Errorf("period %d: %d free, counters say %d", c.ID, free, c.Free())
				}
				seats, taken = seats+c.Seats(), taken+c.Seats()-c.Free()
			}
		}
	}
	if taken*100 < seats*15 {
		t.Errorf("%d of %d seats taken", taken, seats)
	}
	day, err := v.Appointments(t.Context(), store.AppointmentFilter{}, store.Page{})
	if err != nil || len(day.Items) == 0 {
		t.Errorf("nobody comes today: %v", err)
	}
}

// hasHomeServices: there is one in every state that a screen shows.
func (d loaded) hasHomeServices(t *testing.T) {
	v := d.store.As(storetest.Manager)
	for _, status := range []models.HomeServiceStatus{models.HomeApplied, models.HomeAssessed, models.HomeAssigned, models.HomePaid, models.HomeRated} {
		list, err := v.HomeServices(t.Context(), store.HomeServiceFilter{Status: status}, store.Page{})
		if err != nil || len(list.Items) == 0 {
			t.Fatalf("%s: %d, %v", status, len(list.Items), err)
		}
		h, err := v.HomeService(t.Context(), list.Items[0].ID)
		if err != nil || len(h.History) != h.Version || h.ResidentName == "" {
			t.Errorf("%+v %v", h, err)
		}
	}
}

// hasPrescriptions: there is one in every state that a screen shows, and all keep the rules.
func (d loaded) hasPrescriptions(t *testing.T) {
	v := d.store.As(storetest.Manager)
	for _, status := range []models.PrescriptionStatus{models.RxRequested, models.RxAssessed, models.RxSigned, models.RxReviewed, models.RxIssued, models.RxDispensed} {
		list, err := v.Prescriptions(t.Context(), store.PrescriptionFilter{Status: status}, store.Page{Limit: 100})
		if err != nil || len(list.Items) == 0 {
			t.Fatalf("%s: %d, %v", status, len(list.Items), err)
		}
		for _, x := range list.Items {
			x.Check(new(models.Problems))
			if len(x.Lines) != 1 || x.ReviewedBy != 0 && x.ReviewedBy == x.AssessedBy || x.Status == models.RxDispensed && x.SupplyEnds.IsZero() {
				t.Errorf("%+v", x)
			}
		}
	}
}

// hasConversations: some wait for an answer, some are closed, and counters agree.
func (d loaded) hasConversations(t *testing.T) {
	v := d.store.As(storetest.Manager)
	waiting, err := v.Conversations(t.Context(), store.ConversationFilter{Unread: true}, store.Page{Limit: 100})
	if err != nil || len(waiting.Items) == 0 || waiting.Items[0].ReplyBy == nil {
		t.Fatal(len(waiting.Items), err)
	}
	messages, talks, err := v.Unread(t.Context())
	if err != nil || talks != len(waiting.Items) || messages != talks {
		t.Errorf("%d messages in %d, %v", messages, talks, err)
	}
	closed, err := v.Conversations(t.Context(), store.ConversationFilter{Status: models.ConversationClosed}, store.Page{})
	if err != nil || len(closed.Items) == 0 || closed.Items[0].Summary == "" {
		t.Errorf("%d, %v", len(closed.Items), err)
	}
	if file, err := v.Conversation(t.Context(), closed.Items[0].ID, store.Page{}); err != nil || len(file.Messages.Items) != 2 || len(file.History) != 2 {
		t.Errorf("%+v %v", file, err)
	}
}
