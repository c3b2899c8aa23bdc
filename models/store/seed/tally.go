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
	care   map[models.CareEntry]int // of yesterday and today alike
}

// standingKey is a standing of someone who is counted.
type standingKey struct {
	village, panel models.ID
	mask           models.Mask
}

func newTallies(today models.Date) *tallies {
	t := &tallies{care: map[models.CareEntry]int{}}
	for k := pastMonths; k > 0; k-- {
		t.days = append(t.days, today.AddMonths(-k).MonthEnd())
	}
	if yesterday := today.AddDays(-1); yesterday != yesterday.MonthEnd() {
		t.days = append(t.days, yesterday)
	}
	t.days = append(t.days, today)
	for range t.days {
		t.counts = append(t.counts, map[standingKey]int{})
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

// addCare counts what one resident's care adds.
func (t *tallies) addCare(s models.CareStanding) {
	if s.Of|s.Met == 0 && s.ItemsDue == 0 {
		return
	}
	t.care[models.CareEntry{VillageID: s.VillageID, PanelTeamID: s.PanelID, Mask: s.Mask, Of: s.Of, Met: s.Met,
		ItemsDue: s.ItemsDue, ItemsDone: s.ItemsDone, ItemsConfirmed: s.ItemsConfirmed}]++
}

// careEntries are the figures of care of a day: today's, which yesterday is given too.
// The months before have none.
func (t *tallies) careEntries(i int, d *district) []models.CareEntry {
	if i < len(t.days)-2 || t.days[i] == t.days[i].MonthEnd() && i < len(t.days)-1 {
		return nil
	}
	out := make([]models.CareEntry, 0, len(t.care))
	for e, n := range t.care {
		v := d.villages[e.VillageID-1]
		e.Day, e.TeamID, e.InstitutionID, e.Residents = t.days[i], v.TeamID, v.InstitutionID, n
		if e.PanelTeamID != 0 {
			e.Panel = n
		}
		out = append(out, e)
	}
	return out
}
