package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

// Request is what makes a POST repeatable: its Idempotency-Key, its operation and a
// hash of its body.
type Request struct{ Key, Operation, Hash string }

type requestKey struct{}

// WithRequest notes the idempotency key of the request in its context.
func WithRequest(ctx context.Context, r Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// WithProof makes what proves the caller, sent beside the body, part of the request that
// its idempotency key stands for: without it, whoever knows the key would get the answer.
func WithProof(ctx context.Context, proof string) context.Context {
	req, _ := ctx.Value(requestKey{}).(Request)
	sum := sha256.Sum256([]byte(req.Hash + "\n" + proof))
	req.Hash = hex.EncodeToString(sum[:])
	return WithRequest(ctx, req)
}

// once runs a use case in one transaction. With an idempotency key, the key and the
// result are written in that same transaction: a retry returns the first result, and
// two at once wait for each other in the database's unique index.
func once[T any](ctx context.Context, v View, fn func(tx *Tx) (T, error)) (T, error) {
	return onceWithin(ctx, v, v.opt.QueryTimeout, fn)
}

// onceWithin is once with a time limit of its own.
func onceWithin[T any](ctx context.Context, v View, limit time.Duration, fn func(tx *Tx) (T, error)) (T, error) {
	req, _ := ctx.Value(requestKey{}).(Request)
	var out T
	err := v.transactWithin(ctx, limit, func(tx *Tx) error {
		var zero T
		out = zero
		if req.Key == "" {
			var err error
			out, err = fn(tx)
			return err
		}
		return tx.remember(req, &out, func() (err error) { out, err = fn(tx); return err })
	})
	if errors.Is(err, errRepeated) {
		out, err = recall[T](ctx, v, req)
	}
	return out, err
}

// do is once for a use case without a result.
func do(ctx context.Context, v View, fn func(tx *Tx) error) error {
	_, err := once(ctx, v, func(tx *Tx) (struct{}, error) { return struct{}{}, fn(tx) })
	return err
}

var errRepeated = errors.New("store: this idempotency key was used before")

// owner is whose idempotency key it is: a WeChat account keeps its keys when it is bound
// to a resident, which changes its name.
func (tx *Tx) owner() string {
	if tx.actor.WechatID != 0 {
		return "wechat:" + tx.actor.WechatID.String()
	}
	if name := tx.actor.Name(); name != "" {
		return name
	}
	return "public"
}

func (tx *Tx) remember(req Request, out any, run func() error) error {
	row := models.IdempotencyKey{Owner: tx.owner(), Key: req.Key, Operation: req.Operation, RequestHash: req.Hash, CreatedAt: tx.now}
	if err := tx.db.Create(&row).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
		return errRepeated
	} else if err != nil {
		return err
	}
	if err := run(); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(out); err != nil {
		return fmt.Errorf("store: keep the result of %s: %w", req.Operation, err)
	}
	row.Result = base64.StdEncoding.EncodeToString(b.Bytes())
	return tx.db.Model(&row).Select("Result").Updates(&row).Error
}

// forget frees the request's key, for a refusal that is committed for what it counted.
func (tx *Tx) forget(ctx context.Context, owner string) error {
	req, _ := ctx.Value(requestKey{}).(Request)
	return tx.db.Delete(&models.IdempotencyKey{}, "owner = ? AND idem_key = ?", owner, req.Key).Error
}

func recall[T any](ctx context.Context, v View, req Request) (T, error) {
	var out T
	var row models.IdempotencyKey
	tx := Tx{actor: v.actor}
	// Read through the writer: the row was committed a moment ago, maybe by another replica.
	err := v.write.WithContext(v.withKeys(ctx)).Take(&row, "owner = ? AND idem_key = ?", tx.owner(), req.Key).Error
	if err != nil {
		return out, err
	}
	if row.Operation != req.Operation || row.RequestHash != req.Hash {
		return out, &models.Error{
			Kind: models.Invalid, Code: "idempotency_mismatch", Message: "同一个 Idempotency-Key 不能用于不同的请求",
			Fields: []models.FieldError{{Field: "Idempotency-Key", Code: "mismatch", Message: "该 Idempotency-Key 已用于另一请求"}},
		}
	}
	b, err := base64.StdEncoding.DecodeString(row.Result)
	if err != nil {
		return out, err
	}
	err = gob.NewDecoder(bytes.NewReader(b)).Decode(&out)
	return out, err
}
