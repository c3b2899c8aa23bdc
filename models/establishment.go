package models

import (
	"slices"
	"strings"

	"jiayi/models/codes"
)

// What managers of the district enter about its institutions, staff, teams and villages:
// checks of one row by itself. The store holds rows against each other.

// Clean trims the texts of an institution and checks them (domain §4.5, §5.1). A code of 18
// characters is held against GB 32100; clinics may have none, and are known by their licence.
func (i *Institution) Clean(p *Problems) {
	for _, s := range []*string{&i.Code, &i.Name, &i.USCC, &i.LicenceNo, &i.Phone, &i.Address} {
		*s = strings.TrimSpace(*s)
	}
	CheckNote(p, "code", "机构编码", i.Code, 32)
	CheckNote(p, "name", "机构名称", i.Name, 64)
	if _, ok := InstitutionLevelLabels[i.Level]; !ok || i.Level == DistrictAdmin {
		p.Add("level", "enum", "没有这一机构级别")
	}
	if i.USCC != "" {
		if u, err := codes.ParseUSCC(i.USCC); err != nil {
			addCodeError(p, "uscc", err)
		} else {
			i.USCC = u.Number
		}
	} else if i.Level != VillageClinicLevel && i.Level != ExtensionPoint && i.Level != Station {
		p.Add("uscc", "required", "请填写统一社会信用代码")
	}
	if i.LicenceNo != "" {
		if l, err := codes.ParseLicence(i.LicenceNo); err != nil {
			addCodeError(p, "licence_no", err)
		} else {
			i.LicenceNo = l.Number
		}
	}
	if len(i.Phone) > 32 {
		p.Add("phone", "too_long", "电话不能超过32位")
	}
	if len([]rune(i.Address)) > MaxAddressLength {
		p.Add("address", "too_long", "地址不能超过100个字")
	}
	if !slices.Contains([]string{"", "home", "base", "centre"}, i.ThreeHigh) {
		p.Add("three_high", "enum", "三高共管级别应为 home、base 或 centre")
	}
}

// HoldsTeams tells whether family-doctor teams belong to institutions of the level.
func (l InstitutionLevel) HoldsTeams() bool {
	return l == RegionalSubcentre || l == CommunityHospital || l == Township || l == Station
}

// Clean trims the texts of a staff member and checks them.
func (s *Staff) Clean(p *Problems) {
	for _, t := range []*string{&s.No, &s.Name, &s.Title, &s.CertificateNo, &s.Phone} {
		*t = strings.TrimSpace(*t)
	}
	CheckNote(p, "no", "工号", s.No, 16)
	CheckName(p, "name", s.Name)
	if s.Sex != "1" && s.Sex != "2" {
		p.Add("sex", "enum", "性别代码应为 1 或 2")
	}
	if len([]rune(s.Title)) > 16 {
		p.Add("title", "too_long", "职称不能超过16个字")
	}
	if len(s.CertificateNo) > 32 {
		p.Add("certificate_no", "too_long", "执业证书编号不能超过32位")
	}
	if s.Phone != "" {
		if phone, err := codes.ParsePhone(s.Phone); err != nil {
			addCodeError(p, "phone", err)
		} else {
			s.Phone = phone.Number
		}
	}
}

// Clean trims the texts of a team and checks them.
func (t *Team) Clean(p *Problems) {
	for _, s := range []*string{&t.Code, &t.Name, &t.Phone, &t.Hours, &t.Intro} {
		*s = strings.TrimSpace(*s)
	}
	CheckNote(p, "code", "团队编码", t.Code, 16)
	CheckNote(p, "name", "团队名称", t.Name, 32)
	CheckNote(p, "phone", "服务电话", t.Phone, 32)
	CheckNote(p, "hours", "服务时间", t.Hours, 60)
	if len([]rune(t.Intro)) > 120 {
		p.Add("intro", "too_long", "团队介绍不能超过120个字")
	}
}

// CheckMembers notes what is wrong with the first members of a team: at least one family
// doctor and one other (domain §1.3), a leader who is a family doctor (R01 or R04), nobody
// twice. It returns the leader.
func CheckMembers(p *Problems, members []TeamMember) (leader ID) {
	doctors := 0
	seen := map[ID]bool{}
	for _, m := range members {
		if _, ok := MemberRoleLabels[m.Role]; !ok {
			p.Add("members", "enum", "没有这一成员角色")
		}
		if seen[m.StaffID] {
			p.Add("members", "repeated", "同一人不能重复加入团队")
		}
		seen[m.StaffID] = true
		if m.Role.Signs() {
			doctors++
		}
		if m.Leader {
			if leader != 0 || !m.Role.Signs() {
				p.Add("members", "leader", "团队长应为一名家庭医生或乡村医生")
			}
			leader = m.StaffID
		}
	}
	if doctors == 0 || len(members) < 2 {
		p.Add("members", "too_few", "团队至少应有一名家庭医生和一名护士或其他成员")
	}
	if leader == 0 {
		p.Add("members", "leader", "请指定团队长")
	}
	return leader
}

// Clean trims the texts of a village and checks them (domain §4.4, §5.4).
func (v *Village) Clean(p *Problems) {
	for _, s := range []*string{&v.Code, &v.EHRCode, &v.StatCode, &v.Name, &v.Town, &v.GridWorker} {
		*s = strings.TrimSpace(*s)
	}
	for _, c := range []struct {
		field, label, text string
		digits             int
	}{{"code", "网格编码", v.Code, 14}, {"ehr_code", "档案村(居)编码", v.EHRCode, 12}, {"stat_code", "统计用区划代码", v.StatCode, 12}} {
		if len(c.text) != c.digits || strings.Trim(c.text, "0123456789") != "" {
			p.Add(c.field, "format", c.label+"应为规定位数的数字")
		}
	}
	CheckNote(p, "name", "村(居)委会名称", v.Name, 32)
	CheckNote(p, "town", "乡镇(街道)", v.Town, 32)
	if len([]rune(v.GridWorker)) > 32 {
		p.Add("grid_worker", "too_long", "网格员姓名不能超过32个字")
	}
}
