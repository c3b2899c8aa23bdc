package api

import "jiayi/handlers"

func contractRoutes(_ *handlers.Handlers) []Route {
	return nil
}
