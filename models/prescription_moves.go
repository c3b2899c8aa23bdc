package models

import (
	"time"

	"jiayi/internal/calendar"
)

// PrescriptionMove is an event of a long prescription.
type PrescriptionMove string

// The moves.
const (
	RxRequest  PrescriptionMove = "request"
	RxAssess   PrescriptionMove = "assess"
	RxRefuse   PrescriptionMove = "refuse"
	RxSign     PrescriptionMove = "sign" // the resident confirms
	RxPass     PrescriptionMove = "pass" // 审方通过
	RxReturn   PrescriptionMove = "return"
	RxIssue    PrescriptionMove = "issue"
	RxDispense PrescriptionMove = "dispense"
	RxCancel   PrescriptionMove = "cancel"
)

// PrescriptionMoveLabels are the Chinese names of the moves.
var PrescriptionMoveLabels = map[PrescriptionMove]string{ // #nosec G101 -- names, not a secret
	RxRequest: "申请", RxAssess: "评估", RxRefuse: "不予开具", RxSign: "居民确认", RxPass: "审方通过", RxReturn: "审方退回", RxIssue: "开具", RxDispense: "发药", RxCancel: "取消",
}

// PrescriptionProcess is the state table of a long prescription (domain §6.5). Every one passes
// the assessment and the pharmacist before it is issued.
var PrescriptionProcess = Process[PrescriptionStatus, PrescriptionMove]{
	Noun: "prescription", Title: "长期处方", States: PrescriptionStatusLabels, Moves: PrescriptionMoveLabels,
	Steps: []Step[PrescriptionStatus, PrescriptionMove]{
		{RxRequest, nil, RxRequested, PartyResident | PartyTeam, PrescriptionAsk, false},
		{RxAssess, []PrescriptionStatus{RxRequested, RxReturned}, RxAssessed, PartyTeam, PrescriptionSign, false},
		{RxRefuse, []PrescriptionStatus{RxRequested, RxReturned}, RxRefused, PartyTeam, PrescriptionSign, true},
		{RxSign, []PrescriptionStatus{RxAssessed}, RxSigned, PartyResident | PartyTeam, PrescriptionAsk, false},
		{RxPass, []PrescriptionStatus{RxSigned}, RxReviewed, PartyTeam, PrescriptionTest, false},
		{RxReturn, []PrescriptionStatus{RxSigned}, RxReturned, PartyTeam, PrescriptionTest, true},
		{RxIssue, []PrescriptionStatus{RxReviewed}, RxIssued, PartyTeam, PrescriptionSign, false},
		{RxDispense, []PrescriptionStatus{RxIssued}, RxDispensed, PartyTeam, PrescriptionAsk, false},
		{RxCancel, []PrescriptionStatus{RxRequested, RxAssessed, RxSigned, RxReviewed, RxReturned, RxIssued}, RxCancelled, PartyResident | PartyTeam | PartySystem, PrescriptionAsk, true},
	},
}

// PrescriptionStep is what a move brings with it, and what is known when it is made.
type PrescriptionStep struct {
	Reason     string    // refuse, return, cancel
	Assessment string    // assess: the doctor's words
	Signature  string    // sign: a data URL
	Followup   *Followup // assess, issue: the last follow-up of the disease
	Title      string    // assess, issue: of the acting doctor
	First      bool      // assess, issue: never issued for the resident and disease
}

// Move applies a move to the prescription; it is the only writer of its status. Beside what the
// table refuses it returns
//   - Invalid for a missing assessment, and for a missing signature above 28 days (domain §10.12);
//   - Conflict followup_too_old or not_controlled at the assessment and at the issue;
//   - Forbidden title when the first one is assessed or issued below an intermediate title;
//   - Forbidden own_prescription for a review by the prescriber.
func (x *Prescription) Move(m PrescriptionMove, by Actor, parties Party, step PrescriptionStep, now time.Time) (Event, error) {
	to, e, err := PrescriptionProcess.Move(x.Status, m, by, parties, step.Reason)
	if err != nil {
		return e, err
	}
	today := calendar.DateOf(now)
	if err := x.check(m, by, step, today); err != nil {
		return e, err
	}
	x.Status = to
	switch m {
	case RxRequest:
		x.AskedBy = by.Name()
	case RxAssess:
		x.AssessedBy, x.AssessedOn, x.Assessment, x.FollowupID = by.StaffID, today, step.Assessment, step.Followup.ID
		x.Signature, x.SignedBy, x.ReviewedBy = "", "", 0 // what was confirmed and passed before is no longer
	case RxSign:
		x.Signature, x.SignedBy = step.Signature, by.Name()
	case RxPass, RxReturn:
		x.ReviewedBy = by.StaffID
	case RxIssue:
		x.IssuedOn = today
	case RxDispense:
		x.DispensedAt, x.SupplyEnds = &now, today.AddDays(x.Days-1)
	}
	return e, nil
}

func (x Prescription) check(m PrescriptionMove, by Actor, step PrescriptionStep, today Date) error {
	var p Problems
	switch m {
	case RxAssess, RxIssue:
		if m == RxAssess {
			CheckNote(&p, "assessment", "评估意见", step.Assessment, 200)
		}
		if step.First && !SeniorTitle(step.Title) {
			return Errorf(Forbidden, "title", "首次开具长期处方须由中级及以上职称的医师办理")
		}
		if err := p.Err(); err != nil {
			return err
		}
		return CheckFollowup(step.Followup, today)
	case RxSign:
		if x.NeedsSignature() && step.Signature == "" {
			p.Add("signature", "required", "超过4周的长期处方须由居民签字确认")
		}
		CheckSignature(&p, "signature", step.Signature)
	case RxPass, RxReturn:
		if by.StaffID == x.AssessedBy {
			return Errorf(Forbidden, "own_prescription", "审方须由开方医师以外的人员进行")
		}
	}
	return p.Err()
}
