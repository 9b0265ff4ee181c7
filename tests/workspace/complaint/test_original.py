"""What came in, as it came."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from amends.complaints import actions
from amends.complaints.actions.record_history import HistoricComplaint
from amends.complaints.models import CaseText, Complaint
from amends.complaints.models.complaint import Precision
from amends.complaints.stages import Stage
from amends.files.taking_in import take_in
from amends.journal.models import Entry
from amends.people.standing import SYSTEM
from tests import builders
from tests.portal.visitor import a_complaint_with_code, follower
from tests.workspace.complaint.conftest import Door, text_of, went_to


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


def test_translations_stand_beside_the_originals_marked_and_in_versions(world, as_):
    """Translations by people and machines: no original is replaced, and the complainant sees those of our words."""
    door = Door(world, as_)
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING, text="Vett ei olnud.", language="et")
    actions.write_message(complaint, text="Which day?", needs_reply=True, by=world.as_(world.liis), at=world.at)
    actions.write_note(complaint, text="Hm.", by=world.as_(world.liis), at=world.at)
    actions.write_message(complaint, text="A plumber comes.", by=world.as_(world.liis), at=world.at)
    typed = {"language": "en", "text": "There was no water.", "made_by": "machine", "translator": "Argos 1.9"}
    bad = ({"translator": ""}, {"language": "xx"}, {"text": " "}, {"made_by": ""})
    for wrong in bad:
        assert door.post(world.liis, complaint, "translations/text/", **{**typed, **wrong}).status_code == 422
    assert door.post(world.zoe, complaint, "translations/text/", **typed).status_code in {403, 404}
    assert CaseText.objects.translations().count() == 0
    for _again in range(2):  # pressed twice is one version
        assert went_to(door.post(world.liis, complaint, "translations/text/", **typed), complaint, "translations/")
    better = {"language": "en", "text": "We had no water.", "made_by": "person", "translator": ""}
    arabic = {**better, "language": "ar", "text": "متى؟"}
    for path, said in (
        ("text", better),
        ("point-1", {**better, "text": "No water"}),
        ("message-2", arabic),
        ("message-3", {**typed, "language": "et", "text": "Torumees tuleb."}),
    ):
        assert door.post(world.liis, complaint, f"translations/{path}/", **said).status_code == 302, path
    for gone in ("message-4", "message-0", "point-9", "note-1", "x"):
        assert door.get(world.liis, complaint, f"translations/{gone}/").status_code == 404
    rows = CaseText.objects.translations().filter(complaint=complaint, language="en", issue=None, message=None)
    assert [(row.version, row.is_by_machine, row.translator) for row in rows] == [
        (2, False, ""),
        (1, True, "Argos 1.9"),
    ]
    assert CaseText.objects.get(complaint=complaint, role=CaseText.Role.ORIGINAL).text == "Vett ei olnud."
    assert Entry.objects.filter(event="complaints.translated").count() == 5
    for path in ("original/", "translations/", ""):
        page = text_of(door.get(world.liis, complaint, path))
        assert page.index("Vett ei olnud.") < page.index('dir="ltr" lang="en">We had no water.'), path
        assert "There was no water." not in page
        assert "Translation by a person" in page
        assert ('dir="rtl" lang="ar">متى؟' in page) == (path != "original/")
    assert "There was no water." in text_of(door.get(world.liis, complaint, "translations/text/"))
    assert "the complaint · English · by a machine" in text_of(door.get(world.liis, complaint, "?show=changes"))
    seen = follower(complaint).get("/track/view/").content.decode()
    assert seen.index("Which day?") < seen.index('dir="rtl" lang="ar">متى؟')
    assert "Torumees tuleb." in seen
    assert "Translation by a machine" in seen
    # What they wrote themselves is shown to them as they wrote it, and who of us translated is not told.
    assert "We had no water." not in seen
    assert "Argos" not in seen
    assert world.liis.name not in seen
