"""The one HTML sink: only here does text from outside become markup that a page trusts.

What leaves was written by nh3 (a browser's parser and an allow-list) or was escaped sign by sign.
"""

import re
import unicodedata
from html import escape, unescape
from html.parser import HTMLParser

import nh3
from django.utils.safestring import SafeString, mark_safe

from amends.kit.text import clean_text
from amends.rendering.links import LINK_REL, address_shown, link_address, misleading

_INLINE = {"a", "b", "strong", "i", "em", "u", "s", "sub", "sup", "code"}
_BLOCKS = {"p", "div", "blockquote", "pre", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption"}
_TABLE_PARTS = {"thead", "tbody", "tfoot", "tr", "th", "td"}
_VOID = {"br", "hr"}
ALLOWED = _INLINE | _BLOCKS | _TABLE_PARTS | _VOID

# Whose content is not text for a reader either.
_GONE_WITH_CONTENT = {
    *("script", "style", "title", "template", "noscript", "noembed", "noframes", "iframe", "object", "embed"),
    *("applet", "svg", "math", "audio", "video", "canvas", "select", "textarea", "xmp", "plaintext", "frameset"),
}

# The parser is quadratic in depth and in open formatting tags that differ (130 KB can become 350 MB): what is longer
# or more tangled than any honest mail is shown as text.
LONGEST = 512 * 1024
LONGEST_CLEAN = 2 * LONGEST
MOST_TAGS = 10_000
_MOST_ODD_FORMATTING = 20
_FORMATTING = r"(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)"
_FORMATTING_TAG = re.compile(rf"<({_FORMATTING})[\s/][^<>]*>", re.IGNORECASE)
_ODD_FORMATTING = re.compile(rf"<{_FORMATTING}[\s/]", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_EMBEDDED_DATA = re.compile(r"data:[^\"'\s<>]{1000,}", re.IGNORECASE)


def _kept_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return link_address(value)
    if attribute in {"colspan", "rowspan"}:
        return value if re.fullmatch(r"[1-9][0-9]?", value) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=ALLOWED,
    clean_content_tags=_GONE_WITH_CONTENT,
    attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    tag_attribute_values={tag: {"dir": {"ltr", "rtl", "auto"}} for tag in _BLOCKS | _TABLE_PARTS},
    attribute_filter=_kept_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel=LINK_REL,
)


def clean_html(html: str) -> SafeString:
    """Markup from outside (the body of a mail) as it may stand in a page: no scripts, no styles, nothing that loads.

    A link whose text looks like another address is followed by its real host in brackets.
    """
    once = _cleaned(html)
    if once is None:
        return plain_text_as_html(_text_between_tags(html))
    links = _WithTrueAddresses()
    links.feed(once)
    links.close()
    # Cleaned once more, so that what a browser gets was always written by the cleaner itself.
    return mark_safe(_CLEANER.clean("".join(links.written)))  # noqa: S308  # this is the sink


def plain_text_as_html(text: str) -> SafeString:
    """Plain text as paragraphs and lines; only bare http and https addresses become links."""
    paragraphs = re.split(r"\n[^\S\n]*\n\s*", clean_text(text))
    shown = (f'<p dir="auto">{_with_links(paragraph)}</p>' for paragraph in paragraphs if paragraph.strip())
    return mark_safe("\n".join(shown))  # noqa: S308  # this is the sink


def html_as_text(html: str) -> str:
    """What a person reads in the markup, as plain text: paragraphs, list marks, quotations, addresses behind links."""
    clean = _cleaned(html)
    if clean is None:
        return _text_between_tags(html)
    reader = _AsText()
    reader.feed(clean)
    reader.close()
    return reader.text()


def _cleaned(html: str) -> str | None:
    """The cleaner's markup; None when the input is longer or more tangled than can be parsed in bounded time."""
    simpler = _EMBEDDED_DATA.sub("", html.encode("utf-8", "replace").decode())
    # Without attributes, equal formatting tags are few at any moment: the parser keeps three of a kind.
    simpler = _FORMATTING_TAG.sub(r"<\1>", simpler)
    if (
        len(simpler) > LONGEST
        or simpler.count("<") > MOST_TAGS
        or sum(1 for _ in _ODD_FORMATTING.finditer(simpler)) > _MOST_ODD_FORMATTING
    ):
        return None
    clean = _CLEANER.clean(_CONTROLS.sub("", simpler.replace("\f", " ")))
    return clean if len(clean) <= LONGEST_CLEAN else None


def _text_between_tags(html: str) -> str:
    """Text out of markup that is not parsed: rough, but in time that grows with length only."""
    kept, low, start = [], html.lower(), 0
    while True:
        found = [(at, tag) for tag in ("script", "style") if (at := low.find(f"<{tag}", start)) >= 0]
        at, tag = min(found, default=(-1, ""))
        kept.append(html[start : at if at >= 0 else None])
        end = low.find(f"</{tag}", at) if at >= 0 else -1
        if end < 0:
            break
        start = end
    lines = re.sub(r"<(?:br|/p|/div|/tr|/li|/h[1-6])[^<>]*>", "\n", "".join(kept), flags=re.IGNORECASE)
    return clean_text(unescape(re.sub(r"<[^<>]*>", "", lines)))


_BARE_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'`{}|\\^]+", re.IGNORECASE)


def _with_links(paragraph: str) -> str:
    pieces, last = [], 0
    for found in _BARE_ADDRESS.finditer(paragraph):
        address = _without_sentence_end(found.group())
        if link_address(address) != address:
            continue
        pieces.append(escape(paragraph[last : found.start()]))
        pieces.append(f'<a href="{escape(address)}" rel="{LINK_REL}">{escape(address)}</a>')
        last = found.start() + len(address)
    pieces.append(escape(paragraph[last:]))
    return "".join(pieces).replace("\n", "<br>")


def _without_sentence_end(address: str) -> str:
    """The address without the full stop or bracket of the sentence around it."""
    length = len(address)
    closing = address.count(")") - address.count("(")
    while length and (address[length - 1] in ".,;:!?*_~]…»”’" or (address[length - 1] == ")" and closing > 0)):
        closing -= address[length - 1] == ")"
        length -= 1
    return address[:length]


class _WithTrueAddresses(HTMLParser):
    """Reads cleaned markup and writes it again, with the real host after each link that pretends another."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._open_links: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        self.written.append(f"<{tag}{told}>")
        if tag == "a":
            self._open_links.append((dict(attrs).get("href") or "", []))

    def handle_data(self, data: str) -> None:
        # Written as &#1; they come through the parser.
        data = _CONTROLS.sub("", data)
        if self._open_links:
            # Steering signs in a link could turn its address around.
            data = "".join(sign for sign in data if unicodedata.bidirectional(sign) not in _STEERING)
        for _, text in self._open_links:
            text.append(data)
        self.written.append(escape(data))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open_links:
            href, text = self._open_links.pop()
            if href and misleading("".join(text), href):
                told = f" [{address_shown(href)}]"
                self.written.append(escape(told))
                for _, outer in self._open_links:
                    outer.append(told)
        self.written.append(f"</{tag}>")


_STEERING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


class _AsText(HTMLParser):
    """Reads cleaned markup and keeps what a reader sees."""

    DEEPEST_QUOTE = 5

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._texts = [_Lines()]
        self._quotes = 0
        self._preformatted = 0
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._texts[-1].write("\n")
        elif tag == "hr":
            self._texts[-1].apart(2)
            self._texts[-1].write("---")
        elif tag == "blockquote":
            self._quotes += 1
            if self._quotes <= self.DEEPEST_QUOTE:
                self._texts.append(_Lines())
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self._texts[-1].pieces)))
        elif tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else None)
        self._preformatted += tag == "pre"
        self._apart(tag)
        if tag == "li":
            self._texts[-1].write(self._list_mark())

    def _apart(self, tag: str) -> None:
        if tag in _LINES_APART:
            self._texts[-1].apart(_LINES_APART[tag])

    def _list_mark(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number + 1}. "

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._end_quote()
        elif tag == "a":
            self._end_link()
        elif tag in {"td", "th"}:
            self._texts[-1].write("\t")
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        self._preformatted -= tag == "pre"
        self._apart(tag)

    def _end_quote(self) -> None:
        if self._quotes <= self.DEEPEST_QUOTE and len(self._texts) > 1:
            quoted = self._texts.pop().text().split("\n")
            self._texts[-1].apart(2)
            self._texts[-1].write("\n".join(f"> {line}".rstrip() for line in quoted))
            self._texts[-1].apart(2)
        self._quotes -= 1

    def _end_link(self) -> None:
        href, start = self._links.pop() if self._links else ("", 0)
        address = href.partition(":")[2] if href.startswith(("mailto:", "tel:")) else href
        if address and address not in "".join(self._texts[-1].pieces[start:]):
            self._texts[-1].write(f" <{address}>")

    def handle_data(self, data: str) -> None:
        if self._preformatted:
            self._texts[-1].write(data)
        else:
            self._texts[-1].write_flowing(re.sub(r"[ \t\r\n\f]+", " ", data))

    def text(self) -> str:
        while len(self._texts) > 1:
            self._end_quote()
        return clean_text(self._texts[-1].text())


_LINES_APART = {"div": 1, "tr": 1, "li": 1, "ul": 1, "ol": 1, "caption": 1} | dict.fromkeys(
    ("p", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6"), 2
)


class _Lines:
    """Text that grows by pieces and knows how many line breaks come before the next one."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._breaks = 0

    def apart(self, breaks: int) -> None:
        """What comes next begins so many lines further down."""
        self._breaks = max(self._breaks, breaks)

    def write_flowing(self, text: str) -> None:
        if self._breaks or not self.pieces or self.pieces[-1].endswith(("\n", " ", "\t")):
            text = text.removeprefix(" ")
        self.write(text)

    def write(self, text: str) -> None:
        if not text:
            return
        if self.pieces and self._breaks:
            self.pieces.append("\n" * self._breaks)
        self._breaks = 0
        self.pieces.append(text)

    def text(self) -> str:
        lines = "\n".join(line.rstrip() for line in "".join(self.pieces).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")
