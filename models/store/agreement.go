package store

import (
	"context"
	"fmt"
	"strings"
	"text/template"

	"jiayi/internal/seal"
	"jiayi/models"
	"jiayi/models/codes"
)

// freeze renders the agreement and keeps it with its hash and the evidence of the
// resident's signature. The hash also goes into the audit chain, so that an altered
// text is noticed even by someone who can write to the database.
func (tx *Tx) freeze(c models.Contract, r models.Resident, team models.Team, packages []models.Package, t models.Template, by signer, image string) error {
	facts, err := tx.facts(c, r, team, packages, by)
	if err != nil {
		return err
	}
	text, err := renderAgreement(t, facts)
	if err != nil {
		return err
	}
	a := models.Agreement{
		ContractID: c.ID, TemplateID: t.ID, Text: text, Hash: seal.SM3Hex([]byte(text)),
		SignerKind: by.kind, SignerID: by.id, Relation: by.relation, Way: models.WechatSignature, Signature: image,
		Device: tx.actor.Device, IP: tx.actor.IP, SignedAt: tx.now,
	}
	if tx.actor.IsStaff() {
		a.Way, a.WitnessID = models.OnSiteSignature, tx.actor.StaffID
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

func renderAgreement(t models.Template, facts models.AgreementFacts) (string, error) {
	parsed, err := template.New("agreement").Option("missingkey=error").Parse(t.Body)
	if err != nil {
		return "", fmt.Errorf("agreement template %d: %w", t.Version, err)
	}
	var b strings.Builder
	if err := parsed.Execute(&b, facts); err != nil {
		return "", fmt.Errorf("agreement template %d: %w", t.Version, err)
	}
	return b.String(), nil
}

func (tx *Tx) facts(c models.Contract, r models.Resident, team models.Team, packages []models.Package, by signer) (models.AgreementFacts, error) {
	inst, err := get[models.Institution](tx.db, team.InstitutionID)
	if err != nil {
		return models.AgreementFacts{}, err
	}
	leader, err := get[models.Staff](tx.db, team.LeaderID)
	if err != nil {
		return models.AgreementFacts{}, err
	}
	f := models.AgreementFacts{
		No: c.No, Region: tx.s.opt.Region, SignedOn: tx.today.Chinese(), Begin: c.BeginDate.Chinese(), End: c.EndDate.Chinese(), TermYears: c.TermYears,
		Institution: inst.Name, Team: team.Name, Leader: leader.Name, Doctor: leader.Name, TeamPhone: team.Phone, Hours: team.Hours,
		Name: r.Name, Sex: codes.Sexes.Label(r.Sex), Birth: r.BirthDate.Chinese(), DocumentNo: r.DocumentNo, Phone: r.Phone, Address: r.Address,
		Signer: by.name, SignerRelation: codes.DetailedRelations.Label(by.relation),
	}
	if f.Begin == "" {
		f.Begin, f.End = "甲方确认签约之日", fmt.Sprintf("满%d年之日", c.TermYears)
	}
	for _, p := range r.Standing.Mask.Populations() {
		if spec, ok := p.Spec(); ok && !spec.Sensitive {
			f.Crowds = append(f.Crowds, spec.Label)
		}
	}
	for _, p := range packages {
		shown := models.AgreementPackage{Name: p.Name, Price: yuan(p.PriceCents), Own: yuan(p.OwnCents())}
		for _, i := range p.Items {
			shown.Items = append(shown.Items, models.AgreementItem{Name: i.Name, Quota: i.Quota, Unit: i.Unit})
		}
		f.Packages = append(f.Packages, shown)
	}
	return f, nil
}

func yuan(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

// SignedAgreement is a frozen agreement with what stands beside it on paper.
type SignedAgreement struct {
	Contract models.Contract
	Title    string
	Doc      models.Agreement
	Intact   bool // the text still has the hash it was signed with
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
