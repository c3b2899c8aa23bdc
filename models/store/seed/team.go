package seed

import (
	"fmt"

	"jiayi/models"
)

// gridsPerCentreTeam is how many neighbourhoods a team of the centre looks after.
const gridsPerCentreTeam = 2

// thirdRoles are the posts of the 24 teams of three (domain §5.2). None is a family
// doctor, so each team's capacity is that of one.
var thirdRoles = []models.MemberRole{models.TCMDoctor, models.PublicHealthDr, models.HealthManager}

// addTeams makes the 60 centre teams and 186 clinic teams with their 516 members, and
// the villages they are responsible for (domain §9.5, §5.4).
func (d *district) addTeams() {
	communitiesUsed, third := 0, 0
	for i, f := range primaries {
		extra, centre := f.members-2*f.teams, f.teams-f.clinics
		for n := range centre {
			name := communities[communitiesUsed%len(communities)]
			roles := []models.MemberRole{models.FamilyDoctor, models.TeamNurse}
			if n < extra {
				roles = append(roles, thirdRoles[third%len(thirdRoles)])
				third++
			}
			team := d.team(i, 0, name+"社区家庭医生团队", roles)
			for range gridsPerCentreTeam {
				number := len(d.byInst[i].villages) + 1
				d.village(i, number, number, communities[communitiesUsed]+"社区", 0, team)
				communitiesUsed++
			}
		}
		for n, clinic := range d.byInst[i].clinics {
			village := d.institutions[clinic-1].Name
			village = village[len(f.town) : len(village)-len("卫生室")]
			roles := []models.MemberRole{models.VillageDoctor, models.TeamNurse}
			if n%3 == 0 {
				roles[0] = models.FamilyDoctor
			}
			if n%4 == 1 {
				roles[1] = models.PublicHealthDr
			}
			team := d.team(i, clinic, village+"家庭医生团队", roles)
			d.village(i, 101+n, 200+n, village, clinic, team)
		}
	}
}

func (d *district) team(inst int, clinic models.ID, name string, roles []models.MemberRole) models.ID {
	id := models.ID(len(d.teams) + 1)
	t := models.Team{ID: id, Code: fmt.Sprintf("T%03d", id), Name: name, InstitutionID: d.byInst[inst].id, ClinicID: clinic, Phone: officePhone(5000 + int(id)),
		Hours: "周一至周五 8:00–11:30、14:00–17:30,周六上午 8:00–11:30", Status: models.TeamActive, Doctors: 1, Version: 1, CreatedAt: d.since.Start(), UpdatedAt: d.since.Start()}
	place := d.byInst[inst].id
	if clinic != 0 {
		place = clinic
	}
	for k, role := range roles {
		staff := d.member(role, d.byInst[inst].id)
		if k == 0 {
			t.LeaderID = staff.ID
		}
		d.members = append(d.members, models.TeamMember{ID: models.ID(len(d.members) + 1), TeamID: id, StaffID: staff.ID, Role: role, Leader: k == 0,
			Begin: d.since.AddDays(d.rng.IntN(1500))})
	}
	leader := d.staff[t.LeaderID-1]
	t.Intro = fmt.Sprintf("团队长%s,%s,在%s提供基本医疗、公共卫生和约定的健康管理服务。", leader.Name, leader.Title, d.institutions[place-1].Name)
	d.byInst[inst].teams = append(d.byInst[inst].teams, len(d.teams))
	d.teams = append(d.teams, t)
	return id
}

// post is what staff of a role are: titles, share of women in percent, and the form of
// the certificate (domain §4.6) with room for year or category and a serial number.
type post struct {
	titles      []string
	women       int
	certificate string
}

var posts = map[models.MemberRole]post{
	models.FamilyDoctor:   {[]string{"主治医师", "副主任医师", "执业医师", "主任医师"}, 45, "110" + region + "%06d"},
	models.VillageDoctor:  {[]string{"乡村医生", "执业助理医师"}, 30, region + "-XC-%06d"},
	models.TeamNurse:      {[]string{"护师", "主管护师", "护士"}, 97, "201537%06d"},
	models.PublicHealthDr: {[]string{"公共卫生医师", "公共卫生主管医师"}, 60, "130" + region + "%06d"},
	models.TCMDoctor:      {[]string{"中医主治医师", "中医执业医师"}, 40, "141" + region + "%06d"},
	models.HealthManager:  {[]string{"健康管理师"}, 75, ""},
}

func (d *district) member(role models.MemberRole, inst models.ID) models.Staff {
	p := posts[role]
	id := models.ID(len(d.staff) + 1)
	s := d.person(fmt.Sprintf("D%04d", id), inst, p.titles[d.rng.IntN(len(p.titles))], d.rng.IntN(100) < p.women)
	if p.certificate != "" {
		s.CertificateNo = fmt.Sprintf(p.certificate, id)
	}
	d.staff[id-1] = s
	return s
}

// person adds someone who works at an institution.
func (d *district) person(no string, inst models.ID, title string, woman bool) models.Staff {
	id := models.ID(len(d.staff) + 1)
	sex := "1"
	if woman {
		sex = "2"
	}
	s := models.Staff{ID: id, No: no, Name: surname(d.rng) + given(d.rng, woman, 1970+d.rng.IntN(28)), Sex: sex, InstitutionID: inst, Title: title,
		Phone: phone(9_000_000 + int(id)), Active: true, Version: 1}
	d.staff = append(d.staff, s)
	return s
}
