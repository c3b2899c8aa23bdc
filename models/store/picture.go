package store

import (
	"context"
	"errors"

	"jiayi/internal/blob"
	"jiayi/internal/picture"
	"jiayi/models"
)

// keepPicture tells a photograph by its content, makes it anew without anything but its pixels,
// and keeps it sealed, bound to what it is. It returns Invalid for what is no PNG, JPEG or WebP
// image or has too many pixels, TooLarge past 5 MB.
func (v View) keepPicture(ctx context.Context, content []byte, aad string) (hash string, made picture.Picture, err error) {
	if made, err = CleanPicture(content); err != nil {
		return "", made, err
	}
	sealed, err := v.keys.Seal(string(made.Content), aad)
	if err != nil {
		return "", made, err
	}
	hash, err = v.opt.Blobs.Put(ctx, []byte(sealed))
	return hash, made, err
}

// CleanPicture tells a photograph by its content and makes it anew, as picture.Clean does, with
// the errors of keepPicture.
func CleanPicture(content []byte) (picture.Picture, error) {
	if len(content) > picture.MaxBytes {
		return picture.Picture{}, &models.Error{Kind: models.TooLarge, Code: "file_too_large", Message: "图片不能超过5MB"}
	}
	made, err := picture.Clean(content)
	switch {
	case errors.Is(err, picture.ErrSize):
		return picture.Picture{}, models.InvalidField("file", "too_many_pixels", "图片不能超过4000万像素")
	case err != nil:
		return picture.Picture{}, models.InvalidField("file", "type", "只能发送 PNG、JPEG 或 WebP 图片")
	}
	return made, nil
}

// openPicture is the opposite of keepPicture.
func (v View) openPicture(ctx context.Context, hash, aad string) ([]byte, error) {
	sealed, err := v.opt.Blobs.Get(ctx, hash)
	if err != nil {
		return nil, err
	}
	plain, err := v.keys.Open(string(sealed), aad)
	return []byte(plain), err
}

// dropPicture forgets a picture that nothing refers to, even when the caller has gone.
func (v View) dropPicture(ctx context.Context, hash string) error {
	if hash == "" {
		return nil
	}
	return v.opt.Blobs.Delete(context.WithoutCancel(ctx), hash)
}

// withContent makes the same request only one with the same content: the body that was hashed
// is a form with another boundary each time.
func withContent(ctx context.Context, content []byte) context.Context {
	req, ok := ctx.Value(requestKey{}).(Request)
	if !ok {
		return ctx
	}
	req.Hash = blob.Hash(content)
	return WithRequest(ctx, req)
}
