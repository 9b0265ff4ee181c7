"""What came in, as it came."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from amends.complaints import actions
from amends.complaints.actions.record_history import HistoricComplaint
from amends.complaints.models import Complaint
from amends.complaints.models.complaint import Precision
from amends.files.taking_in import take_in
from amends.people.standing import SYSTEM
from tests import builders
from tests.workspace.complaint.conftest import text_of


def test_the_text_and_every_answer_that_came_with_it(door):
    world = door.world
    file = take_in(SimpleUploadedFile("notice.txt", b"A notice.", "text/plain"), keep_original=True, at=world.at)
    complaint = builders.a_complaint(
        world,
        text="Vesi oli ära.\nKeegi ei öelnud.",
        language="et",
        site="Harbour Lane",
        order_reference="C-778",
        occurred_on=date(2026, 2, 27),
        remedy_wanted_text="Say sorry to my mother.",
        amount_claimed=12_000,
        currency="GBP",
        files=(file,),
    )
    page = text_of(door.get(world.liis, complaint, "original/"))
    for words in (
        'lang="et">Vesi oli ära.\nKeegi ei öelnud.',
        "Harbour Lane",
        "C-778",
        "27 February 2026",
        "Apologise",
        "Say sorry to my mother.",
        "£120.00",
        "2 March 2026, 09:00",
        "notice.txt",
        "Eesti",
    ):
        assert words in page, words


def test_a_letter_has_a_day_and_who_wrote_it_down(door):
    world = door.world
    intake = builders.an_intake(channel="post", received_precision=Precision.DAY)
    receipt = actions.receive(intake, token="t" * 32, by=world.as_(world.frida), at=world.at)
    page = text_of(door.get(world.liis, receipt.complaint, "original/"))
    assert "<dd>2 March 2026</dd>" in page
    assert "2 March 2026, 09:00, by Frida Lund" in page


def test_what_another_system_knew_is_shown_and_a_missing_text_is_said(door):
    world = door.world
    historic = HistoricComplaint(
        external_id="779",
        received_at=world.at,
        title="An old one",
        unit=world.water,
        source_facts={"Officer": "<b>R.</b>"},
    )
    actions.record_history([historic], source="oldsys", by=SYSTEM, at=world.at)
    complaint = Complaint.objects.get(external_id="779")
    page = text_of(door.get(world.liis, complaint, "original/"))
    assert "did not give us the text" in page
    assert "oldsys" in page
    assert "&lt;b&gt;R.&lt;/b&gt;" in page
    assert door.get(world.liis, complaint).status_code == 200
