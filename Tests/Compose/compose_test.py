"""Runs the services of compose/compose.yaml as plain processes, each in a network namespace of its own, with exactly the environment that
the file gives them, on a Kafka-wire broker; then sends a webhook through the edge and reads it from the store's API.

Needs root (for the namespaces), docker-compose (to read the file), caddy, and noida-db.
"""

import hashlib
import hmac
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import yaml

from hosts import Host, Network

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build" / (sys.argv[2] if len(sys.argv) > 2 else "release")
SERVICES = ["ingest-gateway", "conversation-store", "ticket-service", "notifier", "reporter"]
START_SECONDS = 60
# What a person fills into .env. The broker of the tests ignores the fetch limits of its clients, so these must take large answers.
FILLED_IN = {
    "PARLEY_META_APP_SECRET": "secret-of-the-compose-test",
    "PARLEY_META_VERIFY_TOKEN": "verify-token-of-the-compose-test",
    "PARLEY_ADMIN_TOKEN": "admin-token-of-the-compose-test",
    "PARLEY_WORKSPACE_SECRET": "workspace-secret-of-the-compose-test",
    "PARLEY_KAFKA_EXTRA": "receive.message.max.bytes=1000000000",
}


def compose() -> dict:
    """The file as docker-compose understands it."""
    command = ["docker-compose", "-f", "compose/compose.yaml", "--env-file", "compose/.env.example", "config"]
    environment = os.environ | FILLED_IN
    return yaml.safe_load(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=environment).stdout)


def wait(what: str, seconds: float, is_true) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_true():
            return
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain until {what}")


def get(url: str, token: str | None = None) -> tuple[int, dict | str]:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read().decode()
            return answer.status, json.loads(text) if text.startswith("{") else text
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError as error:
        return 0, str(error)


def post_webhook(url: str, secret: str, body: bytes) -> int:
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def webhook(text: str) -> bytes:
    message = {
        "from": "420555010203", "id": "wamid.Y29tcG9zZS10ZXN0", "timestamp": str(int(time.time())), "type": "text", "text": {"body": text}}
    value = {
        "messaging_product": "whatsapp", "metadata": {"display_phone_number": "420555000111", "phone_number_id": "106540352242922"},
        "contacts": [{"profile": {"name": "Compose Test"}, "wa_id": "420555010203"}], "messages": [message]}
    entry = {"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def environment_of(service: dict) -> dict[str, str]:
    return {name: str(value) for name, value in (service.get("environment") or {}).items()}


def run(folder: pathlib.Path, hosts: dict[str, Host], noida: str) -> None:
    services = compose()["services"]
    names = {name: host.address for name, host in hosts.items()}
    kafka = hosts["kafka"]
    kafka.start([noida, "start", "--only", "kafka", "--kafka-port", "9092", "--host", kafka.address, "--data-dir", str(folder / "kafka")],
                {"PATH": "/usr/bin:/bin"}, names)
    wait("the broker listens", START_SECONDS, lambda: "9092" in kafka.log)

    topics = hosts["topics"]
    command = services["topics"]["command"]
    arguments = command.split() if isinstance(command, str) else list(command)
    job = topics.start([str(BUILD / "parley"), *arguments[arguments.index("topics"):]], environment_of(services["topics"]), names)
    assert job.wait(timeout=START_SECONDS) == 0, f"the topics job failed:\n{topics.log}"

    for name in SERVICES:
        environment = environment_of(services[name])
        hosts[name].start([str(BUILD / name)], environment, names, data=environment["PARLEY_DATA"])
    edge = hosts["edge"]
    edge.start(["/usr/bin/caddy", "run", "--config", str(ROOT / "compose" / "Caddyfile"), "--adapter", "caddyfile"],
               {"PATH": "/usr/bin:/bin", "HOME": str(folder / "caddy"), **environment_of(services["edge"])}, names)

    for name in SERVICES:
        port = environment_of(services[name])["PARLEY_PORT"]
        url = f"http://{hosts[name].address}:{port}/readyz"
        try:
            wait(f"{name} is ready", START_SECONDS, lambda: get(url)[0] == 200)
        except AssertionError as error:
            raise AssertionError(f"{error}: {get(url)}\n{hosts[name].log}") from error

    secret = environment_of(services["ingest-gateway"])["PARLEY_META_APP_SECRET"]
    token = environment_of(services["conversation-store"])["PARLEY_ADMIN_TOKEN"]
    site = f"http://{edge.address}"
    body = webhook("Is my parcel on its way?")
    wait("the edge takes a webhook", START_SECONDS, lambda: post_webhook(f"{site}/webhooks/whatsapp", secret, body) == 200)
    assert post_webhook(f"{site}/webhooks/whatsapp", "another secret", body) == 401, "a wrong signature was accepted"
    assert post_webhook(f"{site}/webhooks/whatsapp", secret, body) == 200, "a redelivery was refused"

    def stored() -> bool:
        status, page = get(f"{site}/api/conversations", token)
        return status == 200 and len(page["items"]) == 1

    wait("the conversation is in the store", START_SECONDS, stored)
    conversation = get(f"{site}/api/conversations", token)[1]["items"][0]
    messages = get(f"{site}/api/conversations/{conversation['id']}/messages", token)[1]["items"]
    assert [message["text"] for message in messages] == ["Is my parcel on its way?"], messages

    def counted() -> bool:
        counts = get(f"{site}/api/ingest", token)[1]
        return isinstance(counts, dict) and counts["received"] >= 2 and counts["pending"] == 0

    wait("both deliveries are counted", START_SECONDS, counted)
    counts = get(f"{site}/api/ingest", token)[1]
    assert counts["stored"] == 1 and counts["deadLettered"] == 0, counts
    assert counts["received"] == counts["stored"] + counts["duplicates"], counts
    print(f"a webhook came through {len(SERVICES)} processes and the edge: {counts}")


def main() -> int:
    noida = sys.argv[1]
    with tempfile.TemporaryDirectory() as name, Network():
        folder = pathlib.Path(name)
        hosts: dict[str, Host] = {}
        try:
            for number, host in enumerate(["kafka", "topics", *SERVICES, "edge"], start=2):
                hosts[host] = Host(host, number, folder)
            run(folder, hosts, noida)
        except AssertionError as failure:
            print(f"FAILED: {failure}")
            for host in hosts.values():
                print(f"--- {host.name}\n{host.log[-2000:]}")
            print("compose: 0 passed, 1 failed")
            return 1
        finally:
            for host in reversed(list(hosts.values())):
                host.remove()
    print("compose: 1 passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
