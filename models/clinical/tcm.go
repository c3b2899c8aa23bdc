package clinical

// The scores of domain §3.4. The page it was read from prints "<8" and "<10" for the
// last two, the official form "8分以下" and "10分以下": here the bound is included
// (domain §11.10 asks to verify it; a district that reads it otherwise sets 7 and 9).
const (
	tcmIs             = 11 // 是, of a biased constitution
	tcmTends          = 9  // 倾向是
	tcmBalancedFrom   = 17 // 平和质, with the others at most:
	tcmOthersBalanced = 8  // for 是
	tcmOthersNearly   = 10 // for 基本是
)

// The results of a constitution; of 平和质 the second reads 基本是.
const (
	tcmYes    = 1
	tcmNearly = 2
	tcmNo     = 3
)

// The classes of the constitution assessment.
const (
	ClassBalanced  = 1 // 平和质: 是 or 基本是
	ClassBiased    = 2 // at least one constitution 是 or 倾向是
	ClassUndecided = 3 // neither
)

// tcmMonths is the interval between two assessments (domain §2.3).
const tcmMonths = 12

// constitutionResult reads the score of a biased constitution.
func constitutionResult(from []float64) float64 {
	switch score := from[0]; {
	case score >= tcmIs:
		return tcmYes
	case score >= tcmTends:
		return tcmNearly
	}
	return tcmNo
}

// balancedScore adds the answers of tcmBalancedQuestions, all but the first reversed.
func balancedScore(from []float64) float64 {
	total := from[0]
	for _, n := range from[1:] {
		total += 6 - n
	}
	return total
}

// balancedResult reads the score of 平和质 and, after it, those of the eight others.
func balancedResult(from []float64) float64 {
	highest := 0.0
	for _, n := range from[1:] {
		highest = max(highest, n)
	}
	switch {
	case from[0] < tcmBalancedFrom:
		return tcmNo
	case highest <= tcmOthersBalanced:
		return tcmYes
	case highest <= tcmOthersNearly:
		return tcmNearly
	}
	return tcmNo
}

// judgeTCM applies domain §3.4. Nothing in it is urgent; the next is due in a year.
func judgeTCM(e *exam) (Assessment, []FieldError) {
	if problems := e.oldEnough(); len(problems) > 0 {
		return Assessment{}, problems
	}
	suggested := e.constitution()
	class, problems := e.weigh(suggested)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	next := e.visit.On.AddMonths(tcmMonths)
	return e.conclude(verdict{class: class, due: next, within: "1 年"})
}

// constitution notes the constitutions found and returns the class.
func (e *exam) constitution() int {
	class := ClassUndecided
	for _, c := range tcmConstitutions {
		switch {
		case e.is(c.key, tcmYes):
			e.note("tcm_"+c.key, c.key, "domain §3.4", c.label+":是")
		case e.is(c.key, tcmNearly):
			e.note("tcm_"+c.key+"_tendency", c.key, "domain §3.4", c.label+":倾向是")
		default:
			continue
		}
		class = ClassBiased
		e.advise(c.advice)
	}
	switch {
	case e.is("balanced", tcmYes):
		e.note("tcm_balanced", "balanced", "domain §3.4", "平和质:是")
	case e.is("balanced", tcmNearly):
		e.note("tcm_balanced_nearly", "balanced", "domain §3.4", "平和质:基本是")
	default:
		return class
	}
	e.advise("平和质:起居有常,饮食有节,劳逸结合,坚持锻炼")
	return ClassBalanced
}
