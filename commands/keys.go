package commands

import (
	"fmt"

	"jiayi/internal/seal"
	"jiayi/internal/token"
)

// keysCommand prints new secrets.
type keysCommand struct{}

// Help is the long help text.
func (keysCommand) Help() string {
	return "One line NAME=VALUE per secret, as an .env file takes them. Keep them safe and apart from the database: without JIAYI_FIELD_KEYS nobody can read the sealed fields again. To rotate, put a new key in front: k2:NEW,k1:OLD."
}

// Run prints the secrets.
func (keysCommand) Run(std IO) error {
	s := newSecrets()
	for _, v := range []seal.Setting{s.Seal.Fields, s.Seal.Index, s.Seal.Audit, {Name: envJWTKeys, Value: s.JWT}} {
		if _, err := fmt.Fprintf(std.Out, "%s=%s\n", v.Name, v.Value); err != nil {
			return err
		}
	}
	return nil
}

func newSecrets() secrets {
	return secrets{Seal: seal.Generate(envFieldKeys, envIndexKey, envAuditKeys), JWT: token.GenerateKeys()}
}
