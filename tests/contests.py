"""Two people, one form: what may come of it when both send it at the same moment.

Each contest brings a complaint to a stage, or makes what another page is about, opens one form for two members of the
cast, fills both with a text of their own and lets them send it from two threads. Whoever is told "saved" must find
their text among the facts for ever; whoever is not must find it on the page that comes back; and where the form changes
something, only one may be told "saved". `tests/forms.py` and `tests/forms_elsewhere.py` name the forms.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.http import HttpResponse
from django.test import Client

from amends.complaints.models import Complaint
from amends.framework.actions.set_authority import set_authority
from amends.framework.models.authority import DECIDING_ROLES
from amends.journal.models import Entry, Payload
from amends.journal.pseudonyms import name_of
from amends.people.actions import grant_role, invite
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from bench.visitor import Form as PageForm
from bench.visitor import Page
from tests import builders
from tests.cast import World
from tests.form import Form, Typed

#: What forms held when they were opened, by form and side.
Held = dict[tuple[int, int], list[dict[str, object]]]
HELD_TWICE = 2
#: Stands for the key of a complaint in the questions that are asked about each.
SOME_KEY = 2**31 - 7


@dataclass
class Sent:
    """One side of a contest: what was written, and what came back."""

    who: str
    words: str
    status: int = 0
    text: str = ""
    place: str = ""

    is_shown: bool = False

    @property
    def is_saved(self) -> bool:
        """Whether they were sent on, or shown what they asked for, as after a step that was taken."""
        return self.status == (200 if self.is_shown else 302)


class Contest:
    """One race over one form.

    `held` keeps what the forms of complaints held when they were opened, so that somebody who races many times does
    not open each of them anew: complaints are made alike.
    """

    def __init__(
        self, world: World, form: Form, number: int, clients: Mapping[str, Client], held: Held | None = None
    ) -> None:
        self.world, self.form, self.clients, self.held = world, form, clients, held
        self.about: Any = self._made(number)
        if form.prepare is not None:
            form.prepare(world, self.about)
        self.given = form.typed(world, self.about) if callable(form.typed) else form.typed
        self.asked = form.asked(world, self.about) if callable(form.asked) else form.asked
        self.sides = [
            Sent(who, f"words{number}x{place}of{who}", is_shown=form.shows) for place, who in enumerate(form.who)
        ]

    def run(self) -> list[str]:
        """Race, and say what was wrong: nothing, it is hoped."""
        last = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        both = [self._filled(side) for side in self.sides]
        start = threading.Barrier(2)
        threads = [
            threading.Thread(target=self._send, args=(side, action, data, start))
            for side, (action, data) in zip(self.sides, both, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self._wrong(last)

    def _made(self, number: int) -> Any:
        if self.form.stage is not None:
            return builders.a_complaint(self.world, self.form.stage, token=f"{number:032x}", **self.form.built)
        return self.form.made(self.world, f"race{number}") if self.form.made is not None else None

    def _at(self, path: str) -> str:
        return self.form.address(path, self.about)

    def _filled(self, side: Sent) -> tuple[str, dict[str, object]]:
        """The form as the page gives it, filled in."""
        key = (id(self.form), self.sides.index(side))
        held = self.held.setdefault(key, []) if self.held is not None and self.form.stage is not None else []
        # A form that held the same for two complaints holds it for all; others have a token or a digest in them.
        if len(held) == HELD_TWICE and held[0] == held[1]:
            values = held[0]
        else:
            values = self._opened(side)
            held.extend([values] if len(held) < HELD_TWICE else [])
        return self._at(self.form.path), {**values, **self._with_words(side, self.given)}

    def _opened(self, side: Sent) -> dict[str, object]:
        """What the form holds when it is opened."""
        opened = self.form.path if self.form.page is None else self.form.page
        target, client = self._at(self.form.path), self.clients[side.who]
        values = self._values(side, client.get(self._at(opened)), self._at(opened))
        if self.asked is None:
            return values
        return self._values(side, client.post(target, {**values, **self._with_words(side, self.asked)}), target)

    def _values(self, side: Sent, answer: HttpResponse, address: str) -> dict[str, object]:
        """What the form holds on a page that was answered with."""
        page = Page(answer.status_code, address, answer.content.decode(), {})
        target = self._at(self.form.path)
        found = [form for form in page.forms() if form.method == "post" and self._leads_to(form, page, target)]
        assert found, f"{self.form.name}: {side.who} sees no such form ({answer.status_code})"
        names = {*self.given, *(self.asked or ())}
        form = max(found, key=lambda each: sum(each.has(name) for name in names))
        values: dict[str, list[str]] = defaultdict(list)
        for name, value in form.values:
            if value != "\0":
                values[name].append(value)
        return dict(values)

    @staticmethod
    def _with_words(side: Sent, given: Typed) -> dict[str, object]:
        return {
            name: value.replace("{}", side.words) if isinstance(value, str) else value for name, value in given.items()
        }

    @staticmethod
    def _leads_to(form: PageForm, page: Page, target: str) -> bool:
        return (form.action or page.address).split("?")[0].split("#")[0] == target

    def _send(self, side: Sent, target: str, data: dict[str, object], start: threading.Barrier) -> None:
        try:
            start.wait()
            answer = self.clients[side.who].post(target, data)
            side.status, side.text = answer.status_code, answer.content.decode()
            side.place = answer.headers.get("Location", "")
        finally:
            connection.close()

    def _wrong(self, last: int) -> list[str]:
        wrong, facts = [], self._facts(last)
        saved = [side for side in self.sides if side.is_saved]
        writes = any("{}" in str(value) for value in self.given.values())
        if not saved:
            wrong.append(f"nobody's was saved: {[side.status for side in self.sides]}")
        if len(saved) == 2 and not self.form.adds and not self.form.always_goes_on:
            wrong.append("both were told that theirs was saved")
        for side in self.sides:
            if side.is_saved and writes and side.words not in facts:
                wrong.append(f"{side.who} was told that it was saved, and it is not there")
            # Whoever is not asked any more may be told that it is not theirs; what they typed comes back all the same.
            if not side.is_saved and side.status not in {403, 404, 409, 422}:
                wrong.append(f"{side.who} was answered {side.status}")
            if not side.is_saved and side.words in facts:
                wrong.append(f"{side.who} was refused, and it is there")
            if not side.is_saved and side.status in {403, 404, 409, 422} and writes and side.words not in side.text:
                wrong.append(f"{side.who} was refused, and the text did not come back")
        entries = self._entries(last)
        if not self.form.is_reading and entries < (1 if self.form.always_goes_on else len(saved)):
            wrong.append(f"{len(saved)} saved, {entries} in the journal")
        if self.form.always_goes_on and entries > 1:
            wrong.append(f"done {entries} times")
        return [f"{self.form.name}: {each}" for each in wrong]

    def _entries(self, last: int) -> int:
        rows = Entry.objects.filter(pk__gt=last)
        return (rows.filter(subject=name_of(self.about.subject)) if self.form.stage is not None else rows).count()

    def _facts(self, last: int) -> str:
        """Every fact that the form may have changed, in one text."""
        texts = [facts_of(self.about)] if self.form.stage is not None else []
        for row in self.form.rows(self.about) if self.form.rows is not None else ():
            texts += [repr(values) for values in type(row)._default_manager.filter(pk=row.pk).values()]
        if self.form.journalled:
            texts += [repr(values) for values in Payload.objects.filter(entry_id__gt=last).values()]
        return "\n".join(texts)


def clients_for(world: World, forms: Iterable[Form]) -> dict[str, Client]:
    """Everybody who sends one of the forms, signed in; Ada is a second administrator beside Adam.

    Those who decide may promise everything: where one limit holds, nobody decides without any.
    """
    for role in DECIDING_ROLES:
        set_authority(role, most=None, reason="From the beginning", by=SYSTEM, at=world.at)
    ada = invite("ada@larkhaven.example", "Ada Byron", by=SYSTEM, at=world.at)
    grant_role(ada, Role.ADMINISTRATOR, world.larkhaven, by=SYSTEM, at=world.at)
    found = {}
    for who in {who for form in forms for who in form.who}:
        found[who] = Client(raise_request_exception=False, headers={"Sec-Fetch-Site": "same-origin"})
        found[who].force_login(ada if who == "ada" else getattr(world, who))
    return found


def facts_of(complaint: Complaint) -> str:
    """Every row about a complaint, in one text: its own, what points to it, and what points to that."""
    texts = [repr(row) for row in Complaint.objects.filter(pk=complaint.pk).values()]
    texts += [repr(row) for row in complaint.thread.messages.values()]
    with connection.cursor() as cursor:
        for question, parameters in _questions():
            cursor.execute(question, [complaint.pk if each == SOME_KEY else each for each in parameters])
            texts += [repr(row) for row in cursor.fetchall()]
    return "\n".join(texts)


@cache
def _questions() -> list[tuple[str, tuple[object, ...]]]:
    """For every row that is about a complaint. Written out once: there are many, and they are asked often."""
    return [
        model._default_manager.filter(**{path: SOME_KEY}).values().query.sql_with_params()
        for model in apps.get_app_config("complaints").get_models()
        for path in _ways(model)
    ]


def _ways(model: type[models.Model], deep: int = 3) -> list[str]:
    """How a row of this model points to a complaint."""
    if model is Complaint:
        return []
    found = []
    for each in model._meta.concrete_fields:
        target = each.related_model
        if target is Complaint:
            found.append(each.name)
        elif deep > 1 and isinstance(target, type) and target._meta.app_label == "complaints" and target is not model:
            found += [f"{each.name}__{way}" for way in _ways(target, deep - 1)]
    return found
