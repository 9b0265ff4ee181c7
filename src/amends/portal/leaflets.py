"""The same information on paper: leaflet, large print and poster, as PDF and as a page (R-7.1-01, R-7.1-02)."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amends.portal.information import Body, Section, sections_now, ways_now
from amends.portal.visiting import PortalVisit, for_the_public
from amends.rendering.pdf import Template, Value, pdf
from amends.rendering.qr import Qr, qr
from amends.ui import formatting


@require_safe
@for_the_public
def leaflet(visit: PortalVisit) -> HttpResponse:
    """As a page, to read or to print."""
    context = {
        "sections": sections_now(visit.organisation, visit.now),
        "address": shown_address(),
        "qr": qr(address()),
    }
    return render(visit, "portal/leaflet.html", context)


@require_safe
@for_the_public
def leaflet_pdf(visit: PortalVisit) -> HttpResponse:
    """Two columns on A4."""
    return paper(visit, Template.LEAFLET, _leaflet_data(visit, large=False), "leaflet")


@require_safe
@for_the_public
def large_print_pdf(visit: PortalVisit) -> HttpResponse:
    """The same words at 18 points, in one column."""
    return paper(visit, Template.LEAFLET, _leaflet_data(visit, large=True), "leaflet-large-print")


@require_safe
@for_the_public
def poster_pdf(visit: PortalVisit) -> HttpResponse:
    """One page for the wall."""
    promises = [
        _("It costs nothing, and it never affects the service you get from us."),
        _("You may stay anonymous, and somebody may do it for you."),
    ]
    data = {**_usual(visit), "promises": promises}
    return paper(visit, Template.POSTER, data, "poster")


def address() -> str:
    """Where the public pages begin, in the language that is active."""
    return f"{settings.AMENDS_PUBLIC_URL}/{get_language() or 'en'}/"


def shown_address() -> str:
    """The same as people write it."""
    return address().partition("://")[2].rstrip("/")


def _usual(visit: PortalVisit) -> dict[str, Value]:
    return {
        "title": _("If you are not satisfied: tell us"),
        "organisation": visit.organisation.name,
        "lead": _("You tell us, we look into it, and you get a decision with reasons. It costs nothing."),
        "online": _("On the internet"),
        "address": shown_address(),
        "qr": _squares(qr(address())),
        "ways": _rows(ways_now(visit.organisation)),
        "foot": f"{visit.organisation.name} · {formatting.long_day(visit.now)}",
    }


def _leaflet_data(visit: PortalVisit, *, large: bool) -> dict[str, Value]:
    sections = sections_now(visit.organisation, visit.now)
    return {
        **_usual(visit),
        "large": large,
        "reach": _("How to reach us"),
        "sections": [_on_paper(section) for section in sections],
    }


def _on_paper(section: Section) -> dict[str, Value]:
    return {
        "title": section.title,
        "paragraphs": section.paragraphs,
        "facts": _rows(section.facts),
        "items": [str(item) for item in section.items],
        "tables": [{"title": title, "rows": _rows(rows)} for title, rows in section.tables],
        "bodies": [_body(body) for body in section.bodies],
        "last": section.last,
    }


def _body(body: Body) -> dict[str, Value]:
    lines = (body.web_address, body.post_address, body.about)
    return {"name": body.name, "lines": [line for line in lines if line]}


def _rows(rows: Sequence[tuple[Any, str]]) -> list[list[str]]:
    return [[str(label), value] for label, value in rows]


def _squares(code: Qr) -> dict[str, Value]:
    return {
        "size": code.size,
        "runs": [list(run) for run in code.runs],
        "alt": _("QR code with the address of these pages"),
    }


def paper(visit: PortalVisit, template: Template, data: Mapping[str, Value], name: str) -> HttpResponse:
    """A document of today, in the language that is active."""
    language = get_language() or "en"
    # Of the day, not of the second: nobody makes us set the same page again and again.
    day = datetime.combine(visit.now.date(), time(), UTC)
    made = _set(template, json.dumps(data), language, day)
    headers = {"Content-Disposition": f'inline; filename="{name}-{language}.pdf"', "Cache-Control": "max-age=300"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@lru_cache(maxsize=32)
def _set(template: Template, said: str, language: str, day: datetime) -> bytes:
    data = json.loads(said)
    return pdf(template, data, title=data["title"], language=language, at=day)
