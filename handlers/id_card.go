package handlers

import (
	"context"
	"errors"

	"jiayi/internal/wechat"
	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// IDCardBody is what a photograph of an ID card says, for a person to check.
type IDCardBody struct {
	Name     string `json:"name" doc:"姓名,请核对"`
	IDNumber string `json:"id_number" doc:"身份证号,请核对"`
}

// Why a card was not read. Typing the number always works, and every message says so.
var (
	errNoIDCards  = models.Errorf(models.Unavailable, "id_card_unconfigured", "本系统未开通拍身份证,请手工输入")
	errCardTooBig = &models.Error{Kind: models.TooLarge, Code: "file_too_large", Message: "照片太大,请重拍或手工输入"}
	errUnreadable = models.InvalidField("file", "unreadable", "没有认出身份证:请拍人像面,放平、对正、避开反光,或手工输入")
	errCardsUsed  = models.Errorf(models.TooMany, "id_card_quota", "今天的拍照识别次数已用完,请手工输入")
	errCardsAway  = models.Errorf(models.Unavailable, "wechat_unavailable", "微信暂时不能识别身份证,请手工输入")
)

// ReadIDCard has WeChat read a photograph of an ID card. The picture is kept nowhere, and
// neither it nor the answer reaches a log.
func (h *Handlers) ReadIDCard(ctx context.Context, in *PictureInput) (*Output[IDCardBody], error) {
	content, err := in.picture()
	if err != nil {
		return nil, err
	}
	made, err := store.CleanPicture(content)
	if err != nil {
		return nil, err
	}
	switch {
	case len(made.Content) > wechat.MaxCardBytes:
		return nil, errCardTooBig
	case h.Wechat == nil || !h.Client.IDCardCamera:
		return nil, errNoIDCards
	}
	card, err := h.Wechat.ReadIDCard(ctx, made.Content)
	if err != nil {
		return nil, idCardError(ctx, err)
	}
	if !wholeNumber(card.Number) {
		return nil, errUnreadable
	}
	return &Output[IDCardBody]{Body: IDCardBody{card.Name, card.Number}}, nil
}

// wholeNumber tells by the check digit whether every figure was made out.
func wholeNumber(number string) bool {
	return len(number) == 18 && codes.ChecksumDigit(number[:17]) == number[17]
}

// idCardError is wechatError in words for somebody who can type the number instead.
func idCardError(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, wechat.Unreadable):
		return errUnreadable
	case errors.Is(err, wechat.TooFrequent):
		return errCardsUsed
	}
	told := wechatError(ctx, err)
	if models.IsKind(told, models.Unavailable) {
		return errCardsAway
	}
	return told
}
