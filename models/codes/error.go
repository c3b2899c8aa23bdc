package codes

import "errors"

// Reason is the stable machine code of why a number was refused.
type Reason string

// The reasons a number is refused for.
const (
	ReasonRequired   Reason = "required"          // nothing was given
	ReasonScientific Reason = "scientific"        // a spreadsheet rounded the number; its digits are lost
	ReasonType       Reason = "type"              // the kind of document or certificate is unknown
	ReasonLength     Reason = "length"            // wrong number of characters
	ReasonCharset    Reason = "charset"           // a character that cannot occur there
	ReasonFormat     Reason = "format"            // right characters, wrong arrangement
	ReasonRegion     Reason = "region"            // no such province or region
	ReasonBirthDate  Reason = "birth_date"        // the birth date inside does not exist
	ReasonFuture     Reason = "future_birth_date" // the birth date inside is after today
	ReasonAge        Reason = "age"               // the birth date inside is more than MaxAge years ago
	ReasonChecksum   Reason = "checksum"          // the check character does not fit
)

// Error says why a number was refused. Message is Chinese, is meant for the
// person who typed the number, and never contains it.
type Error struct {
	Reason  Reason
	Message string
}

// Error returns the reason only, which is safe to log.
func (e *Error) Error() string { return "codes: " + string(e.Reason) }

// ReasonOf returns the reason err was refused for, or "" when err is not an *Error.
func ReasonOf(err error) Reason {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

func refuse(reason Reason, message string) error {
	return &Error{Reason: reason, Message: message}
}
