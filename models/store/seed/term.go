package seed

import (
	"math/rand/v2"

	"jiayi/models"
)

// term is one contract period of a person.
type term struct {
	begin, end, signedOn models.Date
	years                int
	status               models.ContractStatus
	renews               bool // follows the period before it without a gap
}

// How contracts are spread (domain §9.6): terms of 1, 2 and 3 years 70/20/10; 8 % of all
// end within the next 60 days, which no three-year term does as all began within the
// last 24 months. Most contracts of the last year renew an earlier one, so that the rate
// has grown by two or three points in a year (domain §1.9).
const (
	soon           = 60
	endSoonOne     = 100 // per thousand of one-year terms
	endSoonTwo     = 50  // per thousand of two-year terms
	renewalPercent = 93
	lapsedPerMille = 25 // of the unsigned, whose contract ended within the last year
)

// terms draws the contract history of a person, oldest first. A signed person's last
// period is in force today, an unsigned person has at most one that has expired.
func terms(rng *rand.Rand, today models.Date, p person) []term {
	if !p.signed {
		if rng.IntN(1000) >= lapsedPerMille {
			return nil
		}
		end := today.AddDays(-1 - rng.IntN(330))
		t := termEnding(end, 1)
		t.status = models.Expired
		if t.begin.Before(p.born) {
			return nil
		}
		return []term{t}
	}
	t := current(rng, today)
	if t.begin.Before(firstDay(today, p)) {
		t = infantTerm(rng, today, p)
	}
	t.status = models.Active
	before := termEnding(t.begin.AddDays(-1), 1)
	if today.Sub(t.begin) >= 365 || before.begin.Before(p.born) || before.end != t.begin.AddDays(-1) || rng.IntN(100) >= renewalPercent {
		return []term{t}
	}
	before.status, t.renews = models.Renewed, true
	t.signedOn = t.begin.AddDays(-rng.IntN(models.RenewalWindow))
	return []term{before, t}
}

func current(rng *rand.Rand, today models.Date) term {
	within := func(from, to int) models.Date { return today.AddDays(from + rng.IntN(to-from)) }
	kind, near := rng.IntN(10), rng.IntN(1000)
	var t term
	switch {
	case kind < 7 && near < endSoonOne:
		t = termEnding(within(0, soon), 1)
	case kind < 7:
		t = termEnding(within(soon, 365), 1)
	case kind < 9 && near < endSoonTwo:
		t = termEnding(within(0, soon), 2)
	case kind < 9:
		t = termEnding(within(soon, 730), 2)
	default:
		t = termEnding(within(365, 1095), 3)
	}
	if t.begin.After(today) {
		t = termEnding(today.AddDays(300), 1)
	}
	return t
}

// termEnding is the term of whole years that ends on the day, or a day later where
// 29 February makes that impossible.
func termEnding(end models.Date, years int) term {
	begin := end.AddDays(1).AddYears(-years)
	return term{begin: begin, end: models.TermEnd(begin, years), signedOn: begin, years: years}
}

// settlingDays is how old a child is before it is signed.
const settlingDays = 30

// firstDay is the first day a person can be signed.
func firstDay(today models.Date, p person) models.Date {
	return p.born.AddDays(min(today.Sub(p.born), settlingDays))
}

// infantTerm is a one-year term of someone born since the others were signed.
func infantTerm(rng *rand.Rand, today models.Date, p person) term {
	first := later(firstDay(today, p), today.AddDays(-360))
	begin := first.AddDays(rng.IntN(today.Sub(first) + 1))
	return term{begin: begin, end: models.TermEnd(begin, 1), signedOn: begin, years: 1}
}
