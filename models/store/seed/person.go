package seed

import (
	"math/rand/v2"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/codes"
)

// person is one resident before being written down: small, so that the whole district
// fits in memory at once.
type person struct {
	born   calendar.Date
	codes  models.Mask // populations with a membership
	crowd  crowd
	sex    byte // codes.SexMale or SexFemale
	signed bool
}

func (p person) woman() bool { return string(p.sex) == codes.SexFemale }

// pool is the people of an institution not drawn yet, by band of age and sex.
type pool struct {
	rng   *rand.Rand
	today calendar.Date
	left  [bands][2]int // men, women
}

// newPool divides each band into men and women; the rounding is carried on to the next
// band, so that the overall share holds at small scales too.
func newPool(rng *rand.Rand, today calendar.Date, ages [bands]int) *pool {
	p := &pool{rng: rng, today: today}
	carry := 0
	for b, n := range ages {
		carry += n * pyramid[b].male
		men := min(n, (carry+500)/1000)
		carry -= men * 1000
		p.left[b] = [2]int{men, n - men}
	}
	return p
}

// taste says which ages a crowd is drawn from: a weight per band, and whether only women.
type taste struct {
	weight [bands]int
	women  bool
}

// ages weighs every band from an age up to another one, rising from low to high.
func ages(from, to, low, high int) taste {
	var t taste
	for b, band := range pyramid {
		if band.from >= from && band.from < to {
			t.weight[b] = low + (high-low)*(band.from-from)/max(1, to-from)
		}
	}
	return t
}

func women(t taste) taste { t.women = true; return t }

// tastes are plausible ages of the crowds; the national rules set the lower limits of
// 35 years for the chronic diseases (domain §2.2).
var tastes = [crowds]taste{
	elderly: ages(65, 130, 10, 10), children: ages(0, 7, 10, 10), maternal: women(ages(20, 45, 10, 6)),
	chronic: ages(35, 65, 2, 20), copd: ages(40, 65, 3, 20), mental: ages(20, 65, 8, 10), tuberculosis: ages(15, 65, 8, 12),
	disabled: ages(7, 65, 3, 16), special: ages(45, 65, 5, 14), poverty: ages(7, 65, 8, 10), others: ages(7, 65, 10, 10),
}

// Narrower ages for those of a crowd with one of the three highs.
var (
	illMaternal = women(ages(35, 45, 10, 6))
	illOthers   = ages(35, 65, 4, 16)
)

func tasteOf(c crowd, region int) taste {
	switch {
	case region != 0 && c == maternal:
		return illMaternal
	case region != 0 && c == others:
		return illOthers
	}
	return tastes[c]
}

// draw takes one person by the taste. When its ages are used up, which happens only in
// tiny districts, it takes any other of the right part of the pyramid.
func (p *pool) draw(c crowd, t taste) person {
	from, to := ageGroup(c), map[int]int{0: middleBand, middleBand: oldBand, oldBand: bands}[ageGroup(c)]
	band, sex, ok := p.pick(from, to, t)
	if !ok {
		for b := from; b < to; b++ {
			t.weight[b] = 1
		}
		if band, sex, ok = p.pick(from, to, t); !ok {
			band, sex, _ = p.pick(from, to, taste{weight: t.weight})
		}
	}
	p.left[band][sex]--
	return person{born: p.birthday(band), crowd: c, sex: [2]byte{codes.SexMale[0], codes.SexFemale[0]}[sex]}
}

func (p *pool) pick(from, to int, t taste) (band, sex int, ok bool) {
	total := 0
	chance := func(b, s int) int {
		if t.women && s == 0 {
			return 0
		}
		return t.weight[b] * p.left[b][s]
	}
	for b := from; b < to; b++ {
		total += chance(b, 0) + chance(b, 1)
	}
	if total == 0 {
		return from, 0, false
	}
	at := p.rng.IntN(total)
	for b := from; b < to; b++ {
		for s := range 2 {
			if at -= chance(b, s); at < 0 {
				return b, s, true
			}
		}
	}
	panic("seed: a pick fell outside its weights")
}

// birthday is a day on which someone of the band may be born; 95 and over thin out.
func (p *pool) birthday(band int) calendar.Date {
	from, to := pyramid[band].from, oldestAge+1
	if band+1 < bands {
		to = pyramid[band+1].from
	}
	age := from + p.rng.IntN(to-from)
	if band == bands-1 {
		age = min(age, from+p.rng.IntN(to-from))
	}
	oldest, youngest := p.today.AddYears(-age-1).AddDays(1), p.today.AddYears(-age)
	for oldest.AgeOn(p.today) != age { // around 29 February
		oldest = oldest.AddDays(1)
	}
	for youngest.AgeOn(p.today) != age {
		youngest = youngest.AddDays(-1)
	}
	return oldest.AddDays(p.rng.IntN(youngest.Sub(oldest) + 1))
}

// drawOrder draws the choosiest crowds first.
var drawOrder = []crowd{elderly, children, maternal, special, chronic, copd, mental, tuberculosis, disabled, poverty, others}

// drawPeople draws everyone of an institution as the plan has it.
func (p *plan) drawPeople(rng *rand.Rand, today calendar.Date, inst int) []person {
	from := newPool(rng, today, p.ages[inst])
	var out []person
	for _, c := range drawOrder {
		for s := range signedness {
			first := len(out)
			for region := regions - 1; region > 0; region-- {
				for range p.threeHigh[region][inst][c][s] {
					out = append(out, from.draw(c, tasteOf(c, region)))
					out[len(out)-1].codes = codesOf(region)
				}
			}
			for n := p.people[inst][c][s] - (len(out) - first); n > 0; n-- {
				out = append(out, from.draw(c, tastes[c]))
			}
			p.mark(rng, out[first:], inst, c, s)
		}
	}
	return out
}

// mark gives the people of one cell their signature and the populations they carry
// beside the region of the Venn diagram.
func (p *plan) mark(rng *rand.Rand, cell []person, inst int, c crowd, s int) {
	for i := range cell {
		cell[i].signed = s == signed
		if ownCode[c] != "" {
			cell[i].codes |= models.MaskOf(ownCode[c])
		}
	}
	for _, o := range overlaps {
		if o.in != c {
			continue
		}
		for k, i := range rng.Perm(len(cell)) {
			if k == p.tags[o.code][inst][c][s] {
				break
			}
			cell[i].codes |= models.MaskOf(o.code)
		}
	}
}
