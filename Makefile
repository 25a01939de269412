# Every target is a thin line over mvn; `make` alone lists them.

MOORING_HOME ?= .mooring
export MOORING_HOME

JAVA_HOME := $(shell .ci/jdk)
export JAVA_HOME

MVN = mvn -B -ntp

# What the running product is built from; make compares their times with the last build's.
BUILT := localstack/target/built
SOURCES := $(shell find pom.xml ledger evm-runner tenant-billing functions api-gateway localstack cli \
             \( -path '*/src/main/*' -o -name pom.xml -o -name '*.yaml' \) -type f -not -path '*/target/*' 2>/dev/null)

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: toolchain
toolchain:
	@test -n "$(JAVA_HOME)"
	@command -v mvn >/dev/null || { echo "Mooring is built with Maven 3.8.7 or later and finds none: install it from your system's packages."; exit 1; }

$(BUILT): $(SOURCES) | toolchain
	@$(MVN) -q -pl functions/api,localstack,cli -am package -DskipTests
	@touch $@

.PHONY: build
build: $(BUILT) ## build what make up runs, if anything has changed

.PHONY: up
up: $(BUILT) ## start the whole product on this machine, in the background
	@localstack/mooring up

.PHONY: down
down: ## stop it
	@localstack/mooring down

.PHONY: check
check: toolchain ## format, compile, unit and conformance tests, layout
	$(MVN) verify

.PHONY: conformance
conformance: toolchain ## every Ethereum test there is, of every fork; check runs those since Shanghai and a sample
	$(MVN) verify -pl evm-runner -am -Dconformance=all -Dtest='*Conformance*' -Dsurefire.failIfNoSpecifiedTests=false

.PHONY: fuzz
N ?= 10000
SEED ?= 0
fuzz: toolchain ## N cases of random programs, from SEED on, on our engine, go-ethereum's and revm's (needs go and cargo)
	bench/evm-fuzz $(N) $(SEED)

.PHONY: bench-evm
bench-evm: toolchain ## our engine against go-ethereum's and revm's, as a table (needs go and cargo)
	bench/evm-table

.PHONY: it
it: toolchain ## the tests that start the built product, beside those of check
	$(MVN) verify -DskipITs=false

.PHONY: e2e
e2e: $(BUILT) ## only the tests that start the built product
	$(MVN) verify -DskipITs=false -pl e2e

LOCALSTACK_TEMPLATE := iac/target/cdk.out/mooring-localstack.template.json
$(LOCALSTACK_TEMPLATE): $(shell find iac/src/main api-gateway/openapi.yaml -type f 2>/dev/null) | toolchain
	@$(MAKE) --no-print-directory synth

.PHONY: localstack-up
localstack-up: $(BUILT) $(LOCALSTACK_TEMPLATE) ## LocalStack without Docker, the stack's stores deployed in it (needs Python 3.13 and node)
	@localstack/host/localstack up

.PHONY: localstack-down
localstack-down: ## stop it
	@localstack/host/localstack down

.PHONY: it-localstack
it-localstack: $(BUILT) $(LOCALSTACK_TEMPLATE) ## the contracts of the stores and the journeys, against LocalStack
	@localstack/host/it

.PHONY: bench
bench: $(BUILT) ## measure the product: start-up, memory, reads, appends, commits, verification, chains (needs go, npm, curl and jq)
	@bench/http
	@bench/neighbour
	@bench/ledger
	@bench/commit
	@bench/billing
	@bench/verify
	@bench/chain
	@bench/calls

.PHONY: lambda
lambda: toolchain ## the functions as JVM packages for AWS Lambda: functions/api and functions/jobs, target/function.zip
	$(MVN) package -Plambda -pl functions/api,functions/jobs -am -DskipTests

.PHONY: synth
synth: toolchain ## the templates of the stack on AWS, in iac/target/cdk.out (needs node)
	$(MVN) -q -pl iac -am process-classes -Dsynth.skip=false -Dsynth.with="$(WITH)"

# The other tests of e2e are about what make up starts and leaves on the disk, which is not what is deployed.
LAMBDA_JOURNEYS := ContractExamplesIT,CrossTenantSweepIT,JourneyIT,KilledInTheMiddleIT,StartPageIT

define LAMBDA_TESTS
$(MVN) verify -pl ledger,evm-runner,localstack,lambda-harness -DskipITs=false -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false
MOORING_APPLICATION=$(CURDIR)/lambda-harness/target/lambda-harness.jar \
  $(MVN) test-compile failsafe:integration-test failsafe:verify -pl e2e -DskipITs=false -Dit.test=$(LAMBDA_JOURNEYS)
endef

.PHONY: it-lambda
it-lambda: lambda build ## the packages over the Lambda Runtime API: each function, a contended ledger, and the journeys of e2e
	$(LAMBDA_TESTS)

# With GRAALVM_HOME where that is set, else in a container, for this machine's architecture or for ARCH (arm64 or amd64).
NATIVE := -Dquarkus.native.enabled=true -Dquarkus.package.jar.enabled=false $(if $(GRAALVM_HOME),,-Dquarkus.native.container-build=true \
            $(if $(ARCH),-Dquarkus.native.container-runtime-options=--platform=linux/$(ARCH)))

.PHONY: native
native: toolchain ## the application as a native image
	$(MVN) package -pl functions/api -am -DskipTests $(NATIVE)

.PHONY: native-lambda
native-lambda: toolchain ## both functions as native packages (provided.al2023), target/function.zip, for this architecture or ARCH=arm64 or amd64
	$(MVN) package -Plambda -pl functions/api,functions/jobs -am -DskipTests $(NATIVE)

.PHONY: it-native
it-native: native-lambda build ## what it-lambda runs, over the native packages
	$(LAMBDA_TESTS)

.PHONY: format
format: toolchain ## format the sources
	$(MVN) -q spotless:apply

.PHONY: clean
clean: toolchain ## remove what was built; data in MOORING_HOME stays
	$(MVN) -q clean
