package seed

import "jiayi/models"

// pastMonths is how many month-ends before today have published figures.
const pastMonths = 12

// tallies collects what everyone adds to the figures of today, of yesterday and of the
// past month-ends.
type tallies struct {
	days   []models.Date // month-ends, yesterday, today
	counts []map[standingKey]int
}

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
