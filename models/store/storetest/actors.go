package storetest

import "jiayi/models"

// Actors of the small district, by what they may see.
var (
	Manager      = models.Actor{Role: models.DistrictManager, AccountID: 101, StaffID: OtherStaff, InstitutionID: Bureau}
	LiuyuanBoss  = models.Actor{Role: models.InstitutionManager, AccountID: 102, StaffID: OtherStaff, InstitutionID: Liuyuan}
	EastLead     = models.Actor{Role: models.TeamLead, AccountID: 103, StaffID: EastDoctor, InstitutionID: Liuyuan, TeamIDs: []models.ID{EastTeam}}
	EastNurseOne = models.Actor{Role: models.Nurse, AccountID: 104, StaffID: EastNurse, InstitutionID: Liuyuan, TeamIDs: []models.ID{EastTeam}}
	WestLead     = models.Actor{Role: models.TeamLead, AccountID: 105, StaffID: WestDoctor, InstitutionID: Liuyuan, TeamIDs: []models.ID{WestTeam}}
	ShiliuLead   = models.Actor{Role: models.Doctor, AccountID: 106, StaffID: ShiliuDoctor, InstitutionID: Shiliu, TeamIDs: []models.ID{ShiliuTeam}}
	AuditorOne   = models.Actor{Role: models.Auditor, AccountID: 107, StaffID: OtherStaff, InstitutionID: Bureau}
	AdminOne     = models.Actor{Role: models.SystemAdmin, AccountID: 108, StaffID: OtherStaff, InstitutionID: Bureau}
	Officer      = models.Actor{Role: models.ComplaintOfficer, AccountID: 119, StaffID: OtherStaff, InstitutionID: Bureau}
	Qiang        = models.Actor{Role: models.ResidentRole, WechatID: 1, ResidentID: ZhangQiang, WardIDs: []models.ID{ZhangXiuying, ZhangXiaobao}}
	Mei          = models.Actor{Role: models.ResidentRole, WechatID: 2, ResidentID: WangMei}
	Dashan       = models.Actor{Role: models.ResidentRole, WechatID: 3, ResidentID: LiDashan}
)
