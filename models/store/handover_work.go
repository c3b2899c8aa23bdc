package store

import (
	"gorm.io/gorm"

	"jiayi/models"
)

// handWork gives what is open of the residents to the new team: tasks, talks about signing,
// referrals and all else that lies with a team. Nobody of the new team has it in hand yet.
func (tx *Tx) handWork(x hands) error {
	place := map[string]any{"team_id": x.to.ID, "institution_id": x.to.InstitutionID}
	with := func(more map[string]any) map[string]any {
		for k, v := range place {
			more[k] = v
		}
		return more
	}
	work := tx.db.Model(&models.Task{}).Where("resident_id IN (?) AND lane < ?", tx.handed(x), models.LaneClosed).
		UpdateColumns(with(map[string]any{"staff_id": 0, "version": gorm.Expr("version + 1")}))
	if work.Error != nil {
		return work.Error
	}
	x.Work += int(work.RowsAffected)
	for _, n := range withTeam {
		done := tx.db.Model(n.noun()).Where("resident_id IN (?)", tx.handed(x)).Where(n.open, n.args...).UpdateColumns(with(map[string]any{}))
		if done.Error != nil {
			return done.Error
		}
		x.Work += int(done.RowsAffected)
	}
	if err := tx.db.Model(&models.GapItem{}).Where("resident_id IN (?)", tx.handed(x)).UpdateColumn("staff_id", 0).Error; err != nil {
		return err
	}
	return tx.handTalks(x)
}

// handTalks gives open conversations with the old team to the new one; where the resident
// talks with the new team already, the old conversation ends.
func (tx *Tx) handTalks(x hands) error {
	var open []models.Conversation
	err := tx.forUpdate(tx.db).Order("id").Find(&open, "team_id = ? AND is_current = ? AND resident_id IN (?)", x.from.ID, true, tx.handed(x)).Error
	if err != nil {
		return err
	}
	var talking []models.ID
	err = tx.db.Model(&models.Conversation{}).Where("team_id = ? AND is_current = ? AND resident_id IN (?)", x.to.ID, true, tx.handed(x)).Pluck("resident_id", &talking).Error
	if err != nil {
		return err
	}
	already := map[models.ID]bool{}
	for _, id := range talking {
		already[id] = true
	}
	for i := range open {
		c := &open[i]
		c.Version++
		if already[c.ResidentID] {
			event, err := c.Move(models.TalkClose, models.System("handover"), models.PartySystem, "团队交接,请在与新团队的咨询中继续", tx.now)
			if err != nil {
				return err
			}
			if err := tx.happened(event, c.ID, c.ResidentID); err != nil {
				return err
			}
		} else {
			c.TeamID, c.InstitutionID, c.StaffID = x.to.ID, x.to.InstitutionID, 0
			x.Work++
		}
		if err := tx.db.Omit("created_at").Save(c).Error; err != nil {
			return err
		}
	}
	return nil
}

// handPlaces gives what a team that closes has beside its residents to the new team: coming
// consulting hours, events, complaints and the visits of partner units end or go along.
func (tx *Tx) handPlaces(x hands) error {
	if x.Kind != models.TeamLeaves {
		return nil
	}
	if err := tx.handSchedules(x); err != nil {
		return err
	}
	err := tx.db.Model(&models.Complaint{}).Where("handler_team_id = ? AND status <> ?", x.from.ID, models.ComplaintClosed).
		UpdateColumns(map[string]any{"handler_team_id": x.to.ID, "version": gorm.Expr("version + 1")}).Error
	if err != nil {
		return err
	}
	if err := tx.handEvents(x); err != nil {
		return err
	}
	var links []models.TeamPartner
	if err := tx.forUpdate(tx.db).Order("id").Find(&links, "team_id = ? AND `end` IS NULL", x.from.ID).Error; err != nil {
		return err
	}
	for _, l := range links {
		e, err := l.Move(models.MoveEndLink, tx.today, models.System("handover"), x.from.InstitutionID, "团队撤销", tx.today)
		if err != nil {
			return err
		}
		if err := tx.db.Save(&l).Error; err != nil {
			return err
		}
		if err := tx.happened(e, l.ID, 0); err != nil {
			return err
		}
	}
	return nil
}

// handSchedules keeps coming consulting hours where the doctor stays at the institution, and
// withdraws them otherwise.
func (tx *Tx) handSchedules(x hands) error {
	coming := func(noun any) *gorm.DB {
		return tx.db.Model(noun).Where("team_id = ? AND held_on >= ?", x.from.ID, x.On)
	}
	if x.from.InstitutionID != x.to.InstitutionID {
		return tx.withdrawAll(coming(&models.Schedule{}), "团队撤销")
	}
	for _, noun := range []any{&models.Schedule{}, &models.Appointment{}} {
		if err := coming(noun).UpdateColumn("team_id", x.to.ID).Error; err != nil {
			return err
		}
	}
	return nil
}

// withdrawAll withdraws the open periods that the query chooses.
func (tx *Tx) withdrawAll(which *gorm.DB, reason string) error {
	var ids []models.ID
	if err := which.Where("status = ?", models.ScheduleOpen).Order("id").Pluck("id", &ids).Error; err != nil {
		return err
	}
	for _, id := range ids {
		s, err := lock[models.Schedule](tx, id)
		if err != nil {
			return err
		}
		if s.Status != models.ScheduleOpen || !s.At(s.Closes).After(tx.now) {
			continue
		}
		if err := tx.withdraw(&s, models.System("handover"), reason); err != nil {
			return err
		}
	}
	return nil
}

// handEvents puts the new team in the old one's place at events that are still to come.
func (tx *Tx) handEvents(x hands) error {
	var events []models.ID
	err := tx.db.Model(&models.EventTeam{}).Joins("JOIN community_events e ON e.id = event_teams.event_id").
		Where("event_teams.team_id = ? AND e.status IN ?", x.from.ID, []models.EventStatus{models.EventPlanned, models.EventOpen}).
		Order("event_teams.event_id").Pluck("event_teams.event_id", &events).Error
	if err != nil || len(events) == 0 {
		return err
	}
	if err := tx.db.Delete(&models.EventTeam{}, "team_id = ? AND event_id IN ?", x.to.ID, padded(events)).Error; err != nil {
		return err
	}
	return tx.db.Model(&models.EventTeam{}).Where("team_id = ? AND event_id IN ?", x.from.ID, padded(events)).UpdateColumn("team_id", x.to.ID).Error
}

// closeTeam closes a team that handed everything over: its members serve until the day before.
func (tx *Tx) closeTeam(x hands) error {
	if x.Kind != models.TeamLeaves {
		return nil
	}
	last := x.On.AddDays(-1)
	err := tx.db.Model(&models.TeamMember{}).Where("team_id = ? AND (`end` IS NULL OR `end` > ?)", x.from.ID, last).UpdateColumn("end", last).Error
	if err != nil {
		return err
	}
	return tx.db.Model(&models.Team{}).Where("id = ?", x.from.ID).
		UpdateColumns(map[string]any{"status": models.TeamClosed, "doctors": 0, "version": gorm.Expr("version + 1"), "updated_at": tx.now}).Error
}

// replaceMember ends the service of who leaves and begins that of who takes over.
func (tx *Tx) replaceMember(x hands) error {
	serving, err := tx.serving(x.from.ID, x.On)
	if err != nil {
		return err
	}
	doctors, role, known := 0, models.MemberRole(""), false
	for _, m := range serving {
		if m.StaffID == x.FromStaffID {
			role = m.Role
			continue
		}
		known = known || m.StaffID == x.ToStaffID
		if m.Role.Signs() {
			doctors++
		}
	}
	leads := x.from.LeaderID == x.FromStaffID
	err = tx.db.Model(&models.TeamMember{}).Where("team_id = ? AND staff_id = ? AND (`end` IS NULL OR `end` >= ?)", x.from.ID, x.FromStaffID, x.On).
		UpdateColumns(map[string]any{"end": x.On.AddDays(-1), "leader": false}).Error
	if err != nil {
		return err
	}
	if x.ToStaffID != 0 && !known {
		if err := tx.db.Create(&models.TeamMember{TeamID: x.from.ID, StaffID: x.ToStaffID, Role: role, Begin: x.On}).Error; err != nil {
			return err
		}
		if role.Signs() {
			doctors++
		}
	}
	changes := map[string]any{"doctors": doctors, "version": gorm.Expr("version + 1"), "updated_at": tx.now}
	if leads {
		changes["leader_id"] = x.ToStaffID
		err = tx.db.Model(&models.TeamMember{}).Where("team_id = ? AND staff_id = ? AND `end` IS NULL", x.from.ID, x.ToStaffID).UpdateColumn("leader", true).Error
		if err != nil {
			return err
		}
	}
	return tx.db.Model(&models.Team{}).Where("id = ?", x.from.ID).UpdateColumns(changes).Error
}

// replaceAtWork gives what lay with who leaves to who takes over, or to anyone of the team;
// the own consulting hours are withdrawn. Who leaves the service loses the login.
func (tx *Tx) replaceAtWork(x hands) error {
	tasks := tx.db.Model(&models.Task{}).Where("team_id = ? AND lane < ? AND staff_id = ?", x.from.ID, models.LaneClosed, x.FromStaffID).UpdateColumn("staff_id", x.ToStaffID)
	if tasks.Error != nil {
		return tasks.Error
	}
	talks := tx.db.Model(&models.Conversation{}).Where("team_id = ? AND is_current = ? AND staff_id = ?", x.from.ID, true, x.FromStaffID).UpdateColumn("staff_id", x.ToStaffID)
	if talks.Error != nil {
		return talks.Error
	}
	gap := tx.db.Model(&models.GapItem{}).Where("staff_id = ? AND resident_id IN (SELECT id FROM residents WHERE area_team_id = ?)", x.FromStaffID, x.from.ID).UpdateColumn("staff_id", x.ToStaffID)
	if gap.Error != nil {
		return gap.Error
	}
	x.Work = int(tasks.RowsAffected + talks.RowsAffected + gap.RowsAffected)
	err := tx.withdrawAll(tx.db.Model(&models.Schedule{}).Where("team_id = ? AND doctor_id = ? AND held_on >= ?", x.from.ID, x.FromStaffID, x.On), "医生离队")
	if err != nil || !x.Leaves {
		return err
	}
	if err := tx.db.Model(&models.Staff{}).Where("id = ?", x.FromStaffID).UpdateColumns(map[string]any{"active": false, "version": gorm.Expr("version + 1")}).Error; err != nil {
		return err
	}
	var accounts []models.Account
	if err := tx.forUpdate(tx.db).Find(&accounts, "staff_id = ? AND disabled = ?", x.FromStaffID, false).Error; err != nil {
		return err
	}
	for i := range accounts {
		accounts[i].Disabled = true
		if err := tx.saveAccount(&accounts[i]); err != nil {
			return err
		}
		tx.record("account.update", "account", accounts[i].ID, 0, "disabled")
		if err := tx.endSessions(models.EndDisabled, "account_id = ?", accounts[i].ID); err != nil {
			return err
		}
	}
	return nil
}
