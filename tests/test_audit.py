"""The dependency audit: a known vulnerability fails, a service that is away is said, all against OSV's wire."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from provider_stub import Answer, Seen, answer_json, provider

from bot.bench.deployment import free_port

ROOT = Path(__file__).parent.parent

KNOWN = {
    "id": "OSV-2026-0001",
    "aliases": ["CVE-2026-0001"],
    "summary": "It opens the door.",
    "details": "It opens the door to everybody.",
    "affected": [
        {
            "package": {"name": "pillow", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "12.9"}]}],
            "versions": ["12.0.0"],
        }
    ],
}


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    path = tmp_path / "pinned.txt"
    path.write_text(
        "".join(f"{name} \\\n    --hash=sha256:{'0' * 64}\n" for name in ("flask==3.1.0", "pillow==12.0.0"))
    )
    return path


def audit(pinned: Path, url: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "audit.py"), "--osv-url", url, str(pinned)]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_known_vulnerability_fails(pinned: Path) -> None:
    def osv(seen: Seen) -> Answer:
        return answer_json({"vulns": [KNOWN] if seen.json["package"]["name"] == "pillow" else []})

    with provider(osv) as service:
        ran = audit(pinned, f"{service.url}/v1/query")
    assert ran.returncode == 1
    assert ran.stdout.splitlines() == [
        "2 dependencies audited, 1 known vulnerabilities",
        "  pillow 12.0.0: CVE-2026-0001, mended in 12.9",
    ]


def test_nothing_known_passes(pinned: Path) -> None:
    with provider(lambda _: answer_json({})) as service:
        ran = audit(pinned, f"{service.url}/v1/query")
    assert (ran.returncode, ran.stdout) == (0, "2 dependencies audited, 0 known vulnerabilities\n")


def test_a_service_that_is_away_is_said_and_fails_nothing(pinned: Path) -> None:
    ran = audit(pinned, f"http://127.0.0.1:{free_port()}/v1/query")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr.endswith("could not be reached: the dependencies were NOT audited\n")


def test_what_is_not_pinned_by_a_hash_fails(pinned: Path) -> None:
    pinned.write_text("pillow==12.0.0\n")
    assert audit(pinned, f"http://127.0.0.1:{free_port()}/v1/query").returncode == 1
