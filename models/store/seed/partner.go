package seed

import (
	"strings"

	"jiayi/models"
)

// partnerUnits are the 27 partner units by kind, 4+4+5+6+5+3 (domain §5.3).
var partnerUnits = []struct{ kind, names string }{
	{"alliance_hospital", "省立第一医联体医院 省级中医医联体医院 部属心血管病医联体医院 部属肿瘤医联体医院"},
	{"district", "榴园区人民医院 榴园区中医医院 榴园区妇幼保健服务中心 榴园区疾病预防控制中心"},
	{"city_hospital", "市立医院 市中医医院 市妇幼保健院 市精神卫生中心 市胸科医院"},
	{"nursing_home", "榴园颐养中心 青檀老年公寓 金籽养老院 红萼医养中心 双泉敬老院 南湖康养中心"},
	{"school_enterprise", "榴园职业学校 榴园第一中学 榴花机械公司 榴园行政服务中心 云田果业公司"},
	{"other", "榴园区残疾人联合会 榴园区红十字会 榴园区慢病防治协会"},
}

var partnerScopes = map[string][]string{
	"alliance_hospital": {"会诊、远程影像", "带教、疑难转诊"}, "district": {"坐诊、双向转诊", "巡诊、带教"}, "city_hospital": {"会诊、带教", "专科坐诊"},
	"nursing_home": {"医养签约、巡诊"}, "school_enterprise": {"健康讲座、义诊"}, "other": {"康复指导、健康宣教"},
}

// frequencies are what the kinds promise: what the published sessions, shared out over all
// teams, can keep.
var frequencies = map[string]string{
	"district": "每季度1次", "alliance_hospital": "每年1次", "city_hospital": "每年1次", "nursing_home": "每年1次", "school_enterprise": "每年1次", "other": "每年1次",
}

// addPartners makes the partner units. Each team works with its district hospital in
// turn and with one other unit.
func (d *district) addPartners() {
	for _, unit := range partnerUnits {
		for _, name := range strings.Fields(unit.names) {
			id := models.ID(len(d.partners) + 1)
			d.partners = append(d.partners, models.Partner{ID: id, Name: name, Kind: unit.kind, Contact: surname(d.rng) + "主任", Phone: officePhone(8000 + int(id)), Active: true})
		}
	}
	for n, t := range d.teams {
		district := 4 + n%3
		other := []int{0, 1, 2, 3}[n%4]
		if n%2 == 1 {
			other = 8 + n/2%(len(d.partners)-8)
		}
		for _, i := range []int{district, other} {
			p := d.partners[i]
			scopes := partnerScopes[p.Kind]
			d.links = append(d.links, models.TeamPartner{ID: models.ID(len(d.links) + 1), TeamID: t.ID, PartnerID: p.ID, Scope: scopes[n%len(scopes)],
				Frequency: frequencies[p.Kind], LeadExpert: surname(d.rng) + given(d.rng, n%3 == 0, 1972), Begin: d.today.AddYears(-2).AddDays(n % 200)})
		}
	}
}
