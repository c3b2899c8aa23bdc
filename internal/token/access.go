package token

import (
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Audience says whose door a token opens. A resident's token is worth nothing at
// the staff door, and the other way round.
type Audience string

// The two audiences.
const (
	Staff    Audience = "jiayi-staff"
	Resident Audience = "jiayi-resident"
)

// Leeway is the difference between the clocks of two replicas that is forgiven.
const Leeway = 5 * time.Second

// maxLength in bytes bounds the work spent on a token before its signature is known
// to be good; our own are about 350 bytes.
const maxLength = 2048

// ErrInvalid is the one answer for every token that is not accepted, whatever the
// reason: telling them apart would only help someone who forges tokens.
var ErrInvalid = errors.New("token: not valid")

// ErrIncomplete is an Issue without account, session or a known audience.
var ErrIncomplete = errors.New("token: claims are incomplete")

// Claims is what an access token says.
type Claims struct {
	Account   string // account id (sub)
	Session   string // session id (sid)
	Audience  Audience
	IssuedAt  time.Time // set by Issue
	ExpiresAt time.Time // set by Issue
}

// Signer issues and verifies access tokens. It is safe for concurrent use.
type Signer struct {
	keys      Keys
	issuer    string
	lifetimes map[Audience]time.Duration
}

// Lifetimes are how long access tokens live. Both must be positive whole seconds.
type Lifetimes struct{ Staff, Resident time.Duration }

// DefaultLifetimes are 15 minutes for the workbench and 2 hours for the
// mini-program (domain §7.1, §8.2 b).
var DefaultLifetimes = Lifetimes{Staff: 15 * time.Minute, Resident: 2 * time.Hour}

// NewSigner returns a Signer whose tokens name issuer, the address of this
// installation, so that two districts sharing a key by mistake stay apart.
func NewSigner(keys Keys, issuer string, lives Lifetimes) (*Signer, error) {
	if len(keys.byID) == 0 || issuer == "" || lives.Staff < time.Second || lives.Resident < time.Second {
		return nil, errors.New("token: a signer needs keys, an issuer and lifetimes")
	}
	return &Signer{keys: keys, issuer: issuer, lifetimes: map[Audience]time.Duration{
		Staff: lives.Staff.Truncate(time.Second), Resident: lives.Resident.Truncate(time.Second),
	}}, nil
}

// wireClaims are the claims as they stand in the token.
type wireClaims struct {
	Session string `json:"sid"`
	jwt.RegisteredClaims
}

// Issue signs an access token for the account, session and audience of claims,
// valid from now, and tells how long it lives. It returns ErrIncomplete.
func (s *Signer) Issue(claims Claims, now time.Time) (signed string, expiresIn time.Duration, err error) {
	life, known := s.lifetimes[claims.Audience]
	if !known || claims.Account == "" || claims.Session == "" {
		return "", 0, ErrIncomplete
	}
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, wireClaims{claims.Session, jwt.RegisteredClaims{
		Issuer:    s.issuer,
		Subject:   claims.Account,
		Audience:  jwt.ClaimStrings{string(claims.Audience)},
		IssuedAt:  jwt.NewNumericDate(now),
		NotBefore: jwt.NewNumericDate(now),
		ExpiresAt: jwt.NewNumericDate(now.Add(life)),
	}})
	t.Header["kid"] = s.keys.current
	signed, err = t.SignedString(s.keys.byID[s.keys.current])
	return signed, life, err
}

// Verify returns the claims of a token of the audience that is good at now. Every
// failure is ErrInvalid. It says nothing about whether the session has been ended.
func (s *Signer) Verify(signed string, audience Audience, now time.Time) (Claims, error) {
	if _, known := s.lifetimes[audience]; !known || len(signed) > maxLength {
		return Claims{}, ErrInvalid
	}
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithIssuer(s.issuer),
		jwt.WithAudience(string(audience)),
		jwt.WithTimeFunc(func() time.Time { return now }),
		jwt.WithLeeway(Leeway),
		jwt.WithIssuedAt(),
		jwt.WithExpirationRequired(),
		jwt.WithNotBeforeRequired(),
		jwt.WithStrictDecoding(),
	)
	var wire wireClaims
	if _, err := parser.ParseWithClaims(signed, &wire, s.keyOf); err != nil {
		return Claims{}, ErrInvalid
	}
	if wire.Subject == "" || wire.Session == "" || wire.IssuedAt == nil || len(wire.Audience) != 1 {
		return Claims{}, ErrInvalid
	}
	return Claims{
		Account:   wire.Subject,
		Session:   wire.Session,
		Audience:  audience,
		IssuedAt:  wire.IssuedAt.UTC(),
		ExpiresAt: wire.ExpiresAt.UTC(),
	}, nil
}

// keyOf finds the key a token names; a token that names none is not tried with any.
func (s *Signer) keyOf(t *jwt.Token) (any, error) {
	id, _ := t.Header["kid"].(string)
	key, known := s.keys.byID[id]
	if !known {
		return nil, ErrInvalid
	}
	return key, nil
}
