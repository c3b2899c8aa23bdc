package seed

import (
	"fmt"
	"math/rand/v2"

	"jiayi/models"
)

// district is the organisation: everything that does not depend on the scale.
type district struct {
	rng          *rand.Rand
	today        models.Date
	since        models.Date // when teams, posts and partnerships began
	institutions []models.Institution
	alliances    []models.Alliance
	allies       []models.AllianceMember
	villages     []models.Village
	teams        []models.Team
	staff        []models.Staff
	members      []models.TeamMember
	partners     []models.Partner
	links        []models.TeamPartner
	packages     []models.Package
	items        []models.PackageItem
	template     models.Template
	accounts     []models.Account
	accountOf    map[models.ID]models.ID // staff → account
	byInst       [institutions]instPlace
	receivers    map[models.ID]models.Actor // institution → who answers there
	centre       models.Actor               // of the referral centre
	heads        map[models.ID]models.Actor // hospital → its manager
}

// instPlace is where the people of a primary institution live and who serves them.
type instPlace struct {
	id       models.ID
	clinics  []models.ID
	villages []int // indexes into district.villages
	teams    []int // indexes into district.teams
}

const bureau models.ID = 1

// newDistrict builds the organisation of domain §9.5 and §5.
func newDistrict(rng *rand.Rand, opt Options) *district {
	d := &district{rng: rng, today: opt.Today, since: opt.Today.AddYears(-6).MonthEnd().AddDays(1), accountOf: map[models.ID]models.ID{}}
	d.addInstitutions()
	d.addAlliances()
	d.addTeams()
	d.addPartners()
	d.addPackages()
	d.template = models.Template{ID: 1, Version: 1, Title: "家庭医生签约服务协议书", Body: agreementText, BeginsOn: d.since, CreatedAt: d.since.Start()}
	d.addAccounts(opt)
	return d
}

func (d *district) institution(parent models.ID, level models.InstitutionLevel, code, name, category, threeHigh string) models.ID {
	id := models.ID(len(d.institutions) + 1)
	path := fmt.Sprintf("/%d/", id)
	if parent != 0 {
		path = fmt.Sprintf("%s%d/", d.institutions[parent-1].Path, id)
	}
	in := models.Institution{ID: id, ParentID: parent, Path: path, Level: level, Code: code, Name: name, Phone: officePhone(int(id)), ThreeHigh: threeHigh, Active: true,
		Address: "榴园区榴园大道" + fmt.Sprint(id) + "号", Version: 1, CreatedAt: d.since.Start(), UpdatedAt: d.since.Start()}
	if level != models.VillageClinicLevel {
		in.USCC = creditCode(int(id))
	}
	if category != "" {
		in.LicenceNo = licence(int(id), category)
	}
	d.institutions = append(d.institutions, in)
	return id
}

// addInstitutions makes the tree 1+3+10+186 (domain §9.5) with the marks of 三高共管 (§9.4).
func (d *district) addInstitutions() {
	d.institution(0, models.DistrictAdmin, region, "榴园区卫生健康局", "", "")
	d.institution(bureau, models.LeadHospital, "H01", "榴园区人民医院", "A100", "centre")
	d.institution(bureau, models.Specialist, "H02", "榴园区中医医院", "A200", "")
	d.institution(bureau, models.Specialist, "H03", "榴园区妇幼保健服务中心", "A500", "")
	d.institution(bureau, models.PublicHealth, "H04", "榴园区疾病预防控制中心", "", "")
	for i, f := range primaries {
		category := "B100"
		if f.level == models.Township {
			category = "C100"
		}
		d.byInst[i].id = d.institution(bureau, f.level, fmt.Sprintf("%02d", i+1), f.name, category, "base")
		d.institutions[d.byInst[i].id-1].Address = "榴园区" + f.town + "健康路1号"
	}
	n := 0
	for i, f := range primaries {
		for k := range f.clinics {
			name := villageRoots[n%len(villageRoots)] + villageEndings[n/len(villageRoots)]
			id := d.institution(d.byInst[i].id, models.VillageClinicLevel, fmt.Sprintf("%02d-%03d", i+1, k+1), f.town+name+"卫生室", "D600", "home")
			d.institutions[id-1].Address = "榴园区" + f.town + name
			d.byInst[i].clinics = append(d.byInst[i].clinics, id)
			n++
		}
	}
}

// addAlliances makes the district's medical community and a second alliance of the
// 2+5+N pattern that shares members with it (domain §5.1).
func (d *district) addAlliances() {
	d.alliances = []models.Alliance{
		{ID: 1, Name: "榴园区紧密型县域医共体", Kind: "medical_community", Pattern: "1+3+10+N", LeadID: 2},
		{ID: 2, Name: "榴园区中医药医联体", Kind: "alliance", Pattern: "2+5+N", LeadID: 3},
	}
	add := func(alliance, institution models.ID, part string) {
		d.allies = append(d.allies, models.AllianceMember{ID: models.ID(len(d.allies) + 1), AllianceID: alliance, InstitutionID: institution, Part: part})
	}
	add(1, 2, "1")
	for id := models.ID(3); id <= 5; id++ {
		add(1, id, "3")
	}
	add(2, 2, "2")
	add(2, 3, "2")
	for i, in := range d.byInst {
		add(1, in.id, "10")
		if i < 5 {
			add(2, in.id, "5")
		}
		for k, clinic := range in.clinics {
			add(1, clinic, "N")
			if i < 5 && k < 6 {
				add(2, clinic, "N")
			}
		}
	}
}

// village adds a grid. The record numbering counts neighbourhoods from 001 and villages
// from 101, the statistics bureau villages from 200 (domain §4.4).
func (d *district) village(inst, ehr, stat int, name string, clinic, team models.ID) {
	f := primaries[inst]
	v := models.Village{ID: models.ID(len(d.villages) + 1), Name: name, Town: f.town, InstitutionID: d.byInst[inst].id, ClinicID: clinic, TeamID: team, Version: 1,
		EHRCode: fmt.Sprintf("%s%s%03d", region, f.townCode, ehr), StatCode: fmt.Sprintf("%s%s%03d", region, f.townCode, stat)}
	v.Code = v.StatCode + "01"
	woman := d.rng.IntN(2) == 0
	v.GridWorker = surname(d.rng) + given(d.rng, woman, 1985)
	d.byInst[inst].villages = append(d.byInst[inst].villages, len(d.villages))
	d.villages = append(d.villages, v)
}
