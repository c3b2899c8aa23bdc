package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// ScheduleDraft is a period as entered, and the days on which it repeats.
type ScheduleDraft struct {
	models.Schedule
	Weekdays []int       // 1 Monday to 7 Sunday; empty for the one day
	Until    models.Date // last day of the repetition
}

// days are the days of the period.
func (d ScheduleDraft) days(p *models.Problems) []models.Date {
	if len(d.Weekdays) == 0 {
		return []models.Date{d.On}
	}
	switch {
	case d.Until.IsZero():
		p.Add("until", "required", "请填写重复的截止日期")
		return nil
	case d.Until.Before(d.On):
		p.Add("until", "before_from", "截止日期不能早于开始日期")
		return nil
	case d.Until.Sub(d.On) > 7*models.MaxRepeatWeeks:
		p.Add("until", "too_long", "一次最多重复8周")
		return nil
	}
	chosen := map[int]bool{}
	for _, w := range d.Weekdays {
		if w < 1 || w > 7 {
			p.Add("weekdays", "out_of_range", "星期应为1(周一)至7(周日)")
			return nil
		}
		chosen[w%7] = true
	}
	var out []models.Date
	for day := d.On; !day.After(d.Until); day = day.AddDays(1) {
		if chosen[int(day.Weekday())] {
			out = append(out, day)
		}
	}
	if len(out) == 0 {
		p.Add("weekdays", "none", "所选日期范围内没有这些星期")
	}
	return out
}

// AddSchedule adds a period of a doctor, once or on weekdays for up to eight weeks, all or
// none (domain §6.2). It returns Invalid for what Schedule.Check refuses and for a doctor who
// does not work there, NotFound outside the actor's team or institution, and Conflict overlap,
// naming the day, when the doctor has another period at that time.
func (v View) AddSchedule(ctx context.Context, d ScheduleDraft) ([]models.Schedule, error) {
	return once(ctx, v, func(tx *Tx) ([]models.Schedule, error) {
		var p models.Problems
		d.Status = ""
		d.Check(&p, tx.now, tx.today)
		days := d.days(&p)
		if err := tx.scheduledAt(&p, &d.Schedule); err != nil {
			return nil, err
		}
		if err := p.Err(); err != nil {
			return nil, err
		}
		// One after the other for one doctor: nobody sits in two rooms.
		if _, err := lock[models.Staff](tx, d.DoctorID); err != nil {
			return nil, err
		}
		out := make([]models.Schedule, 0, len(days))
		for _, day := range days {
			s := d.Schedule
			s.On = day
			if err := tx.insertSchedule(&s); err != nil {
				return nil, err
			}
			out = append(out, s)
		}
		return out, nil
	})
}

// scheduledAt completes where the period takes place and notes what is wrong with it. A
// specialist may come from elsewhere.
func (tx *Tx) scheduledAt(p *models.Problems, s *models.Schedule) error {
	if s.TeamID != 0 {
		team, err := get[models.Team](tx.db, s.TeamID)
		switch {
		case models.IsKind(err, models.NotFound):
			p.Add("team_id", "unknown", "团队不存在")
			return nil
		case err != nil:
			return err
		case s.InstitutionID != 0 && s.InstitutionID != team.InstitutionID:
			p.Add("team_id", "elsewhere", "该团队不属于所选机构")
			return nil
		}
		s.InstitutionID = team.InstitutionID
	}
	if _, err := get[models.Institution](tx.db, s.InstitutionID); models.IsKind(err, models.NotFound) {
		p.Add("institution_id", "unknown", "请选择机构或团队")
		return nil
	} else if err != nil {
		return err
	}
	if s.Parties(tx.actor) == 0 {
		return models.ErrNotFound
	}
	doctor, err := get[models.Staff](tx.db, s.DoctorID)
	switch {
	case models.IsKind(err, models.NotFound):
		p.Add("doctor_id", "unknown", "请选择出诊医生")
	case err != nil:
		return err
	case !doctor.Active:
		p.Add("doctor_id", "inactive", "该医生已停用")
	case doctor.InstitutionID != s.InstitutionID && s.Kind != models.ExpertPeriod:
		p.Add("doctor_id", "elsewhere", "外院医生只能以专家号出诊")
	}
	return nil
}

func (tx *Tx) insertSchedule(s *models.Schedule) error {
	var n int64
	err := tx.db.Model(&models.Schedule{}).Where("doctor_id = ? AND held_on = ? AND opens < ? AND closes > ? AND status = ?", s.DoctorID, s.On, s.Closes, s.Opens, models.ScheduleOpen).Count(&n).Error
	if err != nil {
		return err
	}
	if n > 0 {
		e := models.Errorf(models.Conflict, "overlap", "该医生在%s的这一时间已有出诊安排", s.On.Chinese())
		e.Details = map[string]any{"on": s.On.String()}
		return e
	}
	event, err := s.Move(models.ScheduleAdd, tx.actor, "")
	if err != nil {
		return err
	}
	s.ID, s.Version, s.CreatedAt, s.UpdatedAt = 0, 1, tx.now, tx.now
	if err := tx.db.Create(s).Error; err != nil {
		return err
	}
	if err := insertAll(tx.db, s.Slots()); err != nil {
		return err
	}
	return tx.happened(event, s.ID, 0)
}

// WithdrawSchedule withdraws a period: every booking of it is cancelled, and everyone is told.
// Conflict began is the answer once the period is over.
func (v View) WithdrawSchedule(ctx context.Context, id models.ID, version int, reason string) (models.Schedule, error) {
	return once(ctx, v, func(tx *Tx) (models.Schedule, error) {
		s, err := lock[models.Schedule](tx, id)
		if err != nil {
			return s, err
		}
		if s.Parties(tx.actor) == 0 {
			return models.Schedule{}, models.ErrNotFound
		}
		if err := checkVersion(s.Version, version); err != nil {
			return s, err
		}
		if err := checkReason("reason", reason); err != nil {
			return s, err
		}
		if !s.At(s.Closes).After(tx.now) {
			return s, models.Errorf(models.Conflict, "over", "该时段已结束,不能停诊")
		}
		return after(&s, tx.withdraw(&s, tx.actor, reason))
	})
}

// withdraw withdraws a locked period.
func (tx *Tx) withdraw(s *models.Schedule, by models.Actor, reason string) error {
	event, err := s.Move(models.ScheduleWithdraw, by, reason)
	if err != nil {
		return err
	}
	if err := tx.happened(event, s.ID, 0); err != nil {
		return err
	}
	var booked []models.Appointment
	if err := tx.forUpdate(tx.db).Order("id").Find(&booked, "schedule_id = ? AND status = ?", s.ID, models.Booked).Error; err != nil {
		return err
	}
	for i := range booked {
		if err := tx.cancelFor(s, &booked[i], reason); err != nil {
			return err
		}
	}
	return tx.saveSchedule(s)
}

// cancelFor cancels a booking because of something the resident has not done, and tells them.
func (tx *Tx) cancelFor(s *models.Schedule, a *models.Appointment, reason string) error {
	event, err := a.Move(models.AppointmentWithdraw, models.System("appointments"), models.PartySystem, reason, tx.now)
	if err != nil {
		return err
	}
	if err := tx.freeSeat(s, a); err != nil {
		return err
	}
	if err := tx.saveAppointment(a, event); err != nil {
		return err
	}
	return tx.tell(a.ResidentID, AppointmentWithdrawnNotice, a.ID)
}

func (tx *Tx) saveSchedule(s *models.Schedule) error {
	s.Version++
	return tx.db.Save(s).Error
}

// The templates of the notices about bookings. Their data names the booking alone.
const (
	AppointmentBookedNotice    = "appointment_booked"
	AppointmentCancelledNotice = "appointment_cancelled"
	AppointmentWithdrawnNotice = "appointment_withdrawn"
	AppointmentSoonNotice      = "appointment_tomorrow"
)

// ScheduleLine is a period with its slots and the names beside it.
type ScheduleLine struct {
	models.Schedule
	Slots                     []models.ScheduleSlot
	DoctorName, DoctorTitle   string
	TeamName, InstitutionName string
	Actions                   []models.ScheduleMove
	History                   []models.Event
}

// ScheduleFilter chooses periods; one of institution, team and doctor is needed.
type ScheduleFilter struct {
	InstitutionID, TeamID, DoctorID models.ID
	Kind                            models.ScheduleKind
	From, To                        models.Date // zero for today, and the last day one can book
}

// Schedules lists open periods of an institution, a team or a doctor by day and time, with
// the free seats of each slot, which are counters: the cost is that of the rows shown.
func (v View) Schedules(ctx context.Context, f ScheduleFilter, p Page) (List[ScheduleLine], error) {
	if f.From.IsZero() {
		f.From = v.Today()
	}
	if f.To.IsZero() {
		f.To = f.From.AddDays(models.BookAheadDays)
	}
	var bad models.Problems
	switch {
	case f.InstitutionID == 0 && f.TeamID == 0 && f.DoctorID == 0:
		bad.Add("institution_id", "required", "请选择机构、团队或医生")
	case f.To.Before(f.From):
		bad.Add("to", "before_from", "结束日期不能早于开始日期")
	case f.To.Sub(f.From) >= models.MaxScheduleDays:
		bad.Add("to", "too_long", "一次最多查看31天")
	}
	if err := bad.Err(); err != nil {
		return List[ScheduleLine]{}, err
	}
	db := v.query(ctx).Where("held_on BETWEEN ? AND ? AND status = ?", f.From, f.To, models.ScheduleOpen)
	for column, id := range map[string]models.ID{"institution_id": f.InstitutionID, "team_id": f.TeamID, "doctor_id": f.DoctorID} {
		if id != 0 {
			db = db.Where(column+" = ?", id)
		}
	}
	if f.Kind != "" {
		db = db.Where("kind = ?", f.Kind)
	}
	page, err := paginate(db, p, order{columns: []string{"held_on", "opens", "id"}}, func(s models.Schedule) []any { return []any{s.On, s.Opens, int64(s.ID)} })
	if err != nil {
		return List[ScheduleLine]{}, err
	}
	lines, err := v.scheduleLines(v.query(ctx), page.Items)
	return List[ScheduleLine]{Items: lines, Next: page.Next}, err
}

// Schedule returns one period with its slots and what became of it.
func (v View) Schedule(ctx context.Context, id models.ID) (ScheduleLine, error) {
	db := v.query(ctx)
	s, err := get[models.Schedule](db, id)
	if err != nil {
		return ScheduleLine{}, err
	}
	lines, err := v.scheduleLines(db, []models.Schedule{s})
	if err != nil {
		return ScheduleLine{}, err
	}
	out := lines[0]
	if out.Parties(v.actor) != 0 { // why a period was withdrawn is the staff's
		out.History, err = history(db, models.ScheduleProcess.Noun, id)
	}
	return out, err
}

func (v View) scheduleLines(db *gorm.DB, list []models.Schedule) ([]ScheduleLine, error) {
	var ids, doctors, teams, institutions []models.ID
	for _, s := range list {
		ids, doctors, teams, institutions = append(ids, s.ID), append(doctors, s.DoctorID), append(teams, s.TeamID), append(institutions, s.InstitutionID)
	}
	var slots []models.ScheduleSlot
	if err := db.Order("schedule_id, begins").Find(&slots, "schedule_id IN ?", anyOf(ids)).Error; err != nil {
		return nil, err
	}
	of := map[models.ID][]models.ScheduleSlot{}
	for _, s := range slots {
		of[s.ScheduleID] = append(of[s.ScheduleID], s)
	}
	staff, err := byID(db, doctors, func(s models.Staff) models.ID { return s.ID })
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
	out := make([]ScheduleLine, len(list))
	for i, s := range list {
		out[i] = ScheduleLine{Schedule: s, Slots: of[s.ID], DoctorName: staff[s.DoctorID].Name, DoctorTitle: staff[s.DoctorID].Title, TeamName: teamNames[s.TeamID],
			InstitutionName: instNames[s.InstitutionID], Actions: models.ScheduleProcess.Allowed(s.Status, v.actor, s.Parties(v.actor))}
	}
	return out, nil
}
