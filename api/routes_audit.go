package api

import "jiayi/handlers"

func auditRoutes(_ *handlers.Handlers) []Route {
	return nil
}
