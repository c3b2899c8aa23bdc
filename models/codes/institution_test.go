package codes

import (
	"testing"

	"pgregory.net/rapid"
)

func TestUSCC(t *testing.T) {
	for _, c := range []struct {
		in     string
		reason Reason
	}{
		{"91350100M000100Y43", ""},
		{"91512081MA62K0260E", ""},
		{" 91512081ma62k0260e ", ""},
		{"12370499MB0000019X", ""},
		{"12370499MB0000027Q", ""},
		{"12370499MB0000107C", ""},
		{"52370499MJ00000185", ""},
		{"", ReasonRequired},
		{"9.13501E+17", ReasonScientific},
		{"91350100M000100Y4Z", ReasonCharset}, // Z is not in the alphabet
		{"91350100M000100Y4", ReasonLength},
		{"91990100M000100Y43", ReasonRegion},
		{"9135A100M000100Y43", ReasonRegion},
		{"91350100M000100Y42", ReasonChecksum},
		{"91350100M000100I43", ReasonCharset},
	} {
		u, err := ParseUSCC(c.in)
		if ReasonOf(err) != c.reason || (err == nil) != (u.Number != "") {
			t.Errorf("%s: %v, want %q", c.in, err, c.reason)
		}
	}
	u, err := ParseUSCC("12370499MB0000019X")
	if err != nil || u.Registrar != '1' || u.Category != '2' || u.Region != "370499" || u.Organisation != "MB0000019" {
		t.Errorf("%+v %v", u, err)
	}
	if n := "12100000400000000"; USCCChecksum(n) == 0 {
		t.Error("no checksum")
	} else if _, err := ParseUSCC(n + string(USCCChecksum(n))); err != nil {
		t.Errorf("a national body: %v", err)
	}
}

func TestUSCCFindsEverySlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := "12370499" + rapid.StringOfN(rapid.RuneFrom([]rune(usccAlphabet)), 9, 9, -1).Draw(t, "organisation")
		number := []byte(body + string(USCCChecksum(body)))
		if _, err := ParseUSCC(string(number)); err != nil {
			t.Fatal(err)
		}
		i := rapid.IntRange(8, 17).Draw(t, "at")
		other := usccAlphabet[rapid.IntRange(0, 30).Draw(t, "to")]
		if other == number[i] {
			return
		}
		number[i] = other
		if _, err := ParseUSCC(string(number)); ReasonOf(err) != ReasonChecksum {
			t.Fatalf("a slip at %d was not found: %v", i, err)
		}
	})
}

func TestOrganisationCodeIsWarnOnly(t *testing.T) {
	// 000000019: 1×2 = 2, check character 9. 00000001 with 8 does not fit.
	for tail, valid := range map[string]bool{"000000019": true, "000000018": false} {
		body := "12370499" + tail
		u, err := ParseUSCC(body + string(USCCChecksum(body)))
		if err != nil || u.OrganisationValid != valid {
			t.Errorf("%s: %v %v", tail, u.OrganisationValid, err)
		}
	}
}

func TestLicence(t *testing.T) {
	for _, c := range []struct {
		in     string
		reason Reason
	}{
		{"PDY10001937049912D6001", ""},
		{"pdy10001-937049912D6001", ""},
		{"", ReasonRequired},
		{"PDY10001937049912D600", ReasonLength},
		{"PDY100019A7049912D6001", ReasonFormat},
		{"PDY10001999049912D6001", ReasonRegion},
	} {
		l, err := ParseLicence(c.in)
		if ReasonOf(err) != c.reason {
			t.Errorf("%s: %v, want %q", c.in, err, c.reason)
		}
		if err == nil && (l.Organisation != "PDY100019" || l.Region != "370499" || l.Economy != "12" || l.Category != "D600" || l.Sequence != "1") {
			t.Errorf("%+v", l)
		}
	}
}

func TestInsuranceCodes(t *testing.T) {
	for _, c := range []struct {
		kind   InsuranceKind
		in     string
		reason Reason
	}{
		{InsuranceInstitution, "h37049900001", ""},
		{InsuranceDoctor, "D370499000001", ""},
		{InsuranceDoctor, "H37049900001", ReasonFormat},
		{InsuranceInstitution, "H370499000001", ReasonFormat},
		{InsuranceDoctor, "D990499000001", ReasonRegion},
		{InsuranceDoctor, "", ReasonRequired},
	} {
		if _, err := ParseInsuranceCode(c.kind, c.in); ReasonOf(err) != c.reason {
			t.Errorf("%s: %v, want %q", c.in, err, c.reason)
		}
	}
}

func TestCertificates(t *testing.T) {
	for _, c := range []struct {
		kind   CertificateKind
		in     string
		reason Reason
	}{
		{CertPhysicianPractice, "110370499000001", ""},
		{CertPhysicianPractice, "241370499000001", ""},
		{CertPhysicianPractice, "310370499000001", ReasonFormat},
		{CertPhysicianPractice, "111370499000001", ReasonFormat},
		{CertPhysicianPractice, "110990499000001", ReasonRegion},
		{CertPhysicianPractice, "11037049900001", ReasonLength},
		{CertPhysicianQualification, "200537110370499195503010017", ""},
		{CertPhysicianQualification, "200537110370499550301001", ""},
		{CertPhysicianQualification, "200537110370499195503010018", ReasonChecksum},
		{CertPhysicianQualification, "202737110370499195503010017", ReasonFormat},
		{CertPhysicianQualification, "200599110370499195503010017", ReasonRegion},
		{CertPhysicianQualification, "20053711037049919550301001", ReasonLength},
		{CertNursePractice, "202637000001", ""},
		{CertNursePractice, "202737000001", ReasonFormat},
		{CertNursePractice, "20263700001", ReasonLength},
		{CertNursePractice, "2026370000A1", ReasonFormat},
		{CertVillageDoctor, "鲁枣乡医字第0001号", ""},
		{CertVillageDoctor, "123456789012345678901", ReasonLength},
		{CertVillageDoctor, "", ReasonRequired},
		{CertNursePractice, "2.02637E+11", ReasonScientific},
		{"diploma", "1", ReasonType},
	} {
		if _, err := demo.ParseCertificate(c.kind, c.in); ReasonOf(err) != c.reason {
			t.Errorf("%s %s: %v, want %q", c.kind, c.in, err, c.reason)
		}
	}
}

func TestDisabilityCertificate(t *testing.T) {
	c, err := demo.ParseDisabilityCertificate("37049919550301001741")
	if err != nil || c.Type != "4" || c.Level != "1" || c.Holder.Sex != SexMale {
		t.Fatalf("%v", err)
	}
	for in, reason := range map[string]Reason{
		"370499195503010017":   ReasonLength,
		"37049919550301001841": ReasonChecksum,
		"37049919550301001781": ReasonFormat,
		"37049919550301001745": ReasonFormat,
		"3.70499E+19":          ReasonScientific,
		"":                     ReasonRequired,
	} {
		if _, err := demo.ParseDisabilityCertificate(in); ReasonOf(err) != reason {
			t.Errorf("%s: %v, want %q", in, err, reason)
		}
	}
}

func TestRecordNo(t *testing.T) {
	for _, in := range []string{"37049900110100001", "370499-001-101-00001", " 370499001 10100001"} {
		n, err := ParseRecordNo(in)
		if err != nil || n.Number() != "37049900110100001" || n.Printed() != "370499-001-101-00001" ||
			n.Prefix() != "370499001101" || n.Sequence != 1 || n.VillageKind() != "村委会" {
			t.Errorf("%s: %v", in, err)
		}
	}
	for in, reason := range map[string]Reason{
		"": ReasonRequired, "3.70499E+16": ReasonScientific, "3704990011010000A": ReasonCharset,
		"3704990011010000": ReasonLength, "99049900110100001": ReasonRegion, "37049900110100000": ReasonFormat,
	} {
		if _, err := ParseRecordNo(in); ReasonOf(err) != reason {
			t.Errorf("%s: %v, want %q", in, err, reason)
		}
	}
	for village, kind := range map[string]string{
		"000": "", "001": "居委会", "099": "居委会", "100": "", "101": "村委会", "199": "村委会", "200": "", "900": "", "901": "其他", "999": "其他",
	} {
		if got := (RecordNo{Village: village}).VillageKind(); got != kind {
			t.Errorf("%s is %q, want %q", village, got, kind)
		}
	}
}
