package store

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/clinical"
)

// LogEncounter enters one visit with the forms of one or more programmes: each form is
// checked and judged, and the resident's tasks follow. It returns
//   - Invalid, with every field, for a visit in the future, before the birth or before
//     the enrolment, after death or moving out, for a programme the resident was not
//     under and for what the forms themselves refuse (forms.<programme>.<field>);
//   - Conflict merged for a record that was joined with another;
//   - Conflict already_logged when a visit of one of the programmes stands for that day
//     already: two people recorded the same visit, and the details name the encounter
//     that counts. To correct it, void it and enter it again.
//
// A visit entered late is judged by the visits before its day; what was concluded at
// later visits stands. For someone who died or moved out, visits up to that day can still
// be entered. A form that ends a programme (结案, 停止治疗) ends the membership with it.
// An emergency at the newest visit leaves an urgent notice for the team lead.
func (v View) LogEncounter(ctx context.Context, d models.EncounterDraft) (Visit, error) {
	return once(ctx, v, func(tx *Tx) (Visit, error) {
		e, r, err := tx.logEncounter(d)
		if err != nil {
			return Visit{}, err
		}
		return tx.view().visit(tx.db, r, e)
	})
}

// logEncounter is LogEncounter within a use case that a visit belongs to.
func (tx *Tx) logEncounter(d models.EncounterDraft) (models.Encounter, models.Resident, error) {
	r, err := tx.lockResident(d.ResidentID)
	if err != nil {
		return models.Encounter{}, r, residentField(err)
	}
	if r.Status == models.Merged {
		return models.Encounter{}, r, models.Errorf(models.Conflict, "merged", "该档案已合并到另一档案,请在合并后的档案中登记")
	}
	known, err := tx.facts(r.ID)
	if err != nil {
		return models.Encounter{}, r, err
	}
	l, err := tx.judge(d, r, known)
	if err != nil {
		return models.Encounter{}, r, err
	}
	if err := tx.saveEncounter(&l); err != nil {
		return l.Encounter, r, err
	}
	if err := tx.follow(&r, l, known); err != nil {
		return l.Encounter, r, err
	}
	tx.record("followup.create", "encounter", l.ID, r.ID, d.Programs()...)
	if err := tx.askToConfirm(l.Encounter); err != nil {
		return l.Encounter, r, err
	}
	if l.alarming() {
		err = tx.tellTeam(r.CareTeamID(), EmergencyNotice, l.ID)
	}
	return l.Encounter, r, err
}

// follow does what follows from a visit that was entered.
func (tx *Tx) follow(r *models.Resident, l logged, known facts) error {
	if err := tx.keepReadings(*r, l, known.memberships); err != nil {
		return err
	}
	if err := tx.doubtVisit(*r, l); err != nil {
		return err
	}
	if err := tx.notePregnancy(r, l, known.memberships); err != nil {
		return err
	}
	ended, err := tx.endProgrammes(l, known.memberships)
	if err != nil {
		return err
	}
	if ended {
		return tx.settle(r)
	}
	return tx.recare(*r, known)
}

// EmergencyNotice is the template of the notice to a team lead that a visit found an
// emergency. Its data names the encounter and nothing of the patient.
const EmergencyNotice = "followup_emergency"

// logged is a visit on its way into the record.
type logged struct {
	models.Encounter
	forms  []models.Judged
	around map[string]around // by programme
}

// alarming tells whether one of the programmes' newest visits is an emergency.
func (l logged) alarming() bool {
	return slices.ContainsFunc(l.forms, func(f models.Judged) bool { return f.Emergency && len(l.around[f.Program].after) == 0 })
}

// judge turns a draft into an encounter with its assessments, or says all that is wrong
// with it.
func (tx *Tx) judge(d models.EncounterDraft, r models.Resident, known facts) (logged, error) {
	var p models.Problems
	d.Check(&p, r, known.memberships, tx.today)
	l := logged{around: map[string]around{}, Encounter: models.Encounter{
		ResidentID: r.ID, VisitedOn: d.VisitedOn, VisitWay: d.VisitWay, Place: d.Place, AccountID: tx.actor.AccountID,
		Late: tx.today.Sub(d.VisitedOn) > models.LateEntryDays, Version: 1, CreatedAt: tx.now, UpdatedAt: tx.now,
	}}
	if err := tx.attend(&p, &l.Encounter, d, r, known); err != nil {
		return l, err
	}
	if l.Place != "" { // no place is noted of who has taken that consent back
		silent, err := tx.withdrew(r.ID, models.ForLocation)
		if err != nil {
			return l, err
		}
		if silent {
			l.Place = ""
		}
	}
	var taken error
	services := slices.Clone(d.Services)
	subject := models.SubjectOn(r, known.memberships, d.VisitedOn)
	for _, program := range d.Programs() {
		near, err := tx.around(r.ID, program, d.VisitedOn)
		if err != nil {
			return l, err
		}
		if near.same != nil && taken == nil {
			taken = alreadyLogged(program, near.same.EncounterID)
		}
		l.around[program] = near
		if f, ok := d.Judge(&p, program, subject, near.last()); ok {
			f.CreatedAt = tx.now
			l.forms = append(l.forms, f)
			l.Followups = append(l.Followups, f.Followup)
			services = append(services, f.Delivered...)
		}
	}
	if err := p.Err(); err != nil {
		return l, err
	}
	l.Services = models.ServicesOf(services...)
	return l, taken
}

// around are the visits of a programme nearest to a day, as many as the checks of a visit
// compare.
type around struct {
	before []models.Followup // newest first
	same   *models.Followup
	after  []models.Followup // oldest first
}

// last is the last visit before the day, if any.
func (a around) last() []clinical.Previous {
	if len(a.before) == 0 {
		return nil
	}
	return []clinical.Previous{a.before[0].Previous()}
}

func (tx *Tx) around(resident models.ID, program string, day models.Date) (around, error) {
	out := around{before: make([]models.Followup, 0, fewRows), after: make([]models.Followup, 0, fewRows)}
	if day.IsZero() {
		return out, nil
	}
	visits := func(most int) *gorm.DB {
		return tx.db.Select("id", "encounter_id", "visited_on", "form", "class", "step").Limit(most).
			Where("resident_id = ? AND program = ? AND live = ?", resident, program, true)
	}
	if err := visits(models.IdenticalVisits-1).Order("visited_on DESC").Find(&out.before, "visited_on < ?", day).Error; err != nil {
		return out, err
	}
	if err := visits(models.IdenticalVisits).Order("visited_on").Find(&out.after, "visited_on >= ?", day).Error; err != nil || len(out.after) == 0 {
		return out, err
	}
	if out.after[0].VisitedOn == day { // one of each day: a unique index sees to it
		out.same, out.after = &out.after[0], out.after[1:]
	}
	return out, nil
}

func alreadyLogged(program string, encounter models.ID) error {
	known, _ := models.ProgramOf(program)
	e := models.Errorf(models.Conflict, "already_logged", "该居民当天的%s随访已经登记,如需更正请先作废原记录", known.Name)
	e.Details = map[string]any{"program": program, "encounter_id": encounter}
	return e
}

// attend notes the doctor, the team and the contract of the visit. The doctor is
// whoever enters it, or a named member of the resident's area or signed team.
func (tx *Tx) attend(p *models.Problems, e *models.Encounter, d models.EncounterDraft, r models.Resident, known facts) error {
	e.TeamID, e.InstitutionID, e.DoctorID = r.CareTeamID(), r.CareInstID(), d.DoctorID
	switch {
	case d.DoctorID == 0 && tx.actor.StaffID == 0:
		p.Add("doctor_id", "required", "请选择随访医生")
	case d.DoctorID == 0 || d.DoctorID == tx.actor.StaffID:
		e.DoctorID = tx.actor.StaffID
	default:
		var members []models.TeamMember
		err := tx.db.Find(&members, "staff_id = ? AND team_id IN ?", d.DoctorID, anyOf([]models.ID{r.AreaTeamID, r.SignedTeamID})).Error
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(members, func(m models.TeamMember) bool { return m.On(d.VisitedOn) }) {
			p.Add("doctor_id", "not_in_team", "随访医生当日不在该居民的服务团队中")
		}
	}
	e.ContractID = known.inForceOn(d.VisitedOn).ID
	return nil
}

// saveEncounter writes the visit with its forms, which then have their ids.
func (tx *Tx) saveEncounter(l *logged) error {
	if err := tx.db.Omit("Followups").Create(&l.Encounter).Error; err != nil {
		return err
	}
	for i := range l.Followups {
		l.Followups[i].EncounterID = l.ID
	}
	if len(l.Followups) > 0 {
		err := tx.db.Create(&l.Followups).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) { // past the lock on the resident only a merge could race here
			return alreadyLogged(l.Followups[0].Program, 0)
		}
		if err != nil {
			return err
		}
	}
	for i := range l.forms {
		l.forms[i].Followup = l.Followups[i]
	}
	return nil
}
