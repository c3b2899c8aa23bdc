package store

import (
	"context"
	"encoding/json"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/codes"
)

// Export is everything the system knows about one resident, to be read section by section.
type Export struct {
	v        View
	resident models.Resident
	own      bool // of oneself: shown in clear
}

// OpenExport prepares the export of the actor's own data or a ward's (PIPL art. 45). It is
// recorded before anything is read, and refused after models.MaxExportsPerDay on one day.
func (v View) OpenExport(ctx context.Context, resident models.ID) (*Export, error) {
	out := &Export{v: v}
	err := v.transact(ctx, func(tx *Tx) error {
		r, err := tx.own(resident)
		if err != nil {
			return err
		}
		if by, err := lock[models.Resident](tx, tx.actor.ResidentID); err != nil || by.ID == 0 { // two exports at once are counted one after the other
			return err
		}
		var n int64
		if err := tx.db.Model(&models.AuditRow{}).Where("actor = ? AND action = ? AND at >= ?", tx.actor.Name(), "privacy.export", tx.today.Start()).Count(&n).Error; err != nil {
			return err
		}
		if n >= models.MaxExportsPerDay {
			return models.Errorf(models.TooMany, "export_limit", "每天最多导出%d次,请明天再试", models.MaxExportsPerDay)
		}
		tx.record("privacy.export", "resident", r.ID, r.ID)
		out.resident, out.own = r, tx.actor.ResidentID == r.ID
		return nil
	})
	return out, err
}

// exportProfile is the person.
type exportProfile struct {
	RecordNo     string      `json:"record_no"`
	Name         string      `json:"name"`
	Sex          string      `json:"sex"`
	BirthDate    models.Date `json:"birth_date"`
	DocumentType string      `json:"document_type"`
	IDNumber     string      `json:"id_number"`
	Phone        string      `json:"phone"`
	Address      string      `json:"address"`
	Nationality  string      `json:"nationality"`
	Permanent    bool        `json:"permanent"`
}

func (e *Export) profile() exportProfile {
	r := e.resident
	out := exportProfile{r.RecordNo, r.Name, r.Sex, r.BirthDate, r.DocumentType, r.DocumentNo, r.Phone, r.Address, r.Nationality, r.Permanent}
	if !e.own {
		out.IDNumber, out.Phone, out.Address = codes.MaskDocument(r.DocumentNo), codes.MaskPhone(r.Phone), codes.MaskAddress(r.Address)
	}
	return out
}

// Each reads the sections in order and hands over their items one by one, a few hundred at a
// time from the database. It stops at the first error.
func (e *Export) Each(ctx context.Context, section func(name string) error, item func(any) error) error {
	if err := section("profile"); err != nil {
		return err
	}
	if err := item(e.profile()); err != nil {
		return err
	}
	for _, s := range exportSections {
		if err := section(s.name); err != nil {
			return err
		}
		if err := s.each(e.v.query(ctx), e.resident.ID, item); err != nil {
			return err
		}
	}
	return nil
}

// exportSections are what is exported beside the profile, in order.
var exportSections = []struct {
	name string
	each func(db *gorm.DB, resident models.ID, item func(any) error) error
}{
	{"populations", each("resident_id", func(m models.Membership) any {
		return map[string]any{"code": m.Code, "label": m.Code.Label(), "begin": m.Begin, "end": dateOrNil(m.End), "evidence": m.Evidence}
	})},
	{"contracts", each("resident_id", func(c models.Contract) any {
		return map[string]any{"no": c.No, "status": c.Status, "team_id": c.TeamID, "signed_on": dateOrNil(c.SignedOn), "begin_date": dateOrNil(c.BeginDate), "end_date": dateOrNil(c.EndDate),
			"stopped_on": dateOrNil(c.StoppedOn), "source": c.Source, "disputed": c.Disputed}
	})},
	{"visits", each("resident_id", func(v models.Encounter) any {
		return map[string]any{"id": v.ID, "visited_on": v.VisitedOn, "visit_way": v.VisitWay, "team_id": v.TeamID, "services": v.Services, "voided": v.Voided, "answer": v.Answer}
	})},
	{"followups", each("resident_id", func(f models.Followup) any {
		return map[string]any{"visit_id": f.EncounterID, "program": f.Program, "visited_on": f.VisitedOn, "form": asJSON(f.Form), "assessment": asJSON(f.Assessment), "next_due_on": dateOrNil(f.NextDueOn)}
	})},
	{"readings", each("resident_id", func(v models.Vital) any {
		return map[string]any{"kind": v.Kind, "measured_at": v.MeasuredAt.UTC(), "values": v.Values(), "source": v.Source, "level": v.Level, "voided": v.Voided}
	})},
	{"complaints", each("resident_id", func(c models.Complaint) any {
		return map[string]any{"no": c.No, "category": c.Category, "status": c.Status, "received_at": c.ReceivedAt, "content": c.Content, "result": c.Result}
	})},
	{"consents", each("resident_id", func(c models.Consent) any {
		return map[string]any{"purpose": c.Purpose, "version": c.Version, "text_hash": c.TextHash, "given_at": c.GivenAt, "withdrawn_at": c.WithdrawnAt, "by_guardian": c.GuardianID != 0}
	})},
	{"requests", each("resident_id", func(q models.PrivacyRequest) any {
		return map[string]any{"kind": q.Kind, "field": q.Field, "wanted": q.Wanted, "status": q.Status, "due_on": q.DueOn, "answer": q.Answer}
	})},
	{"messages", each("resident_id", func(m models.Message) any {
		spec, _ := models.NoticeOf(m.Template)
		return map[string]any{"template": m.Template, "title": spec.Title, "created_at": m.CreatedAt, "status": m.Status, "read_at": m.ReadAt}
	})},
	{"nursing_homes", each("resident_id", func(s models.HomeStay) any {
		return map[string]any{"home_id": s.HomeID, "begin": s.Begin, "end": dateOrNil(s.End)}
	})},
	{"guardians", each("ward_id", func(g models.Guardian) any {
		return map[string]any{"relation": g.Relation, "consent": g.Consent, "begin": g.Begin, "end": g.End}
	})},
}

// exportBatch is how many rows of an export are read at once.
const exportBatch = 200

// each reads the rows of a noun that are about the resident, by id.
func each[T any](column string, show func(T) any) func(*gorm.DB, models.ID, func(any) error) error {
	return func(db *gorm.DB, resident models.ID, item func(any) error) error {
		var batch []T
		return db.Where(column+" = ?", resident).FindInBatches(&batch, exportBatch, func(*gorm.DB, int) error {
			for _, row := range batch {
				if err := item(show(row)); err != nil {
					return err
				}
			}
			return nil
		}).Error
	}
}

func dateOrNil(d models.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}

// asJSON is JSON text as JSON.
func asJSON(text string) any {
	if !json.Valid([]byte(text)) {
		return nil
	}
	return json.RawMessage(text)
}
