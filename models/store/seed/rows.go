package seed

import (
	"context"

	"jiayi/models"
	"jiayi/models/store"
)

// rows is a chunk of finished rows that go into the database together.
type rows struct {
	households    []models.Household
	residents     []models.Resident
	memberships   []models.Membership
	contracts     []models.Contract
	packages      []models.ContractPackage
	events        []models.ContractEvent
	agreements    []models.Agreement
	encounters    []models.Encounter
	followups     []models.Followup
	tasks         []models.Task
	pregnancies   []models.Pregnancy
	standings     []models.CareStanding
	vitals        []models.Vital
	flags         []models.Flag
	referrals     []models.Referral
	consults      []models.Consult
	discharges    []models.Discharge
	calls         []models.DischargeCall
	processEvents []models.Event
}

// ready seals the rows and puts them into column order.
func (r *rows) ready(ctx context.Context, s *store.Store) ([]store.Batch, error) {
	var out []store.Batch
	for _, list := range []any{r.households, r.residents, r.memberships, r.contracts, r.packages, r.events, r.agreements, r.encounters, r.followups, r.tasks, r.pregnancies, r.standings, r.vitals, r.flags, r.referrals, r.consults, r.discharges, r.calls, r.processEvents} {
		b, err := s.Ready(ctx, list)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// ids are the last ids given out, so that rows can refer to each other before they are
// in the database.
type ids struct {
	household, resident, membership, contract, pack, event, agreement, encounter, followup, task, pregnancy, vital, flag, referral, consult, discharge, call, processEvent models.ID
}

func next(id *models.ID) models.ID { *id++; return *id }
