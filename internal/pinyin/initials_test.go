package pinyin

import "testing"

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"张三": "zs", "曾国藩": "zgf", "单雄信": "sxx", "欧阳修": "oyx", "阿卜杜拉·买买提": "abdlmmt", "John Li": "johnli", "": "", "😀": "",
	} {
		if got := Initials(name); got != want {
			t.Errorf("Initials(%q) = %q, want %q", name, got, want)
		}
	}
}
