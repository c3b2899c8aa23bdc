.PHONY: demo test lint fmt bench measure drills cluster fuzz openapi processes

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

measure: ## every operation at district size beside its floor
	bash scripts/bench/run.sh

drills: ## faults under a writing load
	bash scripts/drills/run.sh

cluster: ## replicas and database nodes lost under a writing load
	bash scripts/drills/cluster.sh

fuzz: ## requests made from the OpenAPI file
	bash scripts/fuzz/run.sh

openapi: ## write the golden file of the API description
	go run . openapi > docs/openapi.json.new
	mv docs/openapi.json.new docs/openapi.json

processes: ## draw the state tables of the processes
	go run . processes > docs/processes.md.new
	mv docs/processes.md.new docs/processes.md
