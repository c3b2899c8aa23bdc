package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// Staff is a person who works at an institution.
type Staff struct {
	ID            models.ID `json:"id"`
	No            string    `json:"no" doc:"工号"`
	Name          string    `json:"name"`
	Sex           string    `json:"sex"`
	InstitutionID models.ID `json:"institution_id"`
	Title         string    `json:"title,omitempty" doc:"职称"`
	CertificateNo string    `json:"certificate_no,omitempty" doc:"执业证书编号"`
	Phone         string    `json:"phone,omitempty" doc:"已脱敏"`
	Active        bool      `json:"active" doc:"在职"`
	Teams         []Named   `json:"teams,omitempty" doc:"今日所在团队"`
	Version       int       `json:"version"`
}

func staffOf(s models.Staff) Staff {
	return Staff{s.ID, s.No, s.Name, s.Sex, s.InstitutionID, s.Title, s.CertificateNo, codes.MaskPhone(s.Phone), s.Active, nil, s.Version}
}

// StaffListInput narrows a list of staff.
type StaffListInput struct {
	PageInput
	InstitutionID models.ID `query:"institution_id"`
	Q             string    `query:"q" maxLength:"50" doc:"姓名开头"`
	Gone          bool      `query:"gone" doc:"包括已离职的"`
}

// ListStaff answers GET /staff.
func (h *Handlers) ListStaff(ctx context.Context, in *StaffListInput) (*ListOutput[Staff], error) {
	list, err := h.as(ctx).StaffList(ctx, store.StaffFilter{InstitutionID: in.InstitutionID, Q: in.Q, Gone: in.Gone}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, func(e store.StaffEntry) Staff {
		out := staffOf(e.Staff)
		for _, t := range e.Teams {
			out.Teams = append(out.Teams, Named{t.ID, t.Name})
		}
		return out
	}), nil
}

// StaffBody is what is entered of a staff member.
type StaffBody struct {
	No            string    `json:"no" maxLength:"16" doc:"工号"`
	Name          string    `json:"name" maxLength:"64"`
	Sex           string    `json:"sex" maxLength:"1" doc:"1 男,2 女"`
	InstitutionID models.ID `json:"institution_id"`
	Title         string    `json:"title,omitempty" maxLength:"64" doc:"职称"`
	CertificateNo string    `json:"certificate_no,omitempty" maxLength:"32" doc:"执业证书编号"`
}

func (b StaffBody) staff() models.Staff {
	return models.Staff{No: b.No, Name: b.Name, Sex: b.Sex, InstitutionID: b.InstitutionID, Title: b.Title, CertificateNo: b.CertificateNo}
}

func staffOutput(s models.Staff, err error) (*Output[Staff], error) {
	if err != nil {
		return nil, err
	}
	return &Output[Staff]{etag(s.Version), staffOf(s)}, nil
}

// AddStaff answers POST /staff.
func (h *Handlers) AddStaff(ctx context.Context, in *struct {
	Body struct {
		StaffBody
		Phone string `json:"phone,omitempty" maxLength:"32" doc:"本人电话,加密保存"`
	}
}) (*Output[Staff], error) {
	s := in.Body.staff()
	s.Phone = in.Body.Phone
	return staffOutput(h.as(ctx).AddStaff(ctx, s))
}

// ChangeStaffInput replaces what is known of a staff member; a phone that is left out stays.
type ChangeStaffInput struct {
	IDInput
	MatchInput
	Body struct {
		StaffBody
		Phone  *string `json:"phone,omitempty" maxLength:"32" doc:"本人电话;不填则不变"`
		Active bool    `json:"active" doc:"在职"`
	}
}

// ChangeStaff answers PATCH /staff/{id}.
func (h *Handlers) ChangeStaff(ctx context.Context, in *ChangeStaffInput) (*Output[Staff], error) {
	version, err := in.mustVersion()
	if err != nil {
		return nil, err
	}
	s := in.Body.staff()
	s.ID, s.Active = in.ID, in.Body.Active
	return staffOutput(h.as(ctx).ChangeStaff(ctx, s, in.Body.Phone, version))
}
