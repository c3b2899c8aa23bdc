package store

import (
	"context"
	"strings"
	"sync"

	"jiayi/internal/seal"
	"jiayi/models"
	"jiayi/models/codes"
)

// freeze renders the agreement and keeps it with its hash and the evidence of the
// resident's signature. The hash also goes into the audit chain, so that an altered
// text is noticed even by someone who can write to the database.
func (tx *Tx) freeze(c models.Contract, r models.Resident, team models.Team, packages []models.Package, t models.Template, by signer, s Signing) error {
	text, err := tx.agreementText(c, r, team, packages, t, by)
	if err != nil {
		return err
	}
	a := models.Agreement{
		ContractID: c.ID, TemplateID: t.ID, Text: text, Hash: seal.SM3Hex([]byte(text)),
		SignerKind: by.kind, SignerID: by.id, Relation: by.relation, Way: models.WechatSignature, Signature: s.Signature,
		Device: tx.actor.Device, IP: tx.actor.IP, SignedAt: tx.now,
	}
	if tx.actor.IsStaff() {
		a.Way, a.WitnessID, a.Identity = models.OnSiteSignature, tx.actor.StaffID, s.Identity
		if s.Signature == "" { // an offer: the resident has yet to sign
			a.Way = models.NotSigned
		}
	}
	if c.Status == models.Active {
		a.TeamSigner, a.TeamSigned = c.DoctorID, &tx.now
	}
	if err := tx.db.Create(&a).Error; err != nil {
		return err
	}
	tx.record("agreement.freeze", "agreement", a.ID, r.ID, a.Hash)
	return nil
}

// agreementText fills in the agreement of a contract.
func (tx *Tx) agreementText(c models.Contract, r models.Resident, team models.Team, packages []models.Package, t models.Template, by signer) (string, error) {
	inst, err := get[models.Institution](tx.db, team.InstitutionID)
	if err != nil {
		return "", err
	}
	leader, err := get[models.Staff](tx.db, team.LeaderID)
	if err != nil {
		return "", err
	}
	text, err := tx.s.texts.get(t)
	if err != nil {
		return "", err
	}
	return text.Render(models.AgreementParties{
		Contract: c, Resident: r, Institution: inst, Team: team, Leader: leader, Packages: packages, Signer: by.name, SignerRelation: by.relation,
		Region: tx.s.opt.Region, Today: tx.today,
	}.Facts())
}

// textCache keeps agreement texts that were read: one that has begun never changes, and every
// signing fills in the one of the day.
type textCache struct{ known sync.Map } // models.ID of the template → models.AgreementText

func (c *textCache) get(t models.Template) (models.AgreementText, error) {
	if text, ok := c.known.Load(t.ID); ok {
		return text.(models.AgreementText), nil
	}
	text, err := t.Text()
	if err == nil {
		c.known.Store(t.ID, text)
	}
	return text, err
}

// DraftAgreement is the text that would be signed now.
type DraftAgreement struct{ Title, Text string }

// undrawnNumber stands where the number of a contract will.
const undrawnNumber = "(签署时生成)"

// DraftAgreement fills the agreement in for someone to read before signing; nothing is kept.
// To staff it shows the resident's numbers masked: a draft is no way around a reveal.
func (v View) DraftAgreement(ctx context.Context, s Signing) (DraftAgreement, error) {
	var out DraftAgreement
	err := v.transact(ctx, func(tx *Tx) error {
		r, err := tx.view().caredFor(tx.db, s.ResidentID)
		if err != nil {
			return residentField(err)
		}
		team, err := tx.signableTeam(s.TeamID)
		if err != nil {
			return err
		}
		by, err := tx.signer(r, s)
		if err != nil {
			return err
		}
		packages, err := tx.packagesFor(r, s.PackageIDs)
		if err != nil {
			return err
		}
		if tx.actor.IsStaff() {
			r.DocumentNo, r.Phone, r.Address = codes.MaskDocument(r.DocumentNo), codes.MaskPhone(r.Phone), codes.MaskAddress(r.Address)
		}
		t, err := tx.currentTemplate()
		if err != nil {
			return err
		}
		c := models.Contract{No: undrawnNumber, ResidentID: r.ID, TermYears: s.TermYears}
		tx.setDates(&c, s, models.MoveSign)
		tx.record("agreement.draft", "resident", r.ID, r.ID)
		out.Title = t.Title
		out.Text, err = tx.agreementText(c, r, team, packages, t, by)
		return err
	})
	return out, err
}

// SignedAgreement is a frozen agreement with what stands beside it on paper.
type SignedAgreement struct {
	Contract models.Contract
	Title    string
	Doc      models.Agreement
	Witness  string // name of the staff before whom it was signed
	Intact   bool   // the text still has the hash it was signed with
}

// Agreement reads the frozen agreement of a contract, witnessed.
func (v View) Agreement(ctx context.Context, contract models.ID) (SignedAgreement, error) {
	db := v.query(ctx)
	c, err := v.contract(db, contract)
	if err != nil {
		return SignedAgreement{}, err
	}
	out := SignedAgreement{Contract: c}
	if err := db.Take(&out.Doc, "contract_id = ?", c.ID).Error; err != nil {
		return out, notFound(err)
	}
	t, err := get[models.Template](db, out.Doc.TemplateID)
	if err != nil {
		return out, err
	}
	out.Title = t.Title
	if out.Doc.Way == models.OnSiteSignature && out.Doc.WitnessID != 0 {
		witness, err := get[models.Staff](db, out.Doc.WitnessID)
		if err != nil {
			return out, err
		}
		out.Witness = witness.Name
	}
	out.Intact = seal.SM3Hex([]byte(out.Doc.Text)) == out.Doc.Hash
	return out, v.witnessed(ctx, "agreement.read", "agreement", out.Doc.ID, c.ResidentID)
}

// Verified is what anyone holding a printed agreement may learn about it.
type Verified struct {
	Genuine  bool // the number exists, the hash is the one signed, and the text is intact
	Status   models.ContractStatus
	SignedOn models.Date
	Name     string // masked
	Team     string
}

// VerifyAgreement holds the number and hash of a printed agreement against the server.
// A wrong hash learns nothing else about the number.
func (s *Store) VerifyAgreement(ctx context.Context, no, hash string) (Verified, error) {
	db := s.query(ctx)
	var c models.Contract
	var a models.Agreement
	if err := db.Take(&c, "no = ?", no).Error; err != nil {
		return Verified{}, ignoreMissing(notFound(err))
	}
	if err := db.Take(&a, "contract_id = ?", c.ID).Error; err != nil {
		return Verified{}, ignoreMissing(notFound(err))
	}
	if a.Hash != strings.ToLower(hash) || seal.SM3Hex([]byte(a.Text)) != a.Hash {
		return Verified{}, nil
	}
	r, err := get[models.Resident](db, c.ResidentID)
	if err != nil {
		return Verified{}, err
	}
	team, err := get[models.Team](db, c.TeamID)
	return Verified{true, c.Status, c.SignedOn, codes.MaskName(r.Name), team.Name}, err
}

func ignoreMissing(err error) error {
	if models.IsKind(err, models.NotFound) {
		return nil
	}
	return err
}
