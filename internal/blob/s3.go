package blob

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3 keeps contents in a bucket of a store that speaks S3.
type S3 struct {
	client *minio.Client
	bucket string
}

// S3Config names the bucket and who may use it.
type S3Config struct {
	Endpoint          string // "https://s3.example.cn"
	Region            string // "" for the store's own
	Bucket            string
	AccessKey, Secret string
	Transport         http.RoundTripper // nil for the usual one
}

// NewS3 returns a store in a bucket that exists already; nothing is asked of it yet.
func NewS3(c S3Config) (*S3, error) {
	u, err := url.Parse(c.Endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("blob: the address of the object store must be http or https")
	}
	region := c.Region
	if region == "" {
		region = "us-east-1" // what most stores that are not Amazon's take for none
	}
	client, err := minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(c.AccessKey, c.Secret, ""), Secure: u.Scheme == "https", Region: region, Transport: c.Transport, BucketLookup: minio.BucketLookupPath,
	})
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	return &S3{client, c.Bucket}, nil
}

// Put implements Store.
func (s *S3) Put(ctx context.Context, content []byte) (string, error) {
	hash := Hash(content)
	_, err := s.client.PutObject(ctx, s.bucket, hash, bytes.NewReader(content), int64(len(content)), minio.PutObjectOptions{ContentType: "application/octet-stream", DisableMultipart: true})
	return hash, err
}

// Get implements Store.
func (s *S3) Get(ctx context.Context, hash string) ([]byte, error) {
	if !hashFormat.MatchString(hash) {
		return nil, ErrNotFound
	}
	object, err := s.client.GetObject(ctx, s.bucket, hash, minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(object)
	_ = object.Close() // it was read to its end, or failed
	if err != nil {
		if minio.ToErrorResponse(err).StatusCode == http.StatusNotFound {
			return nil, ErrNotFound
		}
		return nil, err
	}
	return checked(content, hash)
}

// Delete implements Store.
func (s *S3) Delete(ctx context.Context, hash string) error {
	if !hashFormat.MatchString(hash) {
		return nil
	}
	return s.client.RemoveObject(ctx, s.bucket, hash, minio.RemoveObjectOptions{})
}
