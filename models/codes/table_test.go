package codes

import "testing"

func TestTablesRoundTrip(t *testing.T) {
	for name, table := range map[string]*Table{
		"sex": Sexes, "nationality": Nationalities, "abo": ABOGroups, "rh": RhFactors, "education": Educations,
		"marriage": Marriages, "occupation": Occupations, "residence": Residences, "payment": Payments,
		"past": PastDiseases, "disability": Disabilities, "disability type": DisabilityTypes,
		"disability level": DisabilityLevels, "province": Provinces, "relation": Relations,
		"detailed relation": DetailedRelations, "document": DocumentTypes, "certificate": CertificateKinds,
		"physician level": PhysicianLevels, "physician category": PhysicianCategories,
	} {
		for _, e := range table.Entries() {
			code, ok := table.Code(e.Label)
			resolved, known := table.Resolve(e.Code)
			if !ok || code != e.Code || !known || resolved != e.Code || table.Label(e.Code) != e.Label {
				t.Errorf("%s: %s %s → %s %s", name, e.Code, e.Label, code, resolved)
			}
		}
		if _, ok := table.Resolve(""); ok || table.Has("") || table.Label("x") != "" {
			t.Errorf("%s knows the empty code", name)
		}
	}
}

func TestTableSizes(t *testing.T) {
	for _, c := range []struct {
		table *Table
		want  int
	}{{Nationalities, 58}, {Provinces, 35}, {Relations, 9}, {Educations, 10}, {Occupations, 9}, {PastDiseases, 16}, {Payments, 8}, {DocumentTypes, 12}} {
		if got := len(c.table.Entries()); got != c.want {
			t.Errorf("%d entries, want %d", got, c.want)
		}
	}
	for code, label := range map[string]string{"01": "汉族", "15": "土家族", "33": "羌族", "46": "德昂族", "56": "基诺族", "97": "其他"} {
		if got := Nationalities.Label(code); got != label {
			t.Errorf("%s is %s, want %s", code, got, label)
		}
	}
}

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		table      *Table
		text, code string
	}{
		{Sexes, "男", "1"}, {Sexes, " 女性 ", "2"}, {Sexes, "1", "1"},
		{Nationalities, "汉", "01"}, {Nationalities, "汉族", "01"}, {Nationalities, "1", "01"}, {Nationalities, "崩龙族", "46"},
		{ABOGroups, "ab", "4"}, {ABOGroups, "O型", "3"}, {RhFactors, "Rh+", "2"}, {RhFactors, "-", "1"},
		{Educations, "大专", "3"}, {Educations, "10", "10"}, {PastDiseases, "2", "02"}, {PastDiseases, "慢阻肺", "05"},
		{Disabilities, "言语", "4"}, {DisabilityTypes, "言语", "3"}, {Provinces, "山东省", "37"},
	} {
		if got, ok := c.table.Resolve(c.text); !ok || got != c.code {
			t.Errorf("%s → %s, want %s", c.text, got, c.code)
		}
	}
	if _, ok := Sexes.Resolve("3"); ok {
		t.Error("3 is no sex")
	}
}

func TestEntriesIsACopy(t *testing.T) {
	Sexes.Entries()[0].Label = "changed"
	if Sexes.Entries()[0].Label != "未知的性别" {
		t.Error("a caller changed the table")
	}
}

func TestNewTableRefusesTwins(t *testing.T) {
	for _, lines := range []string{"1 a\n1 b", "1 a\n2 a", "1 a\n2 b A"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q was accepted", lines)
				}
			}()
			newTable(lines)
		}()
	}
}

func TestRelations(t *testing.T) {
	for text, want := range map[string]string{
		"户主": "0", "本人": "0", "01": "0", "配偶": "1", "老伴": "1", "12": "1", "妻子": "1",
		"长子": "2", "儿子": "2", "女婿": "2", "28": "2", "次女": "3", "儿媳": "3", "孙女": "4", "外孙": "4",
		"岳母": "5", "爷爷": "6", "外婆": "6", "嫂子": "7", "妹夫": "7", "伯父": "8", "侄子": "8", "97": "8", "非亲属": "8", "8": "8", "0": "0",
	} {
		if got, ok := ResolveRelation(text); !ok || got != want {
			t.Errorf("%s → %q, want %q", text, got, want)
		}
	}
	if _, ok := ResolveRelation("邻居"); ok {
		t.Error("a neighbour is no relation")
	}
	for _, e := range DetailedRelations.Entries() {
		if !Relations.Has(RelationGroup(e.Code)) {
			t.Errorf("%s has no group", e.Code)
		}
	}
	if RelationGroup("98") != "" || RelationGroup("") != "" {
		t.Error("an unknown relation has a group")
	}
}
