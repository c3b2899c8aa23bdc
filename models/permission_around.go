package models

// The permissions of the processes around the contract.
const (
	ReferralRead     Permission = "referral.read"
	ReferralWrite    Permission = "referral.write"    // a doctor refers, and notes the result
	ReferralConsent  Permission = "referral.consent"  // the resident consents or withdraws; staff note consent given on site
	ReferralReceive  Permission = "referral.receive"  // accept, reject, note arrival and discharge
	ReferralAssign   Permission = "referral.assign"   // the centre sends a referral elsewhere
	ConsultRead      Permission = "consult.read"      // remote consults
	ConsultWrite     Permission = "consult.write"     //
	ConsultAnswer    Permission = "consult.answer"    //
	DischargeRead    Permission = "discharge.read"    // follow-up of discharged patients
	DischargeWrite   Permission = "discharge.write"   //
	AppointmentRead  Permission = "appointment.read"  //
	AppointmentBook  Permission = "appointment.book"  // residents for themselves, staff for residents
	AppointmentDesk  Permission = "appointment.desk"  // check in, no-show
	ScheduleWrite    Permission = "schedule.write"    //
	MessageRead      Permission = "message.read"      // between residents and their team
	MessageWrite     Permission = "message.write"     //
	NoticeFollow     Permission = "notice.follow"     // see what reached no phone, send it again, tell it by telephone
	HomeServiceRead  Permission = "homeservice.read"  //
	HomeServiceAsk   Permission = "homeservice.ask"   //
	HomeServiceRun   Permission = "homeservice.run"   // assess, assign, go
	PrescriptionRead Permission = "prescription.read" // long prescriptions
	PrescriptionAsk  Permission = "prescription.ask"  //
	PrescriptionSign Permission = "prescription.sign" //
	PrescriptionTest Permission = "prescription.test" // a pharmacist reviews
	ComplaintRead    Permission = "complaint.read"    //
	ComplaintFile    Permission = "complaint.file"    //
	ComplaintHandle  Permission = "complaint.handle"  // assign, visit again, close: the officer
	ComplaintAnswer  Permission = "complaint.answer"  // the institution or team that is complained of
	SurveyAnswer     Permission = "survey.answer"     //
	SurveyRead       Permission = "survey.read"       // figures only
	AgreementRead    Permission = "agreement.read"    // with nursing homes
	AgreementWrite   Permission = "agreement.write"   //
	RoundWrite       Permission = "round.write"       // rounds in nursing homes, and who lives there
	EventRead        Permission = "event.read"        // signing events, talks, free clinics
	EventWrite       Permission = "event.write"       //
	PartnerWrite     Permission = "partner.write"     // sessions of visiting experts
	SettlementRead   Permission = "settlement.read"   // division of money
	SettlementWrite  Permission = "settlement.write"  //
	AssessmentRead   Permission = "assessment.read"   // scores of teams and institutions
	AssessmentWrite  Permission = "assessment.write"  //
	HandoverRead     Permission = "handover.read"     // what changes hands, and the people
	HandoverWrite    Permission = "handover.write"    //
	ExportAsk        Permission = "export.ask"        // lists of people as a file
	ExportApprove    Permission = "export.approve"    // those of others
	PrivacyOwn       Permission = "privacy.own"       // consents, export, correction and deletion of one's own data
	PrivacyHandle    Permission = "privacy.handle"    //
)
