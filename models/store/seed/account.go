package seed

import (
	"fmt"
	"strings"

	"jiayi/models"
)

// accountRoles is what a team member signs in as.
var accountRoles = map[models.MemberRole]models.Role{
	models.FamilyDoctor: models.Doctor, models.VillageDoctor: models.Doctor, models.PublicHealthDr: models.Doctor, models.TCMDoctor: models.Doctor,
	models.TeamNurse: models.Nurse, models.HealthManager: models.Assistant,
}

// Login is one of the named staff accounts of a demonstration.
type Login struct {
	Role          models.Role `json:"role"`
	Username      string      `json:"username"`
	Name          string      `json:"name"`
	TeamID        models.ID   `json:"team_id,omitzero"`
	InstitutionID models.ID   `json:"institution_id"`
}

// addAccounts gives every staff member an account under the staff number, and adds the
// managers, the auditor and the administrator.
func (d *district) addAccounts(opt Options) {
	for _, m := range d.members {
		role := accountRoles[m.Role]
		if m.Leader {
			role = models.TeamLead
		}
		s := d.staff[m.StaffID-1]
		d.accountOf[s.ID] = d.account(opt, strings.ToLower(s.No), role, s)
	}
	managers := 0
	manager := func(username string, role models.Role, title string, inst models.ID) {
		managers++
		s := d.person(fmt.Sprintf("M%04d", managers), inst, title, managers%2 == 0)
		d.accountOf[s.ID] = d.account(opt, username, role, s)
	}
	manager("district", models.DistrictManager, "基层卫生科科长", bureau)
	manager("auditor", models.Auditor, "信息安全审计员", bureau)
	manager("admin", models.SystemAdmin, "信息科工程师", bureau)
	for i, in := range d.byInst {
		manager(fmt.Sprintf("inst%02d", i+1), models.InstitutionManager, "公共卫生科主任", in.id)
	}
	for _, named := range []struct {
		username string
		role     models.Role
	}{{"lead001", models.TeamLead}, {"doctor001", models.Doctor}, {"nurse001", models.Nurse}} {
		d.account(opt, named.username, named.role, d.memberOf(1, named.role))
	}
	d.addHospitals(opt)
	manager("complaints", models.ComplaintOfficer, "诉求办理专员", bureau)
}

// memberOf finds the member of a team whose account has the role.
func (d *district) memberOf(team models.ID, role models.Role) models.Staff {
	for _, m := range d.members {
		if m.TeamID == team && (m.Leader && role == models.TeamLead || !m.Leader && accountRoles[m.Role] == role) {
			return d.staff[m.StaffID-1]
		}
	}
	panic("seed: the first team lacks a member of role " + string(role))
}

func (d *district) account(opt Options, username string, role models.Role, s models.Staff) models.ID {
	at := d.since.Start()
	a := models.Account{ID: models.ID(len(d.accounts) + 1), Username: username, Name: s.Name, PasswordHash: opt.PasswordHash, Role: role, StaffID: s.ID,
		InstitutionID: s.InstitutionID, PasswordAt: opt.Today.Start(), Version: 1, CreatedAt: at, UpdatedAt: at}
	if spec, _ := role.Spec(); spec.SecondOTP {
		if a.TOTPSecret = opt.TOTPSecret(username); a.TOTPSecret != "" {
			a.TOTPAt = &at
		}
	}
	d.accounts = append(d.accounts, a)
	return a.ID
}

// demoLogins lists the accounts a demonstration shows: one for every role of staff.
func (d *district) demoLogins() []Login {
	var out []Login
	for _, username := range []string{"district", "inst01", "lead001", "doctor001", "nurse001", "complaints", "auditor", "admin", "hospital01", "centre"} {
		for _, a := range d.accounts {
			if a.Username != username {
				continue
			}
			l := Login{Role: a.Role, Username: username, Name: a.Name, InstitutionID: a.InstitutionID}
			if spec, _ := a.Role.Spec(); spec.Reach == models.TeamReach && a.InstitutionID == d.teams[0].InstitutionID {
				l.TeamID = 1
			}
			out = append(out, l)
		}
	}
	return out
}
