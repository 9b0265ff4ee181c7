"""Words that this reader may not know are taken out of what people wrote, before a page leaves.

What people wrote is marked on every page: it carries `dir="auto"`, because nobody knows in which direction it runs. So
there is one place where it is found, and a new page cannot forget it. What the application itself says stays untouched,
also where somebody's name is one of its words.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.html import escape

Hides = Callable[[str], str]

_PIECES = re.compile(r"""<!--.*?-->|<(?:"[^"]*"|'[^']*'|[^'">])*>|[^<]+|<""", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_SAID = re.compile(r"""(\s(?:title|aria-label|alt|placeholder)=")([^"]*)(")""")
_VALUE = re.compile(r"""(\svalue=")([^"]*)(")""")
_VOID = frozenset({"input", "img", "br", "hr", "meta", "link", "source", "wbr", "use"})
#: Fields in which somebody types; what is chosen has codes for values.
_TYPED = re.compile(r"""\stype="(?:text|search|email|tel)\"""")


def hide_in_page(page: str, hides: Hides, *, is_answer: bool = False) -> str:
    """The page with the words hidden in what people wrote.

    In an answer to what somebody sent, the fields hold what they typed themselves, and stay as they are.
    """
    return "".join(_hidden(page, hides, is_answer))


def _hidden(page: str, hides: Hides, is_answer: bool) -> Iterator[str]:
    within, depth = "", 0
    for piece in _PIECES.findall(page):
        if not piece.startswith("<"):
            yield _without(piece, hides) if depth else piece
            continue
        found = _TAG.match(piece)
        if found is None:
            yield piece
            continue
        closes, name = found[1] == "/", found[2].lower()
        if depth and name == within:
            depth += -1 if closes else 1
        elif not depth and not closes and name not in _VOID and _begins(name, piece, is_answer):
            within, depth = name, 1
        yield _attributes(name, piece, hides, is_answer)


def _begins(name: str, piece: str, is_answer: bool) -> bool:
    if name == "textarea":
        return not is_answer
    # What only screen readers hear repeats what people wrote: which of several buttons this one is.
    return name == "option" or 'dir="auto"' in piece or 'class="visually-hidden"' in piece


def _attributes(name: str, piece: str, hides: Hides, is_answer: bool) -> str:
    def without(found: re.Match[str]) -> str:
        return f"{found[1]}{_without(found[2], hides)}{found[3]}"

    piece = _SAID.sub(without, piece)
    if name == "input" and not is_answer and _TYPED.search(piece):
        piece = _VALUE.sub(without, piece)
    return piece


def _without(text: str, hides: Hides) -> str:
    plain = unescape(text)
    hidden = hides(plain)
    return text if hidden == plain else escape(hidden)


class Hiding:
    """Takes out what a view has said may not be read by whoever asks (`request.hides`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        hides: Hides | None = getattr(request, "hides", None)
        if hides is None or not isinstance(response, HttpResponse):
            return response
        if response.get("Content-Type", "").startswith("text/html"):
            page = response.content.decode(response.charset or "utf-8")
            response.content = hide_in_page(page, hides, is_answer=request.method == "POST")
        return response
