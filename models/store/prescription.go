package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"jiayi/models"
)

// The templates of the notices about long prescriptions, to the resident. They name no disease
// and no drug; their data names the prescription alone.
const (
	PrescriptionNotice = "prescription"
	SupplyEndsNotice   = "supply_ends"
)

// AskPrescription asks for a long prescription (domain §6.5). It returns Invalid for what
// Prescription.Check refuses, and Conflict already_open while another one of the resident and
// disease is under way.
func (v View) AskPrescription(ctx context.Context, x models.Prescription) (PrescriptionLine, error) {
	return once(ctx, v, func(tx *Tx) (PrescriptionLine, error) { return tx.askPrescription(x) })
}

// Reissue asks for the same drugs again; it needs an assessment of its own. A prescription that
// was never issued cannot be repeated: Conflict not_issued.
func (v View) Reissue(ctx context.Context, id models.ID) (PrescriptionLine, error) {
	return once(ctx, v, func(tx *Tx) (PrescriptionLine, error) {
		old, err := tx.view().prescription(tx.db, id)
		if err != nil {
			return PrescriptionLine{}, err
		}
		if old.IssuedOn.IsZero() {
			return PrescriptionLine{}, models.Errorf(models.Conflict, "not_issued", "该处方未曾开具,不能续方")
		}
		x := models.Prescription{ResidentID: old.ResidentID, Program: old.Program, PreviousID: old.ID}
		for _, l := range old.Lines {
			x.Lines = append(x.Lines, models.PrescriptionLine{Name: l.Name, Class: l.Class, Dose: l.Dose, Frequency: l.Frequency, Days: l.Days})
		}
		return tx.askPrescription(x)
	})
}

func (tx *Tx) askPrescription(x models.Prescription) (PrescriptionLine, error) {
	if x.ResidentID == 0 && !tx.actor.IsStaff() {
		x.ResidentID = tx.actor.ResidentID
	}
	r, err := tx.lockResident(x.ResidentID)
	if err != nil {
		return PrescriptionLine{}, residentField(err)
	}
	if err := tx.living(r); err != nil {
		return PrescriptionLine{}, err
	}
	var p models.Problems
	x.Check(&p)
	if err := p.Err(); err != nil {
		return PrescriptionLine{}, err
	}
	others, err := tx.prescriptionsOf(r.ID, x.Program)
	if err != nil {
		return PrescriptionLine{}, err
	}
	for _, o := range others {
		if !o.Closed() {
			return PrescriptionLine{}, models.Errorf(models.Conflict, "already_open", "该病种已有办理中的长期处方")
		}
	}
	x.TeamID, x.InstitutionID, x.Version, x.CreatedAt, x.UpdatedAt = r.CareTeamID(), r.CareInstID(), 1, tx.now, tx.now
	event, err := x.Move(models.RxRequest, tx.actor, tx.actor.PartyOf(r), models.PrescriptionStep{}, tx.now)
	if err != nil {
		return PrescriptionLine{}, err
	}
	if err := tx.db.Create(&x).Error; err != nil {
		return PrescriptionLine{}, err
	}
	if err := tx.happened(event, x.ID, r.ID); err != nil {
		return PrescriptionLine{}, err
	}
	return tx.view().prescriptionLine(tx.db, x)
}

func (tx *Tx) prescriptionsOf(resident models.ID, program string) ([]models.Prescription, error) {
	var list []models.Prescription
	return list, tx.db.Select("id", "status", "issued_on").Find(&list, "resident_id = ? AND program = ?", resident, program).Error
}

// MovePrescription makes a move of the state table; it refuses what Prescription.Move does. What
// the rules need, the last follow-up and the doctor's title, is read here.
func (v View) MovePrescription(ctx context.Context, id models.ID, version int, m models.PrescriptionMove, step models.PrescriptionStep) (PrescriptionLine, error) {
	return once(ctx, v, func(tx *Tx) (PrescriptionLine, error) {
		step := step
		if err := checkReason("reason", step.Reason); err != nil {
			return PrescriptionLine{}, err
		}
		x, err := tx.view().prescription(tx.db, id)
		if err != nil {
			return PrescriptionLine{}, err
		}
		if _, err := lock[models.Resident](tx, x.ResidentID); err != nil {
			return PrescriptionLine{}, err
		}
		lines := x.Lines
		if x, err = lock[models.Prescription](tx, id); err != nil {
			return PrescriptionLine{}, err
		}
		x.Lines = lines
		if err := checkVersion(x.Version, version); err != nil {
			return PrescriptionLine{}, err
		}
		if m == models.RxAssess || m == models.RxIssue {
			if err := tx.whatIsKnown(x, &step); err != nil {
				return PrescriptionLine{}, err
			}
		}
		event, err := x.Move(m, tx.actor, tx.actor.Party(x.ResidentID, x.TeamID, x.InstitutionID), step, tx.now)
		if err != nil {
			return PrescriptionLine{}, err
		}
		if err := tx.savePrescription(&x, event); err != nil {
			return PrescriptionLine{}, err
		}
		if tx.actor.IsStaff() && (m == models.RxAssess || m == models.RxRefuse || m == models.RxIssue || m == models.RxCancel) {
			if err := tx.tell(x.ResidentID, PrescriptionNotice, x.ID); err != nil {
				return PrescriptionLine{}, err
			}
		}
		return tx.view().prescriptionLine(tx.db, x)
	})
}

// whatIsKnown reads the last follow-up of the disease, the title of the acting doctor, and
// whether the resident was ever issued a prescription for it.
func (tx *Tx) whatIsKnown(x models.Prescription, step *models.PrescriptionStep) error {
	var last []models.Followup
	err := tx.db.Select("id", "visited_on", "class", "emergency").Order("visited_on DESC").Limit(1).
		Find(&last, "resident_id = ? AND program = ? AND live = ?", x.ResidentID, x.Program, true).Error
	if err != nil {
		return err
	}
	if len(last) > 0 {
		step.Followup = &last[0]
	}
	if tx.actor.StaffID != 0 {
		doctor, err := get[models.Staff](tx.db, tx.actor.StaffID)
		if err != nil {
			return err
		}
		step.Title = doctor.Title
	}
	others, err := tx.prescriptionsOf(x.ResidentID, x.Program)
	step.First = true
	for _, o := range others {
		step.First = step.First && o.IssuedOn.IsZero()
	}
	return err
}

func (tx *Tx) savePrescription(x *models.Prescription, e models.Event) error {
	x.Version++
	if err := tx.db.Omit("Lines", "created_at").Save(x).Error; err != nil {
		return err
	}
	return tx.happened(e, x.ID, x.ResidentID)
}

var closedPrescriptions = []models.PrescriptionStatus{models.RxDispensed, models.RxRefused, models.RxCancelled}

// cancelPrescriptions cancels the open prescriptions of a resident who died or left.
func (tx *Tx) cancelPrescriptions(r models.Resident, reason string) error {
	var open []models.Prescription
	if err := tx.forUpdate(tx.db).Order("id").Find(&open, "resident_id = ? AND status NOT IN ?", r.ID, closedPrescriptions).Error; err != nil {
		return err
	}
	for i := range open {
		event, err := open[i].Move(models.RxCancel, models.System("resident"), models.PartySystem, models.PrescriptionStep{Reason: reason}, tx.now)
		if err != nil {
			return err
		}
		if err := tx.savePrescription(&open[i], event); err != nil {
			return err
		}
	}
	return nil
}

// mergePrescriptions gives the survivor of a merge the duplicate's prescriptions, none of them open.
func (tx *Tx) mergePrescriptions(survivor, duplicate models.ID) error {
	return tx.db.Model(&models.Prescription{}).Where("resident_id = ?", duplicate).Update("resident_id", survivor).Error
}

// RemindPrescriptions tells residents once that a supply ends within a week. It returns the
// number of messages.
func (s *Store) RemindPrescriptions(ctx context.Context) (int, error) {
	return remindAll(ctx, s.As(models.System("prescription-reminders")), func(x models.Prescription) models.ID { return x.ID },
		func(tx *Tx) *gorm.DB {
			return tx.db.Select("id", "resident_id").Where("status = ? AND supply_ends BETWEEN ? AND ?", models.RxDispensed, tx.today, tx.today.AddDays(models.SupplyReminder))
		},
		func(_ *Tx, ending []models.Prescription) ([]notice, error) {
			notices := make([]notice, len(ending))
			for i, x := range ending {
				notices[i] = notice{fmt.Sprintf("%s/%d", SupplyEndsNotice, x.ID), SupplyEndsNotice, x.ResidentID, 0, x.ID}
			}
			return notices, nil
		})
}

// PrescriptionLine is a long prescription with the names beside it.
type PrescriptionLine struct {
	models.Prescription
	ResidentName, TeamName, AssessorName, ReviewerName string
	Actions                                            []models.PrescriptionMove
	History                                            []models.Event
}

// prescription loads one prescription of the actor's teams, or of a resident of the scope.
func (v View) prescription(db *gorm.DB, id models.ID) (models.Prescription, error) {
	x, err := ownOrOf(v, db, v.teamsOf("prescriptions"), "prescriptions", id, func(x models.Prescription) models.ID { return x.ResidentID })
	if err != nil {
		return x, err
	}
	return x, db.Order("id").Find(&x.Lines, "prescription_id = ?", id).Error
}

// PrescriptionFilter chooses prescriptions.
type PrescriptionFilter struct {
	ResidentID, TeamID models.ID
	Status             models.PrescriptionStatus
}

// Prescriptions lists the prescriptions of the actor's teams, or a resident's own, newest first.
func (v View) Prescriptions(ctx context.Context, f PrescriptionFilter, p Page) (List[PrescriptionLine], error) {
	db := v.query(ctx)
	if f.ResidentID != 0 {
		if _, err := v.resident(v.query(ctx), f.ResidentID); err != nil {
			return List[PrescriptionLine]{}, err
		}
		db = db.Where("prescriptions.resident_id = ?", f.ResidentID)
	} else {
		db = v.ownTeams(db, "prescriptions")
	}
	if f.TeamID != 0 {
		db = db.Where("prescriptions.team_id = ?", f.TeamID)
	}
	if f.Status != "" {
		db = db.Where("prescriptions.status = ?", f.Status)
	}
	page, err := paginate(db.Preload("Lines"), p, order{columns: []string{"prescriptions.id"}, desc: true}, func(x models.Prescription) []any { return []any{int64(x.ID)} })
	if err != nil {
		return List[PrescriptionLine]{}, err
	}
	lines, err := v.prescriptionLines(v.query(ctx), page.Items)
	if err != nil {
		return List[PrescriptionLine]{}, err
	}
	return witnessedList(ctx, v, "prescription", f.ResidentID, List[PrescriptionLine]{Items: lines, Next: page.Next}, func(x PrescriptionLine) models.ID { return x.ResidentID })
}

// Prescription returns one prescription with its history.
func (v View) Prescription(ctx context.Context, id models.ID) (PrescriptionLine, error) {
	db := v.query(ctx)
	x, err := v.prescription(db, id)
	if err != nil {
		return PrescriptionLine{}, err
	}
	line, err := v.prescriptionLine(db, x)
	if err != nil {
		return line, err
	}
	if line.History, err = history(db, models.PrescriptionProcess.Noun, id); err != nil {
		return line, err
	}
	return line, v.witnessed(ctx, "prescription.read", "prescription", x.ID, x.ResidentID)
}

func (v View) prescriptionLine(db *gorm.DB, x models.Prescription) (PrescriptionLine, error) {
	lines, err := v.prescriptionLines(db, []models.Prescription{x})
	if err != nil {
		return PrescriptionLine{}, err
	}
	return lines[0], nil
}

func (v View) prescriptionLines(db *gorm.DB, list []models.Prescription) ([]PrescriptionLine, error) {
	var people, teams, staff []models.ID
	for _, x := range list {
		people, teams, staff = append(people, x.ResidentID), append(teams, x.TeamID), append(staff, x.AssessedBy, x.ReviewedBy)
	}
	residents, err := names[models.Resident](db, people)
	if err != nil {
		return nil, err
	}
	teamNames, err := names[models.Team](db, teams)
	if err != nil {
		return nil, err
	}
	staffNames, err := names[models.Staff](db, staff)
	if err != nil {
		return nil, err
	}
	out := make([]PrescriptionLine, len(list))
	for i, x := range list {
		out[i] = PrescriptionLine{Prescription: x, ResidentName: residents[x.ResidentID], TeamName: teamNames[x.TeamID], AssessorName: staffNames[x.AssessedBy], ReviewerName: staffNames[x.ReviewedBy],
			Actions: models.PrescriptionProcess.Allowed(x.Status, v.actor, v.actor.Party(x.ResidentID, x.TeamID, x.InstitutionID))}
	}
	return out, nil
}
