"""Whether markup can do nothing: two parsers look at it, and only what is known to be harmless may be there."""

import re
from html.parser import HTMLParser

from lxml import html as lxml_html

# Written out here and not taken from the code, so that a slip of its allow-list shows.
HARMLESS_TAGS = {
    *("p", "div", "br", "hr", "a", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("b", "strong", "i", "em", "u", "s", "sub", "sup"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
REL = "noopener noreferrer nofollow"
HARMLESS_ADDRESS = re.compile(r"(https?://[^\s/?#@\\]+([/?#].*)?|mailto:.+|tel:.+)", re.IGNORECASE | re.DOTALL)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.other: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.other.append(data)

    def handle_decl(self, decl):
        self.other.append(decl)

    def handle_pi(self, data):
        self.other.append(data)

    def unknown_decl(self, data):
        self.other.append(data)


def dangers(markup: str) -> list[str]:
    """Everything in the markup that is not known to be harmless, as both parsers see it; empty when inert."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    found = [f"not an element: {other!r}" for other in reader.other]
    for tag, attributes in reader.elements:
        found += _of_element(tag, attributes)
    if markup.strip():
        for element in lxml_html.fragment_fromstring(markup, create_parent="section").iterdescendants():
            if not isinstance(element.tag, str):
                found.append(f"not an element: {element!r}")
            else:
                found += _of_element(element.tag, dict(element.attrib))
    return found


def _of_element(tag: str, attributes: dict[str, str | None]) -> list[str]:
    found = [] if tag in HARMLESS_TAGS else [f"the element {tag}"]
    for name, value in attributes.items():
        value = value or ""
        fine = (
            (name == "href" and tag == "a" and HARMLESS_ADDRESS.fullmatch(value) is not None)
            or (name == "rel" and tag == "a" and value == REL)
            or (name == "dir" and value in {"ltr", "rtl", "auto"})
            or (name in {"colspan", "rowspan"} and tag in {"td", "th"} and re.fullmatch("[1-9][0-9]?", value))
        )
        if not fine:
            found.append(f"the attribute {name}={value!r} of {tag}")
    if tag == "a" and attributes.get("rel") != REL:
        found.append("a link without rel")
    return found
