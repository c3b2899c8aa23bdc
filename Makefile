.PHONY: demo test lint fmt bench openapi processes

demo: ## a small synthetic district on SQLite, to look around in
	go run . demo

test: ## everything that must hold before a change goes in
	bash scripts/test.sh

lint:
	bash scripts/test.sh format vet lint

fmt:
	gofmt -w $$(git ls-files '*.go')

bench:
	go test -run '^$$' -bench . -benchmem ./...

openapi: ## write the golden file of the API description
	go run . openapi > docs/openapi.json.new
	mv docs/openapi.json.new docs/openapi.json

processes: ## draw the state tables of the processes
	go run . processes > docs/processes.md.new
	mv docs/processes.md.new docs/processes.md
