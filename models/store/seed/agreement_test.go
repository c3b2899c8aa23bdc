package seed

import (
	"strings"
	"testing"

	"jiayi/models"
)

func TestAgreementText(t *testing.T) {
	f := models.AgreementFacts{
		No: "QY37049920261123000001", Region: region, SignedOn: "2026年11月23日", Begin: "2026年11月23日", End: "2027年11月22日", TermYears: 1,
		Institution: "榴花街道社区卫生服务中心", Team: "翠湖团队", Leader: "李明", Doctor: "李明", TeamPhone: "0632-4400001", Hours: "周一至周五",
		Name: "张秀英", Sex: "女", Birth: "1956年3月8日", DocumentNo: "370499195603080021", Phone: "19900000001", Address: "榴花街道翠湖社区1号", Signer: "张秀英",
		Packages: []models.AgreementPackage{{Name: "基础服务包", Price: "0.00", Own: "0.00", Items: []models.AgreementItem{{Name: "健康咨询", Quota: 12, Unit: "次"}}}},
	}
	text, err := agreement.Render(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{f.No, f.Institution, f.Team, f.TeamPhone, f.Hours, f.Name, f.Birth, f.DocumentNo, f.Phone, f.Address, f.Begin, f.End, "周期为1年",
		"基础服务包", "健康咨询,每年12次", "权利和义务", "费用", "续约", "解约", "个人信息和隐私保护", "签名"} {
		if !strings.Contains(text, want) {
			t.Errorf("the agreement lacks %q", want)
		}
	}
	if strings.Contains(text, "代签人:") || strings.Contains(text, "人群类型") {
		t.Error("a line without content is printed")
	}
	f.Signer, f.SignerRelation, f.Crowds = "张强", "子", []string{"65岁及以上老年人", "高血压患者"}
	if text, err = agreement.Render(f); err != nil || !strings.Contains(text, "代签人:张强(与乙方关系:子)") || !strings.Contains(text, "65岁及以上老年人、高血压患者") {
		t.Errorf("signer and crowds: %v", err)
	}
}

// What a real contract froze has no blank where a fact belongs.
func TestFrozenAgreementsAreComplete(t *testing.T) {
	m := oneToAHundred(t)
	ways := map[models.SignatureWay]int{}
	for _, a := range m.agreements {
		ways[a.Way]++
		if a.Way == models.ImportedPaper {
			continue
		}
		c := m.contracts[a.ContractID-1]
		r := m.residents[c.ResidentID-1]
		for _, want := range []string{c.No, r.Name, r.DocumentNo, r.Address, m.teams[c.TeamID-1].Name} {
			if !strings.Contains(a.Text, want) {
				t.Fatalf("agreement %d lacks a fact", a.ID)
			}
		}
		for _, blank := range []string{"自起", "至止", "签订日期:\n", "<no value>", "签名:\n"} {
			if strings.Contains(a.Text, blank) {
				t.Fatalf("agreement %d has a blank at %q", a.ID, blank)
			}
		}
	}
	for _, way := range []models.SignatureWay{models.WechatSignature, models.OnSiteSignature, models.ImportedPaper} {
		if ways[way] == 0 {
			t.Errorf("nobody signed by way %s", way)
		}
	}
}
