package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// ReferralLine is a referral with the names and the little of the person that both ends may
// see: name, sex, age, record number, and the phone to be shown masked.
type ReferralLine struct {
	models.Referral
	Patient                                             models.Resident // only the fields above
	TeamName, InstitutionName, HospitalName, DoctorName string
}

// ReferralFile is one referral with its history and what the actor may do with it.
type ReferralFile struct {
	ReferralLine
	Moves    []models.ReferralMove
	History  []models.Event
	Followup *Visit // the follow-up that asked for it
}

// The boxes of a list of referrals.
const (
	BoxIn  = "in"  // sent to the actor's institution, or down to the actor's team
	BoxOut = "out" // sent by the actor's team, or down by the actor's institution
)

// ReferralFilter chooses referrals; zero fields choose all.
type ReferralFilter struct {
	Box        string
	Status     models.ReferralStatus
	ResidentID models.ID
	Urgent     bool
	ThreeHigh  bool
	Overdue    bool // the deadline of the state went by
}

// Referrals lists the referrals of the actor's scope, the newest first. For one resident of
// the scope it lists every referral, whoever made it.
func (v View) Referrals(ctx context.Context, f ReferralFilter, p Page) (List[ReferralLine], error) {
	db, err := v.ofResident(ctx, v.referrals, "referrals", f.ResidentID)
	if err != nil {
		return List[ReferralLine]{}, err
	}
	db = v.inBox(db, f.Box)
	if f.Status != "" {
		db = db.Where("referrals.status = ?", f.Status)
	}
	if f.Urgent {
		db = db.Where("referrals.urgency = ?", models.UrgentCare)
	}
	if f.ThreeHigh {
		db = db.Where("referrals.three_high = ?", true)
	}
	if f.Overdue {
		db = db.Where("referrals.due_at <= ?", v.Now())
	}
	page, err := paginate(db, p, order{columns: []string{"referrals.id"}, desc: true}, func(r models.Referral) []any { return []any{int64(r.ID)} })
	if err != nil {
		return List[ReferralLine]{}, err
	}
	lines, err := v.referralLines(ctx, page.Items)
	if err != nil {
		return List[ReferralLine]{}, err
	}
	return witnessedList(ctx, v, "referral", f.ResidentID, List[ReferralLine]{Items: lines, Next: page.Next}, func(r ReferralLine) models.ID { return r.ResidentID })
}

// ofResident narrows a noun to one resident (0 for anybody): to all of it for a resident of
// the scope, whoever made it, else to what the actor has to do with.
func (v View) ofResident(ctx context.Context, scope func(*gorm.DB) *gorm.DB, table string, resident models.ID) (*gorm.DB, error) {
	db := v.query(ctx)
	if resident == 0 {
		return scope(db), nil
	}
	db = db.Where(table+".resident_id = ?", resident)
	if !v.actor.Can(models.ResidentRead) { // a desk has the whole district in reach, and of it only its noun
		return scope(db), nil
	}
	_, err := v.resident(v.query(ctx), resident)
	if models.IsKind(err, models.NotFound) {
		return scope(db), nil
	}
	return db, err
}

// The states in which a referral lies in the team's box, and those it may be in on its way
// to a hospital.
var (
	downStates = []models.ReferralStatus{models.ReferralDownSubmitted, models.ReferralDownAccepted}
	sentStates = []models.ReferralStatus{models.ReferralSubmitted, models.ReferralAccepted, models.ReferralArrived, models.ReferralInTreatment, models.ReferralCompleted}
)

// inBox narrows referrals to one side. The centre stands on the side of every hospital, a
// district manager on both.
func (v View) inBox(db *gorm.DB, box string) *gorm.DB {
	a := v.actor
	const sent, down, up = "referrals.status IN ?", "referrals.status IN ?", "referrals.direction <> ?"
	var team, hospital string
	var teams, hospitals any = anyOf(a.TeamIDs), anyOf([]models.ID{a.InstitutionID})
	switch {
	case a.Reach() == models.DistrictReach && box == BoxIn:
		return db.Where(sent, sentStates)
	case a.Reach() == models.DistrictReach && box == BoxOut:
		return db.Where(up, models.ReferDown)
	case a.Reach() == models.InstitutionReach:
		team, hospital, teams = "referrals.institution_id IN ?", "referrals.hospital_id IN ?", hospitals
	default:
		team, hospital = "referrals.team_id IN ?", "referrals.hospital_id IN ?"
	}
	switch box {
	case BoxIn:
		return db.Where("(("+hospital+" AND "+sent+") OR ("+team+" AND "+down+"))", hospitals, sentStates, teams, downStates)
	case BoxOut:
		return db.Where("(("+team+" AND "+up+") OR ("+hospital+" AND referrals.status = ?))", teams, models.ReferDown, hospitals, models.ReferralDownSubmitted)
	}
	return db
}

// referralLines adds people and names to referrals that the actor may see.
func (v View) referralLines(ctx context.Context, rs []models.Referral) ([]ReferralLine, error) {
	db := v.query(ctx)
	var people, teams, institutions, staff []models.ID
	for _, r := range rs {
		people, teams, staff = append(people, r.ResidentID), append(teams, r.TeamID), append(staff, r.DoctorID)
		institutions = append(institutions, r.InstitutionID, r.HospitalID)
	}
	patients, err := patientsOf(db, people)
	if err != nil {
		return nil, err
	}
	teamNames, err := names[models.Team](db, teams)
	if err != nil {
		return nil, err
	}
	places, err := names[models.Institution](db, institutions)
	if err != nil {
		return nil, err
	}
	doctors, err := names[models.Staff](db, staff)
	if err != nil {
		return nil, err
	}
	out := make([]ReferralLine, len(rs))
	for i, r := range rs {
		out[i] = ReferralLine{r, patients[r.ResidentID], teamNames[r.TeamID], places[r.InstitutionID], places[r.HospitalID], doctors[r.DoctorID]}
	}
	return out, nil
}

// patientsOf are the few fields of residents that the other end of a relation may see.
func patientsOf(db *gorm.DB, ids []models.ID) (map[models.ID]models.Resident, error) {
	return byID(db.Select("id", "name", "sex", "birth_date", "phone", "record_no"), ids, func(r models.Resident) models.ID { return r.ID })
}

// Referral returns one referral with its history, the follow-up that asked for it, and what
// the actor may do.
func (v View) Referral(ctx context.Context, id models.ID) (ReferralFile, error) {
	r, err := v.referral(v.query(ctx), id)
	if err != nil {
		return ReferralFile{}, err
	}
	return v.referralFile(ctx, r)
}

// referralFile adds to a referral what is shown of it; that it was read is written down.
func (v View) referralFile(ctx context.Context, r models.Referral) (ReferralFile, error) {
	lines, err := v.referralLines(ctx, []models.Referral{r})
	if err != nil {
		return ReferralFile{}, err
	}
	out := ReferralFile{ReferralLine: lines[0]}
	if out.History, err = history(v.query(ctx), "referral", r.ID); err != nil {
		return out, err
	}
	for _, m := range models.ReferralProcess.Allowed(r.Status, v.actor, r.Parties(v.actor)) {
		if m == models.ReferFollowUp && (r.Result != 0 || r.Direction == models.ReferDown) || m == models.ReferSubmit && r.ConsentBy == "" {
			continue
		}
		out.Moves = append(out.Moves, m)
	}
	if err := v.addAskingVisit(ctx, &out); err != nil {
		return out, err
	}
	return out, v.witnessed(ctx, "referral.read", "referral", r.ID, r.ResidentID)
}

// addAskingVisit adds the follow-up that asked for the referral, past the scope of residents:
// who may read the referral may read why. One that was voided since is not shown.
func (v View) addAskingVisit(ctx context.Context, f *ReferralFile) error {
	if f.EncounterID == 0 {
		return nil
	}
	var visits []models.Encounter
	err := v.query(ctx).Preload("Followups", byProgram).Find(&visits, "id = ? AND resident_id = ? AND voided = ?", f.EncounterID, f.ResidentID, false).Error
	if err != nil || len(visits) == 0 {
		return err
	}
	visit, err := v.visit(v.query(ctx), f.Patient, visits[0])
	f.Followup = &visit
	return err
}

func referralEntries(db *gorm.DB, r models.Resident) ([]TimelineEntry, error) {
	var rows []models.Referral
	err := db.Select("id", "direction", "status", "created_at").Order("id DESC").Limit(timelineLimit).
		Find(&rows, "resident_id = ? AND status <> ?", r.ID, models.ReferralDrafted).Error
	out := make([]TimelineEntry, len(rows))
	for i, x := range rows {
		out[i] = TimelineEntry{x.CreatedAt, "referral", models.ReferralDirectionLabels[x.Direction] + "转诊,现" + models.ReferralStatusLabels[x.Status], x.ID}
	}
	return out, err
}
