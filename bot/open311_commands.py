"""`townline open311`: judges a GeoReport v2 server, ours or anybody's."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from bot.open311.check.asking import Asker, Unreachable
from bot.open311.check.endpoint import Endpoint, open_endpoint
from bot.open311.check.judging import Verdict, judge
from bot.open311.check.rule import Rule
from bot.open311.check.rules import RULES
from bot.terminal import console, example, fail

POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*")
MARKS = {"holds": "[green]ok[/]", "skipped": "[dim]--[/]", "fails": "[red]!![/]"}
UNREACHABLE = 2
"""What the command leaves with where there was nobody to judge."""


@click.group()
def open311() -> None:
    """Open311, GeoReport v2: how city systems talk to one another."""


@open311.command()
@click.argument("url")
@click.option(
    "--key", default="", envvar="OPEN311_CHECK_KEY", help="An api_key, for --post. Better: OPEN311_CHECK_KEY."
)
@click.option("--post", is_flag=True, help="Post test reports, too.")
@click.option(
    "--at", "where", default="", metavar="LAT,LONG", help="Where to post. Default: as a listed request."
)
@click.option("--jurisdiction", default="", metavar="ID", help="For a server of several cities.")
@click.option("--only", multiple=True, metavar="RULE", help="Judge a rule or a group alone; repeat for others.")
@click.option("--private", is_flag=True, help="Follow the server to private addresses of other hosts.")
@click.option(
    "--timeout",
    default=20.0,
    type=click.FloatRange(min=1),
    show_default=True,
    help="Seconds to wait for each answer.",
)
@click.option("--all", "every", is_flag=True, help="Show what holds, too.")
@click.option("--json", "as_json", is_flag=True, help="Print every verdict as JSON.")
@example("townline open311 check https://311.riverton.example/open311/v2 --jurisdiction riverton.example")
def check(
    url: str,
    key: str,
    post: bool,
    where: str,
    jurisdiction: str,
    only: Sequence[str],
    private: bool,
    timeout: float,
    every: bool,
    as_json: bool,
) -> None:
    """Judge the GeoReport v2 server at URL, its base or its discovery document.

    Reads only, some 50 small requests one after the other. With --key and --post it also files five
    reports that say that they are a test, and tries some that have to be refused: close them afterwards.

    Leaves with 0 if all that the specification demands holds, with 1 if not, with 2 if nobody answers.
    """
    if post and not key:
        fail("--post needs --key, or OPEN311_CHECK_KEY.")
    rules, at = _chosen(only), _point(where)
    asker = Asker(url, timeout=timeout, private=private)
    try:
        endpoint = open_endpoint(url, asker, jurisdiction=jurisdiction, key=key, post=post, at=at)
    except Unreachable as error:
        sys.stderr.write(f"townline: {error}\n")
        raise SystemExit(UNREACHABLE) from None
    verdicts = _judged(endpoint, rules)
    if as_json:
        click.echo(json.dumps([_plain(each) for each in verdicts], indent=1))
    else:
        _show(endpoint, verdicts, every)
    if any(_is_breach(each) for each in verdicts):
        raise SystemExit(1)


def _chosen(only: Sequence[str]) -> list[Rule]:
    if unknown := [name for name in only if not any(name in (each.id, each.group) for each in RULES)]:
        groups = ", ".join(dict.fromkeys(each.group for each in RULES))
        fail(f"--only {unknown[0]}: there is no such rule or group. Groups: {groups}.")
    return [each for each in RULES if not only or {each.id, each.group} & set(only)]


def _point(where: str) -> tuple[str, str] | None:
    if not where:
        return None
    match = POINT.fullmatch(where)
    if not match:
        fail(f"--at {where}: write it as 41.6083,-91.0110.")
    return match[1], match[2]


def _judged(endpoint: Endpoint, rules: Sequence[Rule]) -> list[Verdict]:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        return list(progress.track(judge(endpoint, rules), total=len(rules), description="Asking"))


def _is_breach(verdict: Verdict) -> bool:
    return verdict.outcome == "fails" and verdict.rule.severity == "must"


def _plain(verdict: Verdict) -> dict[str, object]:
    rule = verdict.rule
    return {
        "rule": rule.id,
        "severity": rule.severity,
        "section": rule.section,
        "says": rule.says,
        "outcome": verdict.outcome,
        "seen": list(verdict.seen),
        "do": rule.do if verdict.outcome == "fails" else None,
    }


def _show(endpoint: Endpoint, verdicts: Sequence[Verdict], every: bool) -> None:
    table = Table("", "", "rule", "what it says, what was seen, what to do", box=None, pad_edge=False)
    for group, several in groupby(verdicts, lambda each: each.rule.group):
        here = list(several)
        shown = [each for each in here if every or each.outcome == "fails"]
        table.add_row("", "", f"[bold]{group}[/]", f"[dim]{_summary(here)}[/]")
        for each in shown:
            table.add_row(MARKS[each.outcome], each.rule.severity, each.rule.id, _told(each))
    console.print(table)
    console.print(_sum(endpoint, verdicts), highlight=False, soft_wrap=True)


def _summary(verdicts: Sequence[Verdict]) -> str:
    counted = Counter(each.outcome for each in verdicts)
    judged = len(verdicts) - counted["skipped"]
    held = [f"{counted['holds']} of {judged} hold"] if judged else []
    why = next((each.seen[0] for each in verdicts if each.outcome == "skipped"), "")
    return "; ".join([*held, *([f"{counted['skipped']} not judged: {escape(why)}"] if why else [])])


def _told(verdict: Verdict) -> str:
    rule = verdict.rule
    lines = [f"{escape(rule.says)} [dim]({escape(rule.section)})[/]"]
    lines += [f"[yellow]seen:[/] {escape(seen)}" for seen in verdict.seen if verdict.outcome == "fails"]
    lines += [f"[dim]{escape(seen)}[/]" for seen in verdict.seen if verdict.outcome == "skipped"]
    if verdict.outcome == "fails":
        lines.append(f"[green]do:[/] {escape(rule.do)}")
    return "\n".join(lines)


def _sum(endpoint: Endpoint, verdicts: Sequence[Verdict]) -> str:
    broken = Counter(each.rule.severity for each in verdicts if each.outcome == "fails")
    judged = sum(each.outcome != "skipped" for each in verdicts)
    kept = (
        "All that GeoReport v2 demands holds" if not broken["must"] else f"{broken['must']} demands are broken"
    )
    rest = f"{broken['should']} of what clients count on, {broken['note']} conventions beyond it are not kept"
    return f"{kept}; {rest}. {judged} rules judged in {endpoint.asker.count} requests."
