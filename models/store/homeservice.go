package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/clinical"
)

// The templates of the notices about services at home. Their data names the service alone.
const (
	HomeServiceNotice        = "home_service"          // to the resident: it went on
	HomeServiceAskedNotice   = "home_service_asked"    // to the lead
	HomeServiceOverdueNotice = "home_service_overdue"  // to the lead
	HomeServiceSoonNotice    = "home_service_tomorrow" // to the resident
)

// AskHomeService applies for a service at home (domain §6.4); it is to be assessed within one
// working day. It returns Invalid for what HomeService.Check refuses, and Conflict already_open
// while another one of the resident waits.
func (v View) AskHomeService(ctx context.Context, h models.HomeService) (HomeServiceLine, error) {
	return once(ctx, v, func(tx *Tx) (HomeServiceLine, error) {
		h := h
		if h.ResidentID == 0 && !tx.actor.IsStaff() {
			h.ResidentID = tx.actor.ResidentID
		}
		r, err := tx.lockResident(h.ResidentID)
		if err != nil {
			return HomeServiceLine{}, residentField(err)
		}
		if err := tx.living(r); err != nil {
			return HomeServiceLine{}, err
		}
		if h.Address == "" {
			h.Address = r.Address
		}
		var p models.Problems
		h.Check(&p, tx.s.opt.HomeInjections, tx.today)
		if err := p.Err(); err != nil {
			return HomeServiceLine{}, err
		}
		var waiting, before int64
		if err := tx.db.Model(&models.HomeService{}).Where("resident_id = ? AND is_open = ?", r.ID, true).Count(&waiting).Error; err != nil {
			return HomeServiceLine{}, err
		}
		if waiting > 0 {
			return HomeServiceLine{}, models.Errorf(models.Conflict, "already_open", "该居民已有未完成的上门服务申请")
		}
		if err := tx.db.Model(&models.HomeService{}).Where("resident_id = ? AND served_on IS NOT NULL", r.ID).Limit(1).Count(&before).Error; err != nil {
			return HomeServiceLine{}, err
		}
		h.TeamID, h.InstitutionID, h.First, h.CreatedAt, h.UpdatedAt = r.CareTeamID(), r.CareInstID(), before == 0, tx.now, tx.now
		event, err := h.Move(models.HomeApply, tx.actor, tx.actor.PartyOf(r), models.HomeServiceStep{}, tx.s.opt.HomeInjections, tx.now)
		if err != nil {
			return HomeServiceLine{}, err
		}
		h.Version = 1
		if err := tx.db.Create(&h).Error; err != nil {
			return HomeServiceLine{}, err
		}
		if err := tx.happened(event, h.ID, r.ID); err != nil {
			return HomeServiceLine{}, err
		}
		if !tx.actor.IsStaff() {
			if err := tx.tellTeam(h.TeamID, HomeServiceAskedNotice, h.ID); err != nil {
				return HomeServiceLine{}, err
			}
		}
		return tx.view().homeServiceLine(tx.db, h)
	})
}

// MoveHomeService makes a move of the state table. When it was served, what was done counts as
// a visit at home, in the same transaction. It refuses what HomeService.Move does; staff who do
// not serve in the team are Invalid; a service outside the scope is not found.
func (v View) MoveHomeService(ctx context.Context, id models.ID, version int, m models.HomeServiceMove, step models.HomeServiceStep) (HomeServiceLine, error) {
	return once(ctx, v, func(tx *Tx) (HomeServiceLine, error) {
		if err := checkReason("reason", step.Reason); err != nil {
			return HomeServiceLine{}, err
		}
		h, err := tx.view().homeService(tx.db, id)
		if err != nil {
			return HomeServiceLine{}, err
		}
		if _, err = lock[models.Resident](tx, h.ResidentID); err != nil {
			return HomeServiceLine{}, err
		}
		if h, err = lock[models.HomeService](tx, id); err != nil {
			return HomeServiceLine{}, err
		}
		if err := checkVersion(h.Version, version); err != nil {
			return HomeServiceLine{}, err
		}
		event, err := h.Move(m, tx.actor, tx.actor.Party(h.ResidentID, h.TeamID, h.InstitutionID), step, tx.s.opt.HomeInjections, tx.now)
		if err != nil {
			return HomeServiceLine{}, err
		}
		switch m {
		case models.HomeAssign:
			for _, staff := range step.Staff {
				if err := tx.inTeams(staff, []models.Task{{TeamID: h.TeamID}}); err != nil {
					return HomeServiceLine{}, models.InvalidField("staff_ids", "not_in_team", "上门人员须在该居民的服务团队中")
				}
			}
		case models.HomeServe:
			if err := tx.countAsVisit(&h); err != nil {
				return HomeServiceLine{}, err
			}
		}
		if err := tx.saveHomeService(&h, event); err != nil {
			return HomeServiceLine{}, err
		}
		if tx.actor.IsStaff() && m != models.HomeArrive && m != models.HomePay {
			if err := tx.tell(h.ResidentID, HomeServiceNotice, h.ID); err != nil {
				return HomeServiceLine{}, err
			}
		}
		return tx.view().homeServiceLine(tx.db, h)
	})
}

// countAsVisit logs what was done as a visit at home with the services of packages it means, so
// that it counts as fulfilment (domain §1.10 SN10). Items that mean none leave no visit.
func (tx *Tx) countAsVisit(h *models.HomeService) error {
	services := h.Services()
	if len(services) == 0 {
		return nil
	}
	d := models.EncounterDraft{ResidentID: h.ResidentID, VisitedOn: tx.today, VisitWay: int(clinical.WayHome), Place: h.Position, Services: services}
	if tx.actor.StaffID == 0 || tx.actor.Reach() != models.TeamReach { // entered by a manager for who went
		if id, err := models.ParseID(h.Staff.List()[0]); err == nil {
			d.DoctorID = id
		}
	}
	e, _, err := tx.logEncounter(d)
	h.EncounterID = e.ID
	return err
}

func (tx *Tx) saveHomeService(h *models.HomeService, e models.Event) error {
	h.Version++
	if err := tx.db.Omit("created_at").Save(h).Error; err != nil {
		return err
	}
	return tx.happened(e, h.ID, h.ResidentID)
}

// cancelHomeServices cancels the open services of a resident who died or left.
func (tx *Tx) cancelHomeServices(r models.Resident, reason string) error {
	var open []models.HomeService
	if err := tx.forUpdate(tx.db).Order("id").Find(&open, "resident_id = ? AND is_open = ?", r.ID, true).Error; err != nil {
		return err
	}
	for i := range open {
		event, err := open[i].Move(models.HomeCancel, models.System("resident"), models.PartySystem, models.HomeServiceStep{Reason: reason}, false, tx.now)
		if err != nil {
			return err
		}
		if err := tx.saveHomeService(&open[i], event); err != nil {
			return err
		}
	}
	return nil
}

// mergeHomeServices gives the survivor of a merge the duplicate's services, none of them open.
func (tx *Tx) mergeHomeServices(survivor, duplicate models.ID) error {
	return tx.db.Model(&models.HomeService{}).Where("resident_id = ?", duplicate).Update("resident_id", survivor).Error
}

// RemindHomeServices tells the lead once of every application, assignment or visit past its
// day, and the resident the day before the visit. It returns the number of messages.
func (s *Store) RemindHomeServices(ctx context.Context) (int, error) {
	v, total := s.As(models.System("home-service-reminders")), 0
	for _, status := range []models.HomeServiceStatus{models.HomeApplied, models.HomeAssessed, models.HomeAssigned} { // each a range of the index
		n, err := remindAll(ctx, v, func(h models.HomeService) models.ID { return h.ID },
			func(tx *Tx) *gorm.DB {
				return tx.db.Where("status = ? AND (due_on < ? OR due_on = ?)", status, tx.today, tx.today.AddDays(1))
			}, (*Tx).homeServiceNotices)
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

func (tx *Tx) homeServiceNotices(due []models.HomeService) ([]notice, error) {
	var notices []notice
	for _, h := range due {
		switch {
		case h.DueOn.Before(tx.today):
			leader, err := tx.leaderOf(h.TeamID)
			if err != nil {
				return nil, err
			}
			for _, account := range leader {
				notices = append(notices, notice{fmt.Sprintf("%s/%d/%s", HomeServiceOverdueNotice, h.ID, h.Status), HomeServiceOverdueNotice, 0, account, h.ID})
			}
		case h.Status == models.HomeAssigned:
			notices = append(notices, notice{fmt.Sprintf("%s/%d/%s", HomeServiceSoonNotice, h.ID, h.DueOn), HomeServiceSoonNotice, h.ResidentID, 0, h.ID})
		}
	}
	return notices, nil
}

// HomeServiceLine is a service at home with the names beside it.
type HomeServiceLine struct {
	models.HomeService
	ResidentName, Phone, TeamName string // the phone in clear; to be shown masked
	StaffNames                    []string
	Actions                       []models.HomeServiceMove
	History                       []models.Event
}

// homeService loads one service of the actor's teams, or of a resident of the scope.
func (v View) homeService(db *gorm.DB, id models.ID) (models.HomeService, error) {
	return ownOrOf(v, db, v.teamsOf("home_services"), "home_services", id, func(h models.HomeService) models.ID { return h.ResidentID })
}

// HomeServiceFilter chooses services.
type HomeServiceFilter struct {
	ResidentID, TeamID models.ID
	Status             models.HomeServiceStatus
}

// HomeServices lists the services of the actor's teams, or a resident's own, newest first.
func (v View) HomeServices(ctx context.Context, f HomeServiceFilter, p Page) (List[HomeServiceLine], error) {
	db := v.query(ctx)
	if f.ResidentID != 0 {
		if _, err := v.resident(v.query(ctx), f.ResidentID); err != nil {
			return List[HomeServiceLine]{}, err
		}
		db = db.Where("home_services.resident_id = ?", f.ResidentID)
	} else {
		db = v.ownTeams(db, "home_services")
	}
	if f.TeamID != 0 {
		db = db.Where("home_services.team_id = ?", f.TeamID)
	}
	if f.Status != "" {
		db = db.Where("home_services.status = ?", f.Status)
	}
	page, err := paginate(db, p, order{columns: []string{"home_services.id"}, desc: true}, func(h models.HomeService) []any { return []any{int64(h.ID)} })
	if err != nil {
		return List[HomeServiceLine]{}, err
	}
	lines, err := v.homeServiceLines(v.query(ctx), page.Items)
	if err != nil {
		return List[HomeServiceLine]{}, err
	}
	return witnessedList(ctx, v, "home_service", f.ResidentID, List[HomeServiceLine]{Items: lines, Next: page.Next}, func(h HomeServiceLine) models.ID { return h.ResidentID })
}

// HomeService returns one service with its history.
func (v View) HomeService(ctx context.Context, id models.ID) (HomeServiceLine, error) {
	db := v.query(ctx)
	h, err := v.homeService(db, id)
	if err != nil {
		return HomeServiceLine{}, err
	}
	line, err := v.homeServiceLine(db, h)
	if err != nil {
		return line, err
	}
	if line.History, err = history(db, models.HomeServiceProcess.Noun, id); err != nil {
		return line, err
	}
	return line, v.witnessed(ctx, "home_service.read", "home_service", h.ID, h.ResidentID)
}

func (v View) homeServiceLine(db *gorm.DB, h models.HomeService) (HomeServiceLine, error) {
	lines, err := v.homeServiceLines(db, []models.HomeService{h})
	if err != nil {
		return HomeServiceLine{}, err
	}
	return lines[0], nil
}

func (v View) homeServiceLines(db *gorm.DB, list []models.HomeService) ([]HomeServiceLine, error) {
	var people, teams, staff []models.ID
	for _, h := range list {
		people, teams = append(people, h.ResidentID), append(teams, h.TeamID)
		for _, text := range h.Staff.List() {
			if id, err := models.ParseID(text); err == nil {
				staff = append(staff, id)
			}
		}
	}
	residents, err := byID(db, people, func(r models.Resident) models.ID { return r.ID })
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
	out := make([]HomeServiceLine, len(list))
	for i, h := range list {
		r := residents[h.ResidentID]
		out[i] = HomeServiceLine{HomeService: h, ResidentName: r.Name, Phone: r.Phone, TeamName: teamNames[h.TeamID],
			Actions: models.HomeServiceProcess.Allowed(h.Status, v.actor, v.actor.Party(h.ResidentID, h.TeamID, h.InstitutionID))}
		for _, text := range h.Staff.List() {
			if id, err := models.ParseID(text); err == nil {
				out[i].StaffNames = append(out[i].StaffNames, staffNames[id])
			}
		}
	}
	return out, nil
}
