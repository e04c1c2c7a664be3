"""Runs the edge with compose/Caddyfile before stand-ins of the services, and asks it for a path of each.

Runs in namespaces of its own (unshare --mount --net), where the services' names lead to the loopback and no port is taken.
"""

import http.server
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

CADDYFILE = pathlib.Path(__file__).resolve().parents[2] / "compose" / "Caddyfile"
EDGE = "http://127.0.0.1:8000"
START_SECONDS = 20

# Which service must answer a path; None: nobody.
ROUTES = {
    "/webhooks/whatsapp": "ingest-gateway",
    "/api/ingest": "ingest-gateway",
    "/api/dead-letters?limit=3": "ingest-gateway",
    "/api/dead-letters/7": "ingest-gateway",
    "/api/tickets": "ticket-service",
    "/api/tickets/7/notes": "ticket-service",
    "/api/reviews": "ticket-service",
    "/inbound/email": "ticket-service",
    "/api/notifications": "notifier",
    "/api/templates/7": "notifier",
    "/api/media/7": "notifier",
    "/api/webhooks": "notifier",
    "/api/campaigns": "notifier",
    "/api/reports/daily": "reporter",
    "/api/conversations": "conversation-store",
    "/api/live": "conversation-store",
    "/api/ticketsold": "conversation-store",
    "/": "conversation-store",
    "/app.js": "conversation-store",
    "/healthz": None,
    "/readyz": None,
    "/metrics": None,
}


class NamedService(http.server.BaseHTTPRequestHandler):
    """Answers every path with the name of the service."""

    def do_GET(self):
        name = self.server.service.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(name)))
        self.end_headers()
        self.wfile.write(name)

    def log_message(self, *_):
        pass


def start_services(hosts):
    services = sorted({service for service in ROUTES.values() if service})
    for number, service in enumerate(services, start=2):
        server = http.server.ThreadingHTTPServer((f"127.0.0.{number}", 8080), NamedService)
        server.service = service
        threading.Thread(target=server.serve_forever, daemon=True).start()
        hosts.write(f"127.0.0.{number} {service}\n")
    hosts.flush()


def answerer(path):
    """The service that answers, or None where the edge itself says that there is nothing."""
    try:
        with urllib.request.urlopen(EDGE + path, timeout=5) as response:
            return response.read().decode()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise


def wait_for_edge(caddy):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and caddy.poll() is None:
        try:
            return answerer("/healthz")
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the edge does not start")


def main():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/hosts", "w") as hosts, open(f"{folder}/caddy.log", "w") as log:
        hosts.write("127.0.0.1 localhost\n")
        start_services(hosts)
        subprocess.run(["mount", "--bind", hosts.name, "/etc/hosts"], check=True)
        environment = {"PATH": "/usr/bin:/bin", "HOME": folder, "PARLEY_SITE": EDGE}
        command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(CADDYFILE)]
        caddy = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_for_edge(caddy)
            faults = [f"{path}: {found}, not {wanted}" for path, wanted in ROUTES.items() if (found := answerer(path)) != wanted]
        finally:
            caddy.terminate()
            caddy.wait()
            subprocess.run(["umount", "/etc/hosts"], check=True)
    print("\n".join(faults) if faults else f"the edge routes {len(ROUTES)} paths as it should")
    return 1 if faults else 0


sys.exit(main())
