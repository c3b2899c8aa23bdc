package models

import (
	"slices"

	"jiayi/models/clinical"
)

// forEveryone are the programmes that need no enrolment: the form itself says for whom it
// is.
var forEveryone = map[string]bool{clinical.Screening: true, clinical.HealthCheck: true}

// enrolment is how a visit of a programme stands to the resident's memberships.
type enrolment int

const (
	enrolled enrolment = iota
	neverEnrolled
	notYetEnrolled
	noLongerEnrolled
)

// enrolmentOn finds the membership that a visit of the programme falls under on the day:
// it may be the last one. Programmes that follow from age, and those for everyone, need
// none; their forms refuse a wrong age themselves.
func enrolmentOn(program clinical.Program, memberships []Membership, day Date) (Membership, enrolment) {
	if _, ok := byAge[program.Code]; ok || forEveryone[program.Code] {
		return Membership{}, enrolled
	}
	found, how := Membership{}, neverEnrolled
	for _, m := range memberships {
		if !slices.Contains(program.Populations, string(m.Code)) {
			continue
		}
		switch {
		case day.Before(m.Begin):
			if how != noLongerEnrolled {
				found, how = m, notYetEnrolled
			}
		case m.End.IsZero() || !day.After(m.End):
			return m, enrolled
		default:
			found, how = m, noLongerEnrolled
		}
	}
	return found, how
}

// MembershipOf is the membership that a visit of the programme on the day falls under;
// ok is false when there is none, or none is needed.
func MembershipOf(program string, memberships []Membership, day Date) (m Membership, ok bool) {
	p, known := ProgramOf(program)
	if !known {
		return Membership{}, false
	}
	m, how := enrolmentOn(p, memberships, day)
	return m, how == enrolled && m.ID != 0
}
