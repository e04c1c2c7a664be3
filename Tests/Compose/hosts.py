"""Hosts in network namespaces of their own, joined by a bridge: what compose gives containers, without an engine."""

import os
import pathlib
import signal
import subprocess

NETWORK = "10.77.0"


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)


class Host:
    """One namespace with an address. Names of the other hosts are resolved by a hosts file of its own."""

    def __init__(self, name: str, number: int, folder: pathlib.Path):
        self.name = name
        self.address = f"{NETWORK}.{number}"
        self.namespace = f"parley-{os.getpid()}-{number}"
        self.folder = folder
        self.processes: list[subprocess.Popen] = []
        self.made_folders: list[str] = []
        outer, inner = f"pv{os.getpid() % 100000}-{number}", "eth0"
        ip("netns", "add", self.namespace)
        ip("link", "add", outer, "type", "veth", "peer", "name", inner, "netns", self.namespace)
        ip("link", "set", outer, "master", bridge_name())
        ip("link", "set", outer, "up")
        self.inside("ip", "addr", "add", f"{self.address}/24", "dev", inner)
        self.inside("ip", "link", "set", inner, "up")
        self.inside("ip", "link", "set", "lo", "up")

    def inside(self, *command: str) -> None:
        subprocess.run(["ip", "netns", "exec", self.namespace, *command], check=True)

    def start(self, command: list[str], environment: dict[str, str], hosts: dict[str, str], data: str | None = None) -> subprocess.Popen:
        """Runs a command in the namespace, with this environment and nothing else, and `data` as an empty folder of its own."""
        hosts_file = self.folder / f"{self.name}.hosts"
        hosts_file.write_text("127.0.0.1 localhost\n" + "".join(f"{address} {name}\n" for name, address in hosts.items()))
        steps = [f"mount --bind {hosts_file} /etc/hosts"]
        if data:
            if not os.path.isdir(data):
                os.makedirs(data)
                self.made_folders.append(data)
            steps.append(f"mount -t tmpfs parley {data}")
        script = " && ".join(steps) + ' && exec env -i "$@"'
        variables = [f"{name}={value}" for name, value in environment.items()]
        log = open(self.log_path, "ab")
        process = subprocess.Popen(
            ["ip", "netns", "exec", self.namespace, "unshare", "-m", "sh", "-c", script, "sh", *variables, *command],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
        )
        self.processes.append(process)
        return process

    @property
    def log_path(self) -> pathlib.Path:
        return self.folder / f"{self.name}.log"

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def remove(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        subprocess.run(["ip", "netns", "delete", self.namespace], check=False)
        # What was mounted there was seen by the process alone.
        for folder in self.made_folders:
            os.rmdir(folder)


def bridge_name() -> str:
    return f"parley{os.getpid() % 1000000}"


class Network:
    """The bridge, with an address for the test itself."""

    def __enter__(self) -> "Network":
        ip("link", "add", bridge_name(), "type", "bridge")
        ip("addr", "add", f"{NETWORK}.1/24", "dev", bridge_name())
        ip("link", "set", bridge_name(), "up")
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["ip", "link", "delete", bridge_name()], check=False)
