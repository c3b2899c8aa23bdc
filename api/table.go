package api

import "jiayi/handlers"

// Routes is the table of contents.
func Routes(h *handlers.Handlers) []Route {
	return []Route{}
}
