package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"jiayi/models"
)

// Signing is what a contract is opened with.
type Signing struct {
	ResidentID models.ID
	TeamID     models.ID
	PackageIDs []models.ID // beside the base package
	TermYears  int
	BeginDate  models.Date          // on-site only; zero for today
	Signature  string               // data URL of the handwritten image; on-site only
	SignerID   models.ID            // guardian who signs for the resident; 0 for the resident
	Identity   models.IdentityCheck // by staff
	Source     models.ContractSource
	EventID    models.ID // community event at which it is signed, on site only; 0 for none
	// Override signs past the team's capacity; it states why (district manager only).
	Override string
}

// Sign opens a contract. A resident applies; staff sign on site when the resident's
// signature is there, and otherwise offer the contract for the resident to confirm.
// Of any number of concurrent attempts for one resident exactly one succeeds; the
// others get Conflict already_signed or already_applied.
func (v View) Sign(ctx context.Context, s Signing) (models.Contract, error) {
	no, err := v.contractNumber(ctx)
	if err != nil {
		return models.Contract{}, err
	}
	return once(ctx, v, func(tx *Tx) (models.Contract, error) {
		r, err := tx.lockResident(s.ResidentID)
		if err != nil {
			return models.Contract{}, residentField(err)
		}
		c, err := tx.open(r, s, no, 0)
		if err != nil {
			return c, err
		}
		return after(&c, tx.finishOpen(&r, &c, s.Override))
	})
}

func residentField(err error) error {
	if errors.Is(err, models.ErrNotFound) {
		return &models.Error{Kind: models.NotFound, Code: "not_found", Message: "居民不存在,或不在您的管辖范围内",
			Fields: []models.FieldError{{Field: "resident_id", Code: "not_found", Message: "居民不存在,或不在您的管辖范围内"}}}
	}
	return err
}

// open checks a signing and inserts the contract with packages and frozen agreement.
func (tx *Tx) open(r models.Resident, s Signing, no string, signing models.ID) (models.Contract, error) {
	c := models.Contract{No: no, ResidentID: r.ID, SigningID: signing, TermYears: s.TermYears, Source: s.Source, OpenedBy: tx.actor.Name(), Version: 1}
	if err := tx.living(r); err != nil {
		return c, err
	}
	if err := tx.noOpenContract(r.ID); err != nil {
		return c, err
	}
	return after(&c, tx.insertContract(&c, r, s, openingMove(tx.actor, s)))
}

// openingMove is how a contract begins: by application, by offer or signed on site.
func openingMove(a models.Actor, s Signing) models.ContractMove {
	switch {
	case !a.IsStaff():
		return models.MoveApply
	case s.Signature == "":
		return models.MoveOffer
	}
	return models.MoveSign
}

// insertContract checks terms, team, signer and packages, and inserts the contract in
// the state its opening move leads to, with everything that is frozen with it.
func (tx *Tx) insertContract(c *models.Contract, r models.Resident, s Signing, move models.ContractMove) error {
	if err := checkTerms(s, tx.today); err != nil {
		return err
	}
	team, err := tx.signableTeam(s.TeamID)
	if err != nil {
		return err
	}
	c.TeamID, c.InstitutionID, c.DoctorID = team.ID, team.InstitutionID, team.LeaderID
	if err := tx.atEvent(c, s); err != nil {
		return err
	}
	signer, err := tx.signer(r, s)
	if err != nil {
		return err
	}
	packages, err := tx.packagesFor(r, s.PackageIDs)
	if err != nil {
		return err
	}
	event, err := c.Move(move, tx.actor, "")
	if err != nil {
		return err
	}
	tx.setDates(c, s, move)
	return tx.storeContract(c, r, team, packages, signer, s, event)
}

// storeContract inserts a contract that has its state and dates, with everything that
// is frozen with it: packages, agreement text and first event.
func (tx *Tx) storeContract(c *models.Contract, r models.Resident, team models.Team, packages []models.Package, by signer, s Signing, event models.ContractEvent) error {
	template, err := tx.currentTemplate()
	if err != nil {
		return err
	}
	c.TemplateID = template.ID
	if err := tx.db.Omit("Packages").Create(c).Error; err != nil {
		return openConflict(err)
	}
	for _, p := range packages {
		c.Packages = append(c.Packages, models.ContractPackage{ContractID: c.ID, PackageID: p.ID, Name: p.Name, PriceCents: p.PriceCents, PayerCents: p.PayerCents})
	}
	if err := tx.db.Create(&c.Packages).Error; err != nil {
		return err
	}
	if err := tx.freeze(*c, r, team, packages, template, by, s); err != nil {
		return err
	}
	return tx.keepEvent(*c, event)
}

// setDates gives the contract its term when it comes into force at once, or the day
// by which the other side has to answer.
func (tx *Tx) setDates(c *models.Contract, s Signing, move models.ContractMove) {
	switch move {
	case models.MoveApply:
		c.DueOn = tx.today.AddWorkingDays(models.ReviewWorkdays)
	case models.MoveOffer:
		c.DueOn = tx.today.AddDays(models.OfferTimeoutDays)
	default:
		begin := s.BeginDate
		if begin.IsZero() {
			begin = tx.today
		}
		c.SignedOn, c.BeginDate, c.EndDate = tx.today, begin, models.TermEnd(begin, c.TermYears)
	}
}

// finishOpen counts a contract that came into force, and tells whoever waits.
func (tx *Tx) finishOpen(r *models.Resident, c *models.Contract, override string) error {
	tx.record("contract."+string(c.Status), "contract", c.ID, r.ID, c.No)
	switch c.Status {
	case models.Active:
		return tx.inForce(r, *c, override)
	case models.Offered:
		return tx.tell(r.ID, "contract_offered", c.ID)
	}
	return tx.seatFree(c.TeamID)
}

// inForce counts a contract that has become the resident's current one. The team's
// load is last: its row is shared by everyone who signs with the team.
func (tx *Tx) inForce(r *models.Resident, c models.Contract, override string) error {
	if err := tx.settle(r); err != nil {
		return err
	}
	if err := tx.tell(r.ID, "contract_result", c.ID); err != nil {
		return err
	}
	return tx.takeSeat(c.TeamID, override)
}

func checkTerms(s Signing, today models.Date) error {
	var p models.Problems
	if s.TermYears < 1 || s.TermYears > models.MaxTermYears {
		p.Add("term_years", "out_of_range", "签约周期应为1至3年")
	}
	if !s.BeginDate.IsZero() && (s.BeginDate.Before(today) || s.BeginDate.After(today.AddDays(models.MaxBeginAhead))) {
		p.Add("begin_date", "out_of_range", "开始日期应在今天起30天以内")
	}
	models.CheckSignature(&p, "signature", s.Signature)
	return p.Err()
}

func (tx *Tx) signableTeam(id models.ID) (models.Team, error) {
	team, err := get[models.Team](tx.db, id)
	if errors.Is(err, models.ErrNotFound) {
		return team, models.InvalidField("team_id", "unknown", "团队不存在")
	}
	if err == nil && team.Status != models.TeamActive {
		return team, errTeamClosed
	}
	return team, err
}

var (
	errTeamClosed = models.InvalidField("team_id", "closed", "该团队已停止服务")

	errSigned  = &models.Error{Kind: models.Conflict, Code: "already_signed", Message: "该居民已有有效签约;如需更换团队请办理改签,到期前60天内可续约"}
	errApplied = &models.Error{Kind: models.Conflict, Code: "already_applied", Message: "该居民已有待处理的签约申请"}
	errRenewed = &models.Error{Kind: models.Conflict, Code: "already_renewed", Message: "该居民已办理续约"}
)

// noOpenContract refuses a resident who holds a contract in force or an open application.
func (tx *Tx) noOpenContract(resident models.ID) error {
	held, err := tx.held(resident)
	if err != nil {
		return err
	}
	switch {
	case held[models.CurrentSlot] != nil || held[models.NextSlot] != nil:
		return errSigned
	case held[models.PendingSlot] != nil:
		return errApplied
	}
	return nil
}

// held are the resident's open contracts by slot.
func (tx *Tx) held(resident models.ID) (map[models.Slot]*models.Contract, error) {
	var rows []models.Contract
	if err := tx.db.Find(&rows, "resident_id = ? AND slot IS NOT NULL", resident).Error; err != nil {
		return nil, err
	}
	out := map[models.Slot]*models.Contract{}
	for i, c := range rows {
		out[*c.Slot] = &rows[i]
	}
	return out, nil
}

// openConflict is the answer when the unique index on (resident, slot) refused a contract.
func openConflict(err error) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return errSigned
	}
	return err
}

func teamFull(capacity int) error {
	return &models.Error{Kind: models.Conflict, Code: "team_full", Message: "该团队签约人数已达上限,请选择其他团队",
		Fields:  []models.FieldError{{Field: "team_id", Code: "team_full", Message: "该团队签约人数已达上限"}},
		Details: map[string]any{"capacity": capacity}}
}

// seatFree refuses an application to a full team; the seat is only taken on signing.
func (tx *Tx) seatFree(team models.ID) error {
	t, err := get[models.Team](tx.forShare(tx.db), team) // it must not close before the application is there
	if err != nil {
		return err
	}
	if t.Status != models.TeamActive {
		return errTeamClosed
	}
	if most := t.Capacity(tx.s.opt.CapacityPerDoctor); t.Load >= most {
		return teamFull(most)
	}
	return nil
}

// takeSeat counts one more resident signed with the team, within its capacity unless a
// district manager states why not.
func (tx *Tx) takeSeat(team models.ID, override string) error {
	q := tx.db.Model(&models.Team{}).Where("id = ? AND status = ?", team, models.TeamActive)
	if override == "" || !tx.actor.Can(models.ContractOverride) {
		q = q.Where("signed_load < doctors * ?", tx.s.opt.CapacityPerDoctor)
	} else {
		tx.record("contract.override", "team", team, 0).Reason = override
	}
	done := q.UpdateColumn("signed_load", gorm.Expr("signed_load + 1"))
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected == 0 {
		t, err := get[models.Team](tx.db, team)
		if err != nil {
			return err
		}
		if t.Status != models.TeamActive {
			return errTeamClosed
		}
		return teamFull(t.Capacity(tx.s.opt.CapacityPerDoctor))
	}
	return nil
}

// leaveSeat counts one resident less with the team.
func (tx *Tx) leaveSeat(team models.ID) error {
	return tx.db.Model(&models.Team{}).Where("id = ?", team).UpdateColumn("signed_load", gorm.Expr("signed_load - 1")).Error
}

func (tx *Tx) keepEvent(c models.Contract, e models.ContractEvent) error {
	e.ContractID, e.At = c.ID, tx.now
	return tx.db.Create(&e).Error
}
