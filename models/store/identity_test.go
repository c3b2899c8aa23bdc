package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"jiayi/internal/token"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// public is a visitor who is not signed in.
var public = models.Actor{IP: "10.0.0.1", Device: "test"}

const someHash = "$argon2id$hash-of-the-right-password"

// desk is a district with one account per role a test needs.
type desk struct {
	*store.Store
	t     *testing.T
	clock *storetest.Clock
}

func newDesk(t *testing.T) desk {
	s, clock := storetest.District(t)
	return desk{s, t, clock}
}

// account makes an account that owes nothing.
func (d desk) account(username string, role models.Role, staff models.ID) models.Account {
	d.t.Helper()
	issued, err := d.As(models.System("test")).CreateAccount(d.t.Context(),
		models.AccountDraft{Username: username, Name: "周医生", Role: role, StaffID: staff, InstitutionID: storetest.Liuyuan},
		store.OneTimePassword{Plain: "plain", Hash: "first"})
	if err != nil {
		d.t.Fatal(err)
	}
	actor := models.Actor{Role: role, AccountID: issued.Account.ID}
	if err := d.As(actor).ChangePassword(d.t.Context(), "first", someHash); err != nil {
		d.t.Fatal(err)
	}
	return issued.Account
}

func (d desk) attempt(username string, ok bool, step int64) (store.SignIn, error) {
	d.t.Helper()
	v := d.As(public)
	c, err := v.Credentials(d.t.Context(), username)
	if err != nil {
		return store.SignIn{}, err
	}
	return v.SignInStaff(d.t.Context(), store.StaffAttempt{Username: username, Against: c, PasswordOK: ok, OTPGiven: step != 0, OTPStep: step})
}

func (d desk) signIn(username string) store.SignIn {
	d.t.Helper()
	in, err := d.attempt(username, true, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	return in
}

func (d desk) identify(in store.SignIn) (models.Actor, error) {
	return d.Identify(d.t.Context(), store.Bearer{SessionID: in.SessionID, AccountID: in.AccountID, WechatID: in.WechatID})
}

func (d desk) wantAlive(in store.SignIn, alive bool) {
	d.t.Helper()
	_, err := d.identify(in)
	if alive && err != nil || !alive && !errors.Is(err, models.ErrUnauthenticated) {
		d.t.Errorf("alive should be %v: %v", alive, err)
	}
}

func TestStaffActor(t *testing.T) {
	d := newDesk(t)
	d.account("zhou", models.Doctor, storetest.EastDoctor)
	a, err := d.identify(d.signIn(" ZHOU "))
	if err != nil || a.Role != models.Doctor || a.StaffID != storetest.EastDoctor || a.InstitutionID != storetest.Liuyuan ||
		len(a.TeamIDs) != 1 || a.TeamIDs[0] != storetest.EastTeam || a.Owes != "" || a.SessionID == "" {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestStaffActorAfterLeavingTheTeam(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, clock := storetest.OpenOn(t, db, store.Options{})
	d := desk{s, t, clock}
	d.account("zhou", models.Doctor, storetest.EastDoctor)
	in := d.signIn("zhou")
	raw := storetest.Raw(t, db)
	leave := func(on models.Date) {
		t.Helper()
		err := raw.Model(&models.TeamMember{}).Where("staff_id = ?", storetest.EastDoctor).Update("end", on).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	leave(d.Today())
	if a, err := d.identify(in); err != nil || len(a.TeamIDs) != 1 || len(a.PastTeamIDs) != 0 {
		t.Errorf("on the last day: %+v, %v", a, err)
	}
	leave(d.Today().AddDays(-models.HandoverReadDays))
	if a, err := d.identify(in); err != nil || len(a.TeamIDs) != 0 || len(a.PastTeamIDs) != 1 || a.PastTeamIDs[0] != storetest.EastTeam {
		t.Errorf("afterwards: %+v, %v", a, err)
	}
	leave(d.Today().AddDays(-models.HandoverReadDays - 1))
	if a, err := d.identify(in); err != nil || len(a.TeamIDs) != 0 || len(a.PastTeamIDs) != 0 {
		t.Errorf("after the days of reading: %+v, %v", a, err)
	}
}

func TestIdentifyHoldsEveryClaimAgainstTheSession(t *testing.T) {
	d := newDesk(t)
	d.account("zhou", models.Doctor, storetest.EastDoctor)
	in := d.signIn("zhou")
	for _, b := range []store.Bearer{
		{}, {SessionID: in.SessionID}, {SessionID: in.SessionID, AccountID: in.AccountID + 1}, {SessionID: in.SessionID, WechatID: in.AccountID},
		{SessionID: "other", AccountID: in.AccountID}, {AccountID: in.AccountID},
	} {
		if a, err := d.Identify(t.Context(), b); !errors.Is(err, models.ErrUnauthenticated) || a.Role != "" {
			t.Errorf("%+v is %+v, %v", b, a, err)
		}
	}
}

func TestLockoutOfKnownAndUnknownNamesAlike(t *testing.T) {
	d := newDesk(t)
	account := d.account("zhou", models.Doctor, storetest.EastDoctor)
	for _, name := range []string{"zhou", "nobody"} {
		for range models.LockAfter {
			_, err := d.attempt(name, false, 0)
			wantCode(t, err, "bad_credentials")
		}
		_, err := d.attempt(name, true, 0)
		wantCode(t, err, "locked")
		var locked *models.Error
		if !errors.As(err, &locked) || locked.Details["retry_after"] != int(models.LockFor.Seconds()) {
			t.Errorf("%s: %+v", name, locked)
		}
	}
	d.clock.Add(models.LockFor - time.Second)
	_, err := d.attempt("zhou", true, 0)
	wantCode(t, err, "locked")
	d.clock.Add(time.Second)
	d.signIn("zhou")

	for range models.LockAfter {
		_, _ = d.attempt("zhou", false, 0)
	}
	if _, err := d.As(storetest.AdminOne).Unlock(t.Context(), account.ID); err != nil {
		t.Fatal(err)
	}
	d.signIn("zhou")
}

// However many guess at once, no more than the rule's number get an answer.
func TestGuessesAtOnce(t *testing.T) {
	d := newDesk(t)
	d.account("zhou", models.Doctor, storetest.EastDoctor)
	v := d.As(public)
	c, err := v.Credentials(t.Context(), "zhou")
	if err != nil {
		t.Fatal(err)
	}
	answers := race(16, func() error {
		_, err := v.SignInStaff(t.Context(), store.StaffAttempt{Username: "zhou", Against: c})
		return err
	})
	wrong := 0
	for _, err := range answers {
		if models.IsCode(err, "bad_credentials") {
			wrong++
		} else {
			wantCode(t, err, "locked")
		}
	}
	if wrong != models.LockAfter {
		t.Errorf("%d guesses were answered", wrong)
	}
}

func race(n int, try func() error) []error {
	var wg sync.WaitGroup
	out := make([]error, n)
	for i := range n {
		wg.Go(func() { out[i] = try() })
	}
	wg.Wait()
	return out
}

func TestPasswordChangedBetweenCheckAndSignIn(t *testing.T) {
	d := newDesk(t)
	a := d.account("zhou", models.Doctor, storetest.EastDoctor)
	v := d.As(public)
	c, err := v.Credentials(t.Context(), "zhou")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.As(models.Actor{Role: models.Doctor, AccountID: a.ID}).ChangePassword(t.Context(), someHash, "newer"); err != nil {
		t.Fatal(err)
	}
	_, err = v.SignInStaff(t.Context(), store.StaffAttempt{Username: "zhou", Against: c, PasswordOK: true})
	wantCode(t, err, "bad_credentials")
}

func (d desk) enrol(a models.Account, secret string, step int64) {
	d.t.Helper()
	own := d.As(models.Actor{Role: a.Role, AccountID: a.ID})
	if _, err := own.BeginTOTP(d.t.Context(), totpSecret(secret)); err != nil {
		d.t.Fatal(err)
	}
	if err := own.ConfirmTOTP(d.t.Context(), secret, step); err != nil {
		d.t.Fatal(err)
	}
}

func TestOneTimePasswords(t *testing.T) {
	d := newDesk(t)
	a := d.account("admin", models.SystemAdmin, 0)
	in := d.signIn("admin")
	if actor, err := d.identify(in); err != nil || actor.Owes != models.OwesTOTP {
		t.Errorf("before enrolment: %+v, %v", actor, err)
	}
	d.enrol(a, "SECRET", 100)
	if actor, err := d.identify(in); err != nil || actor.Owes != "" {
		t.Errorf("after enrolment: %+v, %v", actor, err)
	}
	for _, c := range []struct {
		step int64
		code string
	}{{0, "otp_required"}, {100, "bad_otp"}, {99, "bad_otp"}, {101, ""}, {101, "bad_otp"}, {102, ""}} {
		_, err := d.attempt("admin", true, c.step)
		if c.code == "" && err == nil {
			continue
		}
		wantCode(t, err, c.code)
	}
	_, err := d.attempt("admin", false, 0)
	wantCode(t, err, "bad_credentials") // whether a code is needed is told to the right password only

	own := d.As(models.Actor{Role: a.Role, AccountID: a.ID})
	_, err = own.BeginTOTP(t.Context(), totpSecret("THIEF"))
	wantCode(t, err, "otp_enrolled")
	wantCode(t, own.ConfirmTOTP(t.Context(), "THIEF", 103), "otp_enrolled")
}

// One code, many at once: one session.
func TestReplayedTOTP(t *testing.T) {
	d := newDesk(t)
	d.enrol(d.account("admin", models.SystemAdmin, 0), "SECRET", 100)
	v := d.As(public)
	c, err := v.Credentials(t.Context(), "admin")
	if err != nil {
		t.Fatal(err)
	}
	won := 0
	for _, err := range race(4, func() error {
		_, err := v.SignInStaff(t.Context(), store.StaffAttempt{Username: "admin", Against: c, PasswordOK: true, OTPGiven: true, OTPStep: 101})
		return err
	}) {
		if err == nil {
			won++
		} else {
			wantCode(t, err, "bad_otp")
		}
	}
	if won != 1 {
		t.Errorf("%d sessions", won)
	}
}

// Sixteen use one refresh token: one gets the next, and the session is over for all.
func TestRefreshRace(t *testing.T) {
	d := newDesk(t)
	d.account("zhou", models.Doctor, storetest.EastDoctor)
	in := d.signIn("zhou")
	v := d.As(public)
	var mu sync.Mutex
	var next []store.SignIn
	for _, err := range race(16, func() error {
		got, err := v.Refresh(t.Context(), in.Refresh)
		if err == nil {
			mu.Lock()
			defer mu.Unlock()
			next = append(next, got)
		}
		return err
	}) {
		if err != nil {
			wantCode(t, err, "session_ended")
		}
	}
	if len(next) != 1 {
		t.Fatalf("%d got a new token", len(next))
	}
	d.wantAlive(in, false)
	_, err := v.Refresh(t.Context(), next[0].Refresh)
	wantCode(t, err, "session_ended")
}

func TestRefreshChain(t *testing.T) {
	d := newDesk(t)
	d.account("zhou", models.Doctor, storetest.EastDoctor)
	in := d.signIn("zhou")
	v := d.As(public)
	for range 3 {
		d.clock.Add(models.StaffIdle)
		next, err := v.Refresh(t.Context(), in.Refresh)
		if err != nil || next.SessionID != in.SessionID || next.AccountID != in.AccountID || next.Refresh == in.Refresh {
			t.Fatalf("%+v, %v", next, err)
		}
		in = next
	}
	d.wantAlive(in, true)
	unknown, _ := token.NewOpaque()
	_, err := v.Refresh(t.Context(), unknown)
	wantCode(t, err, "session_ended")
	d.clock.Add(models.StaffIdle + models.SeenEvery + time.Second)
	_, err = v.Refresh(t.Context(), in.Refresh)
	wantCode(t, err, "session_ended")
}

// The same request sent again gets its first answer; another request does not.
func TestRefreshRepeated(t *testing.T) {
	d := newDesk(t)
	d.account("zhou", models.Doctor, storetest.EastDoctor)
	in := d.signIn("zhou")
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k1", Operation: "POST /auth/refresh", Hash: "h"})
	first, err := d.As(public).Refresh(ctx, in.Refresh)
	if err != nil {
		t.Fatal(err)
	}
	again, err := d.As(public).Refresh(ctx, in.Refresh)
	if err != nil || again != first {
		t.Errorf("%+v, %v", again, err)
	}
	d.wantAlive(in, true)
	_, err = d.As(public).Refresh(t.Context(), in.Refresh)
	wantCode(t, err, "session_ended")
	d.wantAlive(in, false)
}

// A refused sign-in leaves its key free, so that the corrected one may keep it; what it
// counted stays counted.
func TestRefusalKeepsItsCountButNotItsKey(t *testing.T) {
	d := newDesk(t)
	d.account("zhou", models.Doctor, storetest.EastDoctor)
	v := d.As(public)
	c, err := v.Credentials(t.Context(), "zhou")
	if err != nil {
		t.Fatal(err)
	}
	try := func(hash string, ok bool) error {
		ctx := store.WithRequest(t.Context(), store.Request{Key: "k", Operation: "POST /auth/staff", Hash: hash})
		_, err := v.SignInStaff(ctx, store.StaffAttempt{Username: "zhou", Against: c, PasswordOK: ok})
		return err
	}
	for range models.LockAfter - 1 {
		wantCode(t, try("wrong", false), "bad_credentials")
	}
	if err := try("right", true); err != nil {
		t.Error(err)
	}
	for range models.LockAfter {
		_, err := d.attempt("zhou", false, 0)
		wantCode(t, err, "bad_credentials")
	}
	_, err = d.attempt("zhou", true, 0)
	wantCode(t, err, "locked")
}

func TestSessionsEndAtOnce(t *testing.T) {
	admin := storetest.AdminOne
	for name, c := range map[string]struct {
		end      func(d desk, a models.Account, own models.Actor) error
		selfEnds bool
		allEnd   bool
	}{
		"logout": {func(d desk, _ models.Account, own models.Actor) error { return d.As(own).SignOut(t.Context()) }, true, false},
		"own password": {func(d desk, _ models.Account, own models.Actor) error {
			return d.As(own).ChangePassword(t.Context(), someHash, "newer")
		}, false, true},
		"role": {func(d desk, a models.Account, _ models.Actor) error {
			_, err := d.As(admin).UpdateAccount(t.Context(), a.ID, 2, store.AccountPatch{Role: new(models.Nurse)})
			return err
		}, true, true},
		"institution": {func(d desk, a models.Account, _ models.Actor) error {
			_, err := d.As(admin).UpdateAccount(t.Context(), a.ID, 2, store.AccountPatch{InstitutionID: new(storetest.Shiliu)})
			return err
		}, true, true},
		"disabled": {func(d desk, a models.Account, _ models.Actor) error {
			_, err := d.As(admin).UpdateAccount(t.Context(), a.ID, 2, store.AccountPatch{Disabled: new(true)})
			return err
		}, true, true},
		"name only": {func(d desk, a models.Account, _ models.Actor) error {
			_, err := d.As(admin).UpdateAccount(t.Context(), a.ID, 2, store.AccountPatch{Name: new("周敏")})
			return err
		}, false, false},
		"password reset": {func(d desk, a models.Account, _ models.Actor) error {
			_, err := d.As(admin).ResetPassword(t.Context(), a.ID, store.OneTimePassword{Plain: "p", Hash: "h"})
			return err
		}, true, true},
		"second factor reset": {func(d desk, a models.Account, _ models.Actor) error {
			_, err := d.As(admin).ResetTOTP(t.Context(), a.ID)
			return err
		}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			a := d.account("zhou", models.Doctor, storetest.EastDoctor)
			self, other := d.signIn("zhou"), d.signIn("zhou")
			own, err := d.identify(self)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.end(d, a, own); err != nil {
				t.Fatal(err)
			}
			d.wantAlive(self, !c.selfEnds)
			d.wantAlive(other, !c.allEnd)
			_, err = d.As(public).Refresh(t.Context(), other.Refresh)
			if c.allEnd != models.IsCode(err, "session_ended") {
				t.Errorf("refresh of the other session: %v", err)
			}
		})
	}
}

func TestIdleAndAbsoluteLimits(t *testing.T) {
	d := newDesk(t)
	d.account("zhou", models.Doctor, storetest.EastDoctor)
	in := d.signIn("zhou")
	for range int(models.StaffSession/models.StaffIdle) - 1 { // in use all day long
		d.clock.Add(models.StaffIdle)
		d.wantAlive(in, true)
	}
	d.clock.Add(models.StaffIdle)
	d.wantAlive(in, false)

	in = d.signIn("zhou")
	d.clock.Add(models.StaffIdle + models.SeenEvery + time.Millisecond)
	d.wantAlive(in, false)
}

func TestDisabledAndDormantAccounts(t *testing.T) {
	d := newDesk(t)
	a := d.account("zhou", models.Doctor, storetest.EastDoctor)
	d.clock.Add(models.DormantAfter + time.Second)
	_, err := d.attempt("zhou", true, 0)
	wantCode(t, err, "account_dormant")
	_, err = d.attempt("zhou", false, 0)
	wantCode(t, err, "bad_credentials")
	if _, err := d.As(storetest.AdminOne).ResetPassword(t.Context(), a.ID, store.OneTimePassword{Hash: "h"}); err != nil {
		t.Fatal(err)
	}
	if actor, err := d.identify(d.signIn("zhou")); err != nil || actor.Owes != models.OwesPassword {
		t.Errorf("after the reset: %+v, %v", actor, err)
	}
	if _, err := d.As(storetest.AdminOne).UpdateAccount(t.Context(), a.ID, 3, store.AccountPatch{Disabled: new(true)}); err != nil {
		t.Fatal(err)
	}
	_, err = d.attempt("zhou", true, 0)
	wantCode(t, err, "account_disabled")
}

func TestAccountsAreForAdministrators(t *testing.T) {
	d := newDesk(t)
	a := d.account("zhou", models.Doctor, storetest.EastDoctor)
	draft := models.AccountDraft{Username: "wu.min", Name: "吴敏", Role: models.Nurse, StaffID: storetest.EastNurse}
	for _, actor := range []models.Actor{{}, storetest.Manager, storetest.AuditorOne, storetest.EastLead, storetest.Qiang,
		{Role: models.SystemAdmin, AccountID: 9, Owes: models.OwesTOTP}} {
		v := d.As(actor)
		_, list := v.Accounts(t.Context(), store.AccountQuery{}, store.Page{})
		_, one := v.Account(t.Context(), a.ID)
		_, create := v.CreateAccount(t.Context(), draft, store.OneTimePassword{})
		_, update := v.UpdateAccount(t.Context(), a.ID, 2, store.AccountPatch{Role: new(models.SystemAdmin)})
		_, reset := v.ResetPassword(t.Context(), a.ID, store.OneTimePassword{})
		_, unlock := v.Unlock(t.Context(), a.ID)
		_, totp := v.ResetTOTP(t.Context(), a.ID)
		for i, err := range []error{list, one, create, update, reset, unlock, totp} {
			if !errors.Is(err, models.ErrForbidden) {
				t.Errorf("%s, call %d: %v", actor.Role, i, err)
			}
		}
	}
}

func TestAccountRules(t *testing.T) {
	d := newDesk(t)
	a := d.account("zhou", models.Doctor, storetest.EastDoctor)
	v := d.As(storetest.AdminOne)
	create := func(x models.AccountDraft) error {
		_, err := v.CreateAccount(t.Context(), x, store.OneTimePassword{Hash: "h"})
		return err
	}
	wantCode(t, create(models.AccountDraft{Username: "Zhou", Name: "周", Role: models.Nurse, StaffID: storetest.EastNurse}), "username_taken")
	wantCode(t, create(models.AccountDraft{Username: "zhou.admin", Name: "周", Role: models.SystemAdmin, StaffID: storetest.EastDoctor}), "staff_has_account")
	wantCode(t, create(models.AccountDraft{Username: "ghost", Name: "鬼", Role: models.Nurse, StaffID: 999}), "invalid")
	wantCode(t, create(models.AccountDraft{Username: "lost", Name: "迷", Role: models.Auditor, InstitutionID: 999}), "invalid")
	if err := create(models.AccountDraft{Username: "wu.min", Name: "吴敏", Role: models.Nurse, StaffID: storetest.EastNurse}); err != nil {
		t.Errorf("the staff member's institution is the account's: %v", err)
	}

	_, err := v.UpdateAccount(t.Context(), a.ID, 1, store.AccountPatch{Role: new(models.Nurse), Name: new("周医生")})
	wantCode(t, err, "stale")
	var e *models.Error
	if errors.As(err, &e) && (len(e.Fields) != 1 || e.Fields[0].Field != "role") {
		t.Errorf("%+v", e.Fields)
	}

	self := storetest.AdminOne
	self.AccountID = a.ID
	_, err = d.As(self).UpdateAccount(t.Context(), a.ID, 2, store.AccountPatch{Role: new(models.DistrictManager)})
	wantCode(t, err, "own_account")

	list, err := v.Accounts(t.Context(), store.AccountQuery{}, store.Page{Limit: 1})
	if err != nil || len(list.Items) != 1 || list.Next == "" || list.Items[0].PasswordHash != "" || list.Items[0].PastHashes != "" {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestOneTimePasswordIsShownAgainToARepeatedRequest(t *testing.T) {
	d := newDesk(t)
	v := d.As(storetest.AdminOne)
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k", Operation: "POST /accounts", Hash: "h"})
	draft := models.AccountDraft{Username: "audit", Name: "审计", Role: models.Auditor, InstitutionID: storetest.Bureau}
	first, err := v.CreateAccount(ctx, draft, store.OneTimePassword{Plain: "one", Hash: "h1"})
	if err != nil {
		t.Fatal(err)
	}
	again, err := v.CreateAccount(ctx, draft, store.OneTimePassword{Plain: "two", Hash: "h2"})
	if err != nil || again.Password != "one" || again.Account.ID != first.Account.ID {
		t.Errorf("%q, %v", again.Password, err)
	}
}

func TestWrongOldPasswordsLock(t *testing.T) {
	d := newDesk(t)
	a := d.account("zhou", models.Doctor, storetest.EastDoctor)
	own := d.As(models.Actor{Role: models.Doctor, AccountID: a.ID})
	for range models.LockAfter {
		if err := own.WrongOldPassword(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	_, err := own.OwnAccount(t.Context())
	wantCode(t, err, "locked")
	wantCode(t, own.ChangePassword(t.Context(), someHash, "newer"), "locked")
}

func TestSweepIdentity(t *testing.T) {
	d := newDesk(t)
	d.account("zhou", models.Doctor, storetest.EastDoctor)
	d.signIn("zhou")
	_, _ = d.attempt("nobody", false, 0)
	d.clock.Add(30 * 24 * time.Hour)
	fresh := d.signIn("zhou")
	if n, err := d.SweepIdentity(t.Context()); err != nil || n != 0 {
		t.Errorf("%d rows, %v", n, err)
	}
	d.clock.Add(models.StaffSession + time.Second)
	if n, err := d.SweepIdentity(t.Context()); err != nil || n != 3 {
		t.Errorf("%d rows, %v", n, err)
	}
	if _, err := d.As(public).Refresh(t.Context(), fresh.Refresh); !models.IsCode(err, "session_ended") {
		t.Error(err)
	}
}
