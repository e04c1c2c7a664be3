"""Runs the gateway and stores over a Kafka-wire broker under traffic, kills them at random moments, takes the broker away once, and compares
what the store has with what was sent. Exit code 0: nothing was lost, doubled or out of order."""

import argparse
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
START_SECONDS = 60
END_SECONDS = 30
SETTINGS = {
    "PARLEY_META_APP_SECRET": "secret-of-the-soak-test-app",
    "PARLEY_META_VERIFY_TOKEN": "verify-token-of-the-soak-test",
    "PARLEY_ADMIN_TOKEN": "admin-token-of-the-soak-test",
    "PARLEY_WORKSPACE_SECRET": "workspace-secret-of-the-soak-test",
    # The broker of the tests ignores the fetch limits of its clients, so these must take large answers.
    "PARLEY_KAFKA_EXTRA": "receive.message.max.bytes=1000000000",
}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def is_listening(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def wait(what: str, seconds: float, is_true) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s in vain until {what}")
        time.sleep(0.05)


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {text}", flush=True)


class Broker:
    def __init__(self, binary: str, folder: pathlib.Path) -> None:
        self.port, self.broker_port = free_port(), free_port()
        # A group of its own: the command may be a wrapper around the broker.
        self.process = subprocess.Popen(
            [binary, "start", "--only", "kafka", "--kafka-port", str(self.broker_port), "--data-dir", str(folder / "broker")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self.proxy = None

    def start(self) -> None:
        """Lets the services reach the broker, through the proxy that corrects what it says of aborted transactions."""
        self.proxy = subprocess.Popen(
            [sys.executable, ROOT / "Tests/BrokerProxy/broker_proxy.py", str(self.port), str(self.broker_port)], stdin=subprocess.DEVNULL)
        wait("the broker listens", START_SECONDS, lambda: is_listening(self.broker_port) and is_listening(self.port))

    def stop(self) -> None:
        """The broker itself runs on: noida-db ends without writing its last second, whatever the signal."""
        if self.proxy:
            self.proxy.kill()
            self.proxy.wait()

    def end(self) -> None:
        self.stop()
        os.killpg(self.process.pid, signal.SIGKILL)


class Member:
    """A service in a slot: the folder and the port stay the same through all restarts."""

    def __init__(self, executable: pathlib.Path, name: str, folder: pathlib.Path, environment: dict) -> None:
        self.executable, self.name, self.folder, self.environment = executable, name, folder / name, environment
        self.port = free_port()
        self.log = folder / f"{name}.log"
        self.process = None
        self.kills = 0

    def start(self) -> None:
        command = [str(self.executable), "--data", str(self.folder), "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def kill(self) -> None:
        if self.process.poll() is not None:
            raise AssertionError(f"{self.name} has ended by itself with code {self.process.returncode}; see {self.log}")
        self.process.kill()
        self.process.wait()
        self.kills += 1
        self.start()

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            code = self.process.wait(END_SECONDS)
            if code != 0:
                raise AssertionError(f"{self.name} ended with code {code}; see {self.log}")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("--duration", type=int, default=3_600, help="seconds of traffic (%(default)s)")
    parser.add_argument("--rate", type=float, default=30, help="webhook bodies a second (%(default)s)")
    parser.add_argument("--customers", type=int, default=500, help="how many customers write (%(default)s)")
    parser.add_argument("--kill-every", type=float, default=20, help="mean seconds between two kills; 0: none (%(default)s)")
    parser.add_argument("--away-after", type=float, default=600, help="seconds until the broker goes away (%(default)s)")
    parser.add_argument("--away", type=float, default=600, help="seconds for which it stays away; 0: it stays (%(default)s)")
    parser.add_argument("--stores", type=int, default=2, help="instances of the conversation store (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the traffic and of the kills (%(default)s)")
    parser.add_argument("--configuration", default="release", help="whose executables in .build (%(default)s)")
    parser.add_argument("--keep", action="store_true", help="keep the folder with data and logs")
    return parser.parse_args()


def disturb(options, broker: Broker, members: list[Member], simulation: subprocess.Popen) -> None:
    """Kills and takes away, until the traffic and its comparison have ended."""
    chance = random.Random(options.seed)
    begin = time.monotonic()
    quiet_at = begin + options.duration * 0.95
    away_at = begin + options.away_after if options.away > 0 else None

    def next_kill() -> float:
        return time.monotonic() + chance.uniform(0.2, 1.8) * options.kill_every if options.kill_every > 0 else quiet_at

    kill_at = next_kill()
    while simulation.poll() is None:
        now = time.monotonic()
        if away_at and now >= away_at:
            say(f"the broker goes away for {options.away:.0f} s")
            broker.stop()
            time.sleep(options.away)
            broker.start()
            say("the broker is back")
            away_at, kill_at = None, next_kill()
        elif kill_at <= now < quiet_at:
            victim = chance.choice(members)
            victim.kill()
            kill_at = next_kill()
        for member in members:
            if member.process.poll() is not None:
                raise AssertionError(f"{member.name} has ended by itself with code {member.process.returncode}; see {member.log}")
        time.sleep(0.05)


def soak(options, folder: pathlib.Path) -> int:
    build = ROOT / ".build" / options.configuration
    binary = os.environ.get("PARLEY_TEST_NOIDA") or shutil.which("noida-db")
    if not binary:
        raise AssertionError("noida-db is needed: run scripts/test once, or set PARLEY_TEST_NOIDA")
    broker = Broker(binary, folder)
    environment = {"PATH": os.environ["PATH"], **SETTINGS, "PARLEY_LOG": f"kafka://127.0.0.1:{broker.port}"}
    gateway = Member(build / "ingest-gateway", "ingest-gateway", folder, environment)
    stores = [Member(build / "conversation-store", f"conversation-store-{n}", folder, environment) for n in range(options.stores)]
    members = [gateway, *stores]
    simulation = None
    try:
        broker.start()
        subprocess.run([build / "parley", "topics", "create"], env=environment, check=True)
        for member in members:
            member.start()
        for member in members:
            wait(f"{member.name} listens", START_SECONDS, lambda: is_listening(member.port))
        simulation = subprocess.Popen(
            [build / "parley", "simulate", "--url", stores[0].url, "--gateway-url", gateway.url, "--customers", str(options.customers),
             "--rate", str(options.rate), "--duration", str(options.duration), "--seed", str(options.seed), "--duplicate-percent", "10",
             "--shuffle-percent", "10"], env=environment)
        disturb(options, broker, members, simulation)
        say(f"the traffic has ended with code {simulation.returncode}; kills: "
            + ", ".join(f"{member.name} {member.kills}" for member in members))
        code = simulation.returncode
        for member in members:
            member.end()
            rebuild = subprocess.run([build / "parley", "rebuild", "--verify", "--data", member.folder], env=environment)
            code = code or rebuild.returncode
        return code
    finally:
        for process in [simulation, *(member.process for member in members)]:
            if process and process.poll() is None:
                process.kill()
        broker.end()


def main() -> int:
    options = arguments()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="parley-soak-"))
    try:
        code = soak(options, folder)
    except AssertionError as error:
        print(error, file=sys.stderr)
        code = 1
    if options.keep or code != 0:
        say(f"data and logs are in {folder}")
    else:
        shutil.rmtree(folder)
    return code


if __name__ == "__main__":
    sys.exit(main())
