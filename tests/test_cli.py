"""The `townline` command: what it prints, and that whatever can be mended is one sentence and a 1."""

from __future__ import annotations

import json
import logging
import re
import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from commands import Ran
from provider_stub import DROP, Answer, answer_json, provider
from servers import PHONE, PUBLIC, Office, OpenOffice

from bot import cli
from bot.bench.deployment import free_port
from bot.database import Database
from bot.models import Message, Photo, ServiceRequest
from bot.places import outside
from bot.settings import Settings
from nlu.interpreter import Interpreter
from webhooks.simulator import Simulator

ROOT = Path(__file__).parent.parent


Townline = Callable[..., Ran]


@pytest.fixture
def townline(
    tmp_path: Path,
    interpreter: Interpreter,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Townline]:
    """Run the command in a city's folder of its own, with nothing set but what a test sets.

    It goes by the real clock, at night, too: there are no quiet hours.
    """
    for name in ("data", "models"):
        (tmp_path / name).symlink_to(ROOT / name)
    written = (ROOT / "config.yml").read_text(encoding="utf-8")
    at_any_hour = written.replace('{begin: "21:00", end: "08:00"}', '{begin: "00:00", end: "00:00"}')
    assert at_any_hour != written
    (tmp_path / "config.yml").write_text(at_any_hour, encoding="utf-8")
    levels = {
        name: logging.getLogger(name).level for name in ("alembic", "waitress", "twilio", "werkzeug", "urllib3")
    }
    handler = signal.getsignal(signal.SIGTERM)

    def run(*arguments: str, **settings: str) -> Ran:
        for name in vars(Settings()):
            monkeypatch.delenv(name.upper(), raising=False)
        for name, value in {"townline_config": str(tmp_path / "config.yml"), **settings}.items():
            monkeypatch.setenv(name.upper(), value)
        monkeypatch.setattr(sys, "argv", ["townline", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        said = capsys.readouterr()
        code = end.value.code or 0
        assert isinstance(code, int)
        return Ran(code, said.out if "--json" in arguments else _one_line(said.out), _one_line(said.err))

    yield run
    signal.signal(signal.SIGTERM, handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def _one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database) -> Office:
    """An office with one case, reported by SMS."""
    office = open_office(sqlite)
    office.says("pothole at 500 main st. [/b] mind the [red]brackets")
    office.bustle()
    office.says("yes")
    office.bustle()
    assert "SR-10001" in office.heard()[-1]
    return office


def settings_of(office: Office) -> dict[str, str]:
    return {name: value for name, value in vars(office.town.config.settings).items() if "config" not in name}


# Help -----------------------------------------------------------------------------------------------


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


COMMANDS = dict(commands(cli.townline))


def test_the_commands_that_were_promised() -> None:
    promised = {
        "migrate", "serve", "worker", "clock", "demo", "chat", "check", "case list", "case show",
        "case update", "nlu train", "places sample", "telegram set-webhook",
    }  # fmt: skip
    assert promised <= COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_of_itself(name: str) -> None:
    text = COMMANDS[name].get_help(click.Context(COMMANDS[name], info_name=f"townline {name}"))
    example = re.search(r"Example:\n +(.+)", text)
    assert example
    itself = example[1].rpartition(" | ")[2]  # what is piped into it is no part of it
    words = [word for word in shlex.split(itself) if not re.match(r"[A-Z_]+=", word)]
    assert words[: 1 + len(name.split())] == ["townline", *name.split()]
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


# Cases ----------------------------------------------------------------------------------------------


def test_a_house_that_was_never_used_has_no_cases(townline: Townline) -> None:
    assert townline("case", "list", "--json").json == []


def test_cases_are_listed(desk: Office, townline: Townline) -> None:
    (listed,) = townline("case", "list", "--json", "--status", "open", **settings_of(desk)).json
    assert listed["service_request_id"] == "SR-10001"
    assert listed["service_code"] == "pothole_road_damage"
    assert listed["address_string"] == "500 Main St"
    assert (listed["status"], listed["open311_status"]) == ("received", "open")
    assert listed["agency_responsible"] == "Streets"
    assert townline("case", "list", "--json", "--status", "closed", **settings_of(desk)).json == []
    assert "SR-10001" in townline("case", "list", **settings_of(desk)).out


def test_a_case_is_shown_as_it_was_written(desk: Office, townline: Townline) -> None:
    shown = townline("case", "show", "sr-10001", **settings_of(desk))
    assert shown.code == 0
    assert "[/b] mind the [red]brackets" in shown.out
    assert townline("case", "show", "SR-10001", "--json", **settings_of(desk)).json["history"][0]["by"] == "bot"


def test_a_location_to_be_confirmed_is_seen(desk: Office, townline: Townline) -> None:
    arguments = ("case", "show", "SR-10001", "--json")
    known = townline(*arguments, **settings_of(desk)).json
    assert (known["location_confirmed"], known["suggested_location"]) == (True, None)
    assert "to be confirmed" not in townline("case", "list", **settings_of(desk)).out
    found = {"address_string": "502 Main St", "lat": 41.6, "long": -91.0, "precision": "address"}
    with desk.town.database.write.begin() as session:
        case = session.query(ServiceRequest).one()
        case.location_confirmed, case.suggested_location = False, found
    shown = townline(*arguments, **settings_of(desk)).json
    assert (shown["location_confirmed"], shown["suggested_location"]) == (False, found)
    assert "502 Main St" in townline("case", "show", "SR-10001", **settings_of(desk)).out
    assert "be confirmed)" in townline("case", "list", **settings_of(desk)).out  # the column is narrow


def test_an_update_reaches_the_resident(desk: Office, townline: Townline) -> None:
    arguments = ("case", "update", "SR-10001", "completed", "--note", "Filled by crew 7.")
    ran = townline(*arguments, **settings_of(desk))
    assert (ran.code, ran.out) == (0, "SR-10001 is now completed.")
    assert "Filled by crew 7." in desk.heard()[-1]
    (listed,) = townline("case", "list", "--json", "--status", "closed", **settings_of(desk)).json
    assert listed["status_notes"] == "Filled by crew 7."


def test_a_photo_is_cleared_for_the_public_page_and_taken_off_again(desk: Office, townline: Townline) -> None:
    with desk.town.database.write.begin() as session:
        case, message = session.query(ServiceRequest).one(), session.query(Message).first()
        assert message is not None
        kept = {"message_id": message.id, "channel": "sms", "state": "kept"}
        session.add_all(Photo(service_request_id=case.id, ref=ref, **kept) for ref in ("1", "2"))
    for arguments, said, on_page in (
        (("SR-10001", "2"), "1 photo of SR-10001 on its public page.", [False, True]),
        (("sr-10001",), "2 photos of SR-10001 on its public page.", [True, True]),
        (("SR-10001", "1", "--undo"), "1 photo of SR-10001 off its public page.", [False, True]),
    ):
        assert townline("case", "clear-photo", *arguments, **settings_of(desk)).out == said
        shown = townline("case", "show", "SR-10001", "--json", **settings_of(desk)).json
        assert shown["photos_on_page"] == on_page
    assert re.fullmatch(rf"{PUBLIC}/r/[\w-]{{22}}", shown["page"])


MISTAKES = {
    "show SR-404": "There is no case SR-404. `townline case list` shows them.",
    "update SR-404 assigned": "There is no case SR-404. `townline case list` shows them.",
    "update SR-10001 finished": "'finished' is no status. Known: received, under_review, ",
    "update SR-10001 received": "SR-10001 is received; from there it can become: under_review, ",
    "update SR-10001 no_action": "Say why in a note, or give one of these reasons: not_found, ",
    "update SR-10001 no_action --note ' '": "Say why in a note, or give one of these reasons: not_found, ",
    "clear-photo SR-404": "There is no case SR-404. `townline case list` shows them.",
    "clear-photo SR-10001 1": "SR-10001 has no photo.",
}


def test_a_change_that_cannot_be_is_one_sentence(desk: Office, townline: Townline) -> None:
    before = desk.heard()
    for arguments, sentence in MISTAKES.items():
        ran = townline("case", *shlex.split(arguments), **settings_of(desk))
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith(f"townline: {sentence}")
    assert desk.heard() == before


# Conversations --------------------------------------------------------------------------------------


def test_a_person_answers_and_hands_back(desk: Office, townline: Townline) -> None:
    townline("conversation", "reply", "1", "This is Ana.", **settings_of(desk))
    assert desk.heard()[-1] == "This is Ana."
    listed = townline("conversation", "list", "--json", **settings_of(desk))
    assert [waiting["owner"] for waiting in listed.json] == ["agent"]
    assert PHONE.lstrip("+") not in listed.out
    townline("conversation", "hand-back", "1", **settings_of(desk))
    assert desk.heard()[-1] != "This is Ana."
    assert townline("conversation", "list", "--json", **settings_of(desk)).json == []


def test_staff_read_both_languages(desk: Office, townline: Townline) -> None:
    desk.says("hay un bache enorme en la calle")
    desk.bustle()
    said = townline("conversation", "show", "1", **settings_of(desk)).out
    assert "resident> hay un bache enorme en la calle" in said
    assert desk.heard()[-1] in said
    assert "(Thank you, I added that to SR-10001.)" in said


def test_a_conversation_that_is_not_there(townline: Townline) -> None:
    for arguments in (("show", "404"), ("reply", "404", "Hello?"), ("hand-back", "404")):
        ran = townline("conversation", *arguments)
        assert ran.code == 1
        assert ran.err.endswith("no such conversation. `townline conversation list` shows them.")


# Places, chat, migrate ------------------------------------------------------------------------------


def test_places_are_sampled(townline: Townline) -> None:
    places = townline("places", "sample", "--json", "--count", "6").json
    assert {place["kind"] for place in places} == {"address", "intersection", "landmark"}
    assert all(41 < place["lat"] < 42 and -92 < place["long"] < -90 for place in places)


def test_places_are_found_line_by_line(townline: Townline, tmp_path: Path) -> None:
    lines = tmp_path / "asked.jsonl"
    lines.write_text('{"id": 7, "text": "500 main"}\n\n{"id": "pin", "lat": 50.0, "long": 1.0}\n', "utf-8")
    answered = townline("places", "find", str(lines)).out
    first, second = json.loads(f"[{answered.replace('} {', '}, {')}]")
    assert first["id"] == 7
    assert first["candidates"][0].keys() == {"address_string", "lat", "long", "precision", "score"}
    assert first["candidates"][0]["address_string"] == "500 Main St"
    assert (second["id"], second["candidates"][0]["lat"]) == ("pin", 50.0)
    lines.write_text("500 main\n", "utf-8")
    assert "line 1 is neither" in townline("places", "find", str(lines)).err


def test_places_are_measured(townline: Townline, tmp_path: Path) -> None:
    known = tmp_path / "known.csv"
    known.write_text("text,lat,long\n500 main st,41.6,-91.0\n", "utf-8")
    measured = townline("places", "evaluate", str(known), "--within", "100000")
    assert measured.code == 0
    assert "1.000" in measured.out


def test_a_script_is_played(townline: Townline, tmp_path: Path) -> None:
    (tmp_path / "script.txt").write_text("resident> hello\n", encoding="utf-8")
    played = townline("chat", str(tmp_path / "script.txt"))
    assert played.code == 0
    assert played.out.startswith("channel: sms resident> hello bot> Hello, this is Riverton 311.")


def test_the_database_is_brought_up_to_date(townline: Townline) -> None:
    assert townline("migrate").out == "The database is up to date; the city was loaded."
    assert townline("migrate").out == "The database is up to date."


# Check ----------------------------------------------------------------------------------------------


def test_on_a_fresh_machine_there_is_nothing_wrong(townline: Townline, tmp_path: Path) -> None:
    (tmp_path / "models").unlink()  # nor trained yet
    ran = townline("check")
    assert ran.code == 0
    assert "!!" not in ran.out
    for setting in (
        "DATABASE_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "NLU_ENGINE",
        "TWILIO_*",
        "TELEGRAM_*",
        "SMTP_URL",
    ):
        assert f"-- {setting} " in ran.out
    assert not (tmp_path / "var" / "townline.db").exists()


def test_of_a_trained_model_it_is_told_how_well_it_hears(townline: Townline) -> None:
    told = r"ok NLU_ENGINE +spacy, trained\. Right on a held-out fifth: en \d\d%, es \d\d%"
    assert re.search(told, townline("check").out)


NOBODY = f"127.0.0.1:{free_port()}"


@pytest.mark.parametrize(
    ("setting", "value", "finding"),
    [
        ("public_base_url", "311.riverton.example", "is no URL: write it as https://311.example.gov"),
        ("public_base_url", "http://[::1", "is no URL: write it as https://311.example.gov"),
        ("public_base_url", "http://311.riverton.example", "must be https: residents' words travel here"),
        ("database_url", f"postgresql://town:secret@{NOBODY}/town", "PostgreSQL does not answer"),
        ("database_url", "mysql://db/town", "is neither PostgreSQL nor SQLite"),
        ("database_url", "sqlite:////proc/version", "SQLite, in a file does not answer"),
        ("redis_url", f"redis://{NOBODY}", "Redis does not answer (ConnectionError): check host and port"),
        ("redis_url", "localhost", "Redis does not answer (ValueError): check host and port"),
        ("secret_key", "short", "is too short: use 32 characters or more"),
        ("nlu_engine", "oracle", "'oracle' is unknown: this build serves spacy"),
        ("photos_url", "s3://photos", "only folders so far: file:///srv/townline/photos"),
        ("photos_url", "/dev/null/photos", "/dev/null/photos: can't be written (Not a directory)"),
        ("twilio_account_sid", "AC1", "TWILIO_AUTH_TOKEN is missing: Twilio's console shows it"),
        ("telegram_bot_token", "1:a", "TELEGRAM_WEBHOOK_SECRET is missing: any 32 letters and digits, - and _"),
        ("telegram_webhook_secret", "s", "TELEGRAM_BOT_TOKEN is missing: @BotFather gives it"),
        ("smtp_url", f"smtp://{NOBODY}", "the mail server does not answer as expected"),
        ("smtp_url", "mail.riverton.example", "is no mail server: write it as smtps://"),
        ("smtp_url", "smtp://mail.riverton.example:post", "is no mail server: write it as smtps://"),
    ],
    ids=lambda given: re.sub(r"127\.0\.0\.1:\d+", "a-free-port", given),
)
def test_what_is_wrong_is_said_with_what_to_do(
    townline: Townline, setting: str, value: str, finding: str
) -> None:
    ran = townline("check", **{setting: value})
    assert ran.code == 1
    assert finding in ran.out
    assert "secret" not in ran.out


def test_a_telegram_secret_that_telegram_refuses(townline: Townline) -> None:
    ran = townline("check", telegram_bot_token="1:a", telegram_webhook_secret="not allowed!")
    assert ran.code == 1
    assert "TELEGRAM_WEBHOOK_SECRET may only have letters, digits, - and _" in ran.out


def test_tables_of_another_version(townline: Townline, postgres_url: str) -> None:
    ran = townline("check", database_url=postgres_url)  # the server's own database, where nothing of ours is
    assert ran.code == 1
    assert "PostgreSQL: tables out of date. Run `townline migrate`." in ran.out


def test_providers_that_accept_us(open_office: OpenOffice, sqlite: Database, townline: Townline) -> None:
    desk = open_office(sqlite)
    ran = townline("check", **settings_of(desk))
    assert ran.code == 0
    assert f"ok TWILIO_* {desk.simulator.twilio_base_url} accepts us" in ran.out
    assert f"ok TELEGRAM_* {desk.simulator.telegram_base_url} accepts us" in ran.out
    assert f"ok PUBLIC_BASE_URL {PUBLIC}" in ran.out
    ran = townline(
        "check", **settings_of(desk) | {"twilio_auth_token": "wrong", "telegram_bot_token": "1:wrong"}
    )
    assert ran.code == 1
    assert (
        "!! TWILIO_* Twilio refuses the credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN." in ran.out
    )
    assert "!! TELEGRAM_* Telegram refuses the token: check TELEGRAM_BOT_TOKEN." in ran.out


REFUSALS = [
    (answer_json([]), 0, "ok geocoder nominatim answers"),
    (Answer(403), 1, "!! geocoder nominatim refuses us: check key and user_agent"),
    (Answer(429), 1, "!! geocoder nominatim says we ask too much"),
    (Answer(500), 1, "!! geocoder nominatim fails (GeocoderServiceError)"),
    (Answer(200, b"<html>"), 1, "!! geocoder nominatim answers nonsense: check domain and scheme"),
    (DROP, 1, "!! geocoder nominatim can't be reached: check domain and network"),
    (Answer(200, b"", hang=True), 1, "!! geocoder nominatim does not answer in time"),
]


@pytest.mark.parametrize(("answer", "code", "finding"), REFUSALS, ids=lambda value: str(value)[:40])
def test_each_geocoder_is_tried(
    townline: Townline, tmp_path: Path, answer: Answer, code: int, finding: str
) -> None:
    with provider(lambda seen: answer) as stub:
        domain = stub.url.removeprefix("http://")
        chain(tmp_path, f"{{name: nominatim, domain: '{domain}', scheme: http, timeout: 0.5}}")
        ran = townline("check")
    assert finding in ran.out
    assert ran.code == code
    assert len(stub.seen) == 1


def test_what_the_public_nominatim_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "within", lambda seconds, call: [])
    assert "whom to write to" in outside.Outside("nominatim", {}).health("Riverton")
    agent = "Riverton 311 (311@riverton.example)"
    assert outside.Outside("nominatim", {"user_agent": agent}).health("Riverton") == ""
    assert outside.Outside("nominatim", {"domain": "maps.riverton.example"}).health("Riverton") == ""


def test_a_geocoders_key_that_is_not_set(townline: Townline, tmp_path: Path) -> None:
    chain(tmp_path, "{name: google, api_key: '${TOWNLINE_TEST_KEY}'}")
    ran = townline("check")
    assert ran.code == 1
    assert re.search(r"!! geocoders config\.yml:\d+: TOWNLINE_TEST_KEY is not set in the environment", ran.out)


def chain(folder: Path, geocoder: str) -> None:
    """Put a geocoder behind the gazetteer in the city's folder."""
    path = folder / "config.yml"
    first = "  - {name: gazetteer}\n"
    written = path.read_text(encoding="utf-8").replace(first, f"{first}  - {geocoder}\n")
    path.unlink()
    path.write_text(written, encoding="utf-8")


# Telegram's webhook ---------------------------------------------------------------------------------


def test_telegram_is_told_where_to_send_updates(townline: Townline, simulator: Simulator) -> None:
    settings = {
        "public_base_url": "https://elsewhere.riverton.example",
        "telegram_api_base_url": simulator.telegram_base_url,
        "telegram_bot_token": "4242:simulated-bot-token",
        "telegram_webhook_secret": "s3cret",
    }
    ran = townline("check", **settings)
    assert "Telegram does not send updates here: run `townline telegram set-webhook`." in ran.out
    ran = townline("telegram", "set-webhook", **settings)
    assert (ran.code, ran.out) == (
        0,
        "Telegram now sends updates to https://elsewhere.riverton.example/webhooks/telegram",
    )
    assert townline("check", **settings).code == 0


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "set TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET first; `townline check` says more."),
        ({"telegram_bot_token": "1:wrong", "telegram_webhook_secret": "s"}, "Telegram refuses the token. "),
        (
            {
                "telegram_bot_token": "4242:simulated-bot-token",
                "telegram_webhook_secret": "s",
                "public_base_url": "http://311.riverton.example",
            },
            "Telegram: Bad webhook: an https url must be provided for webhook. `townline check` says more.",
        ),
    ],
)
def test_telegram_cannot_be_told(
    townline: Townline, simulator: Simulator, settings: dict[str, str], sentence: str
) -> None:
    ran = townline(
        "telegram", "set-webhook", **{"telegram_api_base_url": simulator.telegram_base_url, **settings}
    )
    assert ran.code == 1
    assert ran.err.startswith(f"townline: {sentence}")


# What every command may meet ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "settings", "sentence"),
    [
        ("case list", {"townline_config": "/nowhere/config.yml"}, "/nowhere/config.yml: no such file. "),
        (
            "case list",
            {"database_url": f"postgresql://{NOBODY}/town"},
            "The database does not answer as expected ",
        ),
        ("case list", {"database_url": "mysql://db/town"}, "DATABASE_URL is neither PostgreSQL nor SQLite: "),
        ("places sample", {"nlu_engine": "oracle"}, "NLU_ENGINE is 'oracle'; this build serves: spacy"),
        ("places sample", {"redis_url": "localhost"}, "REDIS_URL: Redis URL must specify one of "),
        ("worker --burst", {"redis_url": f"redis://{NOBODY}"}, "Redis does not answer as expected "),
        ("worker", {}, "REDIS_URL is not set. Without Redis `townline serve` does the worker's job."),
        ("case list", {"log_format": "xml"}, "LOG_FORMAT is neither text nor json"),
        ("worker", {"sentry_dsn": "https://errors.riverton.example"}, "SENTRY_DSN is no address of a Sentry"),
        ("clock", {}, "REDIS_URL is not set. Without Redis `townline serve` does the clock's job."),
    ],
)
def test_what_can_be_mended_is_one_sentence(
    townline: Townline, arguments: str, settings: dict[str, str], sentence: str
) -> None:
    ran = townline(*arguments.split(), **settings)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.partition("townline: ")[2].startswith(sentence)
    assert "Traceback" not in ran.err


def test_a_database_that_was_not_migrated_says_so(townline: Townline, postgres_url: str) -> None:
    ran = townline("case", "list", database_url=postgres_url)
    assert ran.code == 1
    assert "run `townline migrate`" in ran.err


# Routing


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (
            "traffic_signal --at '500 Main St' --when '2026-07-02 16:00'",
            [
                "traffic_signal at 500 Main St (Downtown), Thu Jul 2, 2026 16:00",
                "1 no A tree on wires is the electricians': the service is traffic_signal, not tree",
                "Traffic Engineering, high, due Thu Jul 2, 2026 20:00 (4 hours)",
            ],
        ),
        (
            "pothole_road_damage --attribute lane=bike --when '2026-07-02 16:00'",
            [
                "No rule applies: what the service's file says holds.",
                "Streets, normal, due Fri Jul 10, 2026 17:00 (5 working days)",
            ],
        ),
        (
            "traffic_signal --when '2026-07-02 16:00'",
            ["3 open Signals downtown, in the rush hour: the place is not known", "No rule applies"],
        ),
        ("tree --urgent --when 2026-07-02T16:00", ["Parks, urgent, due Thu Jul 2, 2026 20:00 (4 hours)"]),
        ("other --text 'bus shelter is smashed'", ["Nothing is filed. The resident is told: Bus shelters"]),
    ],
)
def test_explain_says_which_rule_fires_and_why(asked: str, says: list[str], townline: Townline) -> None:
    ran = townline("routing", "explain", "--service", *shlex.split(asked))
    assert ran.code == 0
    for words in says:
        assert words in ran.out


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("potholes", "there is no service 'potholes'; there are: abandoned_bike_scooter,"),
        ("tree --at 'nowhere at all'", "the map knows no 'nowhere at all'."),
        ("tree --at 'Main St, Eastport'", "is not in Riverton."),
        ("tree --when tomorrow", "--when tomorrow: write it as 2026-07-03 18:00."),
        ("tree --attribute lane=bike", "expected CODE=VALUE with one of tree's codes: blocked, state"),
        ("tree --attribute blocked=sky", "--attribute blocked=sky: blocked is one of road, sidewalk"),
    ],
)
def test_explain_says_what_it_cannot_use(asked: str, reason: str, townline: Townline) -> None:
    ran = townline("routing", "explain", "--service", *shlex.split(asked))
    assert ran.code == 1
    assert reason in ran.err
