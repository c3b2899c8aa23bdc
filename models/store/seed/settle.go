package seed

import (
	"math/rand/v2"

	"jiayi/models"
)

// home is a family with the place it lives in and the team its members sign with.
type home struct {
	family
	inst    int
	village int       // index into district.villages
	team    models.ID // of the village for 97 of 100 families, else another of the institution
}

// elsewherePercent is how many families sign with another team than their village's.
const elsewherePercent = 3

// settle gives every family of an institution a village and a team. Teams' areas differ
// by a tenth either way, and each team's area is divided over its villages.
func (d *district) settle(rng *rand.Rand, inst int, list []family) []home {
	place := d.byInst[inst]
	weights := make([]int, len(place.villages))
	areas := map[models.ID]int{}
	for _, v := range place.villages {
		areas[d.villages[v].TeamID]++
	}
	size := map[models.ID]int{}
	for _, t := range place.teams {
		size[d.teams[t].ID] = 900 + rng.IntN(201)
	}
	for k, v := range place.villages {
		team := d.villages[v].TeamID
		weights[k] = size[team] * 12 / areas[team]
	}
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	out := make([]home, 0, len(list))
	next := 0
	for k, n := range split(len(list), weights) {
		v := place.villages[k]
		for _, f := range list[next : next+n] {
			team := d.villages[v].TeamID
			if len(place.teams) > 1 && rng.IntN(100) < elsewherePercent {
				for team == d.villages[v].TeamID {
					team = d.teams[place.teams[rng.IntN(len(place.teams))]].ID
				}
			}
			out = append(out, home{f, inst, v, team})
		}
		next += n
	}
	return out
}

// town is the people of one institution, settled.
type town struct {
	people []person
	homes  []home
}

// populate draws and settles the whole district and counts every team's signed residents.
func (d *district) populate(p plan, seed uint64) []town {
	towns := make([]town, institutions)
	for i := range institutions {
		rng := rand.New(rand.NewPCG(seed, uint64(i)+1)) // #nosec G404 G115 -- a reproducible district, not a secret
		people := p.drawPeople(rng, d.today, i)
		towns[i] = town{people, d.settle(rng, i, household(rng, d.today, people, p.households[i]))}
		for _, h := range towns[i].homes {
			for _, m := range h.members {
				if people[m.who].signed {
					d.teams[h.team-1].Load++
				}
			}
		}
	}
	return towns
}
