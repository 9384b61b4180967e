"""Starts `townline` processes by forking one that has read the code already: a start costs 2 s instead of 8.

What a child does is `bot.cli.main()` with arguments and an environment of its own; it dies as any process
does. `python -m torture.nursery` takes orders, one JSON object a line, and so tells of births and deaths.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

TESTS = Path(__file__).parent.parent


class Child:
    """A process of the nursery's, as `subprocess.Popen` would show it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._code: int | None = None
        self._ended = threading.Event()

    def ended(self, code: int) -> None:
        self._code = code
        self._ended.set()

    def poll(self) -> int | None:
        return self._code

    def wait(self, timeout: float | None = None) -> int | None:
        if not self._ended.wait(timeout):
            raise subprocess.TimeoutExpired("townline", timeout or 0)
        return self._code

    def send_signal(self, number: int) -> None:
        if self._code is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The process that forks; `haste` is that of all its children."""

    def __init__(self, haste: float) -> None:
        environment = os.environ | {
            "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}",
            "TOWNLINE_HASTE": "" if haste == 1 else str(haste),
            "OPENBLAS_NUM_THREADS": "1",  # who forks has no thread but its own
        }
        command = [sys.executable, "-m", "torture.nursery"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=TESTS.parent, env=environment
        )
        self._children: dict[int, Child] = {}
        self._born: queue.Queue[Child] = queue.Queue()
        self._lock = threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def start(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> Child:
        """Fork a `townline` with these arguments."""
        order = {"arguments": list(arguments), "environment": dict(environment), "log": str(log)}
        with self._lock:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
            return self._born.get(timeout=120)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            if "born" in told:
                child = self._children[told["born"]] = Child(told["born"])
                self._born.put(child)
            else:
                self._children[told["died"]].ended(told["code"])

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._reader.join()
        self._process.stdout.close()


# In the nursery's own process -------------------------------------------------------------------------


def _live(order: dict[str, Any]) -> NoReturn:
    """Be the child: never returns."""
    code = 1
    try:
        out = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (out, 1), (out, 2)):
            os.dup2(source, target)
        os.environ.update(order["environment"])
        sys.argv = ["townline", *order["arguments"]]
        from bot import cli, fault_points

        importlib.reload(fault_points)  # this child's own fault
        cli.main()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 0 if leaving.code is None else 1
    except BaseException:  # noqa: BLE001  (whatever it is, its log has it)
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def _tell(**what: int) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


def _reap(children: set[int]) -> None:
    for pid in sorted(children):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            children.discard(pid)
            _tell(died=pid, code=os.waitstatus_to_exitcode(status))


def _serve() -> None:
    import bot.cli
    import bot.rq_bell  # noqa: F401
    import nlu.spacy_engine  # noqa: F401

    children: set[int] = set()
    unread = b""
    while True:
        _reap(children)
        if not select.select([0], [], [], 0.02)[0]:
            continue
        received = os.read(0, 1 << 16)
        if not received:
            break
        *orders, unread = (unread + received).split(b"\n")
        for order in orders:
            pid = os.fork()
            if pid == 0:
                _live(json.loads(order))
            children.add(pid)
            _tell(born=pid)
    for pid in children:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    _serve()
