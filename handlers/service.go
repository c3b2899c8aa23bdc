package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/clinical"
)

// Service is a service that is ticked when a visit is logged.
type Service struct {
	Code       string `json:"code" example:"medication"`
	Label      string `json:"label"`
	FaceToFace bool   `json:"face_to_face" doc:"须面对面完成,电话、短信、网络随访不能勾选"`
}

// ServicesOutput lists the services.
type ServicesOutput struct {
	Body struct {
		Items []Service `json:"items" nullable:"false"`
	}
}

// ListServices answers GET /services.
func (h *Handlers) ListServices(_ context.Context, _ *struct{}) (*ServicesOutput, error) {
	out := &ServicesOutput{}
	for _, s := range models.PlainServices {
		out.Body.Items = append(out.Body.Items, Service{string(s.Code), s.Label, !s.Remote})
	}
	return out, nil
}

// services shows what a visit delivered.
func services(list []clinical.Service) []Labelled {
	out := make([]Labelled, len(list))
	for i, s := range list {
		out[i] = Labelled{string(s), models.ServiceLabel(s)}
	}
	return out
}
