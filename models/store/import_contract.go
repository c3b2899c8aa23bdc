package store

import (
	"errors"
	"fmt"

	"jiayi/internal/seal"
	"jiayi/models"
)

// paperText is the frozen text of an imported contract: what the register says of the
// paper, which the team keeps. The paper itself is not in the system.
const paperText = `家庭医生签约服务协议(纸质协议登记)
协议编号:%s
签约居民:%s
签约团队:%s
签约日期:%s
协议期限:%s 至 %s

本协议以纸质签订,按签约登记名单批量导入;协议原件由签约团队保存。
`

// enterContracts inserts the contracts the rows brought, each with the base packages,
// its first event and a frozen text.
func (l *landing) enterContracts() error {
	signed := l.papers()
	if len(signed) == 0 {
		return nil
	}
	template, err := l.tx.currentTemplate()
	if errors.Is(err, models.ErrNotFound) {
		err = models.Errorf(models.Conflict, "no_template", "尚未设置协议书模板,无法登记已签合同")
	}
	if err != nil {
		return err
	}
	last, err := l.tx.advance("contract:"+compact(l.tx.today), int64(len(signed)))
	if err != nil {
		return err
	}
	var rows []models.Contract
	events := make([]models.ContractEvent, len(signed))
	for i, e := range signed {
		c := e.paper
		c.No, c.ResidentID, c.TemplateID = l.tx.s.contractNo(l.tx.today, last-int64(len(signed)-1-i)), e.resident.ID, template.ID
		rows = append(rows, *c)
		events[i] = e.event
	}
	ids, err := insertNamed(l.tx, rows, "no", func(c models.Contract) (models.ID, string) { return c.ID, c.No })
	if err != nil {
		return err
	}
	var base []models.Package
	if err := l.tx.db.Order("id").Find(&base, "active = ? AND base = ?", true, true).Error; err != nil {
		return err
	}
	var packages []models.ContractPackage
	var agreements []models.Agreement
	for i, e := range signed {
		c := e.paper
		c.ID = ids[c.No]
		for _, p := range base {
			packages = append(packages, models.ContractPackage{ContractID: c.ID, PackageID: p.ID, Name: p.Name, PriceCents: p.PriceCents, PayerCents: p.PayerCents})
		}
		events[i].ContractID, events[i].At = c.ID, l.tx.now
		a := l.freezePaper(*c, e.resident)
		e.hash = a.Hash
		agreements = append(agreements, a)
	}
	return errors.Join(insertAll(l.tx.db, packages), insertAll(l.tx.db, events), insertAll(l.tx.db, agreements))
}

// papers are the entries with a contract to be entered.
func (l *landing) papers() []*entry {
	var out []*entry
	for _, e := range l.entries {
		if e.paper != nil {
			out = append(out, e)
		}
	}
	return out
}

// freezePaper is the agreement of an imported contract. A minor's was signed by a
// guardian, whom the register does not name.
func (l *landing) freezePaper(c models.Contract, r models.Resident) models.Agreement {
	team := l.teams[c.TeamID]
	text := fmt.Sprintf(paperText, c.No, r.Name, team.Name, c.SignedOn.Chinese(), c.BeginDate.Chinese(), c.EndDate.Chinese())
	a := models.Agreement{
		ContractID: c.ID, TemplateID: c.TemplateID, Text: text, Hash: seal.SM3Hex([]byte(text)), SignerKind: models.SelfSigned, SignerID: r.ID,
		Way: models.ImportedPaper, Device: l.tx.actor.Device, IP: l.tx.actor.IP, SignedAt: c.SignedOn.Start(), TeamSigner: c.DoctorID, TeamSigned: new(c.SignedOn.Start()),
	}
	if r.Age(c.SignedOn) < models.AgeOfConsent {
		a.SignerKind, a.SignerID = models.GuardianSigned, 0
	}
	return a
}
