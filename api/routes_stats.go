package api

import "jiayi/handlers"

func statsRoutes(_ *handlers.Handlers) []Route {
	return nil
}
