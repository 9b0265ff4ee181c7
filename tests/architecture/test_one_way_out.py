"""Requests to other servers leave by one client; what would let it reach our own inside is set by tests only."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "amends"
CLIENT = SOURCE / "kit" / "outgoing.py"

_CLIENTS = {
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "urllib.request",
    "http.client",
    "httplib2",
    "pycurl",
    "niquests",
}
_CLIENTS |= {"ftplib", "xmlrpc.client", "websockets", "websocket", "telnetlib"}


def clients_imported(source: str) -> list[str]:
    """The HTTP clients that a module imports, by any spelling of the import."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in {
            "import_module",
            "__import__",
        }:
            names += [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return sorted({name for name in names if any(name == c or name.startswith(f"{c}.") for c in _CLIENTS)})


def inside_opened(source: str) -> list[int]:
    """The lines where the client is told that a private network counts as public, or resolves names some other way."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and any(keyword.arg in {"networks", "resolve"} for keyword in node.keywords)
    ]


def test_only_the_client_imports_an_http_library():
    found = {
        str(path.relative_to(SOURCE)): imported
        for path in SOURCE.rglob("*.py")
        if path != CLIENT and (imported := clients_imported(path.read_text(encoding="utf-8")))
    }
    assert found == {}
    assert clients_imported(CLIENT.read_text(encoding="utf-8")) != []


def test_no_code_opens_a_private_network():
    found = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if (lines := inside_opened(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "import requests",
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "from http import client",
        "import http.client as web",
        "from urllib3.util import Retry",
        "import_module('httpx')",
        "def f():\n    import aiohttp",
    ],
)
def test_an_import_of_a_client_is_seen(source):
    assert clients_imported(source) != []


def test_an_opened_network_is_seen():
    assert inside_opened("Allow(networks=(loopback,))") == [1]
