package seed

import (
	"fmt"
	"slices"
	"time"

	"jiayi/models"
)

// Events of two years by kind: the shapes of domain §6.10, of which the free clinics and the
// people at them are published (130 and more sessions, 150,000 person-times).
const (
	signingEvents   = 120
	educationEvents = 48
	freeClinics     = 132
	clinicVisits    = 150_000 // person-times at the free clinics, in proportion to the scale
	eventDays       = 730
)

var eventPlaces = []string{"文化广场", "社区党群服务中心", "农贸市场东门", "老年活动中心", "卫生院门诊大厅", "小学操场"}

// events is the calendar of community events: it stands before anyone signs, so that
// contracts signed by a host's teams on the day carry the event.
type events struct {
	list  []models.CommunityEvent
	teams []models.EventTeam
	// signing are the events at which one signs, by host and day.
	signing map[models.ID]map[models.Date]models.ID
}

// calendar draws the events of the last two years, one open today and some to come.
func (v *voices) calendar() events {
	out := events{signing: map[models.ID]map[models.Date]models.ID{}}
	attendance := 0
	for i := range signingEvents + educationEvents + freeClinics {
		kind, services := models.EventKind("free_clinic"), "free_clinic,talk"
		switch {
		case i%5 < 2:
			kind, services = "signing", "free_clinic,signing"
		case i%25 > 21 || i%25 == 19:
			kind, services = "education", "talk"
		}
		e := v.event(&out, kind, services, v.byInst[i%institutions], v.today.AddDays(-1-v.rng.IntN(eventDays)))
		e.Status, e.Version = models.EventClosed, 4
		e.Heads, e.Materials = v.scaled(300+v.rng.IntN(400)), v.scaled(400+v.rng.IntN(300))
		if kind == "free_clinic" {
			attendance++
			e.Heads = v.scaled(clinicVisits*attendance/freeClinics) - v.scaled(clinicVisits*(attendance-1)/freeClinics)
		}
		e.Consultations = e.Heads * 6 / 10
	}
	for i := range 6 {
		e := v.event(&out, "signing", "free_clinic,talk,signing", v.byInst[i/2], v.today.AddDays(i*9))
		e.Status, e.Version = models.EventPlanned, 1
		if i == 0 {
			e.Status, e.Version = models.EventOpen, 2
		}
	}
	return out
}

// event adds one event of a host's teams on a day.
func (v *voices) event(out *events, kind models.EventKind, services string, host instPlace, day models.Date) *models.CommunityEvent {
	for kind == "signing" && out.signing[host.id][day] != 0 { // one a day and host
		day = day.AddDays(-1)
	}
	id := models.ID(len(out.list) + 1)
	scene := make([]byte, models.SceneLength)
	for i := range scene {
		scene[i] = models.SceneAlphabet[v.rng.IntN(len(models.SceneAlphabet))]
	}
	village := v.villages[host.villages[v.rng.IntN(len(host.villages))]]
	at := day.AddDays(-10).Start().Add(9 * time.Hour).UTC()
	if at.After(v.today.Start()) {
		at = v.today.Start().UTC()
	}
	out.list = append(out.list, models.CommunityEvent{ID: id, Scene: string(scene), Kind: kind, Title: fmt.Sprintf("%s走进%s", models.EventKindLabels[kind], village.Name),
		Place: village.Name + eventPlaces[v.rng.IntN(len(eventPlaces))], InstitutionID: host.id, On: day, Services: services, CreatedAt: at, UpdatedAt: at})
	for _, t := range host.teams {
		out.teams = append(out.teams, models.EventTeam{EventID: id, TeamID: v.teams[t].ID})
	}
	if kind == "signing" {
		if out.signing[host.id] == nil {
			out.signing[host.id] = map[models.Date]models.ID{}
		}
		out.signing[host.id][day] = id
	}
	return &out.list[id-1]
}

// signedAt is the event at which a contract of the institution was signed on the day, or 0.
func (v *voices) signedAt(institution models.ID, day models.Date) models.ID {
	if !day.Before(v.today) {
		return 0
	}
	return v.events.signing[institution][day]
}

// eventHistory is what the state table would have left of the events.
func (v *voices) eventHistory(h *history) error {
	for _, e := range v.events.list {
		by, want := v.account("district"), e.Status
		e.Status = ""
		at := e.CreatedAt
		for _, m := range []models.EventMove{models.MovePlanEvent, models.MoveOpenEvent, models.MoveCloseEvent} {
			if e.Status == want {
				break
			}
			event, err := e.Move(m, by, "", e.On)
			if err != nil {
				return err
			}
			h.add(event, e.ID, at)
			at = e.On.Start().Add(time.Duration(8+4*slices.Index([]models.EventMove{models.MovePlanEvent, models.MoveOpenEvent}, m)) * time.Hour).UTC()
			if e.On == v.today {
				at = v.today.Start().UTC()
			}
		}
	}
	return nil
}
