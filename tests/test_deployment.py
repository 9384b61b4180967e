"""What docs/deployment holds can be used as it is: units, settings, the commands that they name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.bench.deployment import stand_back
from bot.cli import townline
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DEPLOYMENT = ROOT / "docs" / "deployment"
UNITS = sorted(path.name for path in DEPLOYMENT.glob("*.service"))


def commands() -> Iterator[str]:
    """Yield every `townline ...` that a unit or the Procfile runs."""
    for name in UNITS:
        yield from re.findall(r"^ExecStart=\S*/(townline .*)$", (DEPLOYMENT / name).read_text(), re.MULTILINE)
    for line in (ROOT / "Procfile").read_text().splitlines():
        yield from line.partition(": ")[2].replace("$PORT", "8000").split(" && ")


def test_there_is_a_unit_for_each_process() -> None:
    assert UNITS == ["townline-clock.service", "townline-web.service", "townline-worker@.service"]


@pytest.mark.parametrize("command", list(commands()))
def test_what_is_run_is_a_command_with_options_that_it_has(command: str) -> None:
    words = command.replace("%i", "1").split()[1:]
    found: click.Command = townline
    context = click.Context(townline)
    while isinstance(found, click.Group):
        found = found.commands[words.pop(0)]
    found.make_parser(context).parse_args(words)  # raises UsageError on what it does not know


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_may_do_little(name: str) -> None:
    lines = (DEPLOYMENT / name).read_text().splitlines()
    for line in ("NoNewPrivileges=true", "ProtectSystem=strict", "ProtectHome=true", "PrivateTmp=true"):
        assert line in lines
    assert "User=townline" in lines
    assert "CapabilityBoundingSet=" in lines


@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_a_unit(name: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    unit = tmp_path / name.replace("@", "@1")
    text = (DEPLOYMENT / name).read_text()
    text = re.sub(
        r"^Documentation=.*$", "", text, flags=re.MULTILINE
    )  # what is not installed here it would miss
    unit.write_text(text.replace("/opt/townline/.venv/bin/townline", shutil.which("true") or ""))
    ran = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="only Linux schedules so")
def test_a_benchmarks_worker_runs_when_the_unit_lets_it() -> None:
    lines = (DEPLOYMENT / "townline-worker@.service").read_text().splitlines()
    assert "CPUSchedulingPolicy=idle" in lines
    with subprocess.Popen([shutil.which("sleep") or "", "60"]) as process:
        stand_back(process.pid)
        given = os.sched_getscheduler(process.pid)
        process.kill()
    assert given == os.SCHED_IDLE


def test_the_environment_has_settings_of_ours_only_and_no_secret() -> None:
    given = dict(re.findall(r"^(\w+)=(.*)$", (DEPLOYMENT / "environment").read_text(), re.MULTILINE))
    assert given.keys() <= {name.upper() for name in Settings.__dataclass_fields__}
    for name in ("SECRET_KEY", "DATABASE_URL", "SMTP_URL"):
        assert "CHANGE-ME" in given[name]
    assert not given["TWILIO_AUTH_TOKEN"] + given["TELEGRAM_BOT_TOKEN"] + given["SENTRY_DSN"]


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_passes_paths_on_unchanged_and_logs_none(name: str) -> None:
    text = (DEPLOYMENT / name).read_text()
    assert re.search(r"(reverse_proxy |proxy_pass http://)127\.0\.0\.1:8000;?$", text, re.MULTILINE)
    assert re.search(r"access_log off|output discard", text)
    assert "/readyz" in text
