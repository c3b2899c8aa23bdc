package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"gorm.io/gorm/schema"

	"jiayi/internal/seal"
)

type keysKey struct{}

// withKeys gives the sealed serializer the keys of this store.
func (s *Store) withKeys(ctx context.Context) context.Context {
	return context.WithValue(ctx, keysKey{}, s.keys)
}

// sealedField is the GORM serializer of `gorm:"serializer:sealed"` fields: text that
// is encrypted at rest, bound to its table and column.
type sealedField struct{}

var errNoKeys = errors.New("store: a sealed field was touched without keys")

func aad(field *schema.Field) string { return field.Schema.Table + "." + field.DBName }

// Scan opens a sealed column into its string field.
func (sealedField) Scan(ctx context.Context, field *schema.Field, dst reflect.Value, value any) error {
	var sealed string
	switch v := value.(type) {
	case nil:
	case string:
		sealed = v
	case []byte:
		sealed = string(v)
	default:
		return fmt.Errorf("store: sealed column holds %T", value)
	}
	if sealed == "" {
		return field.Set(ctx, dst, "")
	}
	keys, ok := ctx.Value(keysKey{}).(*seal.Keyring)
	if !ok {
		return errNoKeys
	}
	plain, err := keys.Open(sealed, aad(field))
	if err != nil {
		return fmt.Errorf("store: open %s: %w", aad(field), err)
	}
	return field.Set(ctx, dst, plain)
}

// Value seals the string field for its column; empty text stays empty.
func (sealedField) Value(ctx context.Context, field *schema.Field, _ reflect.Value, value any) (any, error) {
	plain, _ := value.(string)
	if plain == "" {
		return "", nil
	}
	keys, ok := ctx.Value(keysKey{}).(*seal.Keyring)
	if !ok {
		return nil, errNoKeys
	}
	return keys.Seal(plain, aad(field))
}

func init() { schema.RegisterSerializer("sealed", sealedField{}) }

// Purposes of the blind indexes, so that equal text in two fields does not look equal.
const (
	indexDocument = "document"
	indexPhone    = "phone"
	indexOpenID   = "openid"
	indexUsername = "username" // what is typed as a user name may be a password
	indexSurvey   = "survey"   // person and quarter, or person and visit, of an anonymous answer
	indexNewborn  = "newborn"  // name, birth date and village of a child without a document
)

// blind is the keyed index of a normalised value, "" for none.
func (s *Store) blind(purpose, value string) string {
	if value == "" {
		return ""
	}
	return s.keys.BlindIndex(purpose, value)
}
