"""Every route, everybody, GET and POST: what comes back, and what should by `tests/rights.py`."""

import copy
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from zlib import crc32

from django.db import transaction

from amends.complaints.models import Complaint, Contact, InvestigationTask, Party
from amends.people.models import Person, Unit
from amends.ui.access import PUBLIC
from tests.relations import ITS_UNITS, Scene, Somebody
from tests.rights import ACTS, NARROWER, NARROWER_TO_SEND, Relation, Who

#: What somebody may get who is allowed to: the page, onwards, a mistake in the form, not by this method, too late.
FINE = {200, 302, 400, 405, 409, 422}
#: Where nobody's role is asked: also nothing to say, a code needed, not there (any more), a follow-up that waits.
OPEN = FINE | {204, 401, 404, 410, 503}
SIGN_IN_AT = "/accounts/login/"
SIGN_IN = {"get": {302, 405}, "post": {401, 405}}
NO, NOT_THERE = {403, 405}, {404, 405}
METHODS = ("get", "post")
#: Addresses of what is not there in this scene: a message that waits to be sent, contacts that were merged.
NOT_HERE = {"taking_back", "contact_parting"}
#: What belongs to one browser: the complaint that was followed there, and the draft that was begun there.
THEIR_FILES, THEIR_DRAFT = "/en/track/files/", {"step", "autosave", "check"}
SOME = {"anonymous", "the complainant", "a representative", "Clara Whitfield", "Nils Berg"}


class Route(Protocol):
    """An address with its objects."""

    name: str
    path: str
    access: StrEnum | str
    about: object


@dataclass
class Outcome:
    """What a walk found."""

    cells: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    by_route: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    wrong: list[str] = field(default_factory=list)

    @property
    def empty(self) -> list[str]:
        """Routes that led nobody to anything."""
        return [name for name, found in self.by_route.items() if not found & (FINE | {410, 503})]


@dataclass(frozen=True)
class Cell:
    """Somebody before an address."""

    who: Somebody
    route: Route
    method: str
    right: set[int]
    #: The first who may open it.
    is_first: bool

    @property
    def name(self) -> str:
        """As it is called in reports."""
        return f"{self.who.name} ({self.who.why}): {self.method} {self.route.name}"


def walk(scene: Scene, routes: Iterable[Route], is_taken: Callable[[Cell], bool] = lambda _cell: True) -> Outcome:
    """Every cell that is taken."""
    outcome = Outcome()
    for cell in _cells(scene, routes):
        if not is_taken(cell):
            continue
        answer = _answer(cell.who, cell.method, cell.route.path)
        status = answer.status_code
        outcome.cells += 1
        outcome.answers[status] += 1
        outcome.by_route[cell.route.name].add(status)
        if status not in cell.right:
            outcome.wrong.append(f"{cell.name} ({cell.route.access}) gives {status}, not one of {sorted(cell.right)}")
        elif status == 302 and _is_to_sign_in(cell) and answer["Location"] != f"{SIGN_IN_AT}?next={cell.route.path}":
            outcome.wrong.append(f"{cell.name} is led to {answer['Location']}")
    return outcome


def _is_to_sign_in(cell: Cell) -> bool:
    return not cell.who.is_staff and cell.route.access != PUBLIC


def _cells(scene: Scene, routes: Iterable[Route]) -> Iterator[Cell]:
    for route in routes:
        is_opened = False
        for who in scene.cast if route.access != PUBLIC else [one for one in scene.cast if one.name in SOME]:
            for method in METHODS:
                right = expected(who, route, method)
                is_page = 200 in right
                yield Cell(who, route, method, right, is_first=is_page and not is_opened)
                is_opened = is_opened or (is_page and method == METHODS[-1])


def a_part_of_it(*, refusals: int, pages: int) -> Callable[[Cell], bool]:
    """Of both one in so many, always the same ones; and the first two of each address."""

    def is_taken(cell: Cell) -> bool:
        number = pages if 200 in cell.right else refusals
        return cell.is_first or crc32(cell.name.encode()) % number == 0

    return is_taken


def _answer(who: Somebody, method: str, path: str) -> Any:
    """What somebody gets; nothing of it stays, neither in the database nor in their browser."""
    cookies = copy.deepcopy(who.client.cookies)
    with transaction.atomic():
        answer = getattr(who.client, method)(path)
        transaction.set_rollback(True)
    who.client.cookies = cookies
    return answer


def expected(who: Somebody, route: Route, method: str) -> set[int]:
    """What somebody may get."""
    right = _allowed(who, route, method)
    return right | {404} if right >= FINE and route.name in NOT_HERE else right


def _allowed(who: Somebody, route: Route, method: str) -> set[int]:
    if route.access == PUBLIC:
        is_theirs = route.name in THEIR_DRAFT or route.path.startswith(THEIR_FILES)
        is_anothers = is_theirs and who.name != "the complainant"
        return OPEN - {200} if is_anothers else OPEN
    act = ACTS.get(str(route.access))
    assert act is not None, f"tests/rights.py does not say who may {route.access} ({route.name})"
    if not who.is_staff:
        return SIGN_IN[method]
    if not act.anybody and not who.holds(act.at_the_door):
        return NO
    if isinstance(route.about, Complaint):
        return _on_complaint(who, route, act, method)
    if route.about is None:
        # A form that names none of the rows on its page.
        return FINE | ({404} if method == "post" else set())
    return _on_another(who, route, act, method)


def reads(who: Somebody) -> bool:
    """Whether the complaint is there for them."""
    if Relation.WALLED in who.relations:
        return False
    return who.holds(ACTS["complaints.read"].roles, ITS_UNITS) or bool(
        who.relations & {Relation.HANDLER, Relation.RECORDED}
    )


def does(who: Somebody, act: Who) -> bool:
    """Whether they may do it with the complaint, if it is there for them."""
    return who.holds(act.roles, ITS_UNITS) or bool(who.relations & act.relations)


def _on_complaint(who: Somebody, route: Route, act: Who, method: str) -> set[int]:
    if not reads(who):
        return NOT_THERE
    act = NARROWER.get(route.name, act)
    if method == "post":
        act = NARROWER_TO_SEND.get(route.name, act)
    return FINE if does(who, act) else NO


def _on_another(who: Somebody, route: Route, act: Who, method: str) -> set[int]:
    """Tasks, contacts, one's own part in a complaint, people, units."""
    about, is_there = route.about, True
    if isinstance(about, InvestigationTask):
        is_there = Relation.WALLED not in who.relations and who.holds(act.roles, {"larkhaven", "water"})
    elif isinstance(about, Contact):
        is_there = reads(who) and does(who, act)
    elif isinstance(about, Party):
        is_there = Relation.SUBJECT in who.relations
    elif isinstance(about, Unit):
        return FINE if who.holds("S", {"larkhaven", "water", "harbour"}) else NO
    elif isinstance(about, Person):
        return _on_person(who, route, method)
    return FINE | ({404} if method == "post" else set()) if is_there else NOT_THERE


def _on_person(who: Somebody, route: Route, method: str) -> set[int]:
    """Somebody who holds a role for Water."""
    if not who.holds(ACTS["people.see"].roles):
        return NO | NOT_THERE
    if route.access in {"people.manage", "people.delegate"}:
        return FINE | ({404} if method == "post" else set()) if who.holds("S", {"larkhaven"}) else NO | NOT_THERE
    if route.access in {"people.grant_roles", "people.record_absence", "people.record_training"}:
        return FINE | ({404} if method == "post" else set()) if who.holds("SM") else NO | NOT_THERE
    return FINE
