"""A proxy between the product and its stores that counts what each request would be billed as."""

import collections
import http.client
import http.server
import threading
import urllib.parse

import units

HOPS = {"connection", "expect", "transfer-encoding", "keep-alive"}


class Between:
    def __init__(self, endpoint):
        self.there = urllib.parse.urlsplit(endpoint).netloc
        self.counts = collections.Counter()
        self.lock = threading.Lock()
        self.kept = threading.local()
        between = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                asked = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, headers, body = between.pass_on(self.command, self.path, self.headers, asked)
                between.count(self.command, self.path, self.headers.get("X-Amz-Target", ""), asked, body)
                self.send_response_only(status)
                for name, value in headers:
                    if name.lower() not in HOPS | {"content-length"}:
                        self.send_header(name, value)
                length = dict((n.lower(), v) for n, v in headers).get("content-length", "0") if self.command == "HEAD" else len(body)
                self.send_header("Content-Length", str(length))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"

    def pass_on(self, method, path, headers, asked):
        for last in (False, True):
            if not hasattr(self.kept, "connection"):
                self.kept.connection = http.client.HTTPConnection(self.there, timeout=60)
            try:
                self.kept.connection.request(
                    method, path, asked, {n: v for n, v in headers.items() if n.lower() not in HOPS}
                )
                answer = self.kept.connection.getresponse()
                return answer.status, answer.getheaders(), answer.read()
            except (http.client.HTTPException, OSError):
                # LocalStack may have closed a connection that was kept.
                self.kept.connection.close()
                del self.kept.connection
                if last:
                    raise

    def count(self, method, path, target, asked, body):
        unit, many = units.billed(method, path, target, asked, body)
        with self.lock:
            self.counts[unit] += many

    def snapshot(self):
        with self.lock:
            return collections.Counter(self.counts)
