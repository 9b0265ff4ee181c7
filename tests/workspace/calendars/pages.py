"""Reading and filling the pages of calendars."""

import re

from amends.calendars.actions import add_calendar
from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar
from amends.kit.translated import TranslatedText
from amends.people.standing import SYSTEM
from tests.cast import AT

LIST = "/settings/calendars/"
NEW = f"{LIST}new/"
USE = f"{LIST}use/"
CLOSED = {"intervals": [], "why": "closure", "name": {"en": "Move"}}


def a_calendar(name: str, **more) -> Calendar:
    usual = {"zone": "Europe/London", "this_year": 2026, "languages": ("en", "et", "tr")}
    return add_calendar(TranslatedText({"en": name}), calendar_document(**usual | more), by=SYSTEM, at=AT).calendar


def of(calendar: Calendar, page: str) -> str:
    return f"{LIST}{calendar.code}/{page}/"


def form_on(response) -> dict[str, str]:
    """What a browser would send back: the fields of the page's own form, without its buttons."""
    page = response.content.decode()
    main = page[page.index('id="main"') :]
    sent = {}
    for control in re.findall(r"<input\b[^>]*>", main):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', control))
        if found.get("type") in {"checkbox", "radio"} and " checked" not in control:
            continue
        if "name" in found and found["name"] not in {"csrfmiddlewaretoken", "use"}:
            sent[found["name"]] = unescaped(found.get("value", "on" if found.get("type") == "checkbox" else ""))
    for attributes, options in re.findall(r"<select\b([^>]*)>(.*?)</select>", main, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[re.search(r'name="([^"]*)"', attributes)[1]] = unescaped(chosen[1]) if chosen else ""
    return sent


def unescaped(text: str) -> str:
    return text.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")


def errors_on(response) -> str:
    return re.sub(r"<[^>]+>", " ", re.search(r'class="error-summary".*?</ul>', response.content.decode(), re.DOTALL)[0])


def changed(admin, calendar, **changes):
    """The page sent with changes; as `do` says, by default to see what it does."""
    return admin.post(
        of(calendar, "change"), {**form_on(admin.get(of(calendar, "change"))), "do": "preview", **changes}
    )


def a_day(**changes):
    return {"day-first": "2026-12-28", "day-kind": "closure", "day-name_en": "Winter closure", **changes}
