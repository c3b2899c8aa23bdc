// Package totp is the second factor of staff: six-digit codes that change every
// 30 seconds (RFC 6238), as authenticator apps make them.
package totp

import (
	"crypto/subtle"
	"errors"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

const (
	// Period is how long one code lives, in seconds.
	Period = 30
	// Skew is how many periods a phone's clock may be off, either way.
	Skew = 1

	secretSize = 20 // bytes, one SHA-1 output (RFC 4226 §4)
)

// ErrSecret is a stored secret that is not base32.
var ErrSecret = errors.New("totp: unusable secret")

// options are those every authenticator app understands: SHA-1, six digits.
var options = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// Secret is a new second factor. Both fields are secret: show them once, store the
// first one sealed, log neither.
type Secret struct {
	Base32 string
	URL    string // otpauth://totp/… for the QR code
}

// NewSecret draws a random secret for an account; issuer and account are the two
// lines an authenticator app shows. Both must be given.
func NewSecret(issuer, account string) (Secret, error) {
	key, err := totp.Generate(totp.GenerateOpts{
		Issuer: issuer, AccountName: account, Period: Period, SecretSize: secretSize,
		Digits: options.Digits, Algorithm: options.Algorithm,
	})
	if err != nil {
		return Secret{}, err
	}
	return Secret{Base32: key.Secret(), URL: key.URL()}, nil
}

// Verify tells whether code is right at now, one period early or late included,
// and which time step it belongs to. A caller stores the step and refuses a code
// whose step is not later than the stored one: each code then works once. Spaces
// in the code are forgiven. The only error is ErrSecret.
func Verify(secret, code string, now time.Time) (step int64, ok bool, err error) {
	code = strings.ReplaceAll(code, " ", "")
	current := stepAt(now)
	// Latest first, and no early exit: the time taken does not tell which one matched.
	for s := current + Skew; s >= current-Skew; s-- {
		want, err := at(secret, s)
		if err != nil {
			return 0, false, err
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && !ok {
			step, ok = s, true
		}
	}
	return step, ok, nil
}

// Code is the code an authenticator app shows at now. The only error is ErrSecret.
func Code(secret string, now time.Time) (string, error) { return at(secret, stepAt(now)) }

func stepAt(now time.Time) int64 { return now.Unix() / Period }

func at(secret string, step int64) (string, error) {
	code, err := hotp.GenerateCodeCustom(secret, uint64(step), options) // #nosec G115 -- steps count from 1970
	if err != nil {
		return "", ErrSecret // the library's error might quote the secret
	}
	return code, nil
}
