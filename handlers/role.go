package handlers

import (
	"context"

	"jiayi/models"
)

// RoleBody is one row of the table of roles: how far it sees, and what it may do.
type RoleBody struct {
	Role       models.Role     `json:"role"`
	Label      string          `json:"label"`
	Reach      string          `json:"reach" enum:"none,own,team,institution,district"`
	ReachLabel string          `json:"reach_label" doc:"能看到哪些居民"`
	SecondOTP  bool            `json:"second_factor" doc:"必须使用动态验证码"`
	OfStaff    bool            `json:"of_staff" doc:"可以作为工作人员账号的角色"`
	Duties     []RoleDutyGroup `json:"duties" nullable:"false" doc:"可以做的事"`
}

// RoleDutyGroup is one permission and what it opens.
type RoleDutyGroup struct {
	Permission models.Permission `json:"permission"`
	Opens      []string          `json:"opens" nullable:"false"`
}

var reachNames = map[models.Reach][2]string{
	models.NoReach: {"none", "不能查看居民"}, models.OwnReach: {"own", "本人和被监护人"}, models.TeamReach: {"team", "本团队的居民"},
	models.InstitutionReach: {"institution", "本机构各团队的居民"}, models.DistrictReach: {"district", "全区居民"},
}

// Roles answers GET /roles from the table that the server enforces; opens tells what the
// routes of a permission do.
func (h *Handlers) Roles(opens map[models.Permission][]string) func(context.Context, *None) (*ListOutput[RoleBody], error) {
	var rows []RoleBody
	for _, s := range models.Roles {
		if s.Role == models.SystemRole {
			continue // nobody signs in as it
		}
		reach := reachNames[s.Reach]
		r := RoleBody{Role: s.Role, Label: s.Label, Reach: reach[0], ReachLabel: reach[1], SecondOTP: s.SecondOTP, OfStaff: s.Role.OfStaff(), Duties: []RoleDutyGroup{}}
		for _, p := range s.Permissions {
			if len(opens[p]) > 0 {
				r.Duties = append(r.Duties, RoleDutyGroup{p, opens[p]})
			}
		}
		rows = append(rows, r)
	}
	return func(context.Context, *None) (*ListOutput[RoleBody], error) {
		return &ListOutput[RoleBody]{Body: ListBody[RoleBody]{Items: rows}}, nil
	}
}
