package api

import (
	"jiayi/handlers"
	"jiayi/models"
)

func prescriptionRoutes(h *handlers.Handlers) []Route {
	return []Route{
		creates(post("/prescriptions", "ask-prescription", "申请长期处方", models.PrescriptionAsk, h.AskPrescription)),
		get("/prescriptions", "list-prescriptions", "长期处方清单", models.PrescriptionRead, h.ListPrescriptions),
		get("/prescriptions/{id}", "get-prescription", "一张长期处方与经过", models.PrescriptionRead, h.GetPrescription),
		post("/prescriptions/{id}/move", "move-prescription", "评估、确认、审方、开具、发药、取消", models.PrescriptionAsk, h.MovePrescription),
		creates(post("/prescriptions/{id}/reissue", "reissue-prescription", "续方:同样的药品,重新评估", models.PrescriptionAsk, h.Reissue)),
	}
}
