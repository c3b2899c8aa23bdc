package storetest

import (
	"fmt"
	"testing"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// The ids of the small district. Two institutions; 榴园镇 has two teams, 石榴社区 has one.
const (
	Bureau        models.ID = 1
	Liuyuan       models.ID = 2 // 榴园镇卫生院
	Shiliu        models.ID = 3 // 石榴社区医院
	EastClinic    models.ID = 4
	EastTeam      models.ID = 1 // village 东村, 榴园镇
	WestTeam      models.ID = 2 // village 西村, 榴园镇
	ShiliuTeam    models.ID = 3 // neighbourhood 石榴社区
	EastVillage   models.ID = 1
	WestVillage   models.ID = 2
	ShiliuVillage models.ID = 3

	// 东村's 张 family live together; 张秀英 is 70 with hypertension and diabetes, 张强 her
	// son, 刘芳 his wife, 张小雨 their daughter of 12, 张小宝 their son of 2.
	ZhangXiuying models.ID = 1
	ZhangQiang   models.ID = 2
	LiuFang      models.ID = 3
	ZhangXiaoyu  models.ID = 4
	ZhangXiaobao models.ID = 5
	// 西村: 李大山 is 64 and turns 65 tomorrow; 李建国 is 50 and disabled.
	LiDashan  models.ID = 6
	LiJianguo models.ID = 7
	// 石榴社区: 王梅 is 30; 陈静 is 41 and not a permanent resident.
	WangMei  models.ID = 8
	ChenJing models.ID = 9
)

// Staff by team: the family doctor leads, the nurse helps.
const (
	EastDoctor   models.ID = 1
	EastNurse    models.ID = 2
	WestDoctor   models.ID = 3
	WestNurse    models.ID = 4
	ShiliuDoctor models.ID = 5
	ShiliuNurse  models.ID = 6
	OtherStaff   models.ID = 7 // managers, auditor, administrator
)

// BasePackage and HTNPackage are packages of the district.
const (
	BasePackage models.ID = 1
	HTNPackage  models.ID = 2
)

// IDNumber is a valid number of the test region.
func IDNumber(born calendar.Date, seq int) string { return codes.ComposeIDNumber("370499", born, seq) }

// District returns a store with the small district in it, counted.
func District(t testing.TB) (*store.Store, *Clock) {
	t.Helper()
	return OpenOn(t, DistrictDatabase(t), store.Options{})
}

// DistrictDatabase makes a database with the small district in it, for OpenOn.
func DistrictDatabase(t testing.TB) *store.Database {
	t.Helper()
	return small.Database(t)
}

// small is the small district.
var small = Template{Build: func(t testing.TB) *store.Database {
	t.Helper()
	db := Database(t)
	s, _ := OpenOn(t, db, store.Options{})
	err := s.Load(t.Context(), func(l *store.Loader) error {
		for _, rows := range []any{institutions(), teams(), staff(), members(), villages(), packages(), template(), households(), sequences()} {
			if err := l.Insert(rows); err != nil {
				return err
			}
		}
		people := residents()
		for i := range people {
			l.Index(&people[i])
		}
		if err := l.Insert(people); err != nil {
			return err
		}
		return l.Insert(memberships())
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.RebuildTallies(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PlanDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}}

func institutions() []models.Institution {
	at := func(id, parent models.ID, path string, level models.InstitutionLevel, name string) models.Institution {
		return models.Institution{ID: id, ParentID: parent, Path: path, Level: level, Code: fmt.Sprintf("I%02d", id), Name: name, Active: true, Version: 1}
	}
	return []models.Institution{
		at(Bureau, 0, "/1/", models.DistrictAdmin, "榴园区卫生健康局"),
		at(Liuyuan, Bureau, "/1/2/", models.Township, "榴园镇卫生院"),
		at(Shiliu, Bureau, "/1/3/", models.CommunityHospital, "石榴社区医院"),
		at(EastClinic, Liuyuan, "/1/2/4/", models.VillageClinicLevel, "东村卫生室"),
	}
}

func teams() []models.Team {
	at := func(id, inst, clinic, leader models.ID, name string) models.Team {
		return models.Team{ID: id, Code: fmt.Sprintf("T%03d", id), Name: name, InstitutionID: inst, ClinicID: clinic, LeaderID: leader,
			Phone: "0632-4400001", Hours: "周一至周五 8:00–17:30", Status: models.TeamActive, Doctors: 1, Version: 1}
	}
	return []models.Team{
		at(EastTeam, Liuyuan, EastClinic, EastDoctor, "东村团队"), at(WestTeam, Liuyuan, 0, WestDoctor, "西村团队"), at(ShiliuTeam, Shiliu, 0, ShiliuDoctor, "石榴团队"),
	}
}

func staff() []models.Staff {
	var out []models.Staff
	for i, name := range []string{"周医生", "吴护士", "郑医生", "冯护士", "陈医生", "褚护士", "卫管理"} {
		inst := []models.ID{Liuyuan, Liuyuan, Liuyuan, Liuyuan, Shiliu, Shiliu, Bureau}[i]
		title := []string{"主治医师", "护师", "执业医师", "护师", "副主任医师", "主管护师", ""}[i]
		out = append(out, models.Staff{ID: models.ID(i + 1), No: fmt.Sprintf("S%04d", i+1), Name: name, Title: title, Sex: "2", InstitutionID: inst, Active: true, Version: 1})
	}
	return out
}

func members() []models.TeamMember {
	var out []models.TeamMember
	for i := range 6 {
		role := models.FamilyDoctor
		if i%2 == 1 {
			role = models.TeamNurse
		}
		out = append(out, models.TeamMember{TeamID: models.ID(i/2 + 1), StaffID: models.ID(i + 1), Role: role, Leader: i%2 == 0, Begin: calendar.MustDate("2024-01-01")})
	}
	return out
}

func villages() []models.Village {
	at := func(id, inst, clinic, team models.ID, name string) models.Village {
		return models.Village{ID: id, Code: fmt.Sprintf("37049900110%d00", id), EHRCode: fmt.Sprintf("37049900110%d", id), StatCode: fmt.Sprintf("37049900120%d", id),
			Name: name, Town: "榴园镇", InstitutionID: inst, ClinicID: clinic, TeamID: team, Version: 1}
	}
	return []models.Village{
		at(EastVillage, Liuyuan, EastClinic, EastTeam, "东村"), at(WestVillage, Liuyuan, 0, WestTeam, "西村"), at(ShiliuVillage, Shiliu, 0, ShiliuTeam, "石榴社区"),
	}
}

func packages() []models.Package {
	return []models.Package{
		{ID: BasePackage, Code: "P0", Name: "基础服务包", Base: true, Active: true, Version: 1, Items: []models.PackageItem{
			{Name: "健康档案更新", Unit: "次", Quota: 1, Service: "record"}, {Name: "健康咨询", Unit: "次", Quota: 4, Service: "consult"}}},
		{ID: HTNPackage, Code: "P2", Name: "高血压服务包", Population: models.Hypertension, PriceCents: 12000, PayerCents: 9000, Active: true, Version: 1,
			Items: []models.PackageItem{{Name: "高血压面对面随访", Unit: "次", Quota: 4, Service: "hypertension"}}},
	}
}

func template() []models.Template {
	return []models.Template{{ID: 1, Version: 1, Title: "家庭医生签约服务协议书", Body: "协议编号 {{.No}}\n甲方 {{.Team}}\n乙方 {{.Name}} {{.DocumentNo}}\n{{range .Packages}}{{.Name}}\n{{end}}期限 {{.Begin}} 至 {{.End}}", BeginsOn: calendar.MustDate("2024-01-01")}}
}

func households() []models.Household {
	return []models.Household{
		{ID: 1, No: "H000000001", VillageID: EastVillage, HeadID: ZhangXiuying, Version: 1},
		{ID: 2, No: "H000000002", VillageID: WestVillage, HeadID: LiDashan, Version: 1},
		{ID: 3, No: "H000000003", VillageID: ShiliuVillage, HeadID: WangMei, Version: 1},
	}
}

func sequences() []models.Sequence {
	var out []models.Sequence
	for _, v := range villages() {
		out = append(out, models.Sequence{Name: "record:" + v.EHRCode, Last: 100})
	}
	return out
}

// known is when everyone was entered: not long before Today, so that nothing is owed yet.
var known = calendar.MustDate("2026-11-01").Start()

func residents() []models.Resident {
	var out []models.Resident
	add := func(id models.ID, name, sex, born string, village models.ID, permanent bool, relation string) {
		d := calendar.MustDate(born)
		team := village // one team per village, with the same number
		out = append(out, models.Resident{
			ID: id, RecordNo: fmt.Sprintf("37049900110%d%05d", village, id), Name: name, Sex: sex, BirthDate: d,
			DocumentType: "01", DocumentNo: IDNumber(d, 100+2*int(id)+map[string]int{"1": 1, "2": 0}[sex]), Phone: fmt.Sprintf("1990000%04d", id), Address: "榴园镇某路1号",
			AddressKind: "home", Nationality: "01", Permanent: permanent, VillageID: village, HouseholdID: village, HouseRelation: relation,
			AreaTeamID: team, AreaInstID: map[models.ID]models.ID{1: Liuyuan, 2: Liuyuan, 3: Shiliu}[village], Status: models.Living, Version: 1,
			CreatedAt: known, UpdatedAt: known,
		})
	}
	add(ZhangXiuying, "张秀英", "2", "1956-03-08", EastVillage, true, "02")
	add(ZhangQiang, "张强", "1", "1984-07-01", EastVillage, true, "20")
	add(LiuFang, "刘芳", "2", "1986-02-14", EastVillage, true, "38")
	add(ZhangXiaoyu, "张小雨", "2", "2014-06-01", EastVillage, true, "42")
	add(ZhangXiaobao, "张小宝", "1", "2024-09-09", EastVillage, true, "41")
	add(LiDashan, "李大山", "1", Today.AddDays(1).AddYears(-65).String(), WestVillage, true, "02")
	add(LiJianguo, "李建国", "1", "1976-10-01", WestVillage, true, "20")
	add(WangMei, "王梅", "2", "1996-05-05", ShiliuVillage, true, "02")
	add(ChenJing, "陈静", "2", "1985-12-12", ShiliuVillage, false, "99")
	return out
}

func memberships() []models.Membership {
	in := func(id models.ID, code models.Population) models.Membership {
		return models.Membership{ResidentID: id, Code: code, Open: new(true), Begin: calendar.MustDate("2025-01-01"), Source: models.FromRegistry, Evidence: "诊断证明", Version: 1,
			CreatedAt: known, UpdatedAt: known}
	}
	return []models.Membership{in(ZhangXiuying, models.Hypertension), in(ZhangXiuying, models.Diabetes), in(LiJianguo, models.Disabled)}
}
