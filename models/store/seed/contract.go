package seed

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"time"

	"jiayi/internal/seal"
	"jiayi/models"
)

// contracts writes the contract history of a member of a family; the last one of a
// signed person is in force today.
func (w *scribe) contracts(k kin, i int) []models.Contract {
	r, p := k.residents[i], k.people[i]
	var out []models.Contract
	for _, t := range terms(w.rng, w.today, p) {
		c := w.open(r, k.team, t.signedOn)
		c.Status, c.TermYears, c.BeginDate, c.EndDate, c.SignedOn = t.status, t.years, t.begin, t.end, t.signedOn
		switch {
		case t.status != models.Active || w.full:
			c.Source = models.FromBulkImport
		default:
			c.Source, c.OpenedBy = w.source(r)
		}
		if c.EventID = w.voices.signedAt(c.InstitutionID, c.SignedOn); c.EventID != 0 {
			c.Source, c.OpenedBy = models.FromEvent, "staff:"+w.accountOf[c.DoctorID].String()
		}
		if t.status == models.Active {
			c.Slot = new(models.CurrentSlot)
		}
		if t.renews {
			c.PreviousID = out[len(out)-1].ID
		}
		out = append(out, c)
	}
	if !p.signed && w.demo.wantsApplication(k, r, w.today) {
		c := w.open(r, k.team, w.today)
		c.Status, c.Slot, c.TermYears, c.Source, c.OpenedBy = models.Applied, new(models.PendingSlot), 1, models.FromMiniProgram, "resident:"+r.ID.String()
		c.DueOn = w.today.AddWorkingDays(models.ReviewWorkdays)
		out = append(out, c)
	}
	return out
}

// open is a contract of a resident with a team, numbered on the day it was signed.
func (w *scribe) open(r models.Resident, team models.ID, on models.Date) models.Contract {
	w.signed[on]++
	t := w.teams[team-1]
	c := models.Contract{
		ID: next(&w.id.contract), No: fmt.Sprintf("QY%s%s%06d", region, compact(on), w.signed[on]), ResidentID: r.ID, TeamID: team, InstitutionID: t.InstitutionID,
		DoctorID: t.LeaderID, OpenedBy: "staff:" + w.accountOf[t.LeaderID].String(), TemplateID: w.template.ID, Version: 1, CreatedAt: w.clock(on, r.ID),
	}
	c.UpdatedAt = c.CreatedAt
	return c
}

func compact(d models.Date) string { return fmt.Sprintf("%04d%02d%02d", d.Year(), d.Month(), d.Day()) }

// clock is a moment of working hours on a day; of today it is early enough to be past.
func (w *scribe) clock(on models.Date, id models.ID) time.Time {
	if on == w.today {
		return on.Start().Add(time.Duration(id%60) * time.Second)
	}
	return on.Start().Add(8*time.Hour + time.Duration(id%540)*time.Minute)
}

// source draws where a current contract came from (domain §1.5) and who opened it.
func (w *scribe) source(r models.Resident) (models.ContractSource, string) {
	staff := "staff:" + w.accountOf[w.teams[r.AreaTeamID-1].LeaderID].String()
	switch n := w.rng.IntN(100); {
	case n < 55:
		return models.FromWorkbench, staff
	case n < 75 && r.Age(w.today) >= models.AgeOfConsent && r.Age(w.today) < 75:
		return models.FromMiniProgram, "resident:" + r.ID.String()
	case n < 90:
		return models.FromDoctorPhone, staff
	}
	return models.FromWorkbench, staff
}

// paper writes down a contract with its packages, history and frozen agreement.
func (w *scribe) paper(k kin, i int, c models.Contract) error {
	r := k.residents[i]
	chosen := []int{packBase}
	if c.Slot != nil {
		chosen = packagesOf(r.Standing.Mask, int(c.ID))
	}
	for _, n := range chosen {
		p := w.packages[n]
		w.out.packages = append(w.out.packages, models.ContractPackage{ID: next(&w.id.pack), ContractID: c.ID, PackageID: p.ID, Name: p.Name, PriceCents: p.PriceCents, PayerCents: p.PayerCents})
	}
	w.events(c)
	w.out.contracts = append(w.out.contracts, c)
	a, err := w.agreement(k, i, c, chosen)
	w.out.agreements = append(w.out.agreements, a)
	return err
}

// events writes the history the state table would have left (domain §1.6).
func (w *scribe) events(c models.Contract) {
	add := func(at time.Time, move models.ContractMove, from, to models.ContractStatus, by string) {
		w.out.events = append(w.out.events, models.ContractEvent{ID: next(&w.id.event), ContractID: c.ID, At: at, Move: move, From: from, To: to, By: by})
	}
	staff := "staff:" + w.accountOf[c.DoctorID].String()
	switch {
	case c.Status == models.Applied:
		add(c.CreatedAt, models.MoveApply, "", models.Applied, c.OpenedBy)
	case c.Source == models.FromMiniProgram:
		add(c.CreatedAt, models.MoveApply, "", models.Applied, c.OpenedBy)
		add(c.CreatedAt.Add(time.Minute), models.MoveAccept, models.Applied, models.Active, staff)
	default:
		add(c.CreatedAt, models.MoveSign, "", models.Active, staff)
	}
	ended := c.EndDate.AddDays(1).Start().Add(10 * time.Minute)
	switch c.Status {
	case models.Renewed:
		add(ended, models.MoveSucceed, models.Active, models.Renewed, "system")
	case models.Expired:
		add(ended, models.MoveExpire, models.Active, models.Expired, "system")
	}
}

// agreement freezes the text of a contract: the whole agreement of a contract signed in
// the system, a short one for a paper agreement that was entered later. The head of the
// household signs for minors.
func (w *scribe) agreement(k kin, i int, c models.Contract, packages []int) (models.Agreement, error) {
	r := k.residents[i]
	a := models.Agreement{ID: next(&w.id.agreement), ContractID: c.ID, TemplateID: c.TemplateID, SignerKind: models.SelfSigned, SignerID: r.ID, SignedAt: c.CreatedAt}
	signer := r
	if r.Age(w.today) < models.AgeOfConsent && i > 0 {
		signer = k.residents[0]
		a.SignerKind, a.SignerID, a.Relation = models.GuardianSigned, signer.ID, guardianRelation(signer, r)
	}
	if c.Status != models.Applied {
		a.TeamSigner, a.TeamSigned = c.DoctorID, new(c.CreatedAt.Add(time.Minute))
	}
	var err error
	switch c.Source {
	case models.FromBulkImport:
		a.Way, a.Text = models.ImportedPaper, paperAgreement(c, r, w.teams[c.TeamID-1])
	case models.FromMiniProgram:
		a.Way, a.Device = models.WechatSignature, "微信小程序"
		a.Text, err = w.agreementOf(c, r, packages, signer, a.Relation)
	default:
		a.Way, a.Device, a.WitnessID, a.Identity, a.Signature = models.OnSiteSignature, "签约平板", c.DoctorID, models.IdentityByCard, strokes
		a.Text, err = w.agreementOf(c, r, packages, signer, a.Relation)
	}
	a.Hash = seal.SM3Hex([]byte(a.Text))
	return a, err
}

// guardianRelation is the relation of the head of the household to a minor in it.
func guardianRelation(head, minor models.Resident) string {
	parent, grandparent := relFather, "61"
	if head.Sex == "2" {
		parent, grandparent = relMother, "62"
	}
	switch minor.HouseRelation {
	case relSon, relDaughter:
		return parent
	case relGrandson, relGranddaughter:
		return grandparent
	}
	return relOther
}

// strokes is the picture that stands for every handwritten signature: a wavy line.
var strokes = func() string {
	img := image.NewGray(image.Rect(0, 0, 160, 60))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for x := 10; x < 150; x++ {
		y := 30 + int(18*math.Sin(float64(x)/9)*math.Cos(float64(x)/31))
		for dy := range 3 {
			img.SetGray(x, y+dy, color.Gray{Y: 20})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // a buffer never fails to take it
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}()
