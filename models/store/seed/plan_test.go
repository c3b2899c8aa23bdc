package seed

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
	"jiayi/models"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		total   int
		weights []int
		want    []int
	}{
		{10, []int{1, 1, 1}, []int{4, 3, 3}},
		{7, []int{3, 4}, []int{3, 4}},
		{0, []int{3, 4}, []int{0, 0}},
		{3, []int{0, 0}, []int{3, 0}},
		{5, []int{0, 10, 0}, []int{0, 5, 0}},
	} {
		if got := split(c.total, c.weights); !slices.Equal(got, c.want) {
			t.Errorf("split(%d, %v) = %v, want %v", c.total, c.weights, got, c.want)
		}
	}
}

func TestTableKeepsItsMargins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.IntRange(0, 5000), 1, 12).Draw(t, "rows")
		shape := rapid.SliceOfN(rapid.IntRange(0, 900), 1, 9).Draw(t, "columns")
		cols := split(sum(rows), shape)
		got := table(rows, cols)
		back := make([]int, len(cols))
		for i, line := range got {
			if sum(line) != rows[i] {
				t.Fatalf("row %d sums to %d, want %d", i, sum(line), rows[i])
			}
			for j, n := range line {
				back[j] += n
				if fair, total := rows[i]*cols[j], sum(rows); total > 0 && (n*total <= fair-total || n*total >= fair+total) {
					t.Fatalf("cell %d,%d is %d, which is no rounding of %d/%d", i, j, n, fair, sum(rows))
				}
			}
		}
		if !slices.Equal(back, cols) {
			t.Fatalf("columns %v, want %v", back, cols)
		}
	})
}

// total sums a grid over the cells that match.
func (g *grid) total(match func(i int, c crowd, s int) bool) int {
	n := 0
	for i := range institutions {
		for c := range crowds {
			for s := range signedness {
				if match(i, c, s) {
					n += g[i][c][s]
				}
			}
		}
	}
	return n
}

func everyone(int, crowd, int) bool { return true }

func isSigned(_ int, _ crowd, s int) bool { return s == signed }

func expect(t *testing.T, what string, got, want int) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %d, want %d", what, got, want)
	}
}

func TestFullScaleTotals(t *testing.T) {
	p := newPlan(1)
	key := func(_ int, c crowd, _ int) bool { return c != others }
	keySigned := func(_ int, c crowd, s int) bool { return c != others && s == signed }
	expect(t, "residents", p.people.total(everyone), 514130)
	expect(t, "signed", p.people.total(isSigned), 329712)
	expect(t, "key", p.people.total(key), 167296)
	expect(t, "key signed", p.people.total(keySigned), 126409)
	expect(t, "households", sum(p.households[:]), 177900)
	for c := range crowds {
		want := [crowds]count{{102740, 78000}, {34950, 24300}, {2900, 2150}, {15502, 12000}, {500, 390}, {1830, 1560}, {78, 72}, {4436, 3577}, {450, 450}, {3910, 3910}, {346834, 203303}}[c]
		expect(t, "crowd", p.people.total(func(_ int, x crowd, _ int) bool { return x == c }), want.residents)
		expect(t, "crowd signed", p.people.total(func(_ int, x crowd, s int) bool { return x == c && s == signed }), want.signed)
	}
}

func TestFullScaleInstitutions(t *testing.T) {
	p := newPlan(1)
	var clinics, teams, members, high int
	for i, f := range primaries {
		at := func(keep func(c crowd) bool, onlySigned bool) int {
			return p.people.total(func(x int, c crowd, s int) bool { return x == i && keep(c) && (s == signed || !onlySigned) })
		}
		for _, part := range []struct {
			name string
			keep func(c crowd) bool
			want count
		}{
			{"all", func(crowd) bool { return true }, f.all},
			{"65+", func(c crowd) bool { return c == elderly }, f.elderly},
			{"key", func(c crowd) bool { return c != others }, f.key},
		} {
			expect(t, f.name+" "+part.name, at(part.keep, false), part.want.residents)
			expect(t, f.name+" signed "+part.name, at(part.keep, true), part.want.signed)
		}
		here := 0
		for r := 1; r < regions; r++ {
			here += p.threeHigh[r].total(func(x int, _ crowd, _ int) bool { return x == i })
		}
		expect(t, f.name+" three-high", here, f.threeHigh)
		high += here
		expect(t, f.name+" ages", sum(p.ages[i][:]), f.all.residents)
		clinics, teams, members = clinics+f.clinics, teams+f.teams, members+f.members
	}
	expect(t, "three-high", high, 41591)
	expect(t, "clinics", clinics, 186)
	expect(t, "teams", teams, 246)
	expect(t, "members", members, 516)
}

func TestFullScaleThreeHigh(t *testing.T) {
	p := newPlan(1)
	having := func(bits int, match func(int, crowd, int) bool) int {
		n := 0
		for r := 1; r < regions; r++ {
			if r&bits != 0 {
				n += p.threeHigh[r].total(match)
			}
		}
		return n
	}
	for r, want := range map[int]int{regionH: 22541, regionD: 3471, regionL: 2700, regionHD: 6679, regionHL: 3300, regionDL: 1300, regionHDL: 1600} {
		expect(t, "region", p.threeHigh[r].total(everyone), want)
	}
	expect(t, "hypertension", having(regionH, everyone), 34120)
	expect(t, "diabetes", having(regionD, everyone), 13050)
	expect(t, "dyslipidaemia", having(regionL, everyone), 8900)
	expect(t, "union", having(regionHDL, everyone), 41591)
	expect(t, "signed hypertension", having(regionH, isSigned), 28030)
	expect(t, "signed diabetes", having(regionD, isSigned), 10780)
	expect(t, "signed with either", having(regionHD, isSigned), 31945)
	expect(t, "signed with both", p.threeHigh[regionHD].total(isSigned)+p.threeHigh[regionHDL].total(isSigned), 6865)
	for c, want := range map[crowd]count{elderly: {23329, 19900}, maternal: {60, 45}, chronic: {15502, 12000}} {
		expect(t, "either, in crowd", having(regionHD, func(_ int, x crowd, _ int) bool { return x == c }), want.residents)
		expect(t, "either, signed in crowd", having(regionHD, func(_ int, x crowd, s int) bool { return x == c && s == signed }), want.signed)
	}
}

func TestFullScaleTagTotals(t *testing.T) {
	p := newPlan(1)
	own := map[models.Population]crowd{}
	for c, code := range ownCode {
		if code != "" {
			own[code] = crowd(c)
		}
	}
	for code, want := range map[models.Population]int{models.COPD: 2150, models.MentalDisorder: 2330, models.Tuberculosis: 150,
		models.Disabled: 13370, models.SpecialFamily: 980, models.Poverty: 8640} {
		n := p.people.total(func(_ int, c crowd, _ int) bool { return c == own[code] }) + p.tags[code].total(everyone)
		expect(t, "tag "+string(code), n, want)
	}
	for _, o := range overlaps {
		expect(t, "overlap "+string(o.code), p.tags[o.code].total(func(_ int, c crowd, _ int) bool { return c == o.in }), o.n)
	}
	for _, code := range []models.Population{models.SpecialFamily, models.Poverty} {
		expect(t, "unsigned on the list "+string(code), p.tags[code].total(func(_ int, _ crowd, s int) bool { return s == unsigned }), 0)
	}
}

func TestFullScaleAges(t *testing.T) {
	p := newPlan(1)
	for b, band := range pyramid {
		n := 0
		for i := range institutions {
			n += p.ages[i][b]
		}
		expect(t, "age band", n, band.n)
	}
}

func TestOneToAHundred(t *testing.T) {
	p := newPlan(0.01)
	expect(t, "residents", p.people.total(everyone), 5141)
	expect(t, "signed", p.people.total(isSigned), 3297)
	expect(t, "key", p.people.total(func(_ int, c crowd, _ int) bool { return c != others }), 1673)
	expect(t, "key signed", p.people.total(func(_ int, c crowd, s int) bool { return c != others && s == signed }), 1264)
	expect(t, "65+", p.people.total(func(_ int, c crowd, _ int) bool { return c == elderly }), 1027)
	expect(t, "65+ signed", p.people.total(func(_ int, c crowd, s int) bool { return c == elderly && s == signed }), 780)
}

// Every part of a cell must fit into the cell, at any scale.
func TestPartsFitTheirCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPlan(float64(rapid.IntRange(1, 2000).Draw(t, "per 2000")) / 2000)
		for i := range institutions {
			for c := range crowds {
				for s := range signedness {
					high := 0
					for r := 1; r < regions; r++ {
						high += p.threeHigh[r][i][c][s]
					}
					if high > p.people[i][c][s] {
						t.Fatalf("%d with three-high among %d in institution %d, crowd %d", high, p.people[i][c][s], i, c)
					}
					for code, g := range p.tags {
						if g[i][c][s] > p.people[i][c][s] {
							t.Fatalf("%d with %s among %d in institution %d, crowd %d", g[i][c][s], code, p.people[i][c][s], i, c)
						}
					}
				}
			}
		}
	})
}

func TestPeopleFollowThePlan(t *testing.T) {
	for _, scale := range []float64{0.002, 0.05} {
		p := newPlan(scale)
		today := calendar.MustDate("2026-02-28")
		for inst := range institutions {
			rng := rand.New(rand.NewPCG(1, uint64(inst)))
			people := p.drawPeople(rng, today, inst)
			expect(t, "people", len(people), sum(p.ages[inst][:]))
			var byBand [bands]int
			for _, x := range people {
				byBand[bandOf(x.born.AgeOn(today))]++
				if x.codes.Has(models.Maternal) && (!x.woman() || x.born.AgeOn(today) < 15) {
					t.Errorf("no mother: %+v, %d", x, x.born.AgeOn(today))
				}
			}
			if byBand != p.ages[inst] {
				t.Errorf("ages %v, want %v", byBand, p.ages[inst])
			}
			homes := household(rng, today, people, p.households[inst])
			expect(t, "households", len(homes), p.households[inst])
			seen := map[int]bool{}
			for _, h := range homes {
				for _, m := range h.members {
					seen[m.who] = true
				}
			}
			expect(t, "people in households", len(seen), len(people))
		}
	}
}

func bandOf(age int) int {
	for b := bands - 1; ; b-- {
		if age >= pyramid[b].from {
			return b
		}
	}
}
