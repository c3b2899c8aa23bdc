package api

import "jiayi/handlers"

func followupRoutes(_ *handlers.Handlers) []Route {
	return nil
}
