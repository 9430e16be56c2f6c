# The commands of the project. Each installs what it needs, shows what it does and can be repeated.
SHELL := /bin/sh
.DEFAULT_GOAL := help

RELEASE := build/release
BIN     := $(RELEASE)/bin
# A compiler process of the network code needs up to 2 GB: never more jobs than that allows.
JOBS    := $(shell awk -v cores="$$(nproc)" '/MemTotal/ { fit = int($$2 / 2097152); if (fit < 1) fit = 1; print (fit < cores ? fit : cores) }' /proc/meminfo)

.PHONY: help run build test test-unit test-dashboard test-end-to-end test-sanitize lint format bench dev agent \
        package screenshots deps packages packages-test dashboard clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

packages:
	@scripts/install_dependencies.sh build

packages-test:
	@scripts/install_dependencies.sh build test

deps: packages third_party/node_modules/.stamp dashboard/node_modules/.stamp ## Installs Debian and npm packages

# One stamp for each lock file: npm runs again only when the lock changed.
%/node_modules/.stamp: %/package-lock.json | packages
	@echo "==> npm ci in $*"
	@cd $* && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(RELEASE)/build.ninja: third_party/node_modules/.stamp CMakeLists.txt CMakePresets.json | packages
	@echo "==> Configuring $(RELEASE)"
	@cmake --preset release

build: packages $(RELEASE)/build.ninja dashboard ## Release programs to build/release/bin and the dashboard
	@echo "==> Building the programs ($(JOBS) jobs)"
	@cmake --build --preset release -j $(JOBS) --target programs

dashboard: dashboard/node_modules/.stamp
	@echo "==> Building the dashboard"
	@cd dashboard && npm run --silent build

run: build ## Server and dashboard on http://localhost:3000; with demo calls while nothing is configured
	@scripts/run.sh

agent: build ## The desktop agent against the local server (of the DEMO: as extension 201)
	@scripts/agent.sh $(ARGS)

test: packages-test build test-unit test-dashboard test-end-to-end ## Every test
	@echo "==> All tests passed"

test-unit: packages-test $(RELEASE)/build.ninja
	@cmake --preset release >/dev/null
	@echo "==> Building the tests ($(JOBS) jobs)"
	@cmake --build --preset release -j $(JOBS)
	@ctest --preset release -j 2

test-dashboard: dashboard/node_modules/.stamp
	@echo "==> Dashboard tests"
	@cd dashboard && npm test

test-end-to-end: packages-test build tests/end_to_end/node_modules/.stamp
	@cmake --build --preset release -j $(JOBS) --target bad_link
	@echo "==> End-to-end tests"
	@cd tests/end_to_end && npm test

test-sanitize: ## ASan+UBSan, TSan, and a minute of each fuzz target (long)
	@scripts/install_dependencies.sh build sanitize
	@$(MAKE) --no-print-directory third_party/node_modules/.stamp
	@scripts/test_sanitize.sh $(JOBS)

lint: ## clang-format, clang-tidy, eslint, prettier, svelte-check
	@scripts/install_dependencies.sh build test lint
	@$(MAKE) --no-print-directory $(RELEASE)/build.ninja dashboard/node_modules/.stamp tests/end_to_end/node_modules/.stamp
	@scripts/lint.sh

format: ## Rewrites the C++ and TypeScript sources in the house style
	@scripts/install_dependencies.sh build lint
	@git ls-files '*.cpp' '*.hpp' | xargs clang-format-16 -i
	@cd dashboard && npm run --silent format

bench: build ## The speech benchmarks, one JSON object each (some minutes)
	@failed=0; \
	$(BIN)/3cx-ninja-bench accuracy || failed=1; \
	$(BIN)/3cx-ninja-bench speech --calls 4 --compare || failed=1; \
	$(BIN)/3cx-ninja-bench speech --calls 8 --model shape:base:q8_0 --partial-model shape:tiny:q8_0 --compare || failed=1; \
	exit $$failed

dev: build ## Rebuilds and restarts the server, reloads the dashboard, when a source changes
	@scripts/dev.sh

package: build ## .deb packages of server and agent to build/package
	@scripts/install_dependencies.sh build package
	@scripts/package.sh

screenshots: build tests/end_to_end/node_modules/.stamp ## Pictures of the dashboard in three sizes to docs/images
	@scripts/install_dependencies.sh build test
	@cd tests/end_to_end && npm run --silent screenshots

clean: ## Removes everything built
	rm -rf build dashboard/dist
