"""Like complaints before deciding: what they got, a reason where this one differs, nothing from behind a wall."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.like import Like, like_complaints
from amends.complaints.models import Complaint, Finding, Response, Wall
from amends.complaints.stages import Stage
from amends.framework.models import Category, RemedyKind
from amends.kit.refusal import Refusal
from tests import builders
from tests.cast import World
from tests.complaints.test_authority import promise
from tests.workspace.complaint.conftest import text_of

pytestmark = pytest.mark.django_db


def found(world: World, result=Finding.Result.UPHELD, **changes: object) -> Complaint:
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, **changes)
    conclusion = builders.a_conclusion(result)
    actions.record_finding(complaint, complaint.issues.get(), conclusion, by=world.as_(world.liis), at=world.at)
    return complaint


def respond(world: World, complaint: Complaint, amount: int, reason: str = "Larger damage") -> Response:
    remedies = (promise(world, "pay-compensation", amount),) if amount else ()
    proposal = builders.a_proposal(world, remedies=0, difference_reason=reason)
    proposal = type(proposal)(**{**vars(proposal), "remedies": remedies})
    return actions.respond(complaint, proposal, by=world.as_(world.liis), at=world.at)


def decided(world: World, amount: int, **changes: object) -> Complaint:
    complaint = found(world, **changes)
    respond(world, complaint, amount)
    actions.approve(complaint, by=world.as_(world.mark), at=world.at)
    return complaint


def test_under_five_there_are_rows_and_no_figures(world):
    for amount in (100, 200, 300, 400):
        decided(world, amount)
    like = like_complaints(found(world), world.as_(world.liis), "GBP")
    assert [each.decision.amount for each in like.last] == [400, 300, 200, 100]
    assert like.range is None


def test_from_five_on_there_is_a_range_and_outside_of_it_a_reason(world):
    for amount in (100, 200, 300, 400, 0):
        decided(world, amount)
    complaint = found(world)
    like = like_complaints(complaint, world.as_(world.liis), "GBP")
    assert (like.range.count, like.range.least, like.range.middle, like.range.most) == (5, 0, 200, 400)
    with pytest.raises(Refusal) as caught:
        respond(world, complaint, 401, reason=" ")
    assert (caught.value.code, caught.value.field) == ("difference_reason_needed", "difference_reason")
    assert respond(world, found(world), 400).difference_reason == "", "within it no reason is kept"
    assert respond(world, complaint, 401).difference_reason == "Larger damage"


def test_only_the_same_counts(world):
    for amount in (100, 200, 300, 400, 500):
        decided(world, amount)
    actor = world.as_(world.liis)
    other = found(world, category=Category.objects.exclude(code="poor-service").filter(parent__isnull=False).first())
    of_no_product = found(world)
    Complaint.objects.filter(pk=of_no_product.pk).update(product=None)
    of_no_product.refresh_from_db()
    for unlike in (found(world, Finding.Result.NOT_UPHELD), of_no_product, other):
        assert like_complaints(unlike, actor, "GBP") == Like((), None)


def test_what_is_behind_a_wall_does_not_count(world):
    hidden = [decided(world, amount) for amount in (100, 200, 300, 400, 900)]
    Wall.objects.create(complaint=hidden[-1], person=world.liis, why="declared", since=world.at)
    like = like_complaints(found(world), world.as_(world.liis), "GBP")
    assert like.range is None
    assert hidden[-1].reference not in {each.complaint.reference for each in like.last}


def test_the_queries_are_the_same_for_one_and_for_ten(world):
    decided(world, 100)
    complaint, actor = found(world), world.as_(world.liis)
    with CaptureQueriesContext(connection) as one:
        like_complaints(complaint, actor, "GBP")
    for _ in range(5):
        decided(world, 100)
    with CaptureQueriesContext(connection) as more:
        like_complaints(complaint, actor, "GBP")
    assert len(one) == len(more)


def test_both_pages_show_it_and_the_reason(world, client):
    for amount in (100, 200, 300, 400, 500):
        decided(world, amount)
    complaint = found(world)
    here = f"/staff/complaints/{complaint.reference}/"
    client.force_login(world.liis)
    page = text_of(client.get(here + "response/"))
    assert "The last 5 like complaints got between £1.00 and £5.00; half got £3.00 or less." in page
    respond(world, complaint, 2000, reason="A cellar full of water")
    client.force_login(world.mark)
    page = text_of(client.get(here + "approval/"))
    assert "This one would get something else than all of them." in page
    assert "A cellar full of water" in page


def test_the_ledger_counts_and_filters_and_goes_out_as_a_file(world, client):
    for amount in (100, 250):
        decided(world, amount)
    hidden = decided(world, 77_700)
    Wall.objects.create(complaint=hidden, person=world.clara, why="declared", since=world.at)
    proposed = found(world)
    respond(world, proposed, 99_900)
    client.force_login(world.clara)
    page = text_of(client.get("/oversight/remedies/"))
    assert "£3.50" in page
    assert hidden.reference not in page
    assert proposed.reference not in page, "what is only proposed is no promise"
    assert "Nothing fits" in text_of(client.get("/oversight/remedies/?state=verified"))
    assert "£3.50" in text_of(client.get("/oversight/remedies/?kind=pay-compensation&late=on"))
    assert client.get("/oversight/remedies/?state=nothing").status_code == 422
    for file_format, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        sent = client.post("/oversight/remedies/export/", {"file_format": file_format})
        body = b"".join(sent.streaming_content)
        assert body.startswith(start)
        assert hidden.reference.encode() not in body
    assert RemedyKind.objects.filter(code="pay-compensation").exists()
