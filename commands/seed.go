package commands

import (
	"context"
	"errors"
	"fmt"

	"jiayi/internal/password"
	"jiayi/internal/totp"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/seed"
)

// logins are who can sign in to a seeded district, in the form of demo.json.
type logins struct {
	BaseURL    string        `json:"base_url"`
	DistrictID models.ID     `json:"district_id"`
	Logins     []login       `json:"logins"`
	Wechat     []wechatLogin `json:"wechat"`
}

type login struct {
	Role          models.Role `json:"role"`
	Username      string      `json:"username"`
	Password      string      `json:"password"`
	OTPSecret     string      `json:"otp_secret,omitempty"`
	Name          string      `json:"name"`
	TeamID        models.ID   `json:"team_id,omitzero"`
	InstitutionID models.ID   `json:"institution_id,omitzero"`
}

type wechatLogin struct {
	Code       string    `json:"code"`
	ResidentID models.ID `json:"resident_id"` // null for a newcomer
	Note       string    `json:"note"`
}

// wechatNotes say who the WeChat users are.
var wechatNotes = map[string]string{
	"elder":    "a resident of about 70 with hypertension and a contract",
	"guardian": "a daughter, guardian of her mother and her child",
	"newcomer": "a newcomer, not bound to any resident",
}

// wechatLabel says the same to who looks at the page in a browser.
var wechatLabel = map[string]string{
	"elder":    "一位近70岁的居民",
	"guardian": "一位替母亲和孩子办事的女儿",
	"newcomer": "一位初次使用的居民",
}

// districtID is the root of the tree of institutions.
const districtID models.ID = 1

func describeLogins(baseURL string, r seed.Result, password string, otp map[string]string) logins {
	out := logins{BaseURL: baseURL, DistrictID: districtID, Logins: []login{}, Wechat: []wechatLogin{}}
	for _, l := range r.Logins {
		out.Logins = append(out.Logins, login{l.Role, l.Username, password, otp[l.Username], l.Name, l.TeamID, l.InstitutionID})
	}
	for _, u := range r.Users {
		out.Wechat = append(out.Wechat, wechatLogin{u.OpenID, u.ResidentID, wechatNotes[u.Kind]})
	}
	return out
}

// seedDistrict fills an empty store; every account gets the password.
func seedDistrict(ctx context.Context, s *store.Store, scale float64, number uint64, plain string, secret func(string) string, p *progress) (seed.Result, error) {
	hash, err := password.NewHasher(1).Hash(ctx, plain)
	if err != nil {
		return seed.Result{}, err
	}
	defer p.end()
	return seed.Run(ctx, s, seed.Options{Scale: scale, Seed: number, Today: s.Today(), PasswordHash: hash, TOTPSecret: secret, Progress: p.tell})
}

// seedCommand fills an empty database.
type seedCommand struct {
	Scale  float64 `default:"1" help:"Share of the 514,130 residents."`
	Seed   uint64  `default:"1" help:"Another number makes other people."`
	Logins string  `default:"logins.json" type:"path" help:"File for the logins, readable by the owner only."`
	storeSettings
	logging
}

// Help is the long help text.
func (seedCommand) Help() string {
	return "For trials and load tests on a real server. All accounts get one random password, which stands in the file of logins beside the TOTP secrets. The people have ID numbers of region 370499, which belongs to nobody: serve needs JIAYI_ALLOW_TEST_REGION to take more of them."
}

// Run seeds the database.
func (c seedCommand) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	if !(c.Scale > 0 && c.Scale <= 1) {
		return usageError{errors.New("--scale must be above 0 and at most 1")}
	}
	c.AllowTestRegion = true
	return c.with(ctx, "seed", func(s *store.Store) error {
		plain, secrets := password.OneTime(), map[string]string{}
		r, err := seedDistrict(ctx, s, c.Scale, c.Seed, plain, func(username string) string {
			if secret, err := totp.NewSecret(otpIssuer, username); err == nil {
				secrets[username] = secret.Base32
			}
			return secrets[username]
		}, newProgress(std.Err))
		if err != nil {
			return err
		}
		if err := writeJSON(c.Logins, describeLogins("", r, plain, secrets)); err != nil {
			return err
		}
		_, err = fmt.Fprintf(std.Out, "%d residents, %d signed, %d contracts; logins in %s\n", r.Residents, r.Signed, r.Contracts, c.Logins)
		return err
	})
}
