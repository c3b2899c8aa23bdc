package store

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

// handoverTime is how long one handover may take: it is one transaction, of a whole team at most.
const handoverTime = 2 * time.Minute

// carryOut does what a handover says. It locks residents, villages and teams in the order in
// which everyone does: whoever signs with the old team meanwhile waits for its row, and finds
// it closed.
func (tx *Tx) carryOut(h *models.Handover) error {
	x := hands{Handover: h}
	var locked []models.ID
	for _, rows := range []*gorm.DB{
		tx.db.Model(&models.Resident{}).Where(x.area(fresh(tx.db), "village_id").Or(x.panel(fresh(tx.db), "signed_team_id", "village_id"))),
		x.area(tx.db.Model(&models.Village{}), "villages.id"),
	} {
		if err := tx.forUpdate(rows).Order("id").Pluck("id", &locked).Error; err != nil {
			return err
		}
	}
	var teams []models.Team
	if err := tx.forUpdate(tx.db).Order("id").Find(&teams, "id IN ?", []models.ID{h.FromTeamID, h.ToTeamID}).Error; err != nil {
		return err
	}
	for _, t := range teams {
		if t.ID == h.FromTeamID {
			x.from = t
		}
		if t.ID == h.ToTeamID {
			x.to = t
		}
		if t.Status != models.TeamActive {
			return models.Errorf(models.Conflict, "team_closed", "%s已停止服务,不能交接", t.Name)
		}
	}
	if err := tx.noteHanded(x); err != nil {
		return err
	}
	steps := []func(hands) error{tx.handAreaAndPanel, tx.handContracts, tx.handWork, tx.handPlaces, tx.closeTeam}
	switch h.Kind {
	case models.MemberLeaves:
		if err := tx.checkMembers(*h, x.from); err != nil {
			return err
		}
		steps = []func(hands) error{tx.replaceMember, tx.handContracts, tx.replaceAtWork}
	case models.VillagesChange:
		if err := tx.checkVillages(*h); err != nil {
			return err
		}
	}
	for _, step := range steps {
		if err := step(x); err != nil {
			return err
		}
	}
	return tx.tellHanded(x)
}

// noteHanded writes down whose team of care changes.
func (tx *Tx) noteHanded(x hands) error {
	var people []models.ID
	if err := x.people(tx.db.Model(&models.Resident{})).Order("residents.id").Pluck("residents.id", &people).Error; err != nil {
		return err
	}
	rows := make([]models.HandoverResident, len(people))
	for i, id := range people {
		rows[i] = models.HandoverResident{HandoverID: x.ID, ResidentID: id, FromTeamID: x.FromTeamID, ReadableUntil: x.On.AddDays(models.HandoverReadDays - 1)}
	}
	x.Residents = len(rows)
	return insertAll(tx.db, rows)
}

// handed is whose team of care changed, as a subquery.
func (tx *Tx) handed(x hands) *gorm.DB {
	return tx.db.Model(&models.HandoverResident{}).Select("resident_id").Where("handover_id = ?", x.ID)
}

// handAreaAndPanel gives villages and the people of both to the new team, and moves what they
// add to the figures from one team to the other: nobody is counted twice, or not at all.
func (tx *Tx) handAreaAndPanel(x hands) error {
	var rows []models.Village
	if err := x.area(tx.db, "villages.id").Order("id").Find(&rows).Error; err != nil {
		return err
	}
	area := map[models.ID]models.Village{}
	for _, v := range rows {
		area[v.ID] = v
	}
	villages, err := allVillages(tx.db)
	if err != nil {
		return err
	}
	rates, err := tx.relabelRates(x, villages, area)
	if err != nil {
		return err
	}
	care, err := tx.relabelCare(x, villages, area)
	if err != nil {
		return err
	}
	// The conditions name the old team, so that villages come last.
	for _, change := range []struct {
		rows    *gorm.DB
		columns map[string]any
	}{
		{x.panel(tx.db.Model(&models.CareStanding{}), "panel_id", "village_id"), map[string]any{"panel_id": x.to.ID}},
		{x.panel(tx.db.Model(&models.Resident{}), "counted_panel_id", "village_id"), map[string]any{"counted_panel_id": x.to.ID}},
		{x.panel(tx.db.Model(&models.Resident{}), "signed_team_id", "village_id"), map[string]any{"signed_team_id": x.to.ID, "signed_inst_id": x.to.InstitutionID}},
		{x.area(tx.db.Model(&models.Resident{}), "village_id"), map[string]any{"area_team_id": x.to.ID, "area_inst_id": x.to.InstitutionID}},
		{tx.db.Model(&models.Village{}).Where("id IN ?", anyOf(slices.Collect(maps.Keys(area)))), map[string]any{"team_id": x.to.ID, "institution_id": x.to.InstitutionID, "version": gorm.Expr("version + 1")}},
	} {
		if err := change.rows.UpdateColumns(change.columns).Error; err != nil {
			return err
		}
	}
	if err := insertAll(tx.db, rates); err != nil {
		return err
	}
	return insertAll(tx.db, care)
}

// relabelRates are the entries that move stored standings from the old team to the new one,
// counted in groups of people who add the same.
func (tx *Tx) relabelRates(x hands, villages, area map[models.ID]models.Village) ([]models.TallyEntry, error) {
	type group struct {
		models.Standing `gorm:"embedded"`
		N               int
	}
	var groups []group
	affected := x.area(fresh(tx.db), "counted_village_id").Or(x.panel(fresh(tx.db), "counted_panel_id", "counted_village_id"))
	columns := "counted_village_id, counted_mask, counted, counted_signed, counted_panel_id"
	err := tx.db.Model(&models.Resident{}).Select(columns + ", COUNT(*) AS n").Where(affected).Group(columns).Scan(&groups).Error
	if err != nil {
		return nil, err
	}
	var out []models.TallyEntry
	for _, g := range groups {
		if g.VillageID == 0 {
			continue
		}
		out = append(out, standingEntry(tx.today, villages[g.VillageID], g.Standing, -1).Times(g.N))
		if x.panelMoves(g.PanelID, g.VillageID, area) {
			g.PanelID = x.to.ID
		}
		out = append(out, standingEntry(tx.today, x.village(villages[g.VillageID], area), g.Standing, 1).Times(g.N))
	}
	return out, nil
}

// relabelCare is relabelRates for the figures of care.
func (tx *Tx) relabelCare(x hands, villages, area map[models.ID]models.Village) ([]models.CareEntry, error) {
	type group struct {
		models.CareStanding `gorm:"embedded"`
		N                   int
	}
	var groups []group
	affected := x.area(fresh(tx.db), "village_id").Or(x.panel(fresh(tx.db), "panel_id", "village_id"))
	columns := "village_id, panel_id, counted, mask, of_set, met_set, items_due, items_done, items_confirmed"
	err := tx.db.Model(&models.CareStanding{}).Select(columns + ", COUNT(*) AS n").Where(affected).Group(columns).Scan(&groups).Error
	if err != nil {
		return nil, err
	}
	var out []models.CareEntry
	add := func(s models.CareStanding, v models.Village, sign, n int) {
		for _, e := range careEntries(tx.today, s, sign) {
			e.TeamID, e.InstitutionID = v.TeamID, v.InstitutionID
			e.Residents, e.Panel = e.Residents*n, e.Panel*n
			out = append(out, e)
		}
	}
	for _, g := range groups {
		if g.VillageID == 0 {
			continue
		}
		add(g.CareStanding, villages[g.VillageID], -1, g.N)
		if x.panelMoves(g.PanelID, g.VillageID, area) {
			g.PanelID = x.to.ID
		}
		add(g.CareStanding, x.village(villages[g.VillageID], area), 1, g.N)
	}
	return out, nil
}

// village is a village as it is after the handover.
func (x hands) village(v models.Village, area map[models.ID]models.Village) models.Village {
	if _, mine := area[v.ID]; mine {
		v.TeamID, v.InstitutionID = x.to.ID, x.to.InstitutionID
	}
	return v
}

// handContracts lets contracts go on with the new team, or the new doctor: the same contract,
// its signing still credited to the team that signed it. The seats go along.
func (tx *Tx) handContracts(x hands) error {
	moving := func() *gorm.DB { return x.contracts(tx.db.Model(&models.Contract{})) }
	var current int64
	if err := moving().Where("contracts.slot = ?", models.CurrentSlot).Count(&current).Error; err != nil {
		return err
	}
	doctor := x.to.LeaderID
	if x.Kind == models.MemberLeaves {
		doctor = x.ToStaffID
	}
	by := models.System("handover") // who may hand over was decided by the handover
	e, err := (&models.Contract{Status: models.Active}).Move(models.MoveHandOver, by, "")
	if err != nil {
		return err
	}
	var open []models.Contract
	if err := moving().Select("contracts.id, contracts.status").Find(&open).Error; err != nil {
		return err
	}
	events := make([]models.ContractEvent, len(open))
	for i, c := range open {
		events[i] = models.ContractEvent{ContractID: c.ID, At: tx.now, Move: e.Move, From: c.Status, To: c.Status, By: tx.actor.Name(), Reason: fmt.Sprintf("交接 %d", x.ID)}
	}
	if err := insertAll(tx.db, events); err != nil {
		return err
	}
	x.Moved = len(open)
	if x.Kind != models.MemberLeaves {
		if err := tx.moveSeats(x, int(current)); err != nil {
			return err
		}
		if err := moving().Where("contracts.credit_team_id = 0 AND contracts.status = ?", models.Active).UpdateColumn("credit_team_id", gorm.Expr("team_id")).Error; err != nil {
			return err
		}
	}
	return moving().UpdateColumns(map[string]any{
		"team_id": x.to.ID, "institution_id": x.to.InstitutionID, "doctor_id": doctor, "version": gorm.Expr("version + 1"), "updated_at": tx.now,
	}).Error
}

// moveSeats takes the residents' seats with the new team, within its capacity unless the
// handover says why not. Both rows are locked.
func (tx *Tx) moveSeats(x hands, n int) error {
	if most := x.to.Capacity(tx.s.opt.CapacityPerDoctor); x.Override == "" && x.to.Load+n > most {
		return teamFull(most)
	}
	for team, more := range map[models.ID]int{x.from.ID: -n, x.to.ID: n} {
		if err := tx.db.Model(&models.Team{}).Where("id = ?", team).UpdateColumn("signed_load", gorm.Expr("signed_load + ?", more)).Error; err != nil {
			return err
		}
	}
	if x.Override != "" {
		tx.record("contract.override", "team", x.to.ID, 0).Reason = x.Override
	}
	return nil
}

// tellHanded tells every resident whose team or doctor changed, once, and both leads.
func (tx *Tx) tellHanded(x hands) error {
	template := TeamChangedNotice
	if x.Kind == models.MemberLeaves {
		template = DoctorChangedNotice
	}
	var people []models.ID
	if err := tx.handed(x).Order("resident_id").Pluck("resident_id", &people).Error; err != nil {
		return err
	}
	for some := range slices.Chunk(people, loadBatch) {
		notices := make([]notice, len(some))
		for i, id := range some {
			notices[i] = notice{key: fmt.Sprintf("handover/%d/%d", x.ID, id), template: template, resident: id, about: x.ID}
		}
		if _, err := tx.tellOnce(notices); err != nil {
			return err
		}
	}
	return tx.tellBothTeams(*x.Handover, HandoverDoneNotice)
}
