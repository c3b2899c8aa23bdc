package api

import "jiayi/handlers"

func residentRoutes(_ *handlers.Handlers) []Route {
	return nil
}
