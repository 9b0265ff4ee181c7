"""Settings from the environment: what is read, and what is said of a value that cannot be used."""

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from amends.kit.dialect import database_settings
from amends.project import environment as env

pytestmark = pytest.mark.engineless

NAME = "AMENDS_TRIED"


@pytest.fixture(autouse=True)
def _nothing_declared(monkeypatch):
    monkeypatch.setattr(env, "_DECLARED", [])


@pytest.fixture
def given(monkeypatch):
    """Set the variable, or take it away."""

    def put(value: str | None) -> None:
        if value is None:
            monkeypatch.delenv(NAME, raising=False)
        else:
            monkeypatch.setenv(NAME, value)

    return put


def number() -> int:
    return env.number(NAME, "8000", "A port.", least=1, most=65535)


def smtp() -> str:
    return env.service(NAME, "Mail.", schemes=("smtp",), options={"tls": ("start", "yes", "no")})


GOOD = [
    (number, "9000", 9000),
    (number, " 9000 ", 9000),
    (number, "65535", 65535),
    (lambda: env.flag(NAME, "no", "On?"), "YES", True),
    (lambda: env.flag(NAME, "yes", "On?"), "off", False),
    (lambda: env.text(NAME, "x", "Words."), "  two words ", "two words"),
    (lambda: env.path(NAME, "x", "Where."), "~/a", Path("~/a").expanduser()),
    (lambda: env.path(NAME, "x", "Where."), "a/b", Path("a/b").absolute()),
    (lambda: env.choice(NAME, "a", "Which.", of=("a", "b")), "b", "b"),
    (lambda: env.address(NAME, "http://localhost:8000", "Address."), "https://a.example/", "https://a.example"),
    (lambda: env.address(NAME, "http://localhost:8000", "Address."), "http://[::1]:8000", "http://[::1]:8000"),
    (smtp, "smtp://u:p%40ss@mail.example:587?tls=yes", "smtp://u:p%40ss@mail.example:587?tls=yes"),
    (lambda: env.secret(NAME, "Secret."), "s" * 32, "s" * 32),
]


@pytest.mark.parametrize(("read", "value", "expected"), GOOD)
def test_a_value_is_read_as_its_kind(given, read, value, expected):
    given(value)
    assert read() == expected


DEFAULTS = [
    (number, 8000),
    (lambda: env.flag(NAME, "yes", "On?"), True),
    (lambda: env.path(NAME, "amends-data", "Where."), Path("amends-data").absolute()),
    (lambda: env.choice(NAME, "a", "Which.", of=("a", "b")), "a"),
    (lambda: env.address(NAME, "http://localhost:8000", "Address."), "http://localhost:8000"),
    (lambda: env.text(NAME, "127.0.0.1", "Where to listen."), "127.0.0.1"),
    (smtp, ""),
    (lambda: env.secret(NAME, "Secret."), ""),
]


@pytest.mark.parametrize("value", [None, "", "  "])
@pytest.mark.parametrize(("read", "expected"), DEFAULTS)
def test_empty_is_as_good_as_not_there(given, read, expected, value):
    """A data directory of "" would otherwise be whatever directory one happens to stand in."""
    given(value)
    assert read() == expected


BAD = [
    (number, "0", "AMENDS_TRIED is '0': it has to be a whole number from 1 to 65535."),
    (number, "65536", "from 1 to 65535"),
    (number, "8e3", "is '8e3'"),
    (number, "-1", "from 1 to 65535"),
    (number, "²", "from 1 to 65535"),
    (lambda: env.flag(NAME, "no", "On?"), "maybe", "it has to be yes or no"),
    (lambda: env.choice(NAME, "a", "Which.", of=("a", "b")), "c", "it has to be one of a, b"),
    *[
        (lambda: env.address(NAME, "http://x", "Address."), value, "https://complaints.example.com")
        for value in ("complaints.example", "ftp://a.example", "https://", "https://a/b", "http://a:b", "http://[::1")
    ],
    (smtp, "mail.example:25", "it has to begin with smtp://"),
    (smtp, "smtp://mail.example:port", "its host or its port"),
    # Anything else would have meant no encryption at all.
    (smtp, "smtp://mail.example?tls=on", "tls= has to be one of start, yes, no"),
]


@pytest.mark.parametrize(("read", "value", "sentence"), BAD)
def test_a_value_that_cannot_be_used_says_what_to_write_instead(given, read, value, sentence):
    given(value)
    with pytest.raises(ImproperlyConfigured) as raised:
        read()
    assert str(raised.value).startswith(NAME)
    assert sentence in str(raised.value)


SECRET = [
    (lambda: env.secret(NAME, "Secret."), "swordfish", "at least 32 characters"),
    (smtp, "smtp://u:swordfish@mail.example:x", "its port"),
    (smtp, "http://u:swordfish@mail.example", "smtp://"),
    (smtp, "smtp://u:swordfish@mail.example?tls=maybe", "tls="),
]


@pytest.mark.parametrize(("read", "value", "sentence"), SECRET)
def test_what_may_hold_a_secret_is_not_repeated(given, read, value, sentence):
    given(value)
    with pytest.raises(ImproperlyConfigured, match=sentence) as raised:
        read()
    assert "swordfish" not in f"{raised.value}{raised.value.__cause__}"


@pytest.mark.parametrize("pool", ["many", "0", "-1", ""])
def test_the_size_of_the_pool_is_a_number(pool):
    url = f"postgresql://u:swordfish@host/name?pool={pool}"
    if pool == "":  # left out, as far as addresses go
        assert database_settings(url, Path())["default"]["OPTIONS"]["pool"]["max_size"] == 8
        return
    with pytest.raises(ImproperlyConfigured, match="pool=") as raised:
        database_settings(url, Path())
    assert "swordfish" not in str(raised.value)


def test_a_slip_in_a_name_is_noticed_with_the_name_that_was_meant(monkeypatch):
    for name in [name for name in os.environ if name.startswith("AMENDS_")]:
        monkeypatch.delenv(name)
    env.text("AMENDS_SMTP_URL", "", "Mail.")
    assert env.unknown() == {}
    monkeypatch.setenv("AMENDS_SMPT_URL", "x")
    monkeypatch.setenv("AMENDS_ZZZ", "x")
    monkeypatch.setenv("AMENDS_TEST_ENGINE", "sqlite")
    assert env.unknown() == {"AMENDS_SMPT_URL": "AMENDS_SMTP_URL", "AMENDS_ZZZ": ""}
