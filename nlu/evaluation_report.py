"""An evaluation in words for the terminal and as a page with pictures, engines side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from rich.console import Console
from rich.table import Table

from nlu.evaluate import Report, Score

Reports = Mapping[str, Report]

STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem }
h1, h2 { line-height: 1.2 } h2 { margin-top: 2.5rem }
table { border-collapse: collapse; margin: 1rem 0 } th, td { padding: .25rem .6rem; text-align: right }
th:first-child, td:first-child { text-align: left } thead th { border-bottom: 2px solid #0f5c63 }
tbody tr:nth-child(even) { background: #f2f6f6 }
.matrix { font-size: 11px } .matrix td { width: 1.5rem; padding: .1rem; text-align: center }
.matrix thead th { height: 9.5rem; vertical-align: bottom; padding: 0; border: 0; font-weight: 500 }
.matrix thead span { writing-mode: vertical-rl; transform: rotate(180deg) }
.matrix tbody th { font-weight: 500 }
figure { margin: 1rem 0 }
"""


def show(reports: Reports, console: Console) -> None:
    """Print the figures, one column per engine, then what was most often misheard."""
    for title, rows in _sections(reports):
        table = Table(title, *reports, box=None, header_style="bold")
        for row in rows:
            table.add_row(*row)
        console.print(table, "")
    for name, report in reports.items():
        for title, pairs in (("issue types", report.confusions), ("intents", report.intent_confusions)):
            worst = [f"  {wanted} heard as {heard}: {n}" for (wanted, heard), n in pairs.most_common(10)]
            if worst:
                console.print(f"Most often misheard by {name}, {title}:", *worst, sep="\n")


def page(reports: Reports) -> str:
    """Return the same as an HTML page, with calibration curves and confusion matrices."""
    tables = "".join(_html_table(title, list(reports), rows) for title, rows in _sections(reports))
    pictures = "".join(
        f"<h2>{escape(name)}: how sure, how right</h2>{_calibration(report)}"
        f"<h2>{escape(name)}: what was heard as what</h2>{_matrix(report)}"
        for name, report in reports.items()
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>How well Townline understands</title><style>{STYLE}</style>"
        f"<h1>How well Townline understands</h1>{tables}{pictures}</html>\n"
    )


def _sections(reports: Reports) -> Iterable[tuple[str, list[list[str]]]]:
    every = list(reports.values())
    yield "All in all", [[name, *map(figure, every)] for name, figure in FIGURES]
    for title, attribute in (
        ("Issue type, lenient", "labels"),
        ("Place", "spans"),
        ("Other intent", "intents"),
    ):
        names = sorted({name for report in every for name in getattr(report, attribute)})
        if names:
            yield title, [[name, *(_share(getattr(each, attribute)[name]) for each in every)] for name in names]
    steps = sorted({step for report in every for step in report.calibration})
    if steps:
        rows = [[f"{step:.1f}", *(_counted(each.calibration[step]) for each in every)] for step in steps]
        yield "Right, where this sure", rows


def _share(score: Score) -> str:
    return f"{score.share:.3f}" if score.of else "-"


def _counted(score: Score) -> str:
    return f"{score.share:.2f} of {score.of}"


def _sure(report: Report) -> Score:
    """Return how often a guess of 0.8 and over was right."""
    sure = [score for step, score in report.calibration.items() if step >= 0.8]
    return Score(right=sum(each.right for each in sure), of=sum(each.of for each in sure))


def _least(report: Report) -> str:
    shares = [(score.share, name) for name, score in report.labels.items() if score.of]
    return f"{min(shares)[0]:.2f} ({min(shares)[1]})" if shares else "-"


def _alarms(report: Report, tier: str) -> str:
    every = sum(report.alarms.values())
    return f"{report.alarms[tier] / every:.3f}" if every else "-"


FIGURES = (
    ("issue types, strict", lambda report: _share(report.strict)),
    ("issue types, lenient", lambda report: _share(report.lenient)),
    ("issue types, among the best three", lambda report: _share(report.top_three)),
    ("worst issue type", _least),
    ("right, of guesses of 0.8 and over", lambda report: _share(_sure(report))),
    ("places right", lambda report: _share(report.all_spans)),
    ("places right, by the expected span alone", lambda report: _share(report.exact_spans)),
    ("texts without a place left without", lambda report: _share(report.no_place)),
    ("other intents", lambda report: _share(report.all_intents)),
    ("911 line on ordinary reports", lambda report: _alarms(report, "911")),
    ("danger question on ordinary reports", lambda report: _alarms(report, "likely")),
    ("one text, p50, ms", lambda report: f"{report.percentile(0.5):.2f}"),
    ("one text, p99, ms", lambda report: f"{report.percentile(0.99):.2f}"),
    ("peak memory, MiB", lambda report: str(report.memory)),
)


def _html_table(title: str, names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in (title, *names))
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _calibration(report: Report) -> str:
    """Return a chart: a bar per step of confidence, as high as the share that was right."""
    bars = "".join(
        f'<rect x="{40 + step * 500:.0f}" y="{220 - score.share * 200:.0f}" width="42" '
        f'height="{score.share * 200:.0f}" fill="#0f7c86"><title>{step:.1f}: {_counted(score)}</title></rect>'
        f'<text x="{61 + step * 500:.0f}" y="{214 - score.share * 200:.0f}" text-anchor="middle">'
        f"{score.of}</text>"
        f'<text x="{61 + step * 500:.0f}" y="236" text-anchor="middle">{step:.1f}</text>'
        for step, score in sorted(report.calibration.items())
    )
    return (
        '<figure><svg viewBox="0 0 560 245" width="560" role="img" font-size="11" '
        'aria-label="Share of right guesses by confidence">'
        f'<line x1="40" y1="220" x2="540" y2="20" stroke="#c9772b" stroke-dasharray="4"/>{bars}'
        '<line x1="38" y1="220" x2="545" y2="220" stroke="#1b2428"/></svg>'
        "<figcaption>The share of right guesses by how sure the engine was, with their number; "
        "on the dashed line it would be as right as it is sure.</figcaption></figure>"
    )


def _matrix(report: Report) -> str:
    """Return the confusion matrix of issue types: rows are what was meant, columns what was heard."""
    names = sorted(report.labels)
    heard = sorted({*names, *(best for _, best in report.confusions)})
    head = "".join(f"<th><span>{escape(name)}</span></th>" for name in heard)
    rows = "".join(
        f"<tr><th>{escape(meant)}</th>" + "".join(_cell(report, meant, best) for best in heard) + "</tr>"
        for meant in names
    )
    return f'<table class="matrix"><thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _cell(report: Report, meant: str, best: str) -> str:
    right = meant == best
    count = report.labels[meant].right if right else report.confusions[meant, best]
    if not count:
        return "<td></td>"
    depth = count / max(report.labels[meant].of, 1)
    color = (
        f"rgba(15, 124, 134, {depth:.2f})" if right else f"rgba(201, 80, 43, {min(1.0, 0.15 + 2 * depth):.2f})"
    )
    return f'<td style="background: {color}">{count}</td>'
