"""What a request to DynamoDB or S3 is billed as, read from the request and its answer."""

import base64
import json
import math


def size(value):
    """The bytes of an attribute's value, by DynamoDB's rules for item sizes."""
    kind, content = next(iter(value.items()))
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return len(content) // 2 + 2
    if kind == "B":
        return len(base64.b64decode(content))
    if kind == "M":
        return 3 + sum(1 + len(name) + size(inner) for name, inner in content.items())
    if kind == "L":
        return 3 + sum(1 + size(inner) for inner in content)
    return 1


def item_size(item):
    return sum(len(name) + size(value) for name, value in item.items())


def writes(item):
    return max(1, math.ceil(item_size(item) / 1024))


def reads(size_of_items, consistent):
    return max(1, math.ceil(size_of_items / 4096)) * (1 if consistent else 0.5)


def dynamodb(operation, asked, answer):
    """Returns the kind of unit and how many of it."""
    if operation == "PutItem":
        return "write-unit", writes(asked["Item"])
    if operation in ("DeleteItem", "UpdateItem"):
        return "write-unit", 1
    if operation == "BatchWriteItem":
        requests = [one for some in asked["RequestItems"].values() for one in some]
        return "write-unit", sum(writes(one["PutRequest"]["Item"]) if "PutRequest" in one else 1 for one in requests)
    if operation == "TransactWriteItems":
        # Each item is prepared and then committed.
        return "write-unit", sum(2 * (writes(one["Put"]["Item"]) if "Put" in one else 1) for one in asked["TransactItems"])
    if operation == "GetItem":
        return "read-unit", reads(item_size(answer.get("Item", {})), asked.get("ConsistentRead", False))
    if operation == "Query":
        return "read-unit", reads(sum(map(item_size, answer.get("Items", []))), asked.get("ConsistentRead", False))
    if operation == "BatchGetItem":
        units = 0
        for table, keys in asked["RequestItems"].items():
            found = [item_size(item) for item in answer.get("Responses", {}).get(table, [])]
            found += [0] * (len(keys["Keys"]) - len(found))
            units += sum(reads(one, keys.get("ConsistentRead", False)) for one in found)
        return "read-unit", units
    return "free", 0  # DescribeTable and the like


def s3(method, path):
    if method in ("PUT", "POST") or (method == "GET" and "list-type" in path):
        return "s3-put", 1
    if method in ("GET", "HEAD"):
        return "s3-get", 1
    return "free", 0


def billed(method, path, target, asked, answer):
    if target.startswith("DynamoDB"):
        return dynamodb(target.split(".")[1], json.loads(asked), json.loads(answer or b"{}"))
    if target.startswith("AmazonSQS"):
        return "sqs-request", 1
    return s3(method, path)
