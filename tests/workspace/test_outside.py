"""The list of what was taken outside and the register of disclosures: what they show, to whom, and at what price."""

from datetime import timedelta

import pytest

from amends.complaints import actions
from amends.complaints.actions.disclose import Basis, Passed
from amends.complaints.actions.refer import Unlisted
from amends.complaints.models import Complaint, OutsideDisclosure, Referral
from amends.complaints.stages import Stage
from amends.framework.actions.change_outside_bodies import Written, add_outside_body
from amends.journal.models import Entry
from amends.kit.translated import TranslatedText
from amends.workspace import paging
from tests import builders
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db

What, Ground = OutsideDisclosure.What, OutsideDisclosure.Ground
DAY = timedelta(days=1)


@pytest.fixture
def uma(world, as_, at_moment):
    at_moment(world.at + 20 * DAY)
    return as_(world.uma)


def taken_out(world, *, body=None, outcome=None, ours="partly"):
    complaint = builders.a_complaint(world, Stage.REJECTED)
    liis = world.as_(world.liis)
    body = body or Unlisted("A court", "It is one of a kind")
    actions.refer(complaint, body, referred_on=world.at.date(), by=liis, at=world.at)
    if outcome:
        Complaint.objects.filter(pk=complaint.pk).update(outcome=ours)
        complaint.refresh_from_db()
        later = world.at + 10 * DAY
        actions.record_result(
            complaint, result="They say so.", outcome=outcome, decided_on=later.date(), by=liis, at=later
        )
    return complaint


def passed_on(world, complaint, recipient="A lawyer", **more):
    given = {"names_complainant": False, "given_on": world.at.date(), "by": world.as_(world.liis), "at": world.at}
    basis = Basis(Ground.LAW, "Water Act")
    return actions.disclose(
        complaint, Passed(What.SHEET, document=b"x"), to=recipient, basis=basis, **{**given, **more}
    )


def listed(world):
    name = TranslatedText({"en": "Water Ombudsman"})
    return add_outside_body(Written(name), by=world.as_(world.clara), at=world.at)


@pytest.mark.engines
def test_the_list_counts_and_narrows(world, uma):
    open_one = taken_out(world)
    body = listed(world)
    more = taken_out(world, body=body, outcome=Referral.Outcome.UPHELD)
    same = taken_out(world, body=body, outcome=Referral.Outcome.PARTLY)
    page = text_of(uma.get("/oversight/outside/"))
    assert "Taken outside 3 Still there 1 Days, on average 10 The same as ours 1 More than ours 1" in page
    assert "20 days" in page, "the open one has been there until today"

    def shown(asked):
        text = uma.get(f"/oversight/outside/?{asked}").content.decode()
        return {each for each in (open_one, more, same) if each.reference in text}

    assert shown("body=water-ombudsman") == {more, same}
    assert shown("body=-") == {open_one}
    assert shown("state=open") == {open_one}
    assert shown("compared=more") == {more}
    assert shown("year=2026") == {open_one, more, same}
    assert shown("year=2025") == set()
    # Who takes the complaint back ends the watching, whatever they do there.
    actions.withdraw(open_one, by=builders.the_complainant(open_one), at=world.at + 4 * DAY)
    assert shown("state=open") == set()
    assert shown("state=over") == {open_one, more, same}
    page = text_of(uma.get("/oversight/outside/"))
    assert "Still there 0" in page
    assert "4 days" in page
    assert "Ended here before" in page
    assert uma.get("/oversight/outside/?body=nobody").status_code == 422
    assert uma.get("/oversight/outside/?page=aoutside~1~%00").status_code == 200


def test_a_late_file_is_called_late(world, uma):
    complaint = builders.a_complaint(world, Stage.REJECTED)
    by = world.as_(world.liis)
    day = world.at.date()
    actions.refer(complaint, Unlisted("A court"), referred_on=day, file_due_on=day + 5 * DAY, by=by, at=world.at)
    assert "Late" in text_of(uma.get("/oversight/outside/"))


@pytest.mark.engines
def test_pages_follow_each_other(world, uma, monkeypatch):
    made = [taken_out(world) for _ in range(5)]
    for complaint in made:
        passed_on(world, complaint)
    monkeypatch.setattr(paging.page_of, "__kwdefaults__", {"size": 2})
    for address in ("/oversight/outside/", "/oversight/disclosures/"):
        seen, href = [], address
        for _page in range(4):
            text = uma.get(href).content.decode()
            seen += [each.reference for each in made if each.reference in text]
            if 'rel="next"' not in text:
                break
            href = address + text.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
        assert sorted(seen) == sorted(each.reference for each in made)


def test_they_cost_the_same_for_one_and_for_many(world, uma):
    passed_on(world, taken_out(world))
    addresses = ("/oversight/outside/", "/oversight/disclosures/")
    first = [counted(uma, address) for address in addresses]
    for _ in range(6):
        passed_on(world, taken_out(world, outcome=Referral.Outcome.UPHELD))
        gone = taken_out(world)
        actions.withdraw(gone, by=builders.the_complainant(gone), at=world.at)
    assert [counted(uma, address) for address in addresses] == first


def test_the_register_narrows_and_hides_a_shielded_name(world, uma):
    shielded, other = taken_out(world), taken_out(world)
    actions.shield(shielded, reason="They fear for their job", by=world.as_(world.clara), at=world.at)
    shielded = Complaint.objects.get(pk=shielded.pk)
    name = shielded.parties.get(role="complainant").name
    passed_on(world, shielded, recipient=f"The doctor of {name}")
    passed_on(world, other, names_complainant=True)
    text = text_of(uma.get("/oversight/disclosures/"))
    assert "The doctor of [" in text
    assert name not in text
    assert "Water Act" in text
    named = uma.get("/oversight/disclosures/?named=on").content.decode()
    assert other.reference in named
    assert shielded.reference not in named
    assert shielded.reference not in uma.get("/oversight/disclosures/?ground=consent").content.decode()
    assert uma.get("/oversight/disclosures/?what=everything").status_code == 422


def test_it_is_taken_out_as_a_file_and_that_is_recorded(world, uma, as_):
    complaint = taken_out(world)
    made = passed_on(world, complaint, recipient="=cmd()")
    answer = uma.post("/oversight/disclosures/export/?what=sheet", {"file_format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert complaint.reference in text
    assert made.digest in text
    assert ",=cmd" not in text, "a spreadsheet must not run it"
    assert "=cmd()" in text
    entry = Entry.objects.get(event="complaints.disclosures_exported")
    assert '"count":1' in entry.particulars
    assert uma.post("/oversight/disclosures/export/", {"file_format": "exe"}).status_code == 302
    assert as_(world.liis).post("/oversight/disclosures/export/", {"file_format": "csv"}).status_code == 403


def test_who_may_not_read_the_complaint_sees_nothing_of_it(world, uma, as_):
    complaint = taken_out(world)
    passed_on(world, complaint)
    actions.declare_conflict(
        complaint, world.uma, reason="A cousin", by=world.as_(world.clara), at=world.at + timedelta(minutes=1)
    )
    for address in ("/oversight/outside/", "/oversight/disclosures/"):
        assert complaint.reference not in uma.get(address).content.decode()
        assert complaint.reference in as_(world.clara).get(address).content.decode()
    assert "Taken outside 0" in text_of(uma.get("/oversight/outside/"))
