package seed

import (
	_ "embed" // the agreement text
	"fmt"
	"strings"
	"text/template"

	"jiayi/models"
	"jiayi/models/codes"
)

// agreementText is version 1 of the agreement, a text/template over models.AgreementFacts.
//
//go:embed agreement.tmpl
var agreementText string

var agreementTemplate = template.Must(template.New("agreement").Option("missingkey=error").Parse(agreementText))

// renderAgreement is the full text of a contract, as the store freezes it on signing.
func renderAgreement(f models.AgreementFacts) (string, error) {
	var b strings.Builder
	err := agreementTemplate.Execute(&b, f)
	return b.String(), err
}

// paperAgreement is the short text frozen for a contract that was signed on paper
// before the system came into use.
func paperAgreement(c models.Contract, r models.Resident, team models.Team) string {
	return fmt.Sprintf("家庭医生签约服务协议(纸质协议录入)。协议编号:%s。甲方:%s。乙方:%s。服务期限:%s至%s。原件由甲方存档。",
		c.No, team.Name, r.Name, c.BeginDate.Chinese(), c.EndDate.Chinese())
}

// facts are what the agreement says about a contract.
func (d *district) facts(c models.Contract, r models.Resident, packages []int, signer models.Resident, relation string) models.AgreementFacts {
	team := d.teams[c.TeamID-1]
	leader := d.staff[team.LeaderID-1]
	f := models.AgreementFacts{
		No: c.No, Region: region, SignedOn: c.SignedOn.Chinese(), Begin: c.BeginDate.Chinese(), End: c.EndDate.Chinese(), TermYears: c.TermYears,
		Institution: d.institutions[team.InstitutionID-1].Name, Team: team.Name, Leader: leader.Name, Doctor: leader.Name, TeamPhone: team.Phone, Hours: team.Hours,
		Name: r.Name, Sex: codes.Sexes.Label(r.Sex), Birth: r.BirthDate.Chinese(), DocumentNo: r.DocumentNo, Phone: r.Phone, Address: r.Address,
		Signer: signer.Name, SignerRelation: codes.DetailedRelations.Label(relation),
	}
	if c.Status == models.Applied {
		f.SignedOn, f.Begin, f.End = d.today.Chinese(), "甲方确认签约之日", fmt.Sprintf("满%d年之日", c.TermYears)
	}
	for _, p := range r.Standing.Mask.Populations() {
		if spec, ok := p.Spec(); ok && !spec.Sensitive {
			f.Crowds = append(f.Crowds, spec.Label)
		}
	}
	for _, i := range packages {
		p := d.packages[i]
		shown := models.AgreementPackage{Name: p.Name, Price: yuan(p.PriceCents), Own: yuan(p.OwnCents())}
		for _, it := range p.Items {
			shown.Items = append(shown.Items, models.AgreementItem{Name: it.Name, Quota: it.Quota, Unit: it.Unit})
		}
		f.Packages = append(f.Packages, shown)
	}
	return f
}

func yuan(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }
