"""Every language has every sentence, fits its channel, and another one is a catalogue away."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result
from test_wording import CARRIERS, FILLED, LONGEST, ONE_TEXT, TWO_TEXTS

from bot import translations
from bot.config import Config, ConfigError, load
from bot.language_commands import language
from bot.translations import placeholders
from dialogues import catalogue
from dialogues.catalogue import LOCALES, catalogue_of, languages, translate
from dialogues.rendering import render, unaccented
from dialogues.types import City, Described, Option, Say
from dialogues.wording import SENTENCES
from webhooks.gsm7 import is_gsm7

Townline = Callable[..., Result]

ROOT = Path(__file__).parent.parent
TABLE = yaml.safe_load((ROOT / "tests" / "data" / "spanish.yml").read_text(encoding="utf-8"))
TRANSLATED = [each for each in languages() if each != "en"]


def entries(language: str, locales: Path = LOCALES) -> Catalog:
    with catalogue_of(language, locales).open("rb") as file:
        return read_po(file)


def in_spanish(key: str) -> str:
    return translate(key, SENTENCES[key], "es")


# Every language


def test_spanish_is_served(config: Config) -> None:
    assert config.city.languages == ("en", "es")
    assert TRANSLATED == ["es"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_every_sentence(language: str, config: Config) -> None:
    known = entries(language)
    wanted = list(translations.messages(config.city))
    assert {message.context for message in wanted} == {
        *SENTENCES,
        "service",
        "question",
        "answer",
        "stop",
        "department",
    }
    for message in wanted:
        entry = known.get(message.english, message.context)
        assert entry is not None, message
        assert entry.string, message
        assert placeholders(entry.string) == placeholders(message.english), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_nothing_left_to_do(language: str, config: Config) -> None:
    assert translations.check(config.city, language) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_as_the_command_writes_it(language: str, config: Config, tmp_path: Path) -> None:
    """So that an update shows only what a translator has to look at."""
    shutil.copytree(LOCALES, tmp_path, dirs_exist_ok=True)
    written = translations.write(config.city, language, tmp_path)
    assert written.read_bytes() == catalogue_of(language).read_bytes()


# Spanish


@pytest.mark.parametrize("key", [key for key in SENTENCES if f"{key}.sms" not in SENTENCES])
def test_spanish_fits_two_plain_texts_however_it_is_filled(key: str, config: Config) -> None:
    names = {
        each.service_name: translate("service", each.service_name, "es")
        for each in config.city.services.values()
    }
    params = LONGEST | {"service": max(names, key=lambda name: len(names[name]))}
    say = Say(sentence=key.partition(".")[0], params=params)
    text = render(say, config.city, channel="sms", language="es").text
    assert is_gsm7(text), text
    assert len(text) <= TWO_TEXTS, text


def test_spanish_fits_one_text_wherever_english_does(config: Config) -> None:
    long = {}
    for key in SENTENCES:
        say = Say(sentence=key.partition(".")[0], params=FILLED)
        english, spanish = (
            render(say, config.city, channel="sms", language=each).text for each in ("en", "es")
        )
        if len(spanish) > ONE_TEXT >= len(english):
            long[key] = spanish
    assert not long


@pytest.mark.parametrize("key", SENTENCES)
def test_commands_are_spanish(key: str) -> None:
    spanish = in_spanish(key)
    for ours, theirs in TABLE["commands"].items():
        named = re.search(rf"\b{ours}\b", SENTENCES[key]) is not None
        assert named == (re.search(rf"\b{theirs}\b", spanish) is not None), (ours, spanish)
        assert not re.search(rf"\b{ours}\b", spanish), spanish


@pytest.mark.parametrize("key", ["opted_out", "start_hint"])
def test_the_carriers_own_word_for_opting_in_stays(key: str) -> None:
    assert "Responda START" in in_spanish(key)


@pytest.mark.parametrize("key", [key for key in SENTENCES if key != "help.sms"])
def test_no_spanish_sentence_asks_for_a_carriers_word(key: str) -> None:
    words = (*CARRIERS, "ALTO", "PARAR", "BAJA", "CANCELAR", "TERMINAR")
    assert not re.search(rf"\b(?:{'|'.join(words)})\b", in_spanish(key))


def test_spanish_says_usted(config: Config) -> None:
    informal = re.compile(rf"\b(?:{'|'.join(TABLE['informal'])})\b", re.IGNORECASE)
    assert informal.search("Dime qué pasa")
    said = {
        message.english: translate(message.context, message.english, "es")
        for message in translations.messages(config.city)
    }
    assert not {english: spanish for english, spanish in said.items() if informal.search(spanish)}


def test_the_spanish_emergency_line_says_what_it_has_to(config: Config) -> None:
    line = render(Say(sentence="emergency"), config.city, channel="sms", language="es").text
    assert len(line) <= ONE_TEXT
    assert line.startswith("Esto puede ser una EMERGENCIA. Llame al 911 ya")  # first who to call
    assert "texto al 911 si no puede hablar" in line
    assert "311 no manda policia, bomberos ni ambulancia" in line  # nobody may think that help is on its way
    assert line.endswith("Responda 311.")
    question = render(Say(sentence="emergency_question"), config.city, channel="sms", language="es").text
    assert question.index("911") < question.index("¿")
    assert "el 311 no manda auxilio" in question


def test_spanish_help_by_sms_has_what_carriers_require(config: Config) -> None:
    text = render(Say(sentence="help"), config.city, channel="sms", language="es").text
    for required in (
        config.city.program,
        config.city.phone,
        "cargos de mensajes y datos",
        "STOP para no recibir mas",
    ):
        assert required in text


# Words, choices, days and accents


def test_words_of_the_city_are_translated_and_places_are_not(config: Config) -> None:
    service = Described(service_name="Missed pickup or cart", answers=("Recycling",))
    say = Say(sentence="confirm", params={"service": service, "place": "Water"})
    assert said(say, config.city, "sms") == (
        "Recolección de basura o bote (Reciclaje) en Water. Responda SÍ para enviarlo, o dígame qué cambiar."
    ).translate(str.maketrans("óÍí", "oIi"))
    filed = Say(
        sentence="stands_received", params={"department": "Water", "due": datetime(2026, 9, 30, 15, tzinfo=UTC)}
    )
    assert said(filed, config.city) == "Enviado a Agua, primera revisión a más tardar el mié 30 sept."
    asked = Say(sentence="ask_attribute", params={"question": "Which pest is it?"})
    assert said(asked, config.city) == "¿Qué plaga es?"


def test_an_answer_in_words_stays_as_it_was_given(config: Config) -> None:
    service = Described(service_name="Abandoned vehicle", answers=("red Toyota",))
    say = Say(sentence="confirm", params={"service": service, "place": "500 Main St"})
    assert said(say, config.city).startswith("Vehículo abandonado (red Toyota) en 500 Main St.")


def test_choices_are_translated_and_places_are_not(config: Config) -> None:
    options = (
        Option(label="Graffiti", value="service:graffiti"),
        Option(label="Power", value="answer:utility:power"),
        Option(label="Power", value="place:1"),
        Option(label="option_none", value="none"),
    )
    say = Say(sentence="choose_service", options=options)
    assert said(say, config.city, "sms").splitlines()[1:] == [
        "1. Grafiti", "2. Electricidad", "3. Power", "4. Ninguno de estos",
    ]  # fmt: skip
    buttons = render(say, config.city, channel="telegram", language="es").options
    assert [button.label for button in buttons] == ["Grafiti", "Electricidad", "Power", "Ninguno de estos"]
    assert [button.value for button in buttons] == [option.value for option in options]


@pytest.mark.parametrize(
    ("channel", "text"),
    [
        ("sms", "Perdon, no entendi."),
        ("whatsapp", "Perdón, no entendí."),
        ("telegram", "Perdón, no entendí."),
    ],
)
def test_only_sms_goes_without_accents(channel: str, text: str, config: Config) -> None:
    assert said(Say(sentence="not_understood"), config.city, channel) == text


@pytest.mark.parametrize(("written", "sent"), TABLE["accents"])
def test_accents_that_sms_lacks_are_left_out(written: str, sent: str) -> None:
    assert unaccented(written) == sent


@pytest.mark.parametrize(("on", "language", "said"), TABLE["days"])
def test_a_day_is_said_in_the_language(on: date, language: str, said: str) -> None:
    noon = datetime.combine(on, time(17), tzinfo=UTC)
    assert catalogue.day(noon, "America/Chicago", language) == said


def said(say: Say, city: City, channel: str = "telegram") -> str:
    return render(say, city, channel=channel, language="es").text


# What a check finds


SPOILED = {
    "missing": ("not_understood", "", "has no translation"),
    "placeholder lacking": ("photo_added", "Gracias.", "lacks {number}"),
    "placeholder too many": ("welcome", "De nada, {nombre}.", "has {nombre} too many"),
    "open brace": ("photo_added", "Gracias {number", "a { or } stands alone"),
    "one text becomes two": ("welcome", "De nada. " * 20, "where English fits 160"),
    "too long": ("help.sms", "{program} {phone} {emergency_number} " + "a" * 300, "320 at most"),
    "dear sign": ("welcome", "De nada ❤", "SMS lacks ❤"),
    "carriers' word": ("welcome", "De nada. Responda END.", "END: carriers"),
}


@pytest.mark.parametrize(("key", "spanish", "reason"), SPOILED.values(), ids=SPOILED)
def test_what_is_wrong_is_found(key: str, spanish: str, reason: str, config: Config, tmp_path: Path) -> None:
    respell(tmp_path, {key: spanish})
    [problem] = [each for each in translations.check(config.city, "es", tmp_path) if each.context == key]
    assert reason in problem.reason


def test_a_sentence_whose_english_changed_is_marked_and_not_said(config: Config, tmp_path: Path) -> None:
    path = respell(tmp_path, {})
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "You\'re welcome!"', 'msgid "Gladly!"'), encoding="utf-8")
    assert [each.kind for each in translations.check(config.city, "es", tmp_path)] == ["missing", "unused"]
    translations.write(config.city, "es", tmp_path)
    assert [each.kind for each in translations.check(config.city, "es", tmp_path)] == ["changed"]
    entry = entries("es", tmp_path).get(SENTENCES["welcome"], "welcome")
    assert entry is not None
    assert (entry.string, entry.fuzzy) == ("¡De nada!", True)
    assert translate("welcome", SENTENCES["welcome"], "es", tmp_path) == SENTENCES["welcome"]


def respell(locales: Path, sentences: dict[str, str]) -> Path:
    """Write the Spanish catalogue into `locales` with other translations for some sentences."""
    shutil.copytree(LOCALES, locales, dirs_exist_ok=True)
    path = catalogue_of("es", locales)
    lines = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        key = re.search(r'^msgctxt "(.+)"$', block, re.MULTILINE)
        if key and key[1] in sentences:
            head, _, _ = block.partition("\nmsgstr ")
            block = f'{head}\nmsgstr "{sentences[key[1]]}"'
        lines.append(block)
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


# A third language


FRENCH = {"welcome": "Je vous en prie !", "confirm": "{service}, {place}. Répondez OUI pour l'envoyer."}


@pytest.fixture
def townline(config: Config) -> Townline:
    """Run `townline language` for the demo city."""
    runner = CliRunner(env={"TOWNLINE_CONFIG": str(config.config_file)})

    def run(*arguments: str) -> Result:
        return runner.invoke(language, arguments)

    return run


def test_a_third_language_is_a_catalogue_away(townline: Townline, tmp_path: Path) -> None:
    locales = tmp_path / "locales"
    shutil.copytree(LOCALES, locales)
    assert townline("new", "fr", "--locales", str(locales)).exit_code == 0
    path = catalogue_of("fr", locales)
    empty = path.read_text(encoding="utf-8")
    assert not any(entry.string for entry in entries("fr", locales) if entry.id)
    path.write_text(filled(empty, FRENCH), encoding="utf-8")
    city = served(tmp_path, "[en, fr]", locales).city

    def french(key: str, **params: str) -> str:
        say = Say(sentence=key, params=params)
        return render(say, city, channel="telegram", language="fr", locales=locales).text

    assert city.languages == ("en", "fr")
    assert french("welcome") == "Je vous en prie !"
    assert french("confirm", service="Noise", place="500 Main St") == (
        "Noise, 500 Main St. Répondez OUI pour l'envoyer."
    )
    assert french("change_service") == SENTENCES["change_service"]  # not translated yet: better than nothing
    left = townline("check", "fr", "--locales", str(locales))
    assert left.exit_code == 1
    to_translate = len(entries("fr", locales)) - len(FRENCH)
    assert f"{to_translate + len(city.answers)} to do" in left.output
    reasons = [each.reason for each in translations.check(city, "fr", locales)]
    assert "data/answers/hours.yml has no answer in fr" in reasons


def filled(empty: str, sentences: dict[str, str]) -> str:
    """Translate some of an empty catalogue's messages, as in an editor."""
    for key, translation in sentences.items():
        before, context, after = empty.partition(f'msgctxt "{key}"\n')
        assert context
        empty = before + context + after.replace('msgstr ""', f'msgstr "{translation}"', 1)
    return empty


def served(folder: Path, served: str, locales: Path) -> Config:
    """Return the configuration of a city that serves these languages."""
    (folder / "data").symlink_to(ROOT / "data")
    text = (ROOT / "config.yml").read_text(encoding="utf-8")
    changed = re.sub(r"^  languages: .*$", f"  languages: {served}", text, flags=re.MULTILINE)
    (folder / "config.yml").write_text(changed, encoding="utf-8")
    return load({"TOWNLINE_CONFIG": str(folder / "config.yml")}, locales)


@pytest.mark.parametrize(
    ("languages", "reason"),
    [
        ("[en, xx]", "there is no catalogue for 'xx', only for en, es"),
        ("[en, es, es]", "es is in the list already"),
        ("[]", "at least 1 item"),
        ("[en, no]", "should be a valid string"),  # YAML reads Norwegian as false
    ],
)
def test_a_language_that_cannot_be_served_is_refused(languages: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=rf"config\.yml:\d+: .*{re.escape(reason)}"):
        served(tmp_path, languages, LOCALES)


def test_the_first_language_is_the_citys_own(tmp_path: Path) -> None:
    assert served(tmp_path, "[es, en]", LOCALES).city.languages == ("es", "en")


# The command


def test_a_complete_language_passes(townline: Townline) -> None:
    result = townline("check")
    assert (result.exit_code, result.output.strip()) == (0, "es: complete.")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("new", "en"), "'en' can't be added"),
        (("new", "spanish"), "write another language's code"),
        (("new", "../es"), "write another language's code"),
        (("new", "es"), "there is a catalogue for es"),
        (("check", "fr"), "there is no catalogue for 'fr'"),
        (("update", "en"), "there is no catalogue for 'en'"),
    ],
)
def test_a_language_command_that_cannot_be_done(
    arguments: tuple[str, ...], reason: str, townline: Townline
) -> None:
    result = townline(*arguments)
    assert result.exit_code == 1
    assert reason in result.output


def test_an_update_keeps_what_is_translated(townline: Townline, tmp_path: Path) -> None:
    path = respell(tmp_path, {"welcome": "Con mucho gusto."})
    before = path.read_bytes()
    path.write_bytes(before.replace(b'msgctxt "never_mind"', b'msgctxt "gone"'))
    assert townline("update", "es", "--locales", str(tmp_path)).exit_code == 0
    known = entries("es", tmp_path)
    welcome, gone = (known.get(SENTENCES[key], key) for key in ("welcome", "never_mind"))
    assert welcome is not None
    assert gone is not None
    assert (welcome.string, gone.string) == ("Con mucho gusto.", "")
    assert b'"gone"' not in path.read_bytes()
