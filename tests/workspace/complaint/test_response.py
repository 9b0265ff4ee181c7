"""The response: proposed with its remedies, in versions, and sent back with a comment that is seen."""

from datetime import date

import pytest

from amends.complaints import actions
from amends.complaints.models import Finding, Remedy, Response
from amends.complaints.stages import Stage
from amends.framework.models import Organisation, RemedyKind
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to

PROPOSAL = {
    "summary": "You were right: we did not warn you.",
    "reasons": "The notice went to another street.",
    "prevention": "Addresses are checked.",
    "language": "en",
}


def remedy(number: int, kind: str = "apologise", **changes: object) -> dict[str, object]:
    answers = {"kind": kind, "description": f"A letter ({number})", "amount": "", "due_on": "2026-03-20", **changes}
    return {f"{name}_{number}": value for name, value in answers.items()}


@pytest.fixture
def found(door):
    """A complaint of which every point has a finding."""
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, points=2, remedy_wanted_text="A letter to my mother")
    for issue in complaint.issues.all():
        actions.record_finding(complaint, issue, builders.a_conclusion(), by=world.as_(world.liis), at=world.at)
    return complaint


def test_it_is_written_with_what_they_wanted_and_what_was_found_beside_it(door, found):
    page = text_of(door.get(door.world.liis, found, "response/"))
    assert "A letter to my mother" in page
    assert page.count("Upheld: we were wrong") == 2
    assert page.count('name="kind_') == 5


def test_it_is_proposed_with_remedies_in_any_of_the_rows(door, found):
    world = door.world
    money = RemedyKind.objects.filter(is_money=True).first().code
    typed = {**PROPOSAL, **remedy(2), **remedy(5, money, amount="1,250.50", description="Compensation")}
    assert went_to(door.post(world.liis, found, "response/", **typed), found)
    made = Response.objects.get()
    assert (made.summary, made.reasons, made.prevention, made.language, made.outcome) == (
        PROPOSAL["summary"],
        PROPOSAL["reasons"],
        PROPOSAL["prevention"],
        "en",
        "upheld",
    )
    assert list(Remedy.objects.order_by("number").values_list("description", "amount", "currency", "due_on")) == [
        ("A letter (2)", None, "", date(2026, 3, 20)),
        ("Compensation", 125_050, "GBP", date(2026, 3, 20)),
    ]
    page = text_of(door.get(world.liis, found, "response/"))
    assert "£1,250.50" in page
    assert 'name="summary"' not in page


def test_without_any_remedy_it_is_an_answer_too(door, found):
    assert went_to(door.post(door.world.liis, found, "response/", **PROPOSAL), found)
    assert not Remedy.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"summary": ""}, "Say the result in one sentence"),
        ({"reasons": " "}, "Write the reasons"),
        ({"language": "fi"}, "Select a valid choice"),
        (remedy(1, ""), "Choose what kind of remedy it is"),
        (remedy(1, description=""), "Say what exactly will be done"),
        (remedy(1, due_on=""), "Enter the day by which it will be done"),
        (remedy(1, due_on="2026-03-01"), "Choose a day from today on"),
        (remedy(1, due_on="soon"), "Enter a day, like 31.12.2026"),
        (remedy(1, amount="a lot"), "Enter the amount in numbers"),
        (remedy(1, amount="-5"), "Enter the amount in numbers"),
        (remedy(1, amount="9" * 20), "Enter the amount in numbers"),
        (remedy(1, "refund"), "Enter how much money it is"),
        (remedy(1, "the-moon"), "Select a valid choice"),
    ],
)
def test_what_is_not_whole_comes_back_with_everything_typed(door, found, changes, words):
    if changes.get("kind_1") == "refund":
        changes = {**changes, "kind_1": RemedyKind.objects.filter(is_money=True).first().code}
    answer = door.post(door.world.liis, found, "response/", **{**PROPOSAL, **changes})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Addresses are checked." in text_of(answer)
    assert not Response.objects.exists()


def test_a_language_without_the_text_about_outside_bodies_is_refused_where_it_is_chosen(door, found):
    organisation = Organisation.objects.get(pk=1)
    Organisation.objects.update(external_body={"en": organisation.external_body["en"]})
    answer = door.post(door.world.liis, found, "response/", **{**PROPOSAL, "language": "et"})
    assert answer.status_code == 422
    assert "The text about outside bodies is missing in this language" in text_of(answer)


def test_while_a_point_has_no_finding_there_is_no_form_and_a_sent_one_is_refused(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, points=2)
    page = text_of(door.get(world.liis, complaint, "response/"))
    assert "when every point has a finding" in page
    assert 'name="summary"' not in page
    answer = door.post(world.liis, complaint, "response/", **PROPOSAL)
    assert answer.status_code == 422
    assert "Point 1 has no finding yet" in text_of(answer)
    assert "Addresses are checked." in text_of(answer)


def test_after_it_came_back_the_form_starts_from_the_last_version(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED, remedies=2)
    actions.send_back(complaint, comment="Say why it took so long.", by=world.as_(world.mark), at=world.at)
    page = text_of(door.get(world.liis, complaint, "response/"))
    assert "Sent back by Mark Jansen" in page
    assert "Say why it took so long." in page
    assert 'value="You were right: we did not warn you."' in page
    assert 'value="A written apology (2)"' in page
    assert "The response came back with a comment" in page
    assert went_to(door.post(world.liis, complaint, "response/", **{**PROPOSAL, **remedy(1)}), complaint)
    assert list(Response.objects.order_by("version").values_list("state", flat=True)) == ["sent_back", "proposed"]


def test_a_finding_that_changed_meanwhile_is_seen_before_the_response_goes_out(door, found):
    world = door.world
    seen = found.version
    issue = found.issues.get(number=1)
    other = builders.a_conclusion(Finding.Result.NOT_UPHELD, cause=None)
    actions.record_finding(found, issue, other, by=world.as_(world.uma), at=world.at)
    answer = door.post(world.liis, found, "response/", **PROPOSAL, seen=seen)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Finding on point 1" in page
    assert "Changed by Uma Patel" in page
    assert 'value="You were right: we did not warn you."' in page
    assert not Response.objects.exists()


def test_those_who_only_read_see_every_version_and_what_became_of_it(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.REJECTED)
    page = text_of(door.get(world.dario, complaint, "response/"))
    for words in (
        "Proposed by",
        "Approved by",
        "Mark Jansen",
        "Does not agree",
        "Too little.",
        "The letter as it was sent",
    ):
        assert words in page, words
    assert "<form" not in page.partition('class="case-main"')[2].partition("<aside")[0]
