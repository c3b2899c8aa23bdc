package store

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"jiayi/models"
)

// The notices of handovers. Their data is the id of the handover.
const (
	HandoverPlannedNotice = "handover_planned" // to the leads of both teams
	HandoverDoneNotice    = "handover_done"    // to the leads of both teams
	HandoverStuckNotice   = "handover_stuck"   // to the managers: its day came, and it could not be carried out
	TeamChangedNotice     = "team_changed"     // to residents
	DoctorChangedNotice   = "doctor_changed"   // to residents
)

// PlanHandover plans a handover; nothing changes hands before its day. It returns Invalid
// naming the field for what does not fit together, Forbidden for a manager who does not manage
// both teams, and Conflict already_planned while another one of the team is planned.
func (v View) PlanHandover(ctx context.Context, h models.Handover) (HandoverFile, error) {
	h, err := once(ctx, v, func(tx *Tx) (models.Handover, error) {
		h := h
		h.ID, h.Status, h.Version = 0, "", 1
		hands, err := tx.prepare(&h)
		if err != nil {
			return h, err
		}
		// The lock of the old team keeps two plans from being made at once.
		if _, err := lock[models.Team](tx, h.FromTeamID); err != nil {
			return h, err
		}
		if err := tx.plannedAlready(h); err != nil {
			return h, err
		}
		e, err := h.Move(models.HandoverPlan, tx.actor, h.Parties(tx.actor, hands.to.InstitutionID), h.Reason, tx.today)
		if err != nil {
			return h, err
		}
		if err := tx.db.Create(&h).Error; err != nil {
			return h, err
		}
		if err := tx.happened(e, h.ID, 0); err != nil {
			return h, err
		}
		return h, tx.tellBothTeams(h, HandoverPlannedNotice)
	})
	if err != nil {
		return HandoverFile{}, err
	}
	return v.handoverFile(ctx, h)
}

// hands are a handover with the teams it is between.
type hands struct {
	*models.Handover
	from, to models.Team
}

// prepare checks a plan against the district and completes it.
func (tx *Tx) prepare(h *models.Handover) (hands, error) {
	if !tx.actor.Can(models.HandoverWrite) {
		return hands{}, models.ErrForbidden
	}
	if h.Kind == models.MemberLeaves {
		h.ToTeamID, h.Contracts, h.Villages = h.FromTeamID, false, nil
	} else {
		h.FromStaffID, h.ToStaffID, h.Leaves = 0, 0, false
	}
	if h.Kind == models.TeamLeaves {
		h.Contracts, h.Villages = true, nil
	}
	var p models.Problems
	h.Check(&p, tx.today)
	if err := p.Err(); err != nil {
		return hands{}, err
	}
	from, err := tx.signableTeam(h.FromTeamID)
	if models.IsKind(err, models.Invalid) {
		return hands{}, models.InvalidField("from_team_id", "unknown", "原团队不存在或已停止服务")
	} else if err != nil {
		return hands{}, err
	}
	to, err := tx.signableTeam(h.ToTeamID)
	if err != nil {
		return hands{}, err
	}
	h.InstitutionID = from.InstitutionID
	if h.Override != "" && !tx.actor.Can(models.ContractOverride) {
		return hands{}, models.InvalidField("override", "forbidden", "只有区级管理员可以批准超员接收")
	}
	if h.Kind == models.MemberLeaves {
		return hands{h, from, to}, tx.checkMembers(*h, from)
	}
	if h.Kind == models.VillagesChange {
		err = tx.checkVillages(*h)
	}
	return hands{h, from, to}, err
}

// checkVillages refuses villages that the old team is not responsible for.
func (tx *Tx) checkVillages(h models.Handover) error {
	ids := h.VillageIDs()
	slices.Sort(ids)
	if len(slices.Compact(ids)) != len(h.Villages) {
		return models.InvalidField("village_ids", "repeated", "村(居)委会重复")
	}
	var mine int64
	if err := tx.db.Model(&models.Village{}).Where("id IN ? AND team_id = ?", anyOf(ids), h.FromTeamID).Count(&mine).Error; err != nil {
		return err
	}
	if int(mine) != len(h.Villages) {
		return models.InvalidField("village_ids", "not_of_team", "所选村(居)委会不都由原团队负责")
	}
	return nil
}

// checkMembers refuses a member who is none, and a team that would be left without a leader
// or without a family doctor.
func (tx *Tx) checkMembers(h models.Handover, team models.Team) error {
	serving, err := tx.serving(team.ID, h.On)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(serving, func(m models.TeamMember) bool { return m.StaffID == h.FromStaffID })
	if at < 0 {
		return models.InvalidField("from_staff_id", "not_member", "该人员在生效日期不是团队成员")
	}
	leaver := serving[at]
	doctors := 0
	for _, m := range serving {
		if m.StaffID != h.FromStaffID && m.Role.Signs() {
			doctors++
		}
	}
	leads := team.LeaderID == h.FromStaffID
	if h.ToStaffID == 0 {
		if leads {
			return models.InvalidField("to_staff_id", "required", "团队长离队须指定接手人")
		}
		if leaver.Role.Signs() && doctors == 0 {
			return models.InvalidField("to_staff_id", "required", "团队唯一的家庭医生离队须指定接手人")
		}
		return nil
	}
	next, err := get[models.Staff](tx.db, h.ToStaffID)
	if models.IsKind(err, models.NotFound) || err == nil && (!next.Active || next.InstitutionID != team.InstitutionID) {
		return models.InvalidField("to_staff_id", "unknown", "接手人不是本机构的在职人员")
	} else if err != nil {
		return err
	}
	role := leaver.Role // a newcomer takes the place of who leaves
	if i := slices.IndexFunc(serving, func(m models.TeamMember) bool { return m.StaffID == h.ToStaffID }); i >= 0 {
		role = serving[i].Role
	}
	if leads && !role.Signs() {
		return models.InvalidField("to_staff_id", "not_doctor", "团队长须由家庭医生接任")
	}
	if leaver.Role.Signs() && doctors == 0 && !role.Signs() {
		return models.InvalidField("to_staff_id", "not_doctor", "团队至少要有一名家庭医生")
	}
	return nil
}

// serving are the members of a team on a day.
func (tx *Tx) serving(team models.ID, day models.Date) ([]models.TeamMember, error) {
	var rows []models.TeamMember
	return rows, tx.db.Order("id").Find(&rows, "team_id = ? AND `begin` <= ? AND (`end` IS NULL OR `end` >= ?)", team, day, day).Error
}

// plannedAlready refuses a second plan about the same: a team that closes, the same village
// or the same member.
func (tx *Tx) plannedAlready(h models.Handover) error {
	var plans []models.Handover
	err := tx.db.Preload("Villages").Find(&plans, "status = ? AND (from_team_id IN ? OR to_team_id = ?)", models.HandoverPlanned, anyOf([]models.ID{h.FromTeamID, h.ToTeamID}), h.FromTeamID).Error
	if err != nil {
		return err
	}
	for _, p := range plans {
		same := p.FromTeamID == h.FromTeamID && (p.FromStaffID == h.FromStaffID && h.Kind == models.MemberLeaves ||
			slices.ContainsFunc(p.VillageIDs(), func(id models.ID) bool { return slices.Contains(h.VillageIDs(), id) }))
		closes := p.Kind == models.TeamLeaves || h.Kind == models.TeamLeaves
		if same || closes {
			return models.Errorf(models.Conflict, "already_planned", "该团队已有%s生效的交接计划,请先执行或取消", p.On)
		}
	}
	return nil
}

// MoveHandover cancels a handover or, from its day on, carries it out. It returns Forbidden
// for anyone but the managers of both teams, Conflict wrong_state and too_early, team_full
// when the new team has no room, and Invalid when the plan does not fit the district any more.
func (v View) MoveHandover(ctx context.Context, id models.ID, version int, m models.HandoverMove, reason string) (HandoverFile, error) {
	h, err := onceWithin(ctx, v, handoverTime, func(tx *Tx) (models.Handover, error) {
		return tx.moveHandover(id, version, m, strings.TrimSpace(reason))
	})
	if err != nil {
		return HandoverFile{}, err
	}
	return v.handoverFile(ctx, h)
}

func (tx *Tx) moveHandover(id models.ID, version int, m models.HandoverMove, reason string) (models.Handover, error) {
	var h models.Handover
	if err := tx.view().handovers(tx.forUpdate(tx.db)).Preload("Villages").Take(&h, "handovers.id = ?", id).Error; err != nil {
		return h, notFound(err)
	}
	if err := checkReason("reason", reason); err != nil {
		return h, err
	}
	to, err := get[models.Team](tx.db, h.ToTeamID)
	if err != nil {
		return h, err
	}
	e, err := h.Move(m, tx.actor, h.Parties(tx.actor, to.InstitutionID), reason, tx.today)
	if err := unlessStale(err, h.Version, version); err != nil {
		return h, err
	}
	if m == models.HandoverCarry {
		if err := tx.carryOut(&h); err != nil {
			return h, err
		}
	}
	h.Version++
	if err := tx.db.Omit("Villages", "created_at").Save(&h).Error; err != nil {
		return h, err
	}
	return h, tx.happened(e, h.ID, 0)
}

func (tx *Tx) tellBothTeams(h models.Handover, template string) error {
	for _, team := range slices.Compact([]models.ID{h.FromTeamID, h.ToTeamID}) {
		if err := tx.tellTeam(team, template, h.ID); err != nil {
			return err
		}
	}
	return nil
}

// handovers are those of the actor's scope: managers see those of their institution on either
// side, staff those of their teams, of today or of late.
func (v View) handovers(db *gorm.DB) *gorm.DB {
	a := v.actor
	switch a.Reach() {
	case models.DistrictReach:
		return db
	case models.InstitutionReach:
		return db.Where("(handovers.institution_id = ? OR handovers.to_team_id IN (SELECT id FROM teams WHERE institution_id = ?))", some(a.InstitutionID), some(a.InstitutionID))
	case models.TeamReach:
		teams := anyOf(slices.Concat(a.TeamIDs, a.PastTeamIDs))
		return db.Where("(handovers.from_team_id IN ? OR handovers.to_team_id IN ?)", teams, teams)
	}
	return db.Where("1 = 0")
}
