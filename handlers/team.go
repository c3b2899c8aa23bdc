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
	Closed        bool      `query:"closed" doc:"包括已撤销的团队"`
}

// ListTeams answers GET /teams.
func (h *Handlers) ListTeams(ctx context.Context, in *TeamListInput) (*ListOutput[Team], error) {
	l, err := h.as(ctx).Teams(ctx, store.TeamFilter{InstitutionID: in.InstitutionID, VillageID: in.Village, Q: in.Q, Closed: in.Closed}, in.page())
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
	Version     int          `json:"version"`
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
	return teamOutput(h.as(ctx).Team(ctx, in.ID))
}

func teamOutput(f store.TeamFile, err error) (*Output[TeamPage], error) {
	if err != nil {
		return nil, err
	}
	page := TeamPage{Team: team(f.Team), Institution: Named{f.Institution.ID, f.Institution.Name}, Capacity: f.Capacity, Members: []TeamMember{}, Villages: []Named{}, Partners: []TeamLink{}, Version: f.Team.Version}
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

// TeamBody is what is entered of a team.
type TeamBody struct {
	Code     string    `json:"code" maxLength:"16" doc:"团队编码"`
	Name     string    `json:"name" maxLength:"64"`
	ClinicID models.ID `json:"clinic_id,omitzero" doc:"所在村卫生室"`
	Phone    string    `json:"phone" maxLength:"32" doc:"服务电话"`
	Hours    string    `json:"hours" maxLength:"128" doc:"服务时间"`
	Intro    string    `json:"intro,omitempty" maxLength:"255"`
}

func (b TeamBody) team() models.Team {
	return models.Team{Code: b.Code, Name: b.Name, ClinicID: b.ClinicID, Phone: b.Phone, Hours: b.Hours, Intro: b.Intro}
}

// NewMember is a person who joins a team.
type NewMember struct {
	StaffID models.ID         `json:"staff_id"`
	Role    models.MemberRole `json:"role" maxLength:"4" doc:"R01 家庭医生,R02 护士,R03 公卫医师,R04 乡村医生,R05 中医师,R06 药师,R07 健康管理师,R08 专科医师,R09 团队助理"`
	Leader  bool              `json:"leader,omitempty" doc:"团队长"`
}

// OpenTeam answers POST /teams.
func (h *Handlers) OpenTeam(ctx context.Context, in *struct {
	Body struct {
		TeamBody
		InstitutionID models.ID   `json:"institution_id"`
		Members       []NewMember `json:"members" minItems:"1" maxItems:"30"`
	}
}) (*Output[TeamPage], error) {
	t := in.Body.team()
	t.InstitutionID = in.Body.InstitutionID
	members := make([]models.TeamMember, len(in.Body.Members))
	for i, m := range in.Body.Members {
		members[i] = models.TeamMember{StaffID: m.StaffID, Role: m.Role, Leader: m.Leader}
	}
	return teamOutput(h.as(ctx).OpenTeam(ctx, t, members))
}

// ChangeTeamInput replaces what is known of a team.
type ChangeTeamInput struct {
	IDInput
	MatchInput
	Body TeamBody
}

// ChangeTeam answers PATCH /teams/{id}.
func (h *Handlers) ChangeTeam(ctx context.Context, in *ChangeTeamInput) (*Output[TeamPage], error) {
	version, err := in.mustVersion()
	if err != nil {
		return nil, err
	}
	t := in.Body.team()
	t.ID = in.ID
	return teamOutput(h.as(ctx).ChangeTeam(ctx, t, version))
}

// JoinTeamInput names who joins which team.
type JoinTeamInput struct {
	IDInput
	Body struct {
		StaffID models.ID         `json:"staff_id"`
		Role    models.MemberRole `json:"role" maxLength:"4" doc:"R01 至 R09"`
	}
}

// JoinTeam answers POST /teams/{id}/members.
func (h *Handlers) JoinTeam(ctx context.Context, in *JoinTeamInput) (*Output[TeamPage], error) {
	return teamOutput(h.as(ctx).JoinTeam(ctx, models.TeamMember{TeamID: in.ID, StaffID: in.Body.StaffID, Role: in.Body.Role}))
}
