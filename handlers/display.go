package handlers

import (
	"context"

	"jiayi/models"
)

// careFollows is how the API calls models.CareFollows.
const careFollows = "auto"

func showCareMode(m models.CareMode) string {
	if m == models.CareFollows {
		return careFollows
	}
	return string(m)
}

// DisplayBody is how the signed-in person wants pages to look.
type DisplayBody struct {
	CareMode string `json:"care_mode" enum:"auto,on,off" doc:"关怀模式:auto 跟随微信字体设置,on 开启,off 关闭"`
}

// SetDisplayInput chooses it.
type SetDisplayInput struct{ Body DisplayBody }

// SetDisplay answers POST /me/display.
func (h *Handlers) SetDisplay(ctx context.Context, in *SetDisplayInput) (*Output[DisplayBody], error) {
	mode := models.CareMode(in.Body.CareMode)
	if in.Body.CareMode == careFollows {
		mode = models.CareFollows
	}
	mode, err := h.as(ctx).SetCareMode(ctx, mode)
	if err != nil {
		return nil, err
	}
	return &Output[DisplayBody]{Body: DisplayBody{showCareMode(mode)}}, nil
}
