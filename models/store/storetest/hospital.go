package storetest

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store"
)

// The other end of referrals, consults and discharges: a hospital with one doctor, and the
// referral centre of the district. District does not hold them; Hospital adds them.
const (
	LeadHospital   models.ID = 5 // 榴园区人民医院
	HospitalDoctor models.ID = 8 // staff: 蒋主任
	HospitalBoss   models.ID = 9 // staff: 沈科长
)

// Actors of the hospital and the centre.
var (
	AtHospital   = models.Actor{Role: models.Doctor, AccountID: 111, StaffID: HospitalDoctor, InstitutionID: LeadHospital}
	HospitalHead = models.Actor{Role: models.InstitutionManager, AccountID: 112, StaffID: HospitalBoss, InstitutionID: LeadHospital}
	CentreOne    = models.Actor{Role: models.ReferralCentre, AccountID: 113, StaffID: OtherStaff, InstitutionID: LeadHospital}
)

// Hospital adds the hospital and the centre with their accounts, and makes 东村's clinic and
// the township places of 三高共管.
func Hospital(t testing.TB, s *store.Store) {
	t.Helper()
	now := s.Now()
	account := func(name string, a models.Actor) models.Account {
		return models.Account{ID: a.AccountID, Username: name, Name: name, Role: a.Role, StaffID: a.StaffID, InstitutionID: a.InstitutionID, PasswordAt: now, Version: 1}
	}
	err := s.Load(t.Context(), func(l *store.Loader) error {
		for _, rows := range []any{
			[]models.Institution{{ID: LeadHospital, ParentID: Bureau, Path: "/1/5/", Level: models.LeadHospital, Code: "I05", Name: "榴园区人民医院", ThreeHigh: "centre", Active: true, Version: 1}},
			[]models.Staff{{ID: HospitalDoctor, No: "S0008", Name: "蒋主任", Sex: "1", InstitutionID: LeadHospital, Active: true, Version: 1},
				{ID: HospitalBoss, No: "S0009", Name: "沈科长", Sex: "2", InstitutionID: LeadHospital, Active: true, Version: 1}},
			[]models.Account{account("hospital", AtHospital), account("hospitalhead", HospitalHead), account("centre", CentreOne)},
		} {
			if err := l.Insert(rows); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
