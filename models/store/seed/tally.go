package seed

import "jiayi/models"

// pastMonths is how many month-ends before today have published figures: a year of them,
// and one more, so that the last month that is over has one a year ago to compare with.
const pastMonths = 13

// tallies collects what everyone adds to the figures of today, of yesterday and of the
// past month-ends.
type tallies struct {
	days   []models.Date // month-ends, yesterday, today
	counts []map[standingKey]int
	care   []map[models.CareEntry]int // by day; yesterday's are today's
}

// careMonths is how many of the past month-ends have figures of care, as far as they are of
// this year: visits are.
const careMonths = 6

// standingKey is a standing of someone who is counted.
type standingKey struct {
	village, panel models.ID
	mask           models.Mask
}

func newTallies(today models.Date) *tallies {
	t := &tallies{}
	for k := pastMonths; k > 0; k-- {
		t.days = append(t.days, today.AddMonths(-k).MonthEnd())
	}
	if yesterday := today.AddDays(-1); yesterday != yesterday.MonthEnd() {
		t.days = append(t.days, yesterday)
	}
	t.days = append(t.days, today)
	for range t.days {
		t.counts, t.care = append(t.counts, map[standingKey]int{}), append(t.care, map[models.CareEntry]int{})
	}
	return t
}

// add counts one resident on every day since birth: the populations by the memberships
// and the contract in force on that day. r.Standing is today's.
func (t *tallies) add(r models.Resident, memberships []models.Membership, contracts []models.Contract) {
	for i, day := range t.days {
		if day.Before(r.BirthDate) {
			continue
		}
		s := r.Standing
		if i < len(t.days)-1 {
			s = models.Standing{VillageID: r.VillageID, Mask: models.PopulationsOn(r.BirthDate, memberships, day)}
			for _, c := range contracts {
				if c.InForceOn(day) {
					s.PanelID = c.TeamID
				}
			}
		}
		t.counts[i][standingKey{s.VillageID, s.PanelID, s.Mask}]++
	}
}

// entries are the figures of a day as tally entries.
func (t *tallies) entries(i int, d *district) []models.TallyEntry {
	out := make([]models.TallyEntry, 0, len(t.counts[i]))
	for k, n := range t.counts[i] {
		v := d.villages[k.village-1]
		e := models.TallyEntry{Day: t.days[i], VillageID: v.ID, TeamID: v.TeamID, InstitutionID: v.InstitutionID, Mask: k.mask, Residents: n, PanelTeamID: k.panel}
		if k.panel != 0 {
			e.Signed, e.Panel = n, n
		}
		out = append(out, e)
	}
	return out
}

// addCare counts what one resident's care adds on the i-th day.
func (t *tallies) addCare(i int, s models.CareStanding) {
	if s.Of|s.Met == 0 && s.ItemsDue == 0 {
		return
	}
	t.care[i][models.CareEntry{VillageID: s.VillageID, PanelTeamID: s.PanelID, Mask: s.Mask, Of: s.Of, Met: s.Met,
		ItemsDue: s.ItemsDue, ItemsDone: s.ItemsDone, ItemsConfirmed: s.ItemsConfirmed}]++
}

// addPastCare counts what a record added on the month-ends that have figures of care.
func (t *tallies) addPastCare(c models.CareRecord, contracts []models.Contract) {
	for i := pastMonths - careMonths; i < pastMonths; i++ {
		day := t.days[i]
		if day.Before(c.Resident.BirthDate) || day.Year() != t.days[len(t.days)-1].Year() {
			continue
		}
		past := c
		past.Resident.Standing = models.StandingOn(c.Resident, c.History.Memberships, contracts, day)
		past.InForce = nil
		for _, held := range contracts {
			if held.InForceOn(day) && c.InForce != nil && held.ID == c.InForce.ID {
				past.InForce = &held
			}
		}
		standing, _ := past.CareOn(models.CoursesOn(past.Resident, past.History, day), day)
		t.addCare(i, standing)
	}
}

// careEntries are the figures of care of a day; yesterday is given today's.
func (t *tallies) careEntries(i int, d *district) []models.CareEntry {
	care := t.care[i]
	if i == len(t.days)-2 && t.days[i] != t.days[i].MonthEnd() {
		care = t.care[len(t.days)-1]
	}
	out := make([]models.CareEntry, 0, len(care))
	for e, n := range care {
		v := d.villages[e.VillageID-1]
		e.Day, e.TeamID, e.InstitutionID, e.Residents = t.days[i], v.TeamID, v.InstitutionID, n
		if e.PanelTeamID != 0 {
			e.Panel = n
		}
		out = append(out, e)
	}
	return out
}
