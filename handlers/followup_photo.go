package handlers

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/models/store"
)

// followupPhotos are the addresses of a visit's pictures.
func followupPhotos(v store.Visit) []string {
	out := make([]string, len(v.PhotoRefs()))
	for i := range out {
		out[i] = fmt.Sprintf("/api/v1/followups/%s/photos/%d", v.ID, i+1)
	}
	return out
}

// PhotographFollowup answers POST /followups/{id}/photos.
func (h *Handlers) PhotographFollowup(ctx context.Context, in *SendImageInput) (*Output[FollowupDetail], error) {
	content, err := in.picture()
	if err != nil {
		return nil, err
	}
	return followupOutput(h.as(ctx).PhotographEncounter(ctx, in.ID, content))
}

// FollowupPhotoInput names a picture of a visit by its number.
type FollowupPhotoInput struct {
	IDInput
	N int `path:"n" minimum:"1" maximum:"3"`
}

// GetFollowupPhoto answers GET /followups/{id}/photos/{n}.
func (h *Handlers) GetFollowupPhoto(ctx context.Context, in *FollowupPhotoInput) (*huma.StreamResponse, error) {
	content, err := h.as(ctx).EncounterPhoto(ctx, in.ID, in.N)
	if err != nil {
		return nil, err
	}
	return pictureResponse(content, http.DetectContentType(content), "photo-"+in.ID.String()+"-"+strconv.Itoa(in.N)), nil
}
