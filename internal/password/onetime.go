package password

import "crypto/rand"

// oneTimeLength in characters of a 32-letter alphabet: 80 random bits.
const oneTimeLength = 16

// oneTimeAlphabet has no characters that are mistaken for each other when read aloud.
const oneTimeAlphabet = "abcdefghjkmnpqrstuvwxyzACDEFHJ23"

// OneTime returns a random password for an administrator to hand over; its fixed
// end makes it meet every policy about classes.
func OneTime() string {
	b := make([]byte, oneTimeLength)
	_, _ = rand.Read(b)
	for i := range b {
		b[i] = oneTimeAlphabet[b[i]%byte(len(oneTimeAlphabet))] // 32 divides 256: every letter is as likely
	}
	return string(b[:8]) + "-" + string(b[8:]) + "7Kn"
}
