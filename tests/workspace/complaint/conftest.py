"""The door to one complaint: pages opened and steps taken by members of the cast, an hour after it came in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from amends.complaints.models import Complaint
from amends.journal.models import Entry
from amends.people.models import Person
from tests.cast import World


class Door:
    """Pages of complaints. `post` sends the version that the complaint has now, unless another is given."""

    def __init__(self, world: World, as_: Callable[[Person], Client]) -> None:
        self.world, self._as, self._clients = world, as_, dict[int, Client]()

    def client(self, person: Person) -> Client:
        if person.pk not in self._clients:
            self._clients[person.pk] = self._as(person)
        return self._clients[person.pk]

    def get(self, person: Person, complaint: Complaint, path: str = "", **headers: str) -> Any:
        return self.client(person).get(address(complaint, path), headers=headers)

    def post(self, person: Person, complaint: Complaint, path: str, **typed: Any) -> Any:
        version = Complaint.objects.values_list("version", flat=True).get(pk=complaint.pk)
        data = {"seen": version, **typed}
        return self.client(person).post(address(complaint, path), data)


def address(complaint: Complaint, path: str = "") -> str:
    return f"/staff/complaints/{complaint.reference}/{path}"


@pytest.fixture
def door(world: World, as_: Callable[[Person], Client], at_moment: Callable[..., None]) -> Door:
    at_moment(world.at + timedelta(hours=1))
    return Door(world, as_)


@pytest.fixture
def unchanged() -> Callable[[Complaint], Callable[[], bool]]:
    """Whether a complaint is still as it was when this was called, entries of the journal included."""

    def state(complaint: Complaint) -> tuple[Any, int]:
        row = Complaint.objects.filter(pk=complaint.pk).values().get()
        return row, Entry.objects.filter(event__startswith="complaints.").count()

    def remembered(complaint: Complaint) -> Callable[[], bool]:
        before = state(complaint)
        return lambda: state(complaint) == before

    return remembered


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def went_to(response: Any, complaint: Complaint, path: str = "") -> bool:
    """Whether the answer leads on to a page of the complaint: the step was taken."""
    return response.status_code == 302 and response["Location"] == address(complaint, path)
