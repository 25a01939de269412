#!/usr/bin/env bash
# LocalStack runs this when it is ready: the stack's template, through its CloudFormation.
set -euo pipefail
awslocal cloudformation deploy --stack-name mooring-localstack --template-file /stack/template.json --no-fail-on-empty-changeset
