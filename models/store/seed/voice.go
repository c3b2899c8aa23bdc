package seed

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/store"
)

// perTeam is how many people of a team's care are remembered for what comes after them.
const perTeam = 20

// voices is what people of the district say and take part in beside their care:
// complaints, surveys, events. It has its own chance, so that it changes nobody's care.
type voices struct {
	*district
	events  events
	rng     *rand.Rand
	scale   float64
	people  map[models.ID][]models.Resident // adults by the team that cares for them
	inHomes map[models.ID][]models.Resident // elders in nursing homes by institution
}

func newVoices(d *district, opt Options) *voices {
	v := &voices{district: d, scale: opt.Scale, people: map[models.ID][]models.Resident{}, inHomes: map[models.ID][]models.Resident{},
		rng: rand.New(rand.NewPCG(opt.Seed, 4000))} // #nosec G404 -- a reproducible district, not a secret
	v.events = v.calendar()
	return v
}

// see remembers some of a team's people, and notes who lives in a nursing home.
func (v *voices) see(person *models.Resident) {
	if v.inHome(*person) {
		person.AddressKind = "nursing_home"
		v.inHomes[person.AreaInstID] = append(v.inHomes[person.AreaInstID], *person)
	}
	r := *person
	if team := r.CareTeamID(); r.Age(v.today) >= models.AgeOfConsent && len(v.people[team]) < perTeam {
		v.people[team] = append(v.people[team], r)
	}
}

// scaled is a number of the full district at the scale.
func (v *voices) scaled(n int) int { return int(math.Round(float64(n) * v.scale)) }

// someone is one of a team's people; ok is false when none is remembered.
func (v *voices) someone(team models.ID) (r models.Resident, ok bool) {
	list := v.people[team]
	if len(list) == 0 {
		return r, false
	}
	return list[v.rng.IntN(len(list))], true
}

// anyTeam draws a team, one that cares for somebody where there is any.
func (v *voices) anyTeam() models.Team {
	for range 40 {
		if t := v.teams[v.rng.IntN(len(v.teams))]; len(v.people[t.ID]) > 0 || len(v.people) == 0 {
			return t
		}
	}
	return v.teams[0]
}

// leader is a team's leader as an actor.
func (v *voices) leader(t models.Team) models.Actor {
	return models.Actor{Role: models.TeamLead, AccountID: v.accountOf[t.LeaderID], StaffID: t.LeaderID, InstitutionID: t.InstitutionID, TeamIDs: []models.ID{t.ID}}
}

// account is a named account as an actor.
func (v *voices) account(username string) models.Actor {
	for _, a := range v.accounts {
		if a.Username == username {
			return models.Actor{Role: a.Role, AccountID: a.ID, StaffID: a.StaffID, InstitutionID: a.InstitutionID}
		}
	}
	panic("seed: there is no account " + username)
}

// from is the first day of the period whose figures were published: this year's first,
// or the last year's while this one is young.
func (v *voices) from() models.Date {
	if first := calendar.NewDate(v.today.Year(), 1, 1); v.today.Sub(first) > 45 {
		return first
	}
	return v.today.AddDays(-300)
}

// at is a moment of a day's working hours.
func (v *voices) at(day models.Date, hour int) time.Time {
	return day.Start().Add(time.Duration(hour)*time.Hour + time.Duration(v.rng.IntN(3600))*time.Second).UTC().Truncate(time.Millisecond)
}

// history are the events of one noun on the way onto paper.
type history struct {
	last *models.ID // the last id given to an event
	rows []models.Event
}

func (h *history) add(e models.Event, id models.ID, at time.Time) {
	e.ID, e.NounID, e.At = next(h.last), id, at
	h.rows = append(h.rows, e)
}

// write puts everything into the database.
func (v *voices) write(ctx context.Context, s *store.Store, event *models.ID) error {
	h := history{last: event}
	complaints, err := v.complaints(&h)
	if err != nil {
		return err
	}
	homes, err := v.nursingHomes(&h)
	if err != nil {
		return err
	}
	if err := v.eventHistory(&h); err != nil {
		return err
	}
	plans, villages, err := v.handovers(&h)
	if err != nil {
		return err
	}
	return s.Load(ctx, func(l *store.Loader) error {
		for _, list := range []any{complaints, v.surveys(l), homes.homes, homes.agreements, homes.rounds, homes.stays, v.sessions(), v.events.list, v.events.teams, plans, villages, h.rows} {
			if reflect.ValueOf(list).Len() == 0 {
				continue
			}
			if err := l.Insert(list); err != nil {
				return fmt.Errorf("seed: %w", err)
			}
		}
		return nil
	})
}
