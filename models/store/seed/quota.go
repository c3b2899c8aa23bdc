package seed

import (
	"jiayi/models"
	"jiayi/models/clinical"
)

// quota picks, of people who pass by one by one, exactly so many in the end, evenly.
type quota struct{ want, of, seen, taken int }

// take tells whether the next one is picked; one who cannot be leaves the place to those
// behind.
func (q *quota) take(possible bool) bool {
	q.seen++
	if possible && q.taken < (q.want*q.seen+q.of-1)/max(1, q.of) && q.taken < q.want {
		q.taken++
		return true
	}
	return false
}

// share is a count of a figure out of a total, at full scale (domain §9.4).
type share struct{ n, of int }

func (s share) at(of int) quota { return quota{want: (s.n*of + s.of/2) / s.of, of: of} }

// The management figures of domain §9.4.
var (
	hypertensionStandard   = share{22860, 34120}
	hypertensionControlled = share{21150, 34120}
	diabetesStandard       = share{8740, 13050}
	diabetesControlled     = share{7960, 13050}
	elderlyChecked         = share{76028, 102740}
)

// quotas are how many people of each kind the district's care reaches. Failing is what is
// picked: whoever is new under a programme has had no time to.
type quotas struct {
	failing, uncontrolled map[string]*quota
	checked               *quota
	referred              *quota // of the uncontrolled
	consulted             *quota // of everyone
	discharged            *quota // of everyone
}

func newQuotas(towns []town, today models.Date) quotas {
	count := map[models.Population]int{}
	total := 0
	for _, t := range towns {
		total += len(t.people)
		for _, p := range t.people {
			for _, code := range p.codes.Populations() {
				count[code]++
			}
			if p.born.AgeOn(today) >= models.ElderlyAge {
				count[models.Elderly]++
			}
		}
	}
	rest := func(s share, of int) *quota {
		q := s.at(of)
		q.want = of - q.want
		return &q
	}
	checked := elderlyChecked.at(count[models.Elderly])
	uncontrolled := rest(hypertensionControlled, count[models.Hypertension]).want + rest(diabetesControlled, count[models.Diabetes]).want
	referred := share{referredPercent, 100}.at(uncontrolled)
	consulted := consultsAYear.at(total)
	consulted.want += spoiltConsults
	discharged := dischargesOfLate.at(total)
	return quotas{
		failing: map[string]*quota{clinical.Hypertension: rest(hypertensionStandard, count[models.Hypertension]),
			clinical.Diabetes: rest(diabetesStandard, count[models.Diabetes])},
		uncontrolled: map[string]*quota{clinical.Hypertension: rest(hypertensionControlled, count[models.Hypertension]),
			clinical.Diabetes: rest(diabetesControlled, count[models.Diabetes])},
		checked: &checked, referred: &referred, consulted: &consulted, discharged: &discharged,
	}
}
