# SPDX-License-Identifier: GPL-2.0-only
#
# The jobs of this project by name; each is a script, and `scripts/X --help`
# says what else it can do.

SHELL = /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

KERNEL ?= vnet
ARCH ?= um
KERNELS ?= stock vnet
ARCHS ?= um x86

# $(call given,OPTION,VARIABLE): the option, if the variable has a value.  It is
# passed through the environment, so that blanks and quotes in it survive.
given = $(if $($(2)),$(1) "$$$(2)")
export KSRC STEPS STEP CONFIGS HOSTS HTML

# The kernel's make, far below, is not part of this one.
unexport MAKEFLAGS MAKELEVEL

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

setup: ## install the Debian packages that are missing (GROUPS="tree build ...")
	@scripts/packages --install $(GROUPS)

demo: ## what it is for: stock and vnet kernel, the same scenario, side by side
	@scripts/demo

check: ## every test that CI runs; sets up whatever is missing
	@scripts/check

check-all: ## every configuration, debug boots, the whole regression; takes hours
	@scripts/check --all

tree: ## build/linux: the kernel source and a commit per step (KSRC=DIR|TARBALL)
	@scripts/tree $(call given,--ksrc,KSRC)

export: ## the commits of build/linux back to patches/
	@scripts/export

generate: ## the whole series anew from the tables (STEP=SLUG: up to that step)
	@scripts/generate $(call given,--step,STEP)

inventory: ## every global of the network stack and its verdict; fails on one without
	@scripts/inventory

review: ## what a step did, for a reviewer (STEP=NUMBER HTML=FILE)
	@scripts/review $(call given,--html,HTML) $(STEP)

docs: ## fill the tables of the documents from docs/results, the tables and patches
	@scripts/docs

prove: ## show that generated steps change no object (STEPS=A..B CONFIGS=LIST)
	@scripts/prove $(call given,--steps,STEPS) $(call given,--configs,CONFIGS)

build: ## kernels (KERNELS="stock globals structs vnet" ARCHS="um x86")
	@set -e; for k in $(KERNELS); do for a in $(ARCHS); do scripts/build $$k $$a; done; done

shell: ## a shell in a booted kernel (KERNEL=vnet ARCH=um)
	@scripts/boot --kernel $(KERNEL) --arch $(ARCH) --shell

regress: ## build, boot and test every step (STEPS=A..B HOSTS="A B")
	@scripts/regress $(call given,--steps,STEPS) $(call given,--hosts,HOSTS)

selftests: ## the kernel's own selftests, on the stock and the vnet kernel (ARCHS=um)
	@scripts/selftests $(if $(filter-out $(ARCHS),um x86),--arch $(ARCHS))

tools: ## build/bin/vnet, the program for vnets and their switches
	@$(MAKE) -s --no-print-directory -C vnet/user/vnet

install: ## that program, its manual pages and completion (DESTDIR=DIR prefix=DIR)
	@$(MAKE) -s --no-print-directory -C vnet/user/vnet install

bench-switch: ## a switch beside a bridge and a pair of veth, in one boot
	@scripts/bench-switch

layout: ## what the structs of the vnet modules look like in memory
	@scripts/layout

bench-cost: ## what the series costs, in instructions an operation
	@scripts/bench-cost

bench-vnets: ## what a vnet takes: memory, and time to come and to go
	@scripts/bench-vnets

bench-policy: ## what a BPF policy of the switch costs, in instructions
	@scripts/bench-policy

clean: ## remove kernels, logs and results; keep build/linux
	@scripts/clean

distclean: ## remove all of build/, unless build/linux has work of yours
	@scripts/clean --all

.PHONY: help setup demo check check-all tree export generate inventory review docs prove build shell regress selftests tools install bench-switch layout bench-cost bench-vnets bench-policy clean distclean
