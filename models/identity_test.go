package models_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiayi/models"
)

var nine = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

func TestLockout(t *testing.T) {
	var x models.Throttle
	for i := range models.LockAfter - 1 {
		x.Fail(nine.Add(time.Duration(i) * models.FailureWindow)) // exactly the window apart still adds up
	}
	at := x.FailedAt
	if x.RetryAfter(at) != 0 {
		t.Fatal("locked one failure too early")
	}
	x.Fail(at)
	for i, c := range []struct {
		after, want time.Duration
	}{{0, models.LockFor}, {models.LockFor - 1, 1}, {models.LockFor, 0}} {
		if got := x.RetryAfter(at.Add(c.after)); got != c.want {
			t.Errorf("%d: %v, want %v", i, got, c.want)
		}
	}
}

func TestFailuresFarApartDoNotLock(t *testing.T) {
	var x models.Throttle
	at := nine
	for range 3 * models.LockAfter {
		x.Fail(at)
		at = at.Add(models.FailureWindow + time.Millisecond)
	}
	if x.LockedUntil != nil {
		t.Error("locked")
	}
}

// Each lock in a row is twice as long, up to a day.
func TestLocksGrow(t *testing.T) {
	var x models.Throttle
	at := nine
	for _, want := range []time.Duration{30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 16 * time.Hour, 24 * time.Hour, 24 * time.Hour} {
		for range models.LockAfter {
			x.Fail(at)
		}
		if got := x.RetryAfter(at); got != want {
			t.Errorf("%v, want %v", got, want)
		}
		at = at.Add(want)
	}
}

// Whatever the times, no 15 minutes see more than LockAfter failures outside a lock.
func TestLockoutLaw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var x models.Throttle
		var counted []time.Time
		at := nine
		for range rapid.IntRange(1, 60).Draw(rt, "tries") {
			at = at.Add(time.Duration(rapid.IntRange(0, 1200).Draw(rt, "seconds")) * time.Second)
			if x.RetryAfter(at) > 0 {
				continue
			}
			x.Fail(at)
			counted = append(counted, at)
			if n := len(counted); n > models.LockAfter && counted[n-1].Sub(counted[n-1-models.LockAfter]) < models.FailureWindow {
				rt.Fatalf("%d failures within the window", models.LockAfter+1)
			}
		}
	})
}

func TestSessionLife(t *testing.T) {
	staff := models.NewSession("s", 1, 0, models.Actor{}, nine)
	resident := models.NewSession("r", 0, 1, models.Actor{}, nine)
	used := staff
	used.SeenAt = nine.Add(models.StaffSession - time.Minute)
	ended := resident
	ended.EndedAt = &nine
	for name, c := range map[string]struct {
		s     models.Session
		after time.Duration
		want  bool
	}{
		"staff in use":           {staff, models.StaffIdle + models.SeenEvery, true},
		"staff idle":             {staff, models.StaffIdle + models.SeenEvery + 1, false},
		"staff at the end":       {used, models.StaffSession, false},
		"staff before the end":   {used, models.StaffSession - 1, true},
		"resident is never idle": {resident, models.ResidentSession - 1, true},
		"resident at the end":    {resident, models.ResidentSession, false},
		"ended":                  {ended, 0, false},
	} {
		if got := c.s.Alive(nine.Add(c.after)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestPasswordHistory(t *testing.T) {
	var a models.Account
	for _, h := range strings.Fields("h1 h2 h3 h4 h5 h6 h7") {
		a.SetPassword(h, false, nine)
	}
	if got := strings.Join(a.LastHashes(), " "); got != "h7 h6 h5 h4 h3" {
		t.Errorf("remembers %s", got)
	}
}

func TestDuties(t *testing.T) {
	with := func(role models.Role, edit func(*models.Account)) models.Account {
		a := models.Account{Role: role, PasswordAt: nine}
		edit(&a)
		return a
	}
	keep := func(*models.Account) {}
	for name, c := range map[string]struct {
		a    models.Account
		want models.Duty
	}{
		"doctor":                    {with(models.Doctor, keep), ""},
		"temporary password":        {with(models.Doctor, func(a *models.Account) { a.MustChange = true }), models.OwesPassword},
		"password of 90 days":       {with(models.Doctor, func(a *models.Account) { a.PasswordAt = nine.Add(-models.PasswordLife) }), ""},
		"older password":            {with(models.Doctor, func(a *models.Account) { a.PasswordAt = nine.Add(-models.PasswordLife - 1) }), models.OwesPassword},
		"administrator":             {with(models.SystemAdmin, keep), models.OwesTOTP},
		"administrator, enrolled":   {with(models.SystemAdmin, func(a *models.Account) { a.TOTPAt = &nine }), ""},
		"administrator, first time": {with(models.SystemAdmin, func(a *models.Account) { a.MustChange = true }), models.OwesPassword},
	} {
		if got := c.a.Owes(nine); got != c.want {
			t.Errorf("%s owes %q, want %q", name, got, c.want)
		}
	}
}

// While something is owed nothing else is allowed, for every permission of every role.
func TestRefusal(t *testing.T) {
	for _, spec := range models.Roles {
		all := append([]models.Permission{models.SignedIn, models.OwnAccount, models.OwnPassword, models.OwnTOTP, models.OwnBinding}, spec.Permissions...)
		for _, p := range all {
			password := p == models.OwnAccount || p == models.OwnPassword
			for duty, allowed := range map[models.Duty]bool{"": true, models.OwesPassword: password, models.OwesTOTP: password || p == models.OwnTOTP} {
				want := allowed && spec.Role.Has(p)
				if got := (models.Actor{Role: spec.Role, Owes: duty}).Can(p); got != want {
					t.Errorf("%s owing %q may use %s: %v", spec.Role, duty, p, got)
				}
			}
		}
	}
	for duty, code := range map[models.Duty]string{models.OwesPassword: "password_change_required", models.OwesTOTP: "otp_enrolment_required"} {
		if err := (models.Actor{Role: models.SystemAdmin, Owes: duty}).Refusal(models.AccountAdmin); !models.IsCode(err, code) {
			t.Errorf("%s: %v", duty, err)
		}
	}
}

func TestOwnPermissionsBelongToTheirDoor(t *testing.T) {
	for _, spec := range models.Roles {
		staff := spec.Role != models.ResidentRole && spec.Role != models.SystemRole
		if spec.Role.Has(models.OwnPassword) != staff || spec.Role.Has(models.OwnTOTP) != staff || spec.Role.Has(models.OwnBinding) != (spec.Role == models.ResidentRole) {
			t.Errorf("%s", spec.Role)
		}
	}
	if (models.Actor{}).Can(models.OwnAccount) || (models.Actor{Role: "unheard-of"}).Can(models.SignedIn) {
		t.Error("nobody may do something")
	}
}

func TestDormant(t *testing.T) {
	a := models.Account{PasswordAt: nine}
	if a.Dormant(nine.Add(models.DormantAfter)) || !a.Dormant(nine.Add(models.DormantAfter+1)) {
		t.Error("boundary")
	}
	a.LastSignIn = new(nine.Add(time.Hour))
	if a.Dormant(nine.Add(models.DormantAfter + time.Hour)) {
		t.Error("a sign-in keeps the account awake")
	}
}

func TestAccountDraft(t *testing.T) {
	good := models.AccountDraft{Username: "zhou.min", Name: "周敏", Role: models.Doctor, StaffID: 1, InstitutionID: 2}
	for name, c := range map[string]struct {
		edit  func(*models.AccountDraft)
		field string
	}{
		"good":                {func(*models.AccountDraft) {}, ""},
		"short name":          {func(d *models.AccountDraft) { d.Username = "zm" }, "username"},
		"longest name":        {func(d *models.AccountDraft) { d.Username = strings.Repeat("a", 32) }, ""},
		"too long name":       {func(d *models.AccountDraft) { d.Username = strings.Repeat("a", 33) }, "username"},
		"Chinese user name":   {func(d *models.AccountDraft) { d.Username = "周医生" }, "username"},
		"no real name":        {func(d *models.AccountDraft) { d.Name = " " }, "name"},
		"resident":            {func(d *models.AccountDraft) { d.Role = models.ResidentRole }, "role"},
		"system":              {func(d *models.AccountDraft) { d.Role = models.SystemRole }, "role"},
		"unknown role":        {func(d *models.AccountDraft) { d.Role = "boss" }, "role"},
		"team without staff":  {func(d *models.AccountDraft) { d.StaffID = 0 }, "staff_id"},
		"auditor sans staff":  {func(d *models.AccountDraft) { d.Role, d.StaffID = models.Auditor, 0 }, ""},
		"without institution": {func(d *models.AccountDraft) { d.InstitutionID = 0 }, "institution_id"},
	} {
		d := good
		c.edit(&d)
		var p models.Problems
		d.Check(&p)
		switch {
		case c.field == "" && len(p) > 0, c.field != "" && (len(p) != 1 || p[0].Field != c.field):
			t.Errorf("%s: %v", name, p)
		}
	}
}

func TestClaim(t *testing.T) {
	zhang := models.Resident{ID: 1, Name: "张强", Phone: "19900000002", Status: models.Living}
	amina := models.Resident{ID: 2, Name: "阿米娜·买买提", Phone: "19900000003", Status: models.Living}
	edit := func(f func(*models.Resident)) models.Resident { r := zhang; f(&r); return r }
	for name, c := range map[string]struct {
		claim models.Claim
		r     models.Resident
		taken bool
		proof models.BindingProof
		err   error
	}{
		"all agree":         {models.Claim{Name: "张强", Phone: "19900000002"}, zhang, false, models.ProofPhone, nil},
		"another dot":       {models.Claim{Name: "阿米娜•买买提", Phone: "19900000003"}, amina, false, models.ProofPhone, nil},
		"nobody":            {models.Claim{Name: "张强", Phone: "19900000002"}, models.Resident{}, false, "", models.ErrNotOnFile},
		"another name":      {models.Claim{Name: "张弓", Phone: "19900000002"}, zhang, false, "", models.ErrNotOnFile},
		"another phone":     {models.Claim{Name: "张强", Phone: "19900000009"}, zhang, false, "", models.ErrNotOnFile},
		"dead":              {models.Claim{Name: "张强", Phone: "19900000002"}, edit(func(r *models.Resident) { r.Status = models.Dead }), false, "", models.ErrNotOnFile},
		"no phone on file":  {models.Claim{Name: "张强", Phone: "19900000002"}, edit(func(r *models.Resident) { r.Phone = "" }), false, models.LacksPhone, models.ErrNeedsTeam},
		"no phone, no name": {models.Claim{Name: "李四", Phone: "19900000002"}, edit(func(r *models.Resident) { r.Phone = "" }), false, "", models.ErrNotOnFile},
		"taken":             {models.Claim{Name: "张强", Phone: "19900000002"}, zhang, true, models.LacksRelease, models.ErrNeedsTeam},
		"taken, bad phone":  {models.Claim{Name: "张强", Phone: "19900000009"}, zhang, true, "", models.ErrNotOnFile},
	} {
		if proof, err := c.claim.Against(c.r, c.taken); proof != c.proof || !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
			t.Errorf("%s: %q, %v", name, proof, err)
		}
	}
}
