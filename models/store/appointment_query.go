package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// AppointmentLine is a booking with what the desk and the resident need beside it.
type AppointmentLine struct {
	models.Appointment
	ResidentName, Phone       string // the phone in clear; to be shown masked
	Signed                    bool   // under contract today
	DoctorName                string
	TeamName, InstitutionName string
	Actions                   []models.AppointmentMove
	History                   []models.Event
}

// deskAppointments narrows bookings to those that take place where the actor works.
func (v View) deskAppointments(db *gorm.DB) *gorm.DB {
	if v.actor.Reach() != models.TeamReach {
		return v.ownTeams(db, "appointments")
	}
	return db.Where("(appointments.team_id IN ? OR appointments.team_id = 0 AND appointments.institution_id = ?)", anyOf(v.actor.TeamIDs), some(v.actor.InstitutionID))
}

// appointment loads a booking the actor may see: one that takes place where the actor works,
// or of a resident of the scope.
func (v View) appointment(db *gorm.DB, id models.ID) (models.Appointment, error) {
	var a models.Appointment
	err := notFound(v.deskAppointments(db).Take(&a, "appointments.id = ?", id).Error)
	if !models.IsKind(err, models.NotFound) {
		return a, err
	}
	if a, err = get[models.Appointment](db, id); err != nil {
		return a, err
	}
	if _, err := v.resident(db, a.ResidentID); err != nil {
		return models.Appointment{}, err
	}
	return a, nil
}

// AppointmentFilter chooses bookings; with On they are one day's, in the order of the day.
type AppointmentFilter struct {
	ResidentID, InstitutionID, TeamID, DoctorID, ScheduleID models.ID
	Status                                                  models.AppointmentStatus
	On                                                      models.Date
}

// Appointments lists bookings: the staff's those of the day at the desk, by time (today when
// no day and no resident is named); a resident's own and those of wards, the last first.
func (v View) Appointments(ctx context.Context, f AppointmentFilter, p Page) (List[AppointmentLine], error) {
	db := v.query(ctx)
	if f.ResidentID != 0 {
		if _, err := v.resident(v.query(ctx), f.ResidentID); err != nil {
			return List[AppointmentLine]{}, err
		}
		db = db.Where("appointments.resident_id = ?", f.ResidentID)
	} else {
		db = v.deskAppointments(db)
		if f.On.IsZero() && v.actor.IsStaff() {
			f.On = v.Today()
		}
	}
	for column, id := range map[string]models.ID{"institution_id": f.InstitutionID, "team_id": f.TeamID, "doctor_id": f.DoctorID, "schedule_id": f.ScheduleID} {
		if id != 0 {
			db = db.Where("appointments."+column+" = ?", id)
		}
	}
	if f.Status != "" {
		db = db.Where("appointments.status = ?", f.Status)
	}
	o := order{columns: []string{"appointments.starts_at", "appointments.id"}, desc: true}
	if !f.On.IsZero() {
		db, o.desc = db.Where("appointments.held_on = ?", f.On), false
	}
	page, err := paginate(db, p, o, func(a models.Appointment) []any { return []any{a.StartsAt.UTC(), int64(a.ID)} })
	if err != nil {
		return List[AppointmentLine]{}, err
	}
	lines, err := v.appointmentLines(v.query(ctx), page.Items)
	if err != nil {
		return List[AppointmentLine]{}, err
	}
	return witnessedList(ctx, v, "appointment", f.ResidentID, List[AppointmentLine]{Items: lines, Next: page.Next}, func(a AppointmentLine) models.ID { return a.ResidentID })
}

// Appointment returns one booking with its history.
func (v View) Appointment(ctx context.Context, id models.ID) (AppointmentLine, error) {
	db := v.query(ctx)
	a, err := v.appointment(db, id)
	if err != nil {
		return AppointmentLine{}, err
	}
	line, err := v.appointmentLine(db, a)
	if err != nil {
		return line, err
	}
	if line.History, err = history(db, models.AppointmentProcess.Noun, id); err != nil {
		return line, err
	}
	return line, v.witnessed(ctx, "appointment.read", "appointment", a.ID, a.ResidentID)
}

func (v View) appointmentLine(db *gorm.DB, a models.Appointment) (AppointmentLine, error) {
	lines, err := v.appointmentLines(db, []models.Appointment{a})
	if err != nil {
		return AppointmentLine{}, err
	}
	return lines[0], nil
}

// appointmentLines adds names, which are those of the people at the desk, whoever cares for
// them.
func (v View) appointmentLines(db *gorm.DB, list []models.Appointment) ([]AppointmentLine, error) {
	var people, doctors, teams, institutions []models.ID
	for _, a := range list {
		people, doctors, teams, institutions = append(people, a.ResidentID), append(doctors, a.DoctorID), append(teams, a.TeamID), append(institutions, a.InstitutionID)
	}
	residents, err := byID(db, people, func(r models.Resident) models.ID { return r.ID })
	if err != nil {
		return nil, err
	}
	doctorNames, err := names[models.Staff](db, doctors)
	if err != nil {
		return nil, err
	}
	teamNames, err := names[models.Team](db, teams)
	if err != nil {
		return nil, err
	}
	instNames, err := names[models.Institution](db, institutions)
	if err != nil {
		return nil, err
	}
	out := make([]AppointmentLine, len(list))
	for i, a := range list {
		r := residents[a.ResidentID]
		out[i] = AppointmentLine{Appointment: a, ResidentName: r.Name, Phone: r.Phone, Signed: r.Standing.Signed, DoctorName: doctorNames[a.DoctorID], TeamName: teamNames[a.TeamID],
			InstitutionName: instNames[a.InstitutionID], Actions: models.AppointmentProcess.Allowed(a.Status, v.actor, a.Parties(v.actor, r))}
	}
	return out, nil
}
