package store

import (
	"context"
	"slices"

	"jiayi/models"
)

// OpenTeam opens a team with its first members, from today. It returns Invalid naming the
// field, Forbidden for another institution's, and Conflict taken.
func (v View) OpenTeam(ctx context.Context, t models.Team, members []models.TeamMember) (TeamFile, error) {
	t, err := once(ctx, v, func(tx *Tx) (models.Team, error) {
		t, members := t, slices.Clone(members)
		if !tx.manages(t.InstitutionID) {
			return t, models.ErrForbidden
		}
		var p models.Problems
		t.Clean(&p)
		t.LeaderID = models.CheckMembers(&p, members)
		in, err := get[models.Institution](tx.db, t.InstitutionID)
		if err != nil || !in.Level.HoldsTeams() || !in.Active {
			p.Add("institution_id", "unknown", "该机构不设家庭医生团队")
		}
		if err := tx.clinicOf(&p, t); err != nil {
			return t, err
		}
		for i := range members {
			if err := tx.mayServe(&p, "members", members[i].StaffID, t.InstitutionID); err != nil {
				return t, err
			}
			if members[i].Role.Signs() {
				t.Doctors++
			}
		}
		if err := p.Err(); err != nil {
			return t, err
		}
		t.Status, t.Version = models.TeamActive, 1
		if err := tx.db.Create(&t).Error; err != nil {
			return t, taken(err, "团队编码")
		}
		for i := range members {
			members[i].TeamID, members[i].Begin, members[i].End = t.ID, tx.today, models.Date{}
		}
		tx.record("team.create", "team", t.ID, 0)
		return t, tx.db.Create(&members).Error
	})
	if err != nil {
		return TeamFile{}, err
	}
	return v.Team(ctx, t.ID)
}

func (tx *Tx) clinicOf(p *models.Problems, t models.Team) error {
	if t.ClinicID == 0 {
		return nil
	}
	clinic, err := get[models.Institution](tx.db, t.ClinicID)
	if err == nil && clinic.ParentID != t.InstitutionID || models.IsKind(err, models.NotFound) {
		p.Add("clinic_id", "unknown", "该村卫生室不属于所选机构")
		return nil
	}
	return err
}

// mayServe notes a person who does not work at the institution.
func (tx *Tx) mayServe(p *models.Problems, field string, staff, institution models.ID) error {
	s, err := get[models.Staff](tx.db, staff)
	if err == nil && (!s.Active || s.InstitutionID != institution) || models.IsKind(err, models.NotFound) {
		p.Add(field, "unknown", "成员应为本机构的在职人员")
		return nil
	}
	return err
}

// ChangeTeam replaces what is known of a team: names, phone, hours, clinic and introduction.
// Members, villages and the closing of a team go through a handover.
func (v View) ChangeTeam(ctx context.Context, t models.Team, version int) (TeamFile, error) {
	_, err := once(ctx, v, func(tx *Tx) (models.Team, error) {
		t := t
		old, err := lock[models.Team](tx, t.ID)
		if err != nil {
			return t, err
		}
		if !tx.manages(old.InstitutionID) {
			return t, models.ErrForbidden
		}
		if err := checkVersion(old.Version, version); err != nil {
			return t, err
		}
		t.InstitutionID = old.InstitutionID
		var p models.Problems
		t.Clean(&p)
		if err := tx.clinicOf(&p, t); err != nil {
			return t, err
		}
		if err := p.Err(); err != nil {
			return t, err
		}
		old.Code, old.Name, old.Phone, old.Hours, old.Intro, old.ClinicID = t.Code, t.Name, t.Phone, t.Hours, t.Intro, t.ClinicID
		old.Version++
		tx.record("team.update", "team", t.ID, 0)
		return after(&old, taken(tx.db.Select("code", "name", "phone", "hours", "intro", "clinic_id", "version", "updated_at").Updates(&old).Error, "团队编码"))
	})
	if err != nil {
		return TeamFile{}, err
	}
	return v.Team(ctx, t.ID)
}

// JoinTeam lets a staff member serve in a team from today. Another family doctor widens the
// team's capacity at once. It returns Invalid naming the field and Conflict serves.
func (v View) JoinTeam(ctx context.Context, m models.TeamMember) (TeamFile, error) {
	_, err := once(ctx, v, func(tx *Tx) (models.TeamMember, error) {
		m := m
		m.ID, m.Leader, m.Begin, m.End = 0, false, tx.today, models.Date{}
		team, err := lock[models.Team](tx, m.TeamID)
		if err != nil {
			return m, err
		}
		if !tx.manages(team.InstitutionID) {
			return m, models.ErrForbidden
		}
		var p models.Problems
		if team.Status != models.TeamActive {
			p.Add("team_id", "closed", "该团队已停止服务")
		}
		if _, ok := models.MemberRoleLabels[m.Role]; !ok {
			p.Add("role", "enum", "没有这一成员角色")
		}
		if err := tx.mayServe(&p, "staff_id", m.StaffID, team.InstitutionID); err != nil {
			return m, err
		}
		if err := p.Err(); err != nil {
			return m, err
		}
		serving, err := tx.serving(team.ID, tx.today)
		if err != nil {
			return m, err
		}
		doctors := 0
		for _, have := range append(serving, m) {
			if have.StaffID == m.StaffID && have.ID != 0 {
				return m, models.Errorf(models.Conflict, "serves", "该人员已是团队成员")
			}
			if have.Role.Signs() {
				doctors++
			}
		}
		if err := tx.db.Create(&m).Error; err != nil {
			return m, err
		}
		tx.record("team.join", "team", team.ID, 0, m.StaffID.String())
		return m, tx.db.Model(&team).UpdateColumns(map[string]any{"doctors": doctors, "version": team.Version + 1, "updated_at": tx.now}).Error
	})
	if err != nil {
		return TeamFile{}, err
	}
	return v.Team(ctx, m.TeamID)
}
