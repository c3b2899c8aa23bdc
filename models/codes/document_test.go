package codes

import "testing"

func TestDocuments(t *testing.T) {
	for _, c := range []struct {
		name   string
		kind   DocumentType
		in     string
		reason Reason // "" when valid
		holder bool
	}{
		{"resident", DocResidentID, "370499195503010017", "", true},
		{"resident old", DocResidentID, "370499550301001", "", true},
		{"resident checksum", DocResidentID, "370499195503010018", ReasonChecksum, false},
		{"register", DocHouseholdRegister, "370499195503010025", "", true},
		{"register free text", DocHouseholdRegister, "户12345", ReasonCharset, false},
		{"passport", DocPassport, "E12345678", "", false},
		{"passport new", DocPassport, "ea1234567", "", false},
		{"passport foreign short", DocPassport, "12345", "", false},
		{"passport foreign long", DocPassport, "A1234567890123456789", "", false},
		{"passport 4", DocPassport, "1234", ReasonFormat, false},
		{"passport 21", DocPassport, "A12345678901234567890", ReasonFormat, false},
		{"passport hyphen", DocPassport, "E1234-5678", ReasonFormat, false},
		{"passport that looks scientific", DocPassport, "1E12345", "", false},
		{"officer", DocOfficer, "军字第1234567号", "", false},
		{"officer 20", DocOfficer, "12345678901234567890", "", false},
		{"officer 21", DocOfficer, "123456789012345678901", ReasonLength, false},
		{"driving", DocDrivingLicence, "370499000123", "", false},
		{"driving markup", DocDrivingLicence, "<b>1", ReasonCharset, false},
		{"home return", DocHKMacauPass, "H12345678", "", false},
		{"home return renewed", DocHKMacauPass, "m1234567801", "", false},
		{"home return 9", DocHKMacauPass, "H123456789", ReasonFormat, false},
		{"home return letter", DocHKMacauPass, "A12345678", ReasonFormat, false},
		{"Taiwan pass", DocTaiwanPass, "12345678", "", false},
		{"Taiwan pass 9", DocTaiwanPass, "123456789", ReasonFormat, false},
		{"Hong Kong permit", DocHKMacauPermit, "810000198001010014", "", true},
		{"Hong Kong permit checksum", DocHKMacauPermit, "810000198001010015", ReasonChecksum, false},
		{"Hong Kong permit region", DocHKMacauPermit, "370499195503010017", ReasonRegion, false},
		{"Hong Kong permit of Taiwan", DocHKMacauPermit, "83000019750615002X", ReasonRegion, false},
		{"Hong Kong permit 15", DocHKMacauPermit, "810000800101001", ReasonLength, false},
		{"Taiwan permit", DocTaiwanPermit, "83000019750615002x", "", true},
		{"Taiwan permit of Hong Kong", DocTaiwanPermit, "810000198001010014", ReasonRegion, false},
		{"permanent 2023", DocForeignPermanent, permanent("911156", "19850630", "002"), "", true},
		{"permanent 2023 not 9", DocForeignPermanent, permanent("811156", "19850630", "002"), ReasonRegion, false},
		{"permanent 2023 date", DocForeignPermanent, permanent("911156", "19850631", "002"), ReasonBirthDate, false},
		{"permanent old", DocForeignPermanent, "usa110085063002", "", false},
		{"permanent old 14", DocForeignPermanent, "USA11008506300", ReasonLength, false},
		{"birth certificate", DocBirthCertificate, "q370123456", "", false},
		{"birth certificate 8", DocBirthCertificate, "Q37012345", ReasonFormat, false},
		{"other", DocOther, "证-001", "", false},
		{"empty", DocOther, "\u200b", ReasonRequired, false},
		{"scientific", DocOther, "3.70499E+17", ReasonScientific, false},
		{"unknown type", "12", "1", ReasonType, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := demo.ParseDocument(c.kind, c.in)
			if ReasonOf(err) != c.reason || (err != nil) != (c.reason != "") {
				t.Fatalf("%v, want %q", err, c.reason)
			}
			if (d.Holder != IDNumber{}) != c.holder {
				t.Fatal("holder")
			}
		})
	}
	if !ChinesePassport("EA1234567") || !ChinesePassport("E12345678") || ChinesePassport("EA123456") {
		t.Error("Chinese passports")
	}
}

func permanent(region, born, seq string) string {
	body := region + born + seq
	return body + string(ChecksumDigit(body))
}

func FuzzDocument(f *testing.F) {
	for _, s := range []string{"E12345678", "H1234567801", "12345678", "810000198001010014", "Q370123456", "USA110085063002", "军字第1号", "911156198506300021"} {
		for _, e := range DocumentTypes.Entries() {
			f.Add(e.Code, s)
		}
	}
	f.Fuzz(func(t *testing.T, kind, s string) {
		d, err := demo.ParseDocument(DocumentType(kind), s)
		if err != nil {
			checkRefusal(t, err, s)
			return
		}
		if again, err := demo.ParseDocument(d.Type, d.Number); err != nil || again != d {
			t.Fatalf("a normalised number reads differently: %v", err)
		}
	})
}
