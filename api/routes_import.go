package api

import "jiayi/handlers"

func importRoutes(_ *handlers.Handlers) []Route {
	return nil
}
