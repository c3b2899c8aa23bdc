package seed

import (
	"math/rand/v2"
	"sort"

	"jiayi/internal/calendar"
)

// Relations to the head of the household, GB/T 4761 in two digits.
const (
	relHead, relHusband, relWife, relSon, relDaughter   = "02", "11", "12", "20", "30"
	relGrandson, relGranddaughter, relFather, relMother = "41", "42", "51", "52"
	relOther                                            = "97"
)

// member is one person of a household: an index into the people, and the relation.
type member struct {
	who      int
	relation string
}

// family is a household; its first member is the head.
type family struct{ members []member }

// adultAge is the age from which people found or join a household of their own.
const adultAge = 22

// families is people being put into households.
type families struct {
	rng    *rand.Rand
	people []person
	age    []int
	list   []family
	byAge  map[int][]int // families by the age of the wife, else of the head
	kids   []int         // children placed, by family
	elders []bool        // by family: the head's parents live with it
}

// household groups people into exactly want families (domain §9.1): couples and single
// people first, then children with parents 20 to 42 years older, and where there are
// more couples and singles than families, the young return to their parents and the
// old move in with their children.
func household(rng *rand.Rand, today calendar.Date, people []person, want int) []family {
	f := &families{rng: rng, people: people, age: make([]int, len(people)), byAge: map[int][]int{}}
	var adults, young []int
	for i, p := range people {
		f.age[i] = p.born.AgeOn(today)
		if f.age[i] >= adultAge {
			adults = append(adults, i)
		} else {
			young = append(young, i)
		}
	}
	units := f.pair(adults)
	hosts, guests := f.divide(units, want)
	for _, u := range hosts {
		f.found(u)
	}
	for _, i := range young {
		f.adopt(i)
	}
	for _, u := range guests {
		f.moveIn(u)
	}
	return f.list
}

// pair makes couples of similar age; everyone else stays a unit of one.
func (f *families) pair(adults []int) [][]int {
	var men, women []int
	f.rng.Shuffle(len(adults), func(i, j int) { adults[i], adults[j] = adults[j], adults[i] })
	for _, i := range adults {
		if f.people[i].woman() {
			women = append(women, i)
		} else {
			men = append(men, i)
		}
	}
	for _, side := range [][]int{men, women} {
		sort.SliceStable(side, func(a, b int) bool { return f.age[side[a]] < f.age[side[b]] })
	}
	var units [][]int
	w := 0
	for _, m := range men {
		chance := 92
		if f.age[m] < 28 {
			chance = 45
		}
		for w < len(women) && f.age[women[w]] < f.age[m]-6 {
			units = append(units, []int{women[w]})
			w++
		}
		if w < len(women) && f.age[women[w]] <= f.age[m]+3 && f.rng.IntN(100) < chance {
			units = append(units, []int{m, women[w]})
			w++
		} else {
			units = append(units, []int{m})
		}
	}
	for ; w < len(women); w++ {
		units = append(units, []int{women[w]})
	}
	return units
}

// divide picks the units that have a household of their own: exactly want, so couples
// part when there are too few.
func (f *families) divide(units [][]int, want int) (hosts, guests [][]int) {
	for i := 0; len(units) < want && i < len(units); i++ {
		if len(units[i]) == 2 {
			units = append(units, units[i][1:])
			units[i] = units[i][:1]
		}
	}
	f.rng.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
	sort.SliceStable(units, func(a, b int) bool { return f.homely(units[a]) < f.homely(units[b]) })
	want = min(want, len(units))
	return units[:want], units[want:]
}

// homely ranks units: 0 founds a household, higher ones rather live with others.
func (f *families) homely(u []int) int {
	age := f.age[u[0]]
	switch {
	case len(u) == 1 && age < 30:
		return 3
	case len(u) == 1 && age >= 75:
		return 2
	case age >= 80 || len(u) == 1 && age < 60:
		return 1
	}
	return 0
}

// found makes a household of a unit. Mostly the man heads a couple's.
func (f *families) found(u []int) {
	head := 0
	if len(u) == 2 && f.rng.IntN(5) == 0 {
		head = 1
	}
	n := len(f.list)
	fam := family{members: []member{{u[head], relHead}}}
	if len(u) == 2 {
		fam.members = append(fam.members, member{u[1-head], bySex(f.people[u[1-head]], relHusband, relWife)})
	}
	f.list, f.kids, f.elders = append(f.list, fam), append(f.kids, 0), append(f.elders, false)
	at := f.age[u[len(u)-1]]
	f.byAge[at] = append(f.byAge[at], n)
}

func bySex(p person, man, woman string) string {
	if p.woman() {
		return woman
	}
	return man
}

// most children of a family, while another one can be found.
const mostKids = 3

// adopt puts a child with a mother (or head) 20 to 42 years older, or else with the
// nearest family as a grandchild or relative.
func (f *families) adopt(i int) {
	target := f.age[i] + 20 + (f.rng.IntN(12) + f.rng.IntN(12))
	n := f.near(target, f.age[i]+19, f.age[i]+42)
	if n < 0 {
		n = f.near(target, 0, 200)
	}
	gap := f.age[f.list[n].members[0].who] - f.age[i]
	relation := relOther
	switch {
	case gap >= 18 && gap < 46:
		relation = bySex(f.people[i], relSon, relDaughter)
		f.kids[n]++
	case gap >= 46:
		relation = bySex(f.people[i], relGrandson, relGranddaughter)
	}
	f.join(n, i, relation)
}

// moveIn puts adults who have no household of their own with their children, if possible
// where no other parents live, or with their own parents.
func (f *families) moveIn(u []int) {
	age := f.age[u[0]]
	host := -1
	for try := 0; try < 5 && (host < 0 || f.elders[host]); try++ {
		host = f.near(age-28, age-40, age-20)
	}
	home := f.near(age+27, age+19, age+42)
	switch {
	case age >= 65 && host >= 0:
		f.elders[host] = true
		for _, i := range u {
			f.join(host, i, bySex(f.people[i], relFather, relMother))
		}
	case home >= 0:
		for _, i := range u {
			f.join(home, i, bySex(f.people[i], relSon, relDaughter))
		}
	default:
		n := f.near(age, 0, 200)
		for _, i := range u {
			f.join(n, i, relOther)
		}
	}
}

func (f *families) join(n, i int, relation string) {
	f.list[n].members = append(f.list[n].members, member{i, relation})
}

// near picks a family whose age is as near to the target as can be between low and high,
// one with room for children first; -1 when there is none.
func (f *families) near(target, low, high int) int {
	for off := range 200 {
		for _, at := range []int{target - off, target + off} {
			if at < low || at > high {
				continue
			}
			list := f.byAge[at]
			for range min(len(list), 4) {
				if n := list[f.rng.IntN(len(list))]; f.kids[n] < mostKids && len(f.list[n].members) < 6 {
					return n
				}
			}
		}
	}
	for off := range 200 {
		for _, at := range []int{target - off, target + off} {
			if list := f.byAge[at]; at >= low && at <= high && len(list) > 0 {
				return list[f.rng.IntN(len(list))]
			}
		}
	}
	return -1
}
