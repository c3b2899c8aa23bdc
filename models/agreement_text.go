package models

import (
	"fmt"
	"strings"
	"text/template"

	"jiayi/models/codes"
)

// AgreementFacts is what a template may say about a contract.
type AgreementFacts struct {
	No, Region, SignedOn, Begin, End             string
	TermYears                                    int
	Institution, Team, Leader, TeamPhone, Hours  string
	Doctor                                       string
	Name, Sex, Birth, DocumentNo, Phone, Address string
	Signer, SignerRelation                       string
	Crowds                                       []string
	Packages                                     []AgreementPackage
}

// AgreementPackage is one package as the agreement prints it.
type AgreementPackage struct {
	Name, Price, Own string // yuan
	Items            []AgreementItem
}

// AgreementItem is one promised service as the agreement prints it.
type AgreementItem struct {
	Name  string
	Quota int
	Unit  string
}

// AgreementParties are the rows an agreement speaks of.
type AgreementParties struct {
	Contract       Contract
	Resident       Resident
	Institution    Institution
	Team           Team
	Leader         Staff
	Packages       []Package
	Signer         string // name of who signs for the resident
	SignerRelation string // of a guardian, GB/T 4761
	Region         string
	Today          Date
}

// Facts are what the agreement says. A contract that waits for the team has no dates
// yet, so its text says from when the term counts. Sensitive populations stay out.
func (p AgreementParties) Facts() AgreementFacts {
	c, r := p.Contract, p.Resident
	f := AgreementFacts{
		No: c.No, Region: p.Region, SignedOn: p.Today.Chinese(), Begin: c.BeginDate.Chinese(), End: c.EndDate.Chinese(), TermYears: c.TermYears,
		Institution: p.Institution.Name, Team: p.Team.Name, Leader: p.Leader.Name, Doctor: p.Leader.Name, TeamPhone: p.Team.Phone, Hours: p.Team.Hours,
		Name: r.Name, Sex: codes.Sexes.Label(r.Sex), Birth: r.BirthDate.Chinese(), DocumentNo: r.DocumentNo, Phone: r.Phone, Address: r.Address,
		Signer: p.Signer, SignerRelation: codes.DetailedRelations.Label(p.SignerRelation),
	}
	if c.BeginDate.IsZero() {
		f.Begin, f.End = "甲方确认签约之日", fmt.Sprintf("满%d年之日", c.TermYears)
	}
	for _, code := range r.Standing.Mask.Populations() {
		if spec, ok := code.Spec(); ok && !spec.Sensitive {
			f.Crowds = append(f.Crowds, spec.Label)
		}
	}
	for _, k := range p.Packages {
		shown := AgreementPackage{Name: k.Name, Price: yuan(k.PriceCents), Own: yuan(k.OwnCents())}
		for _, i := range k.Items {
			shown.Items = append(shown.Items, AgreementItem{Name: i.Name, Quota: i.Quota, Unit: i.Unit})
		}
		f.Packages = append(f.Packages, shown)
	}
	return f
}

func yuan(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

// AgreementText is a template that has been read once, ready to be filled in.
type AgreementText struct{ t *template.Template }

// Text reads the template's body.
func (t Template) Text() (AgreementText, error) {
	parsed, err := template.New("agreement").Option("missingkey=error").Parse(t.Body)
	if err != nil {
		return AgreementText{}, fmt.Errorf("agreement template %d: %w", t.Version, err)
	}
	return AgreementText{parsed}, nil
}

// Render fills the facts in.
func (t AgreementText) Render(f AgreementFacts) (string, error) {
	var b strings.Builder
	if err := t.t.Execute(&b, f); err != nil {
		return "", fmt.Errorf("render agreement: %w", err)
	}
	return b.String(), nil
}
