# Two targets are all that a newcomer needs: `make demo` and `make test`.
# Both install what is missing first (as root, or with sudo) and say so.

SWIFT    ?= swift
PACKAGES := libsqlite3-dev libxml2-dev pkg-config tzdata curl

# Each folder Tests/Benchmarks/Sources/TOPIC-bench is a benchmark, and needs no line here (Tests/Benchmarks/README.md).
BENCHMARKS := $(sort $(patsubst Tests/Benchmarks/Sources/%-bench,bench-%,$(wildcard Tests/Benchmarks/Sources/*-bench)))
# What the peers are made of; nobody needs it but they.
PEER_PACKAGES := libical-dev

.PHONY: help demo test fuzz soak read-back bench $(BENCHMARKS) lint format build release setup

help:
	@echo 'make demo    build, then show the main job on Samples/'
	@echo 'make test    build, then run every test, and make soak in short'
	@echo 'make fuzz    libFuzzer on the readers, SECONDS=60 each, TARGET= one of them (Tests/Fuzzing)'
	@echo 'make soak    kills, power losses, full disks and floods of files against the built daemon, ROUNDS=1000 (Tests/Soak)'
	@echo 'make read-back  reports that the built daemon wrote, read by programs of others (Tests/ReadBack)'
	@echo 'make bench   every benchmark: ratios to peers, kept in bench.json; make $(firstword $(BENCHMARKS)) and so on for one'
	@echo 'make lint    swift format lint --strict'
	@echo 'make format  put the sources into the agreed form'
	@echo 'make build   build only'
	@echo 'make setup   install the system packages that are missing'

demo: build
	@bash Samples/demo/demo.sh "$$($(SWIFT) build --show-bin-path)/bookwatch"

test: setup
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build --parallel
	@$(MAKE) --no-print-directory setup PACKAGES=python3
	@python3 Tests/Soak/soak.py "$$($(SWIFT) build --show-bin-path)/bookwatch" --short

# SECONDS is a variable of the shell's own, so it goes by another name.
fuzz: setup
	@TARGET='$(TARGET)' SECONDS_EACH='$(SECONDS)' bash Tests/Fuzzing/fuzz.sh

ROUNDS ?= 1000
# The daemon as it is shipped: what it has to do within so many seconds, no other does.
soak: release
	@$(MAKE) --no-print-directory setup PACKAGES='python3 strace faketime e2fsprogs'
	@python3 Tests/Soak/soak.py "$$($(SWIFT) build -c release --show-bin-path)/bookwatch" --rounds $(ROUNDS)

READERS := .build/read-back
read-back: build
	@$(MAKE) --no-print-directory setup PACKAGES='python3-venv gcc libc6-dev libical-dev libxml2-utils tidy chromium faketime'
	@[ -x $(READERS)/bin/python ] || python3 -m venv $(READERS)
	@$(READERS)/bin/pip install --quiet --requirement Tests/ReadBack/requirements.txt
	@$(READERS)/bin/python Tests/ReadBack/readback.py "$$($(SWIFT) build --show-bin-path)/bookwatch"

bench: $(BENCHMARKS)

# One after the other, also under make -j: they would measure each other.
.NOTPARALLEL:
$(BENCHMARKS): bench-%:
	@$(MAKE) --no-print-directory setup PACKAGES='$(PACKAGES) $(PEER_PACKAGES)'
	@$(SWIFT) build -c release --package-path Tests/Benchmarks --product bench-record
	@$(SWIFT) build -c release --package-path Tests/Benchmarks --product $*-bench
	@products=Tests/Benchmarks/.build/release; $$products/bench-record bench.json $$products/$*-bench

# It measures the daemon as it is shipped.
bench-pass: release

release: setup
	$(SWIFT) build -c release --product bookwatch

build: setup
	$(SWIFT) build --product bookwatch

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

setup:
	@command -v $(SWIFT) >/dev/null || { \
	  echo 'swift was not found: install the Swift toolchain (6.2 or newer) from swift.org and put it on the PATH' >&2; \
	  exit 69; }
	@missing=; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q '^install ok installed$$' \
	    || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	as=; [ "$$(id -u)" = 0 ] || as=sudo; \
	echo "Installing with $$as apt-get:$$missing"; \
	$$as apt-get update -q && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing
