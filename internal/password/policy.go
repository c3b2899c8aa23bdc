package password

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Policy is what a new password must meet (domain §8.2 a).
type Policy struct {
	MinLength  int // characters
	MaxLength  int // characters; keeps requests small, far above any real password
	MinClasses int // of the 4: lower case, upper case, digits, anything else
}

// DefaultPolicy holds the values of domain §8.2.
var DefaultPolicy = Policy{MinLength: 10, MaxLength: 128, MinClasses: 3}

// Weakness is one reason why a password is refused. It never holds the password.
type Weakness struct {
	Code    string // stable machine code: "too_short", "too_long", "few_classes", "contains_username", "common"
	Message string // Chinese
}

// Check returns every reason why password may not be used by username, in a fixed
// order; none when it may. Reuse of old passwords and age are the caller's to check.
func (p Policy) Check(username, password string) []Weakness {
	var found []Weakness
	add := func(bad bool, code, message string) {
		if bad {
			found = append(found, Weakness{code, message})
		}
	}
	length := utf8.RuneCountInString(password)
	add(length < p.MinLength, "too_short", fmt.Sprintf("密码至少 %d 位", p.MinLength))
	add(length > p.MaxLength, "too_long", fmt.Sprintf("密码最多 %d 位", p.MaxLength))
	add(classes(password) < p.MinClasses, "few_classes",
		fmt.Sprintf("密码须包含大写字母、小写字母、数字、符号中的至少 %d 类", p.MinClasses))
	name := strings.ToLower(strings.TrimSpace(username))
	add(name != "" && strings.Contains(strings.ToLower(password), name), "contains_username", "密码不能包含用户名")
	add(isCommon(password), "common", "密码过于常见,容易被猜到,请更换")
	return found
}

// classes counts the kinds of characters in s.
func classes(s string) int {
	var lower, upper, digit, other int
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return lower + upper + digit + other
}

//go:embed weak.txt
var weakText string

var weak = readWeak(weakText)

func readWeak(text string) map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(text) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			words[word] = true
		}
	}
	return words
}

var unleet = strings.NewReplacer("@", "a", "4", "a", "0", "o", "1", "i", "!", "i", "3", "e", "$", "s", "5", "s", "7", "t")

// isCommon tells whether a password is on the weak list, or is a listed word with
// digits and signs around it or look-alikes inside ("P@ssw0rd2024!").
func isCommon(password string) bool {
	folded := strings.ToLower(password)
	core := strings.TrimFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) })
	return weak[folded] || weak[core] || weak[unleet.Replace(folded)] || weak[unleet.Replace(core)]
}
