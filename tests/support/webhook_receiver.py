"""A receiver of webhooks on loopback for tests: takes messages, or does not, as a test asks.

Prints its port, then a line of JSON for every request that it gets. Ends when its standard input does.
"""

import argparse
import http.server
import json
import sys
import threading


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        status = asked.answer.pop(0) if asked.answer else 200
        print(json.dumps({"status": status, "headers": headers, "body": body}), flush=True)
        if status == 0:
            threading.Event().wait()
        self.send_response(status)
        self.send_header("content-length", str(asked.body))
        self.end_headers()
        self.wfile.write(b" " * asked.body)

    def log_message(self, *_):
        pass


parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--answer", type=int, nargs="*", default=[], help="statuses of the first requests; 0 is none ever")
parser.add_argument("--body", type=int, default=0, help="bytes of each answer")
asked = parser.parse_args()
server = http.server.ThreadingHTTPServer(("127.0.0.1", asked.port), Receiver)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
