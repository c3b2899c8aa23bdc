package models

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"jiayi/models/clinical"
)

// The most a package holds.
const (
	MaxPackageItems = 30
	MaxItemQuota    = 365     // a year
	MaxPackageCents = 2000000 // 20,000 yuan a year
)

// Clean trims the texts of a package and checks it with its items (domain §1.8): what is
// promised must be a service that visits can deliver.
func (k *Package) Clean(p *Problems) {
	k.Code, k.Name, k.Intro = strings.ToUpper(strings.TrimSpace(k.Code)), strings.TrimSpace(k.Name), strings.TrimSpace(k.Intro)
	CheckNote(p, "code", "服务包编码", k.Code, 8)
	CheckNote(p, "name", "服务包名称", k.Name, 32)
	if utf8.RuneCountInString(k.Intro) > 120 {
		p.Add("intro", "too_long", "简介不能超过120个字")
	}
	if k.Population != "" {
		if _, ok := k.Population.Spec(); !ok {
			p.Add("population", "enum", "没有这一人群代码")
		}
	}
	if k.Base && k.Population != "" {
		p.Add("population", "inconsistent", "基础包适用于所有居民")
	}
	if k.PriceCents < 0 || k.PriceCents > MaxPackageCents {
		p.Add("price_cents", "range", "年价应在0至20000元之间")
	}
	if k.PayerCents < 0 || k.PayerCents > k.PriceCents {
		p.Add("payer_cents", "range", "基金和公卫经费支付的部分不能超过年价")
	}
	if len(k.Items) == 0 || len(k.Items) > MaxPackageItems {
		p.Add("items", "range", "服务包应有1至30个项目")
	}
	for i := range k.Items {
		k.Items[i].clean(p, fmt.Sprintf("items[%d]", i))
	}
}

func (i *PackageItem) clean(p *Problems, field string) {
	i.Name, i.Unit = strings.TrimSpace(i.Name), strings.TrimSpace(i.Unit)
	CheckNote(p, field+".name", "项目名称", i.Name, 32)
	CheckNote(p, field+".unit", "单位", i.Unit, 4)
	if i.Quota < 1 || i.Quota > MaxItemQuota {
		p.Add(field+".quota", "range", "每年数量应在1至365之间")
	}
	if i.MinAge < 0 || i.MinAge > 120 {
		p.Add(field+".min_age", "range", "最小年龄应在0至120岁之间")
	}
	if !i.Service.Deliverable() && !tickable(i.Service) {
		p.Add(field+".service", "enum", "没有这一服务,项目无法被随访完成")
	}
}

func tickable(s clinical.Service) bool {
	for _, spec := range PlainServices {
		if spec.Code == s {
			return true
		}
	}
	return false
}

// MaxTemplateBody is the longest agreement text in characters.
const MaxTemplateBody = 20000

// Clean trims a new version of the agreement text and checks it: it must be readable as a
// template, and say something for every contract.
func (t *Template) Clean(p *Problems, today Date) {
	t.Title, t.Body = strings.TrimSpace(t.Title), strings.TrimSpace(t.Body)
	CheckNote(p, "title", "协议标题", t.Title, 64)
	CheckNote(p, "body", "协议正文", t.Body, MaxTemplateBody)
	if t.BeginsOn.IsZero() {
		p.Add("begins_on", "required", "请填写启用日期")
	} else if !t.BeginsOn.After(today) {
		p.Add("begins_on", "past", "启用日期应晚于今天,以免当天签约前后不一")
	}
	text, err := t.Text()
	if err == nil {
		var filled string
		filled, err = text.Render(AgreementFacts{No: "编号", Name: "姓名", Team: "团队", Institution: "机构", Begin: "起", End: "止",
			Crowds: []string{"人群"}, Packages: []AgreementPackage{{Name: "服务包", Price: "0.00", Own: "0.00", Items: []AgreementItem{{"项目", 1, "次"}}}}})
		for _, must := range []string{"编号", "姓名", "团队", "起", "止", "服务包"} {
			if err == nil && !strings.Contains(filled, must) {
				p.Add("body", "incomplete", "协议正文须写明协议编号、居民姓名、团队、起止日期和服务包")
				return
			}
		}
	}
	if err != nil {
		p.Add("body", "template", "协议正文中的占位符有误,请对照现行文本修改")
	}
}
