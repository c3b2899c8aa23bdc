package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/store"
)

// Team is a family-doctor team.
type Team struct {
	ID            models.ID         `json:"id"`
	Code          string            `json:"code"`
	Name          string            `json:"name"`
	InstitutionID models.ID         `json:"institution_id"`
	ClinicID      models.ID         `json:"clinic_id,omitzero"`
	Phone         string            `json:"phone"`
	Hours         string            `json:"hours"`
	Intro         string            `json:"intro,omitempty"`
	Status        models.TeamStatus `json:"status"`
	Doctors       int               `json:"doctors" doc:"在岗家庭医生人数"`
	Load          int               `json:"load" doc:"当前签约人数"`
}

func team(t models.Team) Team {
	return Team{t.ID, t.Code, t.Name, t.InstitutionID, t.ClinicID, t.Phone, t.Hours, t.Intro, t.Status, t.Doctors, t.Load}
}

// TeamListInput narrows a list of teams.
type TeamListInput struct {
	PageInput
	InstitutionID models.ID `query:"institution_id"`
	Village       models.ID `query:"village" doc:"该村(居)的责任团队"`
	Q             string    `query:"q" maxLength:"50" doc:"名称开头"`
}

// ListTeams answers GET /teams.
func (h *Handlers) ListTeams(ctx context.Context, in *TeamListInput) (*ListOutput[Team], error) {
	l, err := h.as(ctx).Teams(ctx, store.TeamFilter{InstitutionID: in.InstitutionID, VillageID: in.Village, Q: in.Q}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(l, team), nil
}

// TeamPage is one team with its people, villages and partner units.
type TeamPage struct {
	Team
	Institution Named        `json:"institution"`
	Capacity    int          `json:"capacity" doc:"签约人数上限"`
	Members     []TeamMember `json:"members" nullable:"false"`
	Villages    []Named      `json:"villages" nullable:"false"`
	Partners    []TeamLink   `json:"partners" nullable:"false"`
}

// TeamMember is one person serving in the team.
type TeamMember struct {
	StaffID models.ID   `json:"staff_id"`
	Name    string      `json:"name"`
	Title   string      `json:"title,omitempty"`
	Role    string      `json:"role"`
	Label   string      `json:"role_label"`
	Leader  bool        `json:"leader"`
	Begin   models.Date `json:"begin"`
}

// TeamLink is the team's tie with a partner unit.
type TeamLink struct {
	Partner
	Scope      string `json:"scope"`
	Frequency  string `json:"frequency"`
	LeadExpert string `json:"lead_expert"`
}

// GetTeam answers GET /teams/{id}.
func (h *Handlers) GetTeam(ctx context.Context, in *IDInput) (*Output[TeamPage], error) {
	f, err := h.as(ctx).Team(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	page := TeamPage{Team: team(f.Team), Institution: Named{f.Institution.ID, f.Institution.Name}, Capacity: f.Capacity, Members: []TeamMember{}, Villages: []Named{}, Partners: []TeamLink{}}
	for _, m := range f.Members {
		s := f.Staff[m.StaffID]
		page.Members = append(page.Members, TeamMember{s.ID, s.Name, s.Title, string(m.Role), models.MemberRoleLabels[m.Role], m.Leader, m.Begin})
	}
	for _, v := range f.Villages {
		page.Villages = append(page.Villages, Named{v.ID, v.Name})
	}
	for _, l := range f.Links {
		page.Partners = append(page.Partners, TeamLink{partner(f.Partners[l.PartnerID]), l.Scope, l.Frequency, l.LeadExpert})
	}
	return &Output[TeamPage]{etag(f.Team.Version), page}, nil
}
