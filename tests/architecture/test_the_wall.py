"""Behind the wall nothing is to be seen: every address of the application, every list, count and mail.

A complaint carries one word in every text it has. Whoever is walled off opens everything there is, and finds neither
the word nor the reference; and what lists and counts say is what they said before the complaint existed. The addresses
come from the application itself, so that a new page is walked from its first day.
"""

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core import mail
from django.db import models, transaction
from django.test import Client
from django.urls import get_resolver

from amends.complaints import actions
from amends.complaints.models import Complaint, Referral
from amends.complaints.permissions import May
from amends.complaints.queries import View
from amends.correspondence.models import Message
from amends.kit import clock
from amends.people.actions import change_person
from amends.people.models import Person
from amends.reactions import worker
from amends.ui.access import PUBLIC
from tests import builders
from tests.architecture.test_every_route_declares_access import access_of, routes
from tests.architecture.test_roles_and_routes import every_route, objects, world  # noqa: F401 - fixtures
from tests.cast import World

pytestmark = pytest.mark.once

CANARY = "Zwitscherling"

#: Lists and counts, asked in every way: what they answer must not change when the complaint comes into being.
ASKED = [
    *(f"/staff/complaints/?view={view.value}" for view in View),
    "/staff/complaints/?view=all&stage=accepted",
    "/oversight/what-if/?ask=1&pack=uk-lgsco.1&calendar=office.1&pauses=drop",
    "/oversight/what-if/?ask=1&show=newly",
]

#: A reference that nobody was ever given, with its right check character.
NEVER_WAS = "LAU-26-23456783"

#: Those who walk every address there is; the first one also sends to those of the complaint.
NEAREST = ("Liis Tamm", "Uma Patel", "Mark Jansen")
#: Those who open everything else that there is, because nobody may open more of it.
WIDEST = ("Clara Whitfield", "Adam Novak")
#: Those who look at every list and count, before and after.
COUNTING = (*NEAREST, "Clara Whitfield", "Dario Conti")


def behind_the_wall(world: World) -> list[Person]:  # noqa: F811
    """The person complained about, their manager and a report of theirs, and everybody else in a declared conflict."""
    return [world.liis, world.uma, world.mark, world.clara, world.tom, world.dario, world.dora, world.adam]


@pytest.fixture(autouse=True)
def the_clock_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages say what time it is: two of them are only the same at one moment."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def clients(world: World) -> dict[str, Client]:  # noqa: F811
    """Everybody who will be walled off, signed in."""
    adam = world.as_(world.adam)
    change_person(world.liis, name="Liis Tamm", language="en", manager=world.uma, by=adam, at=world.at)
    change_person(world.mark, name="Mark Jansen", language="en", manager=world.liis, by=adam, at=world.at)
    found = {}
    for person in behind_the_wall(world):
        found[person.name] = Client(raise_request_exception=False)
        found[person.name].force_login(person)
    return found


def plain_lists() -> list[str]:
    """Every address of the daily work and of oversight that names nothing, and the lists asked in every way."""
    found = [
        f"/{address}"
        for address, pattern in routes(get_resolver().url_patterns)
        if address.startswith(("staff/", "oversight/")) and "<" not in address and access_of(pattern) != PUBLIC
    ]
    return [*found, *ASKED]


def opened(client: Client, path: str, method: str = "get") -> tuple[int, str]:
    """What comes back, without the secrets that differ each time; nothing of it stays."""
    with transaction.atomic():
        answer = getattr(client, method)(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    text = body.decode("utf-8", "replace") + str(answer.headers)
    text = re.sub(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": ?|nonce-?=?)["\'A-Za-z0-9+/=_-]+', "", text)
    text = re.sub(r"csrftoken[^;]*;|&quot;X-CSRFToken&quot;: ?&quot;[^&]*&quot;", "", text)
    text = re.sub(r"'Content-Length': '\d+'|(name=\"once\" value=\"[^\"]*\")", "", text)
    # The world of one of everything has a colleague more: lists of people name her.
    text = re.sub(r'\s*<option value="[^"]*">Nora Quist</option>\s*', "", text)
    text = re.sub(
        r'<tr role="row"><th role="rowheader" scope="row"><bdi>Nora Quist</bdi>.*?</tr>', "", text, flags=re.S
    )
    text = re.sub(r"\s+", " ", text).replace("> <", "><")
    return answer.status_code, text


def holds_the_word(complaint: Complaint) -> int:
    """Put the word in the place of every text of the complaint, whatever tables there are. Returns in how many."""
    written = 0
    for model in (*apps.get_app_config("complaints").get_models(), *apps.get_app_config("surveys").get_models()):
        for path in ways_to_the_complaint(model):
            texts = [
                field.attname
                for field in model._meta.get_fields()
                if isinstance(field, models.CharField | models.TextField)
                and not field.choices
                and not field.unique
                and (field.max_length is None or field.max_length >= 80)
                and not field.name.endswith(("hash", "digest", "token", "reference", "email"))
            ]
            for text in texts:
                rows = model.objects.filter(**{path: complaint.pk}).exclude(**{text: ""})
                written += rows.update(**{text: CANARY})
    Message.objects.filter(thread=complaint.thread).update(text=CANARY)
    return written


def ways_to_the_complaint(model: type[models.Model], depth: int = 2) -> Iterator[str]:
    """By which foreign keys a table hangs on a complaint."""
    if model is Complaint:
        yield "pk"
        return
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and not field.null and depth:
            target = field.related_model
            if target is Complaint:
                yield field.name
            elif isinstance(target, type) and target is not model:
                yield from (f"{field.name}__{way}" for way in ways_to_the_complaint(target, depth - 1) if way != "pk")


def wall_off(world: World, complaint: Complaint) -> None:  # noqa: F811
    """Liis is complained about; all others declare a conflict, the management representative the last."""
    clara = world.as_(world.clara)
    complaint.refresh_from_db()
    actions.name_subject(complaint, world.liis, by=clara, at=world.at)
    for person in (world.tom, world.dario, world.dora, world.adam, world.clara):
        actions.declare_conflict(complaint, person, reason=CANARY, by=clara, at=world.at)


@pytest.fixture
def before(clients: dict[str, Client]) -> dict[tuple[str, str], tuple[int, str]]:
    """What everybody saw of lists and counts before the complaint existed."""
    return {(name, path): opened(clients[name], path) for name in COUNTING for path in plain_lists()}


@pytest.fixture
def walled(world: World, before: object, request: pytest.FixtureRequest) -> SimpleNamespace:  # noqa: F811
    """One of everything about a complaint from which all of them are walled off, with the word in every text."""
    found: SimpleNamespace = request.getfixturevalue("objects")
    wall_off(world, found.complaint)
    assert holds_the_word(found.complaint) > 15
    found.complaint.refresh_from_db()
    return found


def test_no_address_shows_anything_of_it_and_no_list_or_count_has_changed(world, clients, before, walled):  # noqa: F811
    reference = walled.complaint.reference
    shown, changed, cells = [], [], 0
    everywhere = [route for route in every_route(walled) if route.access != PUBLIC]
    for name, client in clients.items():
        for route in everywhere if name in NEAREST + WIDEST else ():
            about_it = isinstance(route.about, Complaint)
            if about_it and name not in NEAREST:
                continue
            for method in ("get", "post") if about_it and name == NEAREST[0] else ("get",):
                status, text = opened(client, route.path, method)
                cells += 1
                if CANARY in text or (reference in text.replace(route.path, "")):
                    shown.append(f"{name}: {method} {route.path}")
                if about_it and status not in {403, 404, 405}:
                    shown.append(f"{name}: {method} {route.path} answers {status}")
        for (who, path), (status, text) in before.items():
            if who == name:
                cells += 1
                now = opened(client, path)
                if CANARY in now[1] or reference in now[1]:
                    shown.append(f"{name}: {path}")
                if now != (status, text):
                    changed.append(f"{name}: {path} {first_difference(text, now[1])}")
        # Looking for it by its reference is answered as looking for one that never was.
        sought = [opened(client, f"/staff/complaints/?q={what}") for what in (reference, NEVER_WAS)]
        assert sought[0][0] == sought[1][0] in {200, 403}
        assert sought[0][1].replace(reference, "") == sought[1][1].replace(NEVER_WAS, "")
    assert shown == []
    assert not changed, "\n".join(changed)
    assert cells > 800


def first_difference(old: str, new: str) -> str:
    """Where two pages part, for whoever has to mend it."""
    place = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return f"…{old[max(place - 60, 0) : place + 60]!r} became …{new[max(place - 60, 0) : place + 60]!r}"


def test_who_is_not_walled_off_sees_the_word(world, walled):  # noqa: F811
    """The walk above would prove nothing if the word stood nowhere."""
    from_outside = Client()
    walled.complaint.recorded_by = world.frida
    walled.complaint.save(update_fields=["recorded_by"])
    from_outside.force_login(world.frida)
    seen = 0
    for route in every_route(walled):
        if isinstance(route.about, Complaint) and route.access == May.LIST:
            seen += CANARY in opened(from_outside, route.path)[1]
    assert seen >= 4
    assert walled.complaint.reference in opened(from_outside, "/staff/complaints/?view=all")[1]


def test_nobody_behind_the_wall_gets_a_mail_about_it(world, walled):  # noqa: F811
    worker.drain()
    mail.outbox.clear()
    complaint, at = walled.complaint, clock.now()
    actions.reply(complaint, text=f"Please {CANARY}", by=builders.the_complainant(complaint), at=at)
    worker.drain()
    walled_off = {person.email for person in behind_the_wall(world)}
    reached = [message for message in mail.outbox if walled_off & set(message.to)]
    assert [message.subject for message in reached] == []


def test_a_shielded_name_stands_in_no_text_for_those_who_may_not_know_it(world, objects):  # noqa: F811
    """The same word, as the name of the complainant: whoever wrote it where, only two read it."""
    complaint = objects.complaint
    assert holds_the_word(complaint) > 15
    complaint.refresh_from_db()
    # Who is complained about and the outside body are called otherwise.
    complaint.parties.filter(role="subject").update(name="Zoe Marsh")
    Referral.objects.filter(complaint=complaint).update(body="Water Ombudsman")
    actions.shield(complaint, reason="Fear", by=world.as_(world.clara), at=world.at)
    complaint.refresh_from_db()
    sign, shown, signs = f"[{complaint.pseudonym}]", [], 0
    for person in (world.liis, world.dario):
        client = Client(raise_request_exception=False)
        client.force_login(person)
        paths = [route.path for route in every_route(objects) if route.path.startswith(("/staff/", "/oversight/"))]
        for path in [*paths, *ASKED, f"/staff/complaints/?q={CANARY}", f"/staff/contacts/?q={CANARY}"]:
            status, text = opened(client, path)
            signs += sign in text
            # What somebody typed into the search is said back to them.
            said = re.sub(rf'q={CANARY}|value="{CANARY}"|“{CANARY}”', "", text)
            if CANARY.casefold() in said.casefold():
                place = said.casefold().index(CANARY.casefold())
                shown.append(f"{person.name} {status} {path} …{said[max(place - 90, 0) : place + 40]}")
    assert not shown, "\n".join(shown)
    assert signs > 20
    clara = Client()
    clara.force_login(world.clara)
    assert CANARY in opened(clara, f"/staff/complaints/{complaint.reference}/investigation/")[1]
