"""The search field: a reference, however it is typed, leads to the complaint; all else is answered politely."""

import pytest

from amends.complaints.actions import name_subject
from tests import builders
from tests.workspace.test_queue import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def complaint(world):
    return builders.a_complaint(world)


@pytest.mark.parametrize(
    "typed",
    [
        "{0}",
        " {0} ",
        "{1}",
        "{2}",
        "{3}",
    ],
)
def test_a_reference_leads_to_the_complaint(world, as_, complaint, typed):
    reference = complaint.reference
    written = typed.format(
        reference, reference.lower(), reference.replace("-", ""), " ".join(reference.lower().replace("-", ""))
    )
    response = as_(world.liis).get("/staff/complaints/", {"q": written})
    assert response.status_code == 302
    assert response["Location"] == f"/staff/complaints/{reference}/"


def test_the_field_stands_on_every_page(world, as_):
    page = as_(world.liis).get("/staff/").content.decode()
    assert 'action="/staff/complaints/"' in page
    assert 'name="q"' in page


def test_a_complaint_of_another_unit_is_answered_like_one_that_does_not_exist(world, as_, complaint):
    there = as_(world.bruno).get("/staff/complaints/", {"q": complaint.reference})
    known = complaint.reference
    complaint.__class__.objects.filter(pk=complaint.pk).update(reference="LAU-26-22222222")
    gone = as_(world.bruno).get("/staff/complaints/", {"q": known})
    assert there.status_code == gone.status_code == 200
    assert b"There is no complaint" in there.content
    assert text_of(there) == text_of(gone)


def test_a_walled_off_complaint_is_not_found(world, as_, complaint):
    name_subject(complaint, world.liis, by=world.as_(world.clara), at=world.at)
    response = as_(world.liis).get("/staff/complaints/", {"q": complaint.reference})
    assert response.status_code == 200
    assert b"There is no complaint" in response.content


@pytest.mark.parametrize("typed", ["water", "LAU-26-AAAAAAAC", "x" * 5000, "<script>", "\x00", "ı-İ", "%", "'"])
def test_other_words_are_answered_politely(world, as_, complaint, typed):
    response = as_(world.liis).get("/staff/complaints/", {"q": typed})
    assert response.status_code == 200
    assert b"complaints are found by their reference" in response.content
    assert b"<script>" not in response.content


def test_an_empty_search_is_the_list(world, as_, complaint):
    response = as_(world.liis).get("/staff/complaints/", {"q": "  "})
    assert complaint.reference in response.content.decode()
