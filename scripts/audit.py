"""Looks pinned dependencies up among the known vulnerabilities of osv.dev, by pip-audit.

Leaves with 1 where one is known that nobody has accepted. Where the service can't be reached nothing was
audited: that is said, and fails nothing, as it is no fault of the code.

    python scripts/audit.py requirements/app.txt ...
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

OSV = "https://api.osv.dev/v1/query"

ACCEPTED: dict[str, str] = {}
"""Vulnerabilities that do not reach us: their id, and why."""

UNREACHABLE = re.compile(
    r"requests\.exceptions\.(ConnectionError|\w*Timeout|HTTPError|ProxyError|SSLError)|ServiceError"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script; returns what to leave with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", help="requirements with hashes")
    parser.add_argument("--osv-url", default=OSV, help="another service that speaks OSV's query")
    given = parser.parse_args(arguments)
    ran = _pip_audit(given.files, given.osv_url)
    try:
        found = json.loads(ran.stdout)["dependencies"]
    except (ValueError, KeyError):
        return _without_answer(ran.stderr, given.osv_url)
    skipped = [each["name"] for each in found if "skip_reason" in each]
    known = list(_vulnerabilities(found))
    print(f"{len(found) - len(skipped)} dependencies audited, {len(known)} known vulnerabilities")
    for line in known:
        print(f"  {line}")
    if skipped:
        print(f"  not audited, as the service does not know them: {', '.join(skipped)}")
    return 1 if known else 0


def _pip_audit(files: Sequence[str], url: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json"]
    service = ["--progress-spinner", "off", "--vulnerability-service", "osv", "--osv-url", url]
    named = [part for file in files for part in ("--requirement", file)]
    return subprocess.run([*command, *service, *named], capture_output=True, text=True)  # noqa: S603


def _without_answer(told: str, url: str) -> int:
    if UNREACHABLE.search(told):
        print(f"{url} could not be reached: the dependencies were NOT audited", file=sys.stderr)
        return 0
    print(told, file=sys.stderr)
    return 1


def _vulnerabilities(found: list[dict[str, Any]]) -> Iterator[str]:
    for each in found:
        for known in each.get("vulns", ()):
            if not {known["id"], *known["aliases"]} & set(ACCEPTED):
                fixed = ", ".join(known["fix_versions"]) or "no release yet"
                yield f"{each['name']} {each['version']}: {known['id']}, mended in {fixed}"


if __name__ == "__main__":
    sys.exit(main())
