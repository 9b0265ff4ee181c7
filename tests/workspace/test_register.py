"""The register: whole, narrowed, paged at a constant cost, complete, and taken out only on record; the wall holds."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from amends.complaints.actions import name_subject
from amends.complaints.models import Complaint
from amends.complaints.models.complaint import Kind, Origin
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.people.models import Person
from tests import builders
from tests.cast import World
from tests.workspace.many import copies, due

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

ADDRESS = "/staff/register/"
EXPORT = f"{ADDRESS}export/"


@pytest.fixture
def open_as(world: World, as_: Callable[..., Client], at_moment: Callable[..., None]) -> Callable[[Person], Client]:
    at_moment(world.at + timedelta(days=40))
    return as_


def text_of(response: Any) -> str:
    return response.content.decode()


def rows_of(client: Client, query: str = "", columns: tuple[str, ...] = ("reference",)) -> list[list[str]]:
    response = client.post(f"{EXPORT}?{query}", {"columns": columns, "file_format": "csv"})
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.fixture
def several(world: World) -> dict[str, Complaint]:
    """Different in each respect by which the register can be narrowed."""
    first = builders.a_complaint(world, Stage.ASSESSED, title="First of all")
    enquiry, energy, old = copies(
        world,
        [
            {"kind": Kind.ENQUIRY, "severity": 4, "title": "Just asking", "is_about_process": True},
            {"lead_unit_id": world.energy.pk, "channel": "phone", "origin": Origin.IMPORT, "title": "About energy"},
            {**due(world.at), "received_at": world.at - timedelta(days=300), "title": "Long ago", "outcome": "partly"},
        ],
    )
    return {"first": first, "enquiry": enquiry, "energy": energy, "old": old}


def test_every_kind_stands_in_it_as_far_as_one_may_read(
    open_as: Callable[[Person], Client], world: World, several: dict[str, Complaint]
) -> None:
    said = text_of(open_as(world.dario).get(ADDRESS))
    assert all(each.reference in said for each in several.values())
    said = text_of(open_as(world.bruno).get(ADDRESS))
    assert several["energy"].reference in said
    assert several["first"].reference not in said
    assert open_as(world.zoe).get(ADDRESS).status_code == 403
    assert open_as(world.adam).get(ADDRESS).status_code == 403


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("kind=enquiry", {"enquiry"}),
        ("severity=4", {"enquiry"}),
        ("process=yes", {"enquiry"}),
        ("process=no", {"first", "energy", "old"}),
        ("channel=phone", {"energy"}),
        ("origin=import", {"energy"}),
        ("until=2025-12-31", {"old"}),
        ("since=2026-01-01&kind=complaint", {"first", "energy"}),
        ("outcome=partly", {"old"}),
        ("stage=closed", set()),
        ("since=nonsense", {"first", "enquiry", "energy", "old"}),
    ],
)
def test_it_is_narrowed(
    open_as: Callable[[Person], Client], world: World, several: dict[str, Complaint], query: str, left: set[str]
) -> None:
    said = text_of(open_as(world.dario).get(f"{ADDRESS}?{query}"))
    assert {name for name, each in several.items() if each.reference in said} == left


def test_it_is_narrowed_by_unit_and_lateness(
    open_as: Callable[[Person], Client], world: World, several: dict[str, Complaint]
) -> None:
    auditor = open_as(world.dario)
    assert rows_of(auditor, f"unit={world.energy.pk}") == [[several["energy"].reference]]
    Complaint.objects.exclude(pk=several["old"].pk).update(next_due_at=None, next_due_kind="")
    assert rows_of(auditor, "late=now") == [[several["old"].reference]]
    assert rows_of(auditor, "late=ever") == []
    several["first"].deadlines.filter(owed_by="organisation", kind="decision").update(
        due_at=world.at, overdue_at=world.at + timedelta(days=1), alarm="", alarm_at=None
    )
    assert rows_of(auditor, "late=ever") == [[several["first"].reference]]


def test_names_only_for_those_who_may_know_them(
    open_as: Callable[[Person], Client], world: World, several: dict[str, Complaint]
) -> None:
    assert "Mari Saar" in text_of(open_as(world.liis).get(ADDRESS))
    assert "Mari Saar" not in text_of(open_as(world.dario).get(ADDRESS))
    assert "complainant" not in text_of(open_as(world.dario).get(ADDRESS)).partition("Take it out as a file")[2]
    answer = open_as(world.dario).post(EXPORT, {"columns": ["complainant"], "file_format": "csv"})
    assert answer.status_code == 422
    Complaint.objects.filter(pk=several["first"].pk).update(is_shielded=True)
    named = rows_of(open_as(world.uma), "kind=complaint&since=2026-01-01", ("reference", "complainant"))
    assert [several["first"].reference, "Name hidden"] in named


def test_an_export_is_recorded_with_its_rows_before_it_is_handed_over(
    open_as: Callable[[Person], Client], world: World, several: dict[str, Complaint]
) -> None:
    assert rows_of(open_as(world.dario), "kind=complaint", ("title", "reference"))[0][0].startswith("R") is False
    facts = Entry.objects.get(event="complaints.register_exported").facts
    assert (facts["count"], facts["file_format"]) == (3, "csv")
    assert facts["columns"] == ["reference", "title"]
    assert facts["narrowed_by"] == ["kind"]
    assert open_as(world.liis).post(EXPORT, {"columns": ["reference"], "file_format": "csv"}).status_code == 403
    assert open_as(world.dario).get(EXPORT).status_code == 405


def test_what_somebody_typed_never_calculates(open_as: Callable[[Person], Client], world: World) -> None:
    copies(world, [{"title": "=HYPERLINK(1)"}])
    auditor = open_as(world.dario)
    assert ["'=HYPERLINK(1)"] in rows_of(auditor, "", ("title",))
    response = auditor.post(EXPORT, {"columns": ["title", "received_at"], "file_format": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows(min_row=2, min_col=2, max_col=2) for cell in row} == {"s"}


def test_the_wall_holds_in_rows_counts_and_files(
    open_as: Callable[[Person], Client], world: World, several: dict[str, Complaint]
) -> None:
    clara = world.as_(world.clara)
    name_subject(several["first"], world.uma, by=clara, at=world.at)
    said = text_of(open_as(world.uma).get(f"{ADDRESS}?check=1"))
    assert several["first"].reference not in said
    assert "2 entries" in said
    assert "Of 2 entries" in said
    assert [several["first"].reference] not in rows_of(open_as(world.uma))


def test_a_missing_receipt_shows(
    open_as: Callable[[Person], Client], world: World, several: dict[str, Complaint]
) -> None:
    said = text_of(open_as(world.dario).get(f"{ADDRESS}?check=1"))
    assert "The journal knows no receipt of" in said  # the copies came past the verbs
    assert several["energy"].reference in said.partition("The journal knows no receipt of")[2].partition("</div>")[0]
    said = text_of(open_as(world.dario).get(f"{ADDRESS}?check=1&kind=complaint"))
    Complaint.objects.exclude(pk=several["first"].pk).update(lead_unit=world.energy)
    said = text_of(open_as(world.uma).get(f"{ADDRESS}?check=1"))
    assert "No receipt is missing" in said
    assert "1 receipt waits for its seal" in said


def test_it_costs_the_same_for_one_row_and_many(
    open_as: Callable[[Person], Client], world: World, several: dict[str, Complaint]
) -> None:
    auditor = open_as(world.dario)
    auditor.get(ADDRESS)
    counts = []
    for more in (0, 60):
        copies(world, [{"received_at": world.at - timedelta(hours=number)} for number in range(more)])
        with CaptureQueriesContext(connection) as queries:
            said = text_of(auditor.get(ADDRESS))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    following = said.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert text_of(auditor.get(following)).count('<tr role="row"><th role="rowheader"') == 14
    with CaptureQueriesContext(connection) as queries:
        assert len(rows_of(auditor, "", ("reference", "category", "late"))) == 64
    assert len(queries) < 30
