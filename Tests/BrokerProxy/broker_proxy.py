"""Stands before a noida-db and corrects one fault of it: `broker_proxy.py LISTEN_PORT BROKER_PORT`.

To a read_committed Fetch, a broker names the aborted transactions that reach into what was asked for. noida-db 0.2.3 names all that the
partition ever had. A client that reads on behind the ABORT marker of one then takes every later transaction of the same producer for a part
of it and skips it. Answers of noida-db reach to the end of the partition, so an aborted transaction that matters has its marker in the answer:
the proxy keeps as many of the newest entries of a producer as there are ABORT markers of it, and renames the producer of the others to one that
does not exist, which leaves all lengths as they are. It also puts its own port where the broker names its address.
"""

import collections
import socket
import struct
import sys
import threading

FETCH = 1
# From version 12 on the layout is another; librdkafka up to 2.3 asks for 11 at most.
FETCH_VERSIONS = range(4, 12)
NOBODY = (1 << 62) + 1
CONTROL = 0x20
HOST = "127.0.0.1"


def read(source: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = source.recv(min(count - len(parts), 1 << 20))
        if not part:
            raise ConnectionError
        parts += part
    return bytes(parts)


def read_frame(source: socket.socket) -> bytearray:
    return bytearray(read(source, struct.unpack(">i", read(source, 4))[0]))


def send_frame(target: socket.socket, frame: bytes) -> None:
    target.sendall(struct.pack(">i", len(frame)) + frame)


def abort_markers(frame: bytearray, at: int, end: int) -> collections.Counter:
    """How many ABORT markers each producer has in these record batches (format 2)."""
    found = collections.Counter()
    while at + 61 <= end:
        length, attributes, producer = *struct.unpack_from(">i", frame, at + 8), *struct.unpack_from(">h", frame, at + 21), \
            *struct.unpack_from(">q", frame, at + 43)
        # A marker's record: length, attributes, two deltas and the key's length of a byte each; then the key: version, type (0 is ABORT).
        if attributes & CONTROL and frame[at + 68:at + 70] == b"\0\0":
            found[producer] += 1
        at += 12 + length
    return found


def correct_fetch(frame: bytearray, version: int) -> None:
    at = 8 + (6 if version >= 7 else 0)

    def number(kind: str) -> int:
        nonlocal at
        value = struct.unpack_from(">" + kind, frame, at)[0]
        at += struct.calcsize(">" + kind)
        return value

    for _ in range(number("i")):
        name_bytes = number("h")
        at += name_bytes
        for _ in range(number("i")):
            at += 4 + 2 + 8 + 8 + (8 if version >= 5 else 0)
            first = at + 4
            entries = max(number("i"), 0)
            at += 16 * entries + (4 if version >= 11 else 0)
            size = max(number("i"), 0)
            markers = abort_markers(frame, at, at + size)
            at += size
            for entry in sorted(range(entries), key=lambda n: -struct.unpack_from(">q", frame, first + 16 * n + 8)[0]):
                producer = struct.unpack_from(">q", frame, first + 16 * entry)[0]
                if markers[producer] > 0:
                    markers[producer] -= 1
                else:
                    struct.pack_into(">q", frame, first + 16 * entry, NOBODY)


def serve(client: socket.socket, listen_port: int, broker_port: int) -> None:
    asked: dict[int, tuple[int, int]] = {}
    address = HOST.encode() + struct.pack(">i", broker_port)
    own_address = HOST.encode() + struct.pack(">i", listen_port)

    def pass_requests() -> None:
        try:
            while True:
                frame = read_frame(client)
                key, version, correlation = struct.unpack_from(">hhi", frame)
                asked[correlation] = (key, version)
                send_frame(broker, frame)
        except OSError:
            close()

    def pass_answers() -> None:
        try:
            while True:
                frame = read_frame(broker)
                key, version = asked.pop(struct.unpack_from(">i", frame)[0], (None, None))
                if key != FETCH:
                    frame = frame.replace(address, own_address)
                elif version in FETCH_VERSIONS:
                    correct_fetch(frame, version)
                send_frame(client, frame)
        except OSError:
            close()

    def close() -> None:
        for end in (client, broker):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    try:
        broker = socket.create_connection((HOST, broker_port))
    except OSError:
        client.close()
        return
    for end in (client, broker):
        end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    requests = threading.Thread(target=pass_requests, daemon=True)
    requests.start()
    pass_answers()
    requests.join()
    client.close()
    broker.close()


def main() -> None:
    listen_port, broker_port = int(sys.argv[1]), int(sys.argv[2])
    with socket.create_server((HOST, listen_port)) as server:
        while True:
            client, _ = server.accept()
            threading.Thread(target=serve, args=(client, listen_port, broker_port), daemon=True).start()


if __name__ == "__main__":
    main()
