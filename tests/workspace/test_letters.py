"""Letters for people who asked for post: listed until they are posted, by those who may know the address."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.letter_paper import Paper, pdf_of
from amends.complaints.letters import letters_of, waiting_too_long
from amends.complaints.models import Letter, Party
from amends.complaints.stages import Stage
from amends.correspondence.models import Delivery
from amends.framework.actions.change_organisation import checked_colour
from amends.framework.queries import the_organisation
from amends.journal.models import Entry
from amends.kit import clock
from amends.kit.refusal import Refusal
from amends.project.health import warnings
from amends.reactions import worker
from tests import builders
from tests.cast import AT
from tests.rendering.paper import faults_of, pages_of, words_of

PAGE = "/staff/letters/"
ADDRESS = "Mill Lane 4\n12345 Larkhaven"


@pytest.fixture
def waiting(world, monkeypatch, at_moment):
    """Somebody without e-mail who wants letters was written to."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    at_moment(AT + timedelta(hours=1))
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    worker.drain()
    Party.objects.filter(complaint=complaint, role="complainant").update(contact_by="post", address=ADDRESS, email="")
    actions.write_message(complaint, text="Did anybody call you back?", by=world.as_(world.liis), at=AT)
    worker.drain()
    return Letter.objects.get()


def events_of_letters():
    return [event for event in Entry.objects.order_by("id").values_list("event", flat=True) if "letter_" in event]


def test_a_message_becomes_a_letter_once_and_no_mail(world, waiting):
    assert (waiting.message.text, waiting.party.address) == ("Did anybody call you back?", ADDRESS)
    assert not Delivery.objects.filter(notice="message_waiting").exists()
    Entry.objects.get(event="complaints.letter_queued")
    complaint = waiting.complaint
    actions.write_message(complaint, text="As I said just now.", channel="phone", by=world.as_(world.liis), at=AT)
    worker.drain()
    assert Letter.objects.count() == 1, "what was told by telephone needs no letter"


def test_the_decision_goes_by_post_too(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    complaint = builders.a_complaint(world, Stage.DECIDED)
    Party.objects.filter(complaint=complaint, role="complainant").update(contact_by="post", address=ADDRESS)
    actions.communicate(complaint, channel="portal", by=world.as_(world.liis), at=AT)
    worker.drain()
    assert Letter.objects.get().message == complaint.communications.get().message


def test_it_is_opened_printed_and_posted_with_its_day(world, waiting, as_):
    liis = as_(world.liis)
    page = liis.get(PAGE).content.decode()
    assert "Mari Saar" in page
    paper = liis.get(f"{PAGE}{waiting.uid}/").content.decode()
    assert "Did anybody call you back?" in paper
    assert "12345 Larkhaven" in paper
    nothing = liis.post(PAGE, {"did": "posted", "posted_on": "2026-03-02"})
    assert (nothing.status_code, "Tick at least one letter." in nothing.content.decode()) == (422, True)
    ticked = {"letter": str(waiting.uid)}
    early = liis.post(PAGE, {**ticked, "did": "posted", "posted_on": "2026-03-02"})
    assert (early.status_code, "Print the letter first" in early.content.decode()) == (422, True)
    assert liis.post(PAGE, {**ticked, "did": "printed"}).status_code == 302
    for day in ("2026-03-03", "2026-03-01", ""):
        assert liis.post(PAGE, {**ticked, "did": "posted", "posted_on": day}).status_code == 422
    assert liis.post(PAGE, {**ticked, "did": "posted", "posted_on": "2026-03-02"}).status_code == 302
    waiting.refresh_from_db()
    assert (str(waiting.posted_on), waiting.posted_by, waiting.printed_by) == ("2026-03-02", world.liis, world.liis)
    assert events_of_letters() == [f"complaints.letter_{what}" for what in ("queued", "printed", "posted")]
    assert "No letter waits" in liis.get(PAGE).content.decode()
    with pytest.raises(Refusal) as refused:
        actions.post_letter(waiting, posted_on=AT.date(), by=world.as_(world.liis), at=AT)
    assert refused.value.code == "posted_already"


def test_letters_become_one_file_to_print_with_pages_counted_for_each(world, waiting, as_, tmp_path):
    markup = '#panic("x") #read("/etc/passwd") <b>bold</b> $x$'
    text = f"Second letter. {markup}\n\n" + "Many words, so that a page is not enough. " * 120
    actions.write_message(waiting.complaint, text=text, by=world.as_(world.liis), at=AT)
    worker.drain()
    liis = as_(world.liis)
    one = liis.get(f"{PAGE}{waiting.uid}/letter.pdf")
    assert one["Content-Type"] == "application/pdf"
    assert pages_of(one.content) == 1
    ticked = [str(uid) for uid in Letter.objects.order_by("id").values_list("uid", flat=True)]
    both = liis.post(PAGE, {"letter": ticked, "did": "paper"}).content
    assert faults_of(both, tmp_path) == []
    words = words_of(both)
    assert [part in words for part in (markup, "Mill Lane 4", "1 / 1", "1 / 2", "2 / 2", "2 / 3")] == [True] * 5 + [
        False
    ]
    assert not Letter.objects.filter(printed_at__isnull=False).exists(), "a file is not yet paper on the table"
    page = liis.get(f"{PAGE}{Letter.objects.latest('id').uid}/").content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_the_colour_of_letters_is_one_that_can_be_read(world, as_):
    organisation = the_organisation()
    assert [checked_colour(typed) for typed in ("#1F4E79\n", "")] == ["#1f4e79", ""]
    for typed, code in (("#ffee00", "colour_pale"), ("blue", "colour_wrong")):
        with pytest.raises(Refusal) as refused:
            checked_colour(typed)
        assert refused.value.code == code
    organisation.brand_colour = "#1f4e79"
    paper = Paper("tr", "s", ("Ada",), (), "Konu", ("Söz",), "Biz", "f")
    assert pages_of(pdf_of([paper, paper], organisation, at=AT, language="en")) == 2


def test_only_those_who_may_know_the_address_see_it(world, waiting, as_):
    for who in (world.adam, world.dario, world.bruno, world.tom):
        assert not letters_of(world.as_(who)).exists(), who
        assert as_(who).get(f"{PAGE}{waiting.uid}/").status_code in {403, 404}
    actions.shield(waiting.complaint, reason="She is afraid.", by=world.as_(world.clara), at=AT)
    assert not letters_of(world.as_(world.liis)).exists()
    assert letters_of(world.as_(world.clara)).exists()
    assert "Mari Saar" not in as_(world.liis).get(PAGE).content.decode()


def test_what_waits_too_long_shows_to_those_on_duty(world, waiting):
    days = {days: waiting_too_long(AT + timedelta(days=days)) for days in (0, 1, 2, 3, 4)}
    assert days == {0: 0, 1: 0, 2: 0, 3: 1, 4: 1}, "Monday's letter is late on Thursday"
    assert "letters: 1 wait to be posted for more than 2 working days" in warnings(AT + timedelta(days=3))


def test_the_list_costs_the_same_for_one_and_for_twenty(world, waiting, as_):
    liis = as_(world.liis)
    liis.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        liis.get(PAGE)
    for _number in range(19):
        actions.write_message(waiting.complaint, text="Another one.", by=world.as_(world.liis), at=AT)
    worker.drain()
    with CaptureQueriesContext(connection) as twenty:
        page = liis.get(PAGE).content.decode()
    assert page.count('name="letter"') == 20
    assert len(twenty) == len(one)
