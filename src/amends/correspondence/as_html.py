"""The HTML side of a mail: the same words as its text, nothing that is fetched, and no link but to our own pages."""

import re

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from amends.correspondence.models import Delivery

_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur"})


def as_html(delivery: Delivery) -> str:
    """A page of paragraphs. What people wrote stands there as text; an address in it is not made a link."""
    paragraphs = [part for part in re.split(r"\n\s*\n", delivery.body) if part.strip()]
    body = format_html_join("\n", "<p>{}</p>", ((_lines(part),) for part in paragraphs))
    direction = "rtl" if delivery.language in _RIGHT_TO_LEFT else "ltr"
    page = format_html(
        '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8"><title>{}</title></head>'
        "<body>{}</body></html>",
        delivery.language,
        direction,
        delivery.subject,
        body,
    )
    return str(page)


def _lines(paragraph: str) -> SafeString:
    return format_html_join(format_html("<br>{}", "\n"), "{}", ((_line(line),) for line in paragraph.split("\n")))


def _line(line: str) -> SafeString | str:
    address = line.strip()
    if address.startswith(f"{settings.AMENDS_PUBLIC_URL}/") and re.fullmatch(r"[!-~]+", address):
        return format_html('<a href="{0}">{0}</a>', address)
    return line
