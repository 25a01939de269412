"""deploy.py ENDPOINT TEMPLATE: deploys the template by LocalStack's CloudFormation and prints what it made, as variables.
deploy.py --healthy ENDPOINT: ends with 0 when LocalStack answers."""

import sys
import urllib.error
import urllib.request

import boto3

STACK = "mooring-localstack"
# LocalStack takes any; these are what its documentation uses.
KEY, SECRET, REGION = "test", "test", "us-east-1"


def healthy(endpoint):
    try:
        with urllib.request.urlopen(endpoint + "/_localstack/health", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def deploy(endpoint, template):
    client = boto3.client(
        "cloudformation", endpoint_url=endpoint, region_name=REGION, aws_access_key_id=KEY, aws_secret_access_key=SECRET
    )
    with open(template, encoding="utf-8") as file:
        client.create_stack(StackName=STACK, TemplateBody=file.read())
    try:
        client.get_waiter("stack_create_complete").wait(StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    except Exception:
        for event in client.describe_stack_events(StackName=STACK)["StackEvents"]:
            if event["ResourceStatus"].endswith("FAILED"):
                print(event["LogicalResourceId"], event.get("ResourceStatusReason"), file=sys.stderr)
        raise
    outputs = client.describe_stacks(StackName=STACK)["Stacks"][0]["Outputs"]
    return {one["OutputKey"]: one["OutputValue"] for one in outputs}


def main(arguments):
    if arguments[0] == "--healthy":
        return 0 if healthy(arguments[1]) else 1
    made = deploy(*arguments)
    for name, value in [
        ("LOCALSTACK_ENDPOINT", arguments[0]),
        ("AWS_ACCESS_KEY_ID", KEY),
        ("AWS_SECRET_ACCESS_KEY", SECRET),
        ("AWS_REGION", REGION),
        ("MOORING_STORES_TABLE", made["TableName"]),
        ("MOORING_STORES_BUCKET", made["ObjectsName"]),
    ]:
        print(f"{name}={value}")
    return 0


sys.exit(main(sys.argv[1:]))
