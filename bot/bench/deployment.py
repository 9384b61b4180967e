"""A deployment's real processes for as long as a benchmark takes, and what they cost."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import redis
import requests
import rq
from sqlalchemy import text

from bot.config import Config
from bot.database import open_database

STARTING = 120.0
"""Seconds within which the web process has to answer."""

_chance = random.SystemRandom()  # two processes draw different ports, whatever a test seeds


class NotStarted(Exception):
    """A process of the deployment ended or did not answer; the message says which."""


@dataclass(frozen=True)
class Part:
    """One part of the deployment: CPU seconds so far and the most memory it held, in MiB (0: unknown)."""

    name: str
    cpu: float
    memory: float


class Deployment:
    """The processes by the part they play."""

    def __init__(self, url: str, processes: Mapping[str, list[psutil.Process]]) -> None:
        self.url = url
        self._processes = processes

    def parts(self) -> dict[str, Part]:
        """Return what each part has used until now, its children included."""
        return {name: _part(name, found) for name, found in self._processes.items() if found} | {
            "residents": _own()
        }


def _own() -> Part:
    """Return what this process uses; the deployment's are its children."""
    times = psutil.Process().cpu_times()
    return Part("residents", times.user + times.system, _peak(psutil.Process()))


def _part(name: str, roots: list[psutil.Process]) -> Part:
    cpu = memory = 0.0
    for root in roots:
        with suppress(psutil.NoSuchProcess):
            for process in (root, *root.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    times = process.cpu_times()
                    cpu += times.user + times.system
                    memory += _peak(process)
            # Of children that have ended the parent knows the time.
            ended = root.cpu_times()
            cpu += getattr(ended, "children_user", 0.0) + getattr(ended, "children_system", 0.0)
    return Part(name, cpu, memory)


def _peak(process: psutil.Process) -> float:
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return float(process.memory_info().rss) / 2**20
    lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


@contextmanager
def running(config: Config, port: int, *, workers: int) -> Iterator[Deployment]:
    """Start web, and where there is a Redis workers and a clock, for as long as the block lasts.

    Raises `NotStarted`.
    """
    environment = _environment(config)
    commands: dict[str, list[list[str]]] = {"web": [["serve", "--port", str(port)]]}
    if config.settings.redis_url:
        commands |= {"workers": [["worker"]] * workers, "clock": [["clock"]]}
    with ExitStack() as stack:
        started: dict[str, list[psutil.Process]] = {}
        for name, lines in commands.items():
            started[name] = [stack.enter_context(_townline(environment, line)) for line in lines]
        for worker in started.get("workers", ()):
            stand_back(worker.pid)
        url = f"http://127.0.0.1:{port}"
        _until_it_serves(url, started["web"][0])
        _until_they_work(config, workers)
        yield Deployment(url, started | _servers(config))


@contextmanager
def _townline(environment: Mapping[str, str], arguments: list[str]) -> Iterator[psutil.Process]:
    command = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    process = subprocess.Popen(  # noqa: S603  (our own command)
        command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def stand_back(pid: int) -> None:
    """Let a worker's process run while no other wants to, as its systemd unit does (docs/deployment)."""
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens at, nor is likely to before the caller does.

    It is below those the system hands out unasked (from 32768 on Linux, ip(7); from 49152 elsewhere).
    """
    while True:
        with socket.socket() as free, suppress(OSError):
            port = _chance.randrange(20_000, 32_768)
            free.bind(("127.0.0.1", port))
            return port


def _until_it_serves(url: str, process: psutil.Process) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until and process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        with suppress(requests.RequestException):
            if requests.get(f"{url}/healthz", timeout=5).status_code == 200:
                return
        time.sleep(0.1)
    raise NotStarted("the web process did not answer; `townline check` says what it lacks.")


def _until_they_work(config: Config, workers: int) -> None:
    """Wait for the workers: what it takes to load the model is no turn's."""
    if not config.settings.redis_url:
        return
    client, until = redis.Redis.from_url(config.settings.redis_url), time.monotonic() + STARTING
    while rq.Worker.count(connection=client) < workers:
        if time.monotonic() > until:
            raise NotStarted("the workers did not start; `townline check` says what they lack.")
        time.sleep(0.1)


def _servers(config: Config) -> dict[str, list[psutil.Process]]:
    """Return the database's and Redis's processes, where they run on this machine."""
    found: dict[str, list[psutil.Process]] = {}
    if not config.database_url.startswith("sqlite"):
        with suppress(psutil.Error, OSError, ValueError):
            database = open_database(config.database_url, config.settings.townline_encryption_keys)
            with database.read() as session:
                folder = session.execute(text("SHOW data_directory")).scalar_one()
            database.close()
            pid = Path(folder, "postmaster.pid").read_text(encoding="ascii").split()[0]
            found["database"] = [psutil.Process(int(pid))]
    if config.settings.redis_url:
        with suppress(psutil.Error):
            server = redis.Redis.from_url(config.settings.redis_url)
            found["redis"] = [psutil.Process(int(server.info("server")["process_id"]))]
    return found


def _environment(config: Config) -> dict[str, str]:
    """Return the environment in which a process finds these settings."""
    settings = {name.upper(): str(value) for name, value in vars(config.settings).items() if value}
    return dict(os.environ) | settings | {"TOWNLINE_CONFIG": str(config.root / "config.yml")}
