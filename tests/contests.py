"""Two people, one form: what may come of it when both send it at the same moment.

Each contest brings a complaint to a stage, opens one form for two members of the cast, fills both with a text of their
own and lets them send it from two threads. Whoever is told "saved" must find their text among the facts for ever;
whoever is not must find it on the page that comes back; and where the form changes the complaint, only one may be told
"saved". `tests/forms.py` names the forms.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models
from django.test import Client

from amends.complaints.models import Complaint
from amends.journal.models import Entry
from amends.journal.pseudonyms import name_of
from bench.visitor import Form as PageForm
from bench.visitor import Page
from tests import builders
from tests.cast import World
from tests.forms import Form, Typed


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
    """One race over one form."""

    def __init__(self, world: World, form: Form, number: int, clients: Mapping[str, Client]) -> None:
        self.world, self.form, self.clients = world, form, clients
        self.complaint = builders.a_complaint(world, form.stage, token=f"{number:032x}", **form.built)
        if form.prepare is not None:
            form.prepare(world, self.complaint)
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

    def _at(self, path: str) -> str:
        return f"/staff/complaints/{self.complaint.reference}/{path}"

    def _filled(self, side: Sent) -> tuple[str, dict[str, object]]:
        """The form as the page gives it, filled in."""
        opened = self.form.path if self.form.page is None else self.form.page
        given = self.form.typed(self.world, self.complaint) if callable(self.form.typed) else self.form.typed
        typed = {
            name: value.replace("{}", side.words) if isinstance(value, str) else value for name, value in given.items()
        }
        answer = self.clients[side.who].get(self._at(opened))
        page = Page(answer.status_code, self._at(opened), answer.content.decode(), {})
        target = self._at(self.form.path)
        found = [form for form in page.forms() if form.method == "post" and self._leads_to(form, page, target)]
        assert found, f"{self.form.name}: {side.who} sees no such form ({answer.status_code})"
        kept = {name: value for name, value in found[0].values if value != "\0" and name not in typed}
        return target, {**kept, **typed}

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
        wrong, facts = [], facts_of(self.complaint)
        saved = [side for side in self.sides if side.is_saved]
        writes = any("{}" in str(value) for value in self._typed().values())
        if not saved:
            wrong.append(f"nobody's was saved: {[side.status for side in self.sides]}")
        if len(saved) == 2 and not self.form.adds:
            wrong.append("both were told that theirs was saved")
        for side in self.sides:
            if side.is_saved and writes and side.words not in facts:
                wrong.append(f"{side.who} was told that it was saved, and it is not there")
            if not side.is_saved and side.status not in {409, 422, 404}:
                wrong.append(f"{side.who} was answered {side.status}")
            if not side.is_saved and side.words in facts:
                wrong.append(f"{side.who} was refused, and it is there")
            if not side.is_saved and side.status in {409, 422} and writes and side.words not in side.text:
                wrong.append(f"{side.who} was refused, and the text did not come back")
        entries = Entry.objects.filter(pk__gt=last, subject=name_of(self.complaint.subject))
        if entries.count() < len(saved):
            wrong.append(f"{len(saved)} saved, {entries.count()} in the journal")
        return [f"{self.form.name}: {each}" for each in wrong]

    def _typed(self) -> Typed:
        return self.form.typed(self.world, self.complaint) if callable(self.form.typed) else self.form.typed


def facts_of(complaint: Complaint) -> str:
    """Every row about a complaint, in one text: its own, what points to it, and what points to that."""
    texts = [repr(row) for row in Complaint.objects.filter(pk=complaint.pk).values()]
    texts += [repr(row) for row in complaint.thread.messages.values()]
    for model in apps.get_app_config("complaints").get_models():
        for path in _ways(model):
            texts += [repr(row) for row in model._default_manager.filter(**{path: complaint.pk}).values()]
    return "\n".join(texts)


def _ways(model: type[models.Model], deep: int = 2) -> list[str]:
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
