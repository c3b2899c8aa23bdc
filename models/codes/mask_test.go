package codes

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
)

func TestMasks(t *testing.T) {
	for _, c := range []struct {
		mask     func(string) string
		in, want string
	}{
		{MaskName, "", ""}, {MaskName, "张", "*"}, {MaskName, "张三", "张*"}, {MaskName, "张小三", "张*三"},
		{MaskName, "欧阳修", "欧阳**"}, {MaskName, "欧阳明月", "欧阳**"}, {MaskName, "欧阳", "欧*"}, {MaskName, "张王小明", "张王**"},
		{MaskName, "阿依古丽·买买提", "阿依**"}, {MaskName, " 张三 ", "张*"},
		{MaskDocument, "370499195503010017", "370***********0017"}, {MaskDocument, "11010519491231002X", "110***********002X"},
		{MaskDocument, "E12345678", "E******78"}, {MaskDocument, "12345", "*****"}, {MaskDocument, "", ""}, {MaskDocument, "H1234567801", "H12****7801"},
		{MaskPhone, "13800001234", "138****1234"}, {MaskPhone, "0632-4412345", "0632-*****45"}, {MaskPhone, "010-62345678", "010-******78"},
		{MaskPhone, "0632-4412345-801", "0632-*********01"}, {MaskPhone, "110", "***"},
		{MaskRecordNo, "37049900110100001", "370499001*****001"}, {MaskRecordNo, "12345", "*****"},
		{MaskAddress, "", ""},
		{MaskAddress, "某镇某村12号", "某镇某村***"},
		{MaskAddress, "山东省枣庄市榴园区石榴镇杏花村三组25号", "山东省枣庄市榴园区石榴镇杏花村***"},
		{MaskAddress, "榴园区永福街道新华社区2号楼3单元501室", "榴园区永福街道新华社区***"},
		{MaskAddress, "榴园区永福街道新华社区居民委员会东侧", "榴园区永福街道新华社区居民委员会***"},
		{MaskAddress, "榴园区石榴镇杏花村村委会", "榴园区石榴镇杏花村村委会***"},
		{MaskAddress, "薛城区张村镇李村5号", "薛城区张村镇李村***"},
		{MaskAddress, "薛城区永福南路128号新华社区", "薛城区***"},
		{MaskAddress, "薛城区永福南路一百二十八号新华社区", "薛城区***"},
		{MaskAddress, "市中区阳光小区 3 号楼", "市中区***"},
		{MaskAddress, "滕州市龙泉街道幸福里7幢", "滕州市龙泉街道***"},
		{MaskAddress, "北京市朝阳区", "北京市朝阳区***"},
		{MaskAddress, "内蒙古自治区赤峰市巴林右旗大板镇友爱村", "内蒙古自治区赤峰市巴林右旗大板镇友爱村***"},
		{MaskAddress, "杏花村", "杏花村***"},
		{MaskAddress, "3号楼501", "***"},
		{MaskAddress, "张三家旁边那栋红房子", "***"},
	} {
		if got := c.mask(c.in); got != c.want {
			t.Errorf("%s → %s, want %s", c.in, got, c.want)
		}
	}
	if got := MaskBirthDate(calendar.MustDate("1955-03-01")); got != "1955-**-**" {
		t.Error(got)
	}
	if MaskBirthDate(calendar.Date{}) != "" {
		t.Error("no date became a date")
	}
}

func TestMaskedAddressNeverHoldsAHouse(t *testing.T) {
	parts := []string{"山东省", "枣庄市", "榴园区", "石榴镇", "永福街道", "杏花村", "新华社区", "阳光小区", "永福南路", "张村镇", "东侧", " "}
	rapid.Check(t, func(t *rapid.T) {
		before := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 6).Draw(t, "before"), "")
		house := fmt.Sprintf(rapid.SampledFrom([]string{"%d号", "%d-1", "%d栋", "%d"}).Draw(t, "form"), rapid.IntRange(1, 9999).Draw(t, "house"))
		after := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 3).Draw(t, "after"), "")
		got := MaskAddress(before + house + after)
		shown, ok := strings.CutSuffix(got, "***")
		if !ok || strings.ContainsFunc(shown, unicode.IsDigit) || !strings.HasPrefix(strings.ReplaceAll(before, " ", ""), shown) {
			t.Fatalf("%s%s%s → %s", before, house, after, got)
		}
	})
}

func TestMasksHide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[\p{Han}]{1,6}`).Draw(t, "name")
		if got := MaskName(name); got == name || !strings.Contains(got, "*") {
			t.Fatalf("a name was shown: %q", got)
		}
		number := rapid.StringMatching(`[0-9A-Z]{1,30}`).Draw(t, "number")
		shown := strings.ReplaceAll(MaskDocument(number), "*", "")
		if len(shown) > 7 || 3*len(shown) > 2*len(number) {
			t.Fatalf("%d of %d characters shown", len(shown), len(number))
		}
	})
}

func TestPrintingMasks(t *testing.T) {
	n, err := demo.ParseIDNumber("370499195503010017")
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.ParseDocument(DocResidentID, "370499195503010017")
	if err != nil {
		t.Fatal(err)
	}
	p, err := ParsePhone("19900001234")
	if err != nil {
		t.Fatal(err)
	}
	r, err := ParseRecordNo("37049900110100001")
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%v %+v %s %v %v", n, d, d, p, r)
	for _, secret := range []string{"19550301", "0000123", "0110100"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s in %s", secret, text)
		}
	}
}
