package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// NursingHomes lists the homes of the district by name.
func (v View) NursingHomes(ctx context.Context, p Page) (List[models.NursingHome], error) {
	db := v.query(ctx)
	if !v.actor.Can(models.AgreementRead) {
		db = db.Where("1 = 0")
	}
	return paginate(db, p, order{columns: []string{"name", "id"}}, func(h models.NursingHome) []any { return []any{h.Name, int64(h.ID)} })
}

// NursingHome reads one home.
func (v View) NursingHome(ctx context.Context, id models.ID) (models.NursingHome, error) {
	if !v.actor.Can(models.AgreementRead) {
		return models.NursingHome{}, models.ErrNotFound
	}
	return get[models.NursingHome](v.query(ctx), id)
}

// homeAgreements is the data scope of agreements with homes: the district's managers see all,
// everyone else those of the own institution.
func (v View) homeAgreements(db *gorm.DB) *gorm.DB {
	a := v.actor
	switch {
	case !a.Role.Has(models.AgreementRead):
		return db.Where("1 = 0")
	case a.Reach() == models.DistrictReach:
		return db
	}
	return db.Where("home_agreements.institution_id = ?", some(a.InstitutionID))
}

// HomeAgreementLine is an agreement with its parties, and the rounds made and promised.
type HomeAgreementLine struct {
	models.HomeAgreement
	Home            models.NursingHome
	InstitutionName string
	Done, Expected  int
}

// HomeAgreementFilter chooses agreements; zero fields choose all.
type HomeAgreementFilter struct {
	Status        models.HomeAgreementStatus
	HomeID        models.ID
	InstitutionID models.ID
	EndingBy      models.Date // active ones that end by the day
}

// HomeAgreements lists the agreements of the scope, the newest first.
func (v View) HomeAgreements(ctx context.Context, f HomeAgreementFilter, p Page) (List[HomeAgreementLine], error) {
	db := v.homeAgreements(v.query(ctx))
	if f.Status != "" {
		db = db.Where("home_agreements.status = ?", f.Status)
	}
	if f.HomeID != 0 {
		db = db.Where("home_agreements.home_id = ?", f.HomeID)
	}
	if f.InstitutionID != 0 {
		db = db.Where("home_agreements.institution_id = ?", f.InstitutionID)
	}
	if !f.EndingBy.IsZero() {
		db = db.Where("home_agreements.status = ? AND home_agreements.end_on <= ?", models.HomeActive, f.EndingBy)
	}
	page, err := paginate(db, p, order{columns: []string{"home_agreements.id"}, desc: true}, func(a models.HomeAgreement) []any { return []any{int64(a.ID)} })
	if err != nil {
		return List[HomeAgreementLine]{}, err
	}
	lines, err := v.homeAgreementLines(v.query(ctx), page.Items)
	return List[HomeAgreementLine]{Items: lines, Next: page.Next}, err
}

// homeAgreementLines adds parties and rounds with one query each.
func (v View) homeAgreementLines(db *gorm.DB, list []models.HomeAgreement) ([]HomeAgreementLine, error) {
	var ids, homes, institutions []models.ID
	for _, a := range list {
		ids, homes, institutions = append(ids, a.ID), append(homes, a.HomeID), append(institutions, a.InstitutionID)
	}
	named, err := byID(db, homes, func(h models.NursingHome) models.ID { return h.ID })
	if err != nil {
		return nil, err
	}
	instNames, err := names[models.Institution](db, institutions)
	if err != nil {
		return nil, err
	}
	var rounds []models.HomeRound
	if err := db.Select("agreement_id", "made_on").Find(&rounds, "agreement_id IN ? AND made_on > ?", anyOf(ids), v.Today().AddDays(-2*366)).Error; err != nil {
		return nil, err
	}
	made := map[models.ID][]models.Date{}
	for _, r := range rounds {
		made[r.AgreementID] = append(made[r.AgreementID], r.On)
	}
	var events []models.Event
	err = db.Order("id").Find(&events, "noun = ? AND noun_id IN ? AND (from_state = ? OR to_state = ?)", models.HomeAgreementProcess.Noun, anyOf(ids), models.HomeSuspended, models.HomeSuspended).Error
	if err != nil {
		return nil, err
	}
	paused := map[models.ID][]models.Event{}
	for _, e := range events {
		paused[e.NounID] = append(paused[e.NounID], e)
	}
	out := make([]HomeAgreementLine, len(list))
	for i, a := range list {
		out[i] = HomeAgreementLine{HomeAgreement: a, Home: named[a.HomeID], InstitutionName: instNames[a.InstitutionID]}
		if a.Status != models.HomeDraft {
			out[i].Done, out[i].Expected = a.Kept(made[a.ID], pausesOf(paused[a.ID]), v.Today())
		}
	}
	return out, nil
}

// HomeAgreementFile is an agreement with its latest rounds, history and buttons.
type HomeAgreementFile struct {
	HomeAgreementLine
	Rounds  []models.HomeRound // newest first, at most MaxLimit
	Staff   map[models.ID]string
	History []models.Event
	Actions []models.HomeAgreementMove
}

// HomeAgreement reads one agreement of the scope.
func (v View) HomeAgreement(ctx context.Context, id models.ID) (HomeAgreementFile, error) {
	var a models.HomeAgreement
	if err := v.homeAgreements(v.query(ctx)).Take(&a, "home_agreements.id = ?", id).Error; err != nil {
		return HomeAgreementFile{}, notFound(err)
	}
	return v.homeAgreementFile(ctx, a)
}

func (v View) homeAgreementFile(ctx context.Context, a models.HomeAgreement) (HomeAgreementFile, error) {
	db := v.query(ctx)
	lines, err := v.homeAgreementLines(db, []models.HomeAgreement{a})
	if err != nil {
		return HomeAgreementFile{}, err
	}
	out := HomeAgreementFile{HomeAgreementLine: lines[0], Actions: models.HomeAgreementProcess.Allowed(a.Status, v.actor, a.Parties(v.actor))}
	if err := db.Order("made_on DESC, id DESC").Limit(MaxLimit).Find(&out.Rounds, "agreement_id = ?", a.ID).Error; err != nil {
		return out, err
	}
	staff := make([]models.ID, len(out.Rounds))
	for i, r := range out.Rounds {
		staff[i] = r.StaffID
	}
	if out.Staff, err = names[models.Staff](db, staff); err != nil {
		return out, err
	}
	out.History, err = history(db, models.HomeAgreementProcess.Noun, a.ID)
	return out, err
}

// StayLine is a stay with the resident, who is of the actor's scope.
type StayLine struct {
	models.HomeStay
	Resident models.Resident // phone in clear; to be shown masked
	TeamName string          // that cares for the resident
}

// HomeResidents lists the residents of the actor's scope who live in a home, by entry. It is
// witnessed as one read.
func (v View) HomeResidents(ctx context.Context, home models.ID, p Page) (List[StayLine], error) {
	if _, err := v.NursingHome(ctx, home); err != nil {
		return List[StayLine]{}, err
	}
	db := v.query(ctx).Where("home_stays.home_id = ? AND home_stays.`open` = ?", home, true).
		Where("home_stays.resident_id IN (?)", v.residents(v.query(ctx)).Model(&models.Resident{}).Select("residents.id"))
	page, err := paginate(db, p, order{columns: []string{"home_stays.id"}}, func(s models.HomeStay) []any { return []any{int64(s.ID)} })
	if err != nil {
		return List[StayLine]{}, err
	}
	var people, teams []models.ID
	for _, s := range page.Items {
		people = append(people, s.ResidentID)
	}
	residents, err := byID(v.query(ctx), people, func(r models.Resident) models.ID { return r.ID })
	if err != nil {
		return List[StayLine]{}, err
	}
	for _, r := range residents {
		teams = append(teams, r.CareTeamID())
	}
	teamNames, err := names[models.Team](v.query(ctx), teams)
	if err != nil {
		return List[StayLine]{}, err
	}
	out := List[StayLine]{Next: page.Next, Items: make([]StayLine, len(page.Items))}
	for i, s := range page.Items {
		r := residents[s.ResidentID]
		out.Items[i] = StayLine{s, r, teamNames[r.CareTeamID()]}
	}
	return out, v.witnessed(ctx, "home_stay.list", "nursing_home", home, 0, idTexts(people)...)
}

// HomeRow are the figures of agreements that are kept today in one scope (domain §6.9).
type HomeRow struct {
	Kind           models.ScopeKind
	ScopeID        models.ID
	Name           string
	Homes, Beds    int // homes with an agreement that is kept, each counted once, and their beds
	Integrated     int // of the homes: 医康养一体化
	Done, Expected int // rounds made and promised
}

// HomeRates counts the agreements by district or institution. There are few: it reads those
// that are kept.
func (v View) HomeRates(ctx context.Context, by models.ScopeKind) ([]HomeRow, error) {
	var out []HomeRow
	err := v.snapshot(ctx, func(db *gorm.DB) error {
		scopes, err := v.rateScopes(db, RateQuery{By: by})
		if err != nil {
			return err
		}
		var active []models.HomeAgreement
		if err := db.Order("id").Find(&active, "status = ?", models.HomeActive).Error; err != nil {
			return err
		}
		lines, err := v.homeAgreementLines(db, active)
		if err != nil {
			return err
		}
		rows, counted := map[models.ID]HomeRow{}, map[[2]models.ID]bool{}
		for _, a := range lines {
			key := models.ID(0)
			if by == models.ScopeInstitution {
				key = a.InstitutionID
			}
			row := rows[key]
			row.Done, row.Expected = row.Done+a.Done, row.Expected+a.Expected
			if !counted[[2]models.ID{key, a.HomeID}] {
				counted[[2]models.ID{key, a.HomeID}] = true
				row.Homes, row.Beds = row.Homes+1, row.Beds+a.Home.Beds
				if a.Model == "integrated" {
					row.Integrated++
				}
			}
			rows[key] = row
		}
		if by == models.ScopeInstitution && v.actor.Reach() == models.DistrictReach {
			if scopes, err = withHospitals(db, scopes, rows); err != nil {
				return err
			}
		}
		for _, s := range scopes {
			key := s.id
			if by == models.ScopeDistrict {
				key = 0
			}
			row := rows[key]
			row.Kind, row.ScopeID, row.Name = by, s.shown, s.name
			out = append(out, row)
		}
		return nil
	})
	return out, err
}
