package api

import "jiayi/handlers"

func organisationRoutes(_ *handlers.Handlers) []Route {
	return nil
}
