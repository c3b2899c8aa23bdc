package api

import "jiayi/handlers"

func identityRoutes(_ *handlers.Handlers) []Route {
	return nil
}
