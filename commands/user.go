package commands

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"jiayi/internal/calendar"
	"jiayi/internal/password"
	"jiayi/models"
	"jiayi/models/store"
)

// user keeps staff accounts where no administrator can sign in yet, or any more.
type user struct {
	Add     userAdd     `cmd:"" help:"Make an account and print its one-time password."`
	List    userList    `cmd:"" help:"List the accounts."`
	Reset   userReset   `cmd:"" help:"Give an account a new one-time password, and lift its lock."`
	Disable userDisable `cmd:"" help:"Close an account and end its sessions at once."`
}

// accounts is the store as this command line may see it.
func accounts(s *store.Store) store.View { return s.As(models.System("user")) }

func oneTime(ctx context.Context) (store.OneTimePassword, error) {
	plain := password.OneTime()
	hash, err := password.NewHasher(1).Hash(ctx, plain)
	return store.OneTimePassword{Plain: plain, Hash: hash}, err
}

// printIssued shows a one-time password, which is kept nowhere else.
func printIssued(std IO, a store.IssuedAccount) error {
	_, err := fmt.Fprintf(std.Out, "%s: one-time password %s (must be changed at the first sign-in)\n", a.Account.Username, a.Password)
	return err
}

func findAccount(ctx context.Context, s *store.Store, username string) (models.Account, error) {
	list, err := accounts(s).Accounts(ctx, store.AccountQuery{Username: username}, store.Page{Limit: 1})
	switch {
	case err != nil:
		return models.Account{}, err
	case len(list.Items) == 0:
		return models.Account{}, errors.New("there is no account of that user name")
	}
	return list.Items[0].Account, nil
}

type userAdd struct {
	Username    string `arg:"" help:"Lower-case letters, digits, dot, dash."`
	Name        string `required:"" help:"Real name."`
	Role        string `required:"" enum:"district_manager,institution_manager,team_lead,doctor,nurse,assistant,auditor,system_admin" help:"One of ${enum}."`
	Institution int64  `help:"Id of the institution (default: that of the staff member, else the district's)."`
	Staff       int64  `help:"Id of the staff member; needed for the roles of a team."`
	upkeepSettings
	logging
}

// Run makes the account.
func (c userAdd) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	return c.with(ctx, "user add", func(s *store.Store) error {
		pw, err := oneTime(ctx)
		if err != nil {
			return err
		}
		d := models.AccountDraft{Username: c.Username, Name: c.Name, Role: models.Role(c.Role), StaffID: models.ID(c.Staff), InstitutionID: models.ID(c.Institution)}
		if d.InstitutionID == 0 && d.StaffID == 0 {
			d.InstitutionID = districtID
		}
		made, err := accounts(s).CreateAccount(ctx, d, pw)
		if err != nil {
			return err
		}
		return printIssued(std, made)
	})
}

type userList struct {
	upkeepSettings
	logging
}

// Run lists the accounts.
func (c userList) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	return c.with(ctx, "user list", func(s *store.Store) error {
		t := tabwriter.NewWriter(std.Out, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintln(t, "ID\tUSERNAME\tNAME\tROLE\tINSTITUTION\tSTATE\tLAST SIGN-IN")
		for page := (store.Page{Limit: store.MaxLimit}); ; {
			list, err := accounts(s).Accounts(ctx, store.AccountQuery{}, page)
			if err != nil {
				return err
			}
			for _, a := range list.Items {
				_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", a.ID, a.Username, a.Name, a.Role, a.InstitutionID, stateOf(a, s), lastSignIn(a))
			}
			if page.Cursor = list.Next; page.Cursor == "" {
				return t.Flush()
			}
		}
	})
}

func stateOf(a store.AccountEntry, s *store.Store) string {
	switch {
	case a.Disabled:
		return "disabled"
	case a.Dormant(s.Now()):
		return "dormant"
	case a.Locked > 0:
		return "locked"
	case a.MustChange:
		return "new password"
	}
	return "active"
}

func lastSignIn(a store.AccountEntry) string {
	if a.LastSignIn == nil {
		return "-"
	}
	return a.LastSignIn.In(calendar.Shanghai).Format("2006-01-02 15:04")
}

type userReset struct {
	Username string `arg:"" help:"The account."`
	TOTP     bool   `name:"totp" help:"Take the second factor away as well, for a lost phone."`
	upkeepSettings
	logging
}

// Run resets the account.
func (c userReset) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	return c.with(ctx, "user reset", func(s *store.Store) error {
		a, err := findAccount(ctx, s, c.Username)
		if err != nil {
			return err
		}
		pw, err := oneTime(ctx)
		if err != nil {
			return err
		}
		if c.TOTP {
			if _, err := accounts(s).ResetTOTP(ctx, a.ID); err != nil {
				return err
			}
		}
		reset, err := accounts(s).ResetPassword(ctx, a.ID, pw)
		if err != nil {
			return err
		}
		return printIssued(std, reset)
	})
}

type userDisable struct {
	Username string `arg:"" help:"The account."`
	Undo     bool   `help:"Open it again."`
	upkeepSettings
	logging
}

// Run closes or opens the account.
func (c userDisable) Run(ctx context.Context, std IO) error {
	c.start(std.Err)
	return c.with(ctx, "user disable", func(s *store.Store) error {
		a, err := findAccount(ctx, s, c.Username)
		if err != nil {
			return err
		}
		if _, err := accounts(s).UpdateAccount(ctx, a.ID, a.Version, store.AccountPatch{Disabled: new(!c.Undo)}); err != nil {
			return err
		}
		word := "disabled"
		if c.Undo {
			word = "open"
		}
		_, err = fmt.Fprintf(std.Out, "%s is %s\n", a.Username, word)
		return err
	})
}
