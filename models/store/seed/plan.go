package seed

import (
	"math"

	"jiayi/models"
)

// signedness indexes the unsigned and the signed part of a cell.
const (
	unsigned = iota
	signed
	signedness
)

// grid is a number for every institution, crowd and signedness.
type grid [institutions][crowds][signedness]int

// plan is the whole district in numbers, before anyone in it has a name: every figure of
// domain §9.1–9.5, exactly at scale 1, and rounded by largest remainder below.
type plan struct {
	people     grid
	threeHigh  [regions]grid // of the people, by region of the Venn diagram
	tags       map[models.Population]*grid
	ages       [institutions][bands]int
	households [institutions]int
}

// newPlan apportions the district at a scale: margins first, then institution × crowd
// tables with exactly those margins.
func newPlan(scale float64) plan {
	m := newMargins(scale)
	p := plan{tags: map[models.Population]*grid{}}
	p.placeCrowds(m)
	p.placeThreeHigh(m)
	for _, o := range overlaps {
		p.placeOverlap(o, m.scaled(o.n))
	}
	p.placeAges(m)
	return p
}

// margins are the row and column sums at a scale.
type margins struct {
	scale      float64
	byCrowd    [crowds][signedness]int
	byInst     [institutions][3][signedness]int // elderly, rest of the key population, others
	threeHigh  [institutions]int
	households int
}

// The disjoint parts an institution's figures are made of.
const (
	partElderly = iota
	partKey
	partOthers
)

func partOf(c crowd) int {
	switch c {
	case elderly:
		return partElderly
	case others:
		return partOthers
	}
	return partKey
}

func (m margins) scaled(n int) int { return int(math.Round(float64(n) * m.scale)) }

// newMargins scales the published totals, each rounded on its own (5,141 residents and
// 3,297 signed at 1:100, domain §9.6), and divides them by largest remainder.
func newMargins(scale float64) margins {
	m := margins{scale: scale}
	totals := m.totals()
	var weights [3][signedness][]int // by institution
	for _, f := range primaries {
		for part, n := range [3]count{f.elderly, {f.key.residents - f.elderly.residents, f.key.signed - f.elderly.signed},
			{f.all.residents - f.key.residents, f.all.signed - f.key.signed}} {
			weights[part][unsigned] = append(weights[part][unsigned], n.unsigned())
			weights[part][signed] = append(weights[part][signed], n.signed)
		}
	}
	for part := range 3 {
		for s := range signedness {
			for i, n := range split(totals[part][s], weights[part][s]) {
				m.byInst[i][part][s] = n
			}
			var list []crowd
			var share []int
			for c := range crowds {
				if partOf(c) == part {
					list = append(list, c)
					share = append(share, [signedness]int{crowdFigures[c].unsigned(), crowdFigures[c].signed}[s])
				}
			}
			for k, n := range split(totals[part][s], share) {
				m.byCrowd[list[k]][s] = n
			}
		}
	}
	var high []int
	for _, f := range primaries {
		high = append(high, f.threeHigh)
	}
	copy(m.threeHigh[:], split(m.scaled(sum(high)), high))
	m.households = m.scaled(householdFigure)
	return m
}

// totals are the district's six disjoint parts.
func (m margins) totals() [3][signedness]int {
	var all, key count
	for _, f := range primaries {
		all.residents += f.all.residents
		all.signed += f.all.signed
		key.residents += f.key.residents
		key.signed += f.key.signed
	}
	at := func(c count) [signedness]int {
		n, s := m.scaled(c.residents), m.scaled(c.signed)
		return [signedness]int{n - s, s}
	}
	a, k, e := at(all), at(key), at(crowdFigures[elderly])
	var out [3][signedness]int
	for s := range signedness {
		out[partElderly][s] = e[s]
		out[partKey][s] = max(0, k[s]-e[s])
		out[partOthers][s] = max(0, a[s]-k[s])
	}
	return out
}

// placeCrowds fills institution × crowd with the margins of §9.3 and §9.5.
func (p *plan) placeCrowds(m margins) {
	for part := range 3 {
		for s := range signedness {
			var list []crowd
			var cols, rows []int
			for c := range crowds {
				if partOf(c) == part {
					list, cols = append(list, c), append(cols, m.byCrowd[c][s])
				}
			}
			for i := range institutions {
				rows = append(rows, m.byInst[i][part][s])
			}
			for i, line := range table(rows, cols) {
				for k, n := range line {
					p.people[i][list[k]][s] = n
				}
			}
		}
	}
}

// placeAges divides the pyramid over the institutions within 0–6, 7–64 and 65 and over.
func (p *plan) placeAges(m margins) {
	var house []int
	for _, part := range []struct{ from, to int }{{0, middleBand}, {middleBand, oldBand}, {oldBand, bands}} {
		rows := make([]int, institutions)
		var shape []int
		for b := part.from; b < part.to; b++ {
			shape = append(shape, pyramid[b].n)
		}
		for i := range institutions {
			for c := range crowds {
				if ageGroup(c) == part.from {
					rows[i] += p.people[i][c][unsigned] + p.people[i][c][signed]
				}
			}
		}
		for i, line := range table(rows, split(sum(rows), shape)) {
			copy(p.ages[i][part.from:], line)
		}
	}
	for _, f := range primaries {
		house = append(house, f.all.residents)
	}
	copy(p.households[:], split(m.households, house))
}

// ageGroup is the first band of the part of the pyramid a crowd is drawn from.
func ageGroup(c crowd) int {
	switch c {
	case elderly:
		return oldBand
	case children:
		return 0
	}
	return middleBand
}

func sum(ns []int) int {
	total := 0
	for _, n := range ns {
		total += n
	}
	return total
}
