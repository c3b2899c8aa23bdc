package seed

import (
	_ "embed" // the agreement text
	"fmt"

	"jiayi/models"
)

// agreementText is version 1 of the agreement, a text/template over models.AgreementFacts.
//
//go:embed agreement.tmpl
var agreementText string

// agreement is agreementText, read once.
var agreement = func() models.AgreementText {
	t, err := models.Template{Version: 1, Body: agreementText}.Text()
	if err != nil {
		panic(err)
	}
	return t
}()

// paperAgreement is the short text frozen for a contract that was signed on paper
// before the system came into use.
func paperAgreement(c models.Contract, r models.Resident, team models.Team) string {
	return fmt.Sprintf("家庭医生签约服务协议(纸质协议录入)。协议编号:%s。甲方:%s。乙方:%s。服务期限:%s至%s。原件由甲方存档。",
		c.No, team.Name, r.Name, c.BeginDate.Chinese(), c.EndDate.Chinese())
}

// agreementOf is the full text of a contract, as the store freezes it on signing.
func (d *district) agreementOf(c models.Contract, r models.Resident, packages []int, signer models.Resident, relation string) (string, error) {
	team := d.teams[c.TeamID-1]
	p := models.AgreementParties{
		Contract: c, Resident: r, Institution: d.institutions[team.InstitutionID-1], Team: team, Leader: d.staff[team.LeaderID-1],
		Signer: signer.Name, SignerRelation: relation, Region: region, Today: c.SignedOn,
	}
	if p.Today.IsZero() {
		p.Today = d.today
	}
	for _, i := range packages {
		p.Packages = append(p.Packages, d.packages[i])
	}
	return agreement.Render(p.Facts())
}
