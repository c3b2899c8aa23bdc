package handlers

import "context"

// AnswerFollowupInput confirms a visit.
type AnswerFollowupInput struct {
	IDInput
	MatchInput
}

// ConfirmFollowup answers POST /followups/{id}/confirm.
func (h *Handlers) ConfirmFollowup(ctx context.Context, in *AnswerFollowupInput) (*Output[FollowupDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	v, err := h.as(ctx).ConfirmVisit(ctx, in.ID, version)
	return followupOutput(v, err)
}

// DenyFollowupInput denies a visit.
type DenyFollowupInput struct {
	AnswerFollowupInput
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"200" doc:"为什么否认,居民自己的话"`
	}
}

// DenyFollowup answers POST /followups/{id}/deny.
func (h *Handlers) DenyFollowup(ctx context.Context, in *DenyFollowupInput) (*Output[FollowupDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	v, err := h.as(ctx).DenyVisit(ctx, in.ID, version, in.Body.Reason)
	return followupOutput(v, err)
}
