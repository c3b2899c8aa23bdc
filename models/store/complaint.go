package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/codes"
)

// The notices of a complaint. Their data is the id of the complaint.
const (
	ComplaintNewNotice      = "complaint_received"
	ComplaintAssignedNotice = "complaint_assigned"
	ComplaintReturnedNotice = "complaint_returned"
	ComplaintRepliedNotice  = "complaint_replied"
	ComplaintDueNotice      = "complaint_due"
	ComplaintOverdueNotice  = "complaint_overdue"
)

// FileComplaint files a complaint: a resident for oneself or a ward by the mini-program,
// the officer what came by any other way. It returns Invalid naming the fields, and
// NotFound for a resident outside the scope.
func (v View) FileComplaint(ctx context.Context, d models.ComplaintDraft) (ComplaintFile, error) {
	c, err := once(ctx, v, func(tx *Tx) (models.Complaint, error) {
		if tx.actor.Role == models.ResidentRole {
			if d.ResidentID == 0 {
				d.ResidentID = tx.actor.ResidentID
			}
			d.Channel, d.SourceNo, d.ReceivedAt = models.ChannelMiniProgram, "", time.Time{}
			d.Urgent = false // how urgent it is is the officer's to say
		}
		if err := tx.fillComplainant(&d); err != nil {
			return models.Complaint{}, err
		}
		d.Content, d.Name, d.SourceNo = strings.TrimSpace(d.Content), strings.TrimSpace(d.Name), strings.TrimSpace(d.SourceNo)
		var p models.Problems
		if d.Check(&p, tx.actor, tx.now); len(p) > 0 {
			return models.Complaint{}, p.Err()
		}
		if d.Phone != "" {
			phone, err := codes.ParsePhone(d.Phone)
			if err != nil {
				return models.Complaint{}, err
			}
			d.Phone = phone.Number
		}
		if err := tx.unit(&d.InstitutionID, &d.TeamID); err != nil {
			return models.Complaint{}, err
		}
		return tx.fileComplaint(d)
	})
	if err != nil {
		return ComplaintFile{}, err
	}
	return v.complaintFile(ctx, c)
}

// fillComplainant takes name and phone from the record of the resident who complains.
func (tx *Tx) fillComplainant(d *models.ComplaintDraft) error {
	if d.ResidentID == 0 {
		if tx.actor.Role == models.ResidentRole {
			return models.ErrNotFound // a WeChat account of nobody yet
		}
		return nil
	}
	r, err := tx.view().caredFor(tx.db, d.ResidentID)
	if err != nil {
		return residentField(err)
	}
	if tx.actor.Role != models.ResidentRole {
		return nil
	}
	by := r
	if tx.actor.ResidentID != r.ID {
		if by, err = get[models.Resident](tx.db, tx.actor.ResidentID); err != nil {
			return err
		}
	}
	d.Name = by.Name
	if d.Phone == "" {
		d.Phone = by.Phone
	}
	return nil
}

// unit checks the institution and team of a complaint, and takes the institution from the
// team.
func (tx *Tx) unit(institution, team *models.ID) error {
	if *team != 0 {
		t, err := get[models.Team](tx.db, *team)
		if errors.Is(err, models.ErrNotFound) {
			return models.InvalidField("team_id", "unknown", "团队不存在")
		} else if err != nil {
			return err
		}
		if *institution != 0 && *institution != t.InstitutionID {
			return models.InvalidField("team_id", "other_institution", "团队不属于该机构")
		}
		*institution = t.InstitutionID
	}
	if *institution == 0 {
		return nil
	}
	_, err := get[models.Institution](tx.db, *institution)
	if errors.Is(err, models.ErrNotFound) {
		return models.InvalidField("institution_id", "unknown", "机构不存在")
	}
	return err
}

func (tx *Tx) fileComplaint(d models.ComplaintDraft) (models.Complaint, error) {
	if d.ReceivedAt.IsZero() {
		d.ReceivedAt = tx.now
	}
	c := models.Complaint{SourceNo: d.SourceNo, Channel: d.Channel, Category: d.Category, Urgent: d.Urgent, Content: d.Content, Name: d.Name, Phone: d.Phone,
		Anonymous: d.Anonymous, ResidentID: d.ResidentID, InstitutionID: d.InstitutionID, TeamID: d.TeamID, ReceivedAt: d.ReceivedAt.UTC().Truncate(time.Millisecond), Version: 1}
	e, err := c.Move(models.ComplaintStep{Move: models.MoveFile}, tx.actor, tx.now)
	if err != nil {
		return c, err
	}
	if c.No, err = tx.numbered("SQ", "complaint"); err != nil {
		return c, err
	}
	if err := tx.db.Create(&c).Error; err != nil {
		return c, err
	}
	if err := tx.happened(e, c.ID, c.ResidentID); err != nil {
		return c, err
	}
	desk, err := tx.holdersOf(models.ComplaintOfficer)
	if err != nil {
		return c, err
	}
	_, err = tx.tellEach("complaint_new/"+c.ID.String(), desk, ComplaintNewNotice, c.ID)
	return c, err
}

// numbered is the next number of the day: prefix, date and a sequence of the noun.
func (tx *Tx) numbered(prefix, noun string) (string, error) {
	day := fmt.Sprintf("%04d%02d%02d", tx.today.Year(), tx.today.Month(), tx.today.Day())
	n, err := tx.next(noun + ":" + day)
	return fmt.Sprintf("%s%s%04d", prefix, day, n), err
}

// MoveComplaint makes a move on a complaint of the scope. It returns Forbidden for a move
// that is not the actor's, Conflict wrong_state, Invalid naming what is missing, and
// PreconditionFailed against an old version; 0 means whatever it is.
func (v View) MoveComplaint(ctx context.Context, id models.ID, version int, s models.ComplaintStep) (ComplaintFile, error) {
	c, err := once(ctx, v, func(tx *Tx) (models.Complaint, error) {
		c, err := tx.lockComplaint(id)
		if err != nil {
			return c, err
		}
		s.Reason, s.Result = strings.TrimSpace(s.Reason), strings.TrimSpace(s.Result)
		if len([]rune(s.Reason)) > models.MaxMoveReason {
			return c, models.InvalidField("reason", "too_long", "原因不能超过200个字")
		}
		before := c
		e, err := c.Move(s, tx.actor, tx.now)
		if err := unlessStale(err, before.Version, version); err != nil {
			return before, err
		}
		if err := tx.unit(&c.HandlerInstID, &c.HandlerTeamID); err != nil {
			return c, err
		}
		if c.TeamID == 0 && c.InstitutionID == 0 { // now it is known whom it is about
			c.InstitutionID, c.TeamID = c.HandlerInstID, c.HandlerTeamID
		}
		c.Version++
		if err := tx.db.Omit("created_at").Save(&c).Error; err != nil {
			return c, err
		}
		if err := tx.happened(e, c.ID, c.ResidentID); err != nil {
			return c, err
		}
		return c, tx.tellOfComplaint(before, c, s.Move)
	})
	if err != nil {
		return ComplaintFile{}, err
	}
	return v.complaintFile(ctx, c)
}

// tellOfComplaint tells who has to act next, and the resident what came of it.
func (tx *Tx) tellOfComplaint(before, c models.Complaint, m models.ComplaintMove) error {
	var who []models.ID
	var err error
	template := ""
	switch m {
	case models.MoveAssign, models.MoveReassign:
		template = ComplaintAssignedNotice
		who, err = tx.handlers(c)
	case models.MoveReturn:
		template = ComplaintReturnedNotice
		who, err = tx.holdersOf(models.ComplaintOfficer)
	case models.MoveReply:
		template = ComplaintRepliedNotice
		if who, err = tx.holdersOf(models.ComplaintOfficer); err == nil && c.ResidentID != 0 {
			err = tx.tell(c.ResidentID, template, c.ID)
		}
	}
	if err != nil || template == "" {
		return err
	}
	_, err = tx.tellEach(fmt.Sprintf("%s/%d.%d", template, c.ID, before.Version), who, template, c.ID)
	return err
}

// handlers are the accounts that have to see to an answer: the team's leader, or the
// institution's managers.
func (tx *Tx) handlers(c models.Complaint) ([]models.ID, error) {
	if c.HandlerTeamID != 0 {
		return tx.leaderOf(c.HandlerTeamID)
	}
	return tx.managersOf(c.HandlerInstID)
}

// lockComplaint loads one complaint of the scope for a change.
func (tx *Tx) lockComplaint(id models.ID) (models.Complaint, error) {
	var c models.Complaint
	err := tx.view().complaints(tx.forUpdate(tx.db)).Take(&c, "complaints.id = ?", id).Error
	return c, notFound(err)
}

// Complainant is who complained, in clear.
type Complainant struct{ Name, Phone string }

// RevealComplaint shows name and phone of the complainant in clear. It needs a stated
// reason, is recorded before it answers and counts with the reveals of residents (domain
// §8.4). Those complained of get Forbidden anonymous when the complaint asks for that.
func (v View) RevealComplaint(ctx context.Context, id models.ID, reason string) (Complainant, error) {
	reason = strings.TrimSpace(reason)
	var p models.Problems
	if models.CheckNote(&p, "reason", "查看原因", reason, models.MaxMoveReason); len(p) > 0 {
		return Complainant{}, p.Err()
	}
	var out Complainant
	err := v.transact(ctx, func(tx *Tx) error {
		var c models.Complaint
		if err := v.complaints(tx.db).Take(&c, "complaints.id = ?", id).Error; err != nil {
			return notFound(err)
		}
		if !v.actor.Can(models.ComplaintHandle) {
			return models.ErrForbidden
		}
		if !c.ShowsWho(v.actor) {
			return models.Errorf(models.Forbidden, "anonymous", "诉求人要求匿名")
		}
		if err := tx.mayReveal(); err != nil {
			return err
		}
		tx.record("complaint.reveal", "complaint", c.ID, c.ResidentID, "name", "phone").Reason = reason
		out = Complainant{c.Name, c.Phone}
		return nil
	})
	return out, err
}

// RemindComplaints tells those who have to answer a day before the deadline, and them and
// the officer when it has passed, each once for a deadline. It returns the number told.
func (s *Store) RemindComplaints(ctx context.Context) (int, error) {
	v := s.As(models.System("complaint-deadlines"))
	total, last := 0, models.Complaint{}
	for {
		n, next, err := v.remindComplaints(ctx, last)
		total += n
		if err != nil || next.ID == 0 {
			return total, err
		}
		last = next
	}
}

// remindComplaints looks at the next complaints after one, by deadline; the last it looked
// at has id 0 at the end.
func (v View) remindComplaints(ctx context.Context, after models.Complaint) (n int, last models.Complaint, err error) {
	err = v.transact(ctx, func(tx *Tx) error {
		n, last = 0, models.Complaint{}
		db := tx.db.Where("waiting_until <= ?", tx.now.Add(models.ComplaintRemind))
		if after.ID != 0 {
			db = db.Where("waiting_until >= ? AND (waiting_until > ? OR id > ?)", after.WaitingUntil, after.WaitingUntil, after.ID)
		}
		var due []models.Complaint
		if err := db.Order("waiting_until, id").Limit(rollBatch).Find(&due).Error; err != nil || len(due) == 0 {
			return err
		}
		last = due[len(due)-1]
		desk, err := tx.holdersOf(models.ComplaintOfficer)
		if err != nil {
			return err
		}
		for _, c := range due {
			told, err := tx.remindOfComplaint(c, desk)
			if err != nil {
				return err
			}
			n += told
		}
		return nil
	})
	return n, last, err
}

func (tx *Tx) remindOfComplaint(c models.Complaint, desk []models.ID) (int, error) {
	who, template := desk, ComplaintDueNotice
	if c.HandlerInstID != 0 {
		var err error
		if who, err = tx.handlers(c); err != nil {
			return 0, err
		}
	}
	if c.Overdue(tx.now) {
		template = ComplaintOverdueNotice
		if c.HandlerInstID != 0 {
			who = append(who, desk...)
		}
	}
	key := fmt.Sprintf("%s/%d/%s", template, c.ID, calendar.DateOf(c.DueAt))
	n, err := tx.tellEach(key, who, template, c.ID)
	if n > 0 {
		tx.record("complaint.remind", "complaint", c.ID, c.ResidentID)
	}
	return n, err
}
