"""count.py ENDPOINT FILE: starts the product over the stores at ENDPOINT, asks each kind of thing of it, and writes what one of them took."""

import concurrent.futures
import datetime
import json
import os
import pathlib
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import between
import ethereum

UNITS = ["write-unit", "read-unit", "s3-put", "s3-get", "sqs-request"]
DATA = "x" * 220  # an entry of about 250 bytes
TOGETHER = 64
RICH = 10**21
SETTLED_SECONDS = 3  # what is derived comes a little after the answer
PLAN = "developer"  # the one with the fewest free transactions
CREDITS = "1000000000"


class Product:
    def __init__(self, home, port):
        self.environment = dict(os.environ, MOORING_HOME=home, MOORING_HTTP_PORT=str(port), MOORING_ENGINE="localstack")
        self.url = f"http://127.0.0.1:{port}"
        subprocess.run(["localstack/mooring", "up"], env=self.environment, check=True)
        lines = pathlib.Path(home, "dev.env").read_text().split()
        self.key = dict(line.split("=", 1) for line in lines)["MOORING_OPERATOR_KEY"]
        born = json.loads(self.ask("POST", "/v1/tenants", json.dumps({"name": "counted", "plan": PLAN})))
        for asset in ("CPC", "ITC"):
            self.ask("POST", "/v1/credits/topups", json.dumps({"tenant": born["id"], "asset": asset, "amount": CREDITS}))
        self.key = born["apiKey"]

    def stop(self):
        subprocess.run(["localstack/mooring", "down"], env=self.environment, check=True)

    def ask(self, method, path, body=None, kind="application/json"):
        request = urllib.request.Request(self.url + path, method=method, data=body if body is None else body.encode())
        request.add_header("Authorization", "Bearer " + self.key)
        if body is not None:
            request.add_header("Content-Type", kind)
            request.add_header("Idempotency-Key", secrets.token_hex(12))
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as e:
            raise RuntimeError(f"{method} {path}: {e.code} {e.read().decode()}") from e

    def ledger(self, name, **more):
        return json.loads(self.ask("POST", "/v1/ledgers", json.dumps({"name": name, "kind": "log", "readers": "private", **more})))


def entry():
    return json.dumps({"type": "cost.counted", "subject": secrets.token_hex(8), "data": DATA})


def append(product, ledger, body=None, kind="application/json"):
    product.ask("POST", f"/v1/ledgers/{ledger}/entries", body or entry(), kind)


def rpc(product, chain, method, *params):
    call = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
    answer = json.loads(product.ask("POST", f"/v1/ledgers/{chain}/rpc", call))
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer["result"]


def together(things):
    with concurrent.futures.ThreadPoolExecutor(TOGETHER) as pool:
        for done in [pool.submit(thing) for thing in things]:
            done.result()


def counted(counter, rows, what, many, work, requests=None):
    time.sleep(SETTLED_SECONDS)
    before = counter.snapshot()
    work()
    time.sleep(SETTLED_SECONDS)
    after = counter.snapshot()
    asked = many if requests is None else requests
    rows.append([what, f"{asked / many:.4f}"] + [f"{(after[unit] - before[unit]) / many:.4f}" for unit in UNITS])
    print(",".join(rows[-1]), flush=True)


def count(product, counter):
    rows = []
    product.ledger("alone")
    append(product, "alone")
    # As long as less is asked for than is free, each commit is preceded by one of the journal, which grants it.
    counted(counter, rows, "an entry alone that is free", 50, lambda: [append(product, "alone") for _ in range(50)])
    counted(
        counter,
        rows,
        f"an entry with {TOGETHER} writers at once",
        5 * TOGETHER,
        lambda: together([lambda: append(product, "alone")] * (5 * TOGETHER)),
    )
    batch = "\n".join(entry() for _ in range(1000))
    counted(
        counter,
        rows,
        "an entry of a batch of 1000",
        10_000,
        lambda: [append(product, "alone", batch, "application/x-ndjson") for _ in range(10)],
        requests=10,
    )
    counted(
        counter,
        rows,
        "an entry read with its proof",
        100,
        lambda: [product.ask("GET", f"/v1/ledgers/alone/entries/{index}/proof") for index in range(100)],
    )
    keys = range(1, TOGETHER + 1)
    points = [ethereum.times(key) for key in keys]
    addresses = [ethereum.keccak(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[-20:] for x, y in points]
    alloc = {"0x" + address.hex(): {"balance": hex(RICH)} for address in addresses}
    product.ask("POST", "/v1/ledgers", json.dumps({"name": "chain", "kind": "evm", "evm": {"alloc": alloc}}))
    chain = int(rpc(product, "chain", "eth_chainId"), 16)

    def send(key, nonces):
        for nonce in nonces:
            raw = ethereum.transfer(key, chain, nonce, addresses[0], 1)
            rpc(product, "chain", "eth_sendRawTransaction", "0x" + raw.hex())

    counted(counter, rows, "a transfer alone that is free", 50, lambda: send(1, range(50)))
    counted(
        counter,
        rows,
        f"a transfer with {TOGETHER} senders at once",
        5 * (TOGETHER - 1),
        lambda: together([lambda key=key: send(key, range(5)) for key in keys if key != 1]),
    )
    return rows


def main(endpoint, file):
    counter = between.Between(endpoint)
    os.environ["LOCALSTACK_ENDPOINT"] = counter.endpoint
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        product = Product(home, port)
        try:
            rows = count(product, counter)
        finally:
            product.stop()
    today = datetime.date.today().isoformat()
    lines = [f"# units for one, counted by bench/cost on {today}", ",".join(["what", "request"] + UNITS)] + [",".join(row) for row in rows]
    pathlib.Path(file).write_text("\n".join(lines) + "\n")


main(*sys.argv[1:])
