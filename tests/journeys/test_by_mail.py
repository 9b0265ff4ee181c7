"""A complaint by e-mail with photos, through a real SMTP server into a real mailbox: looked at by somebody, taken up,
confirmed, answered by mail and decided by mail."""

from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from tests.files import uploads
from tests.journeys import steps
from tests.journeys.installation import eventually
from tests.journeys.letterbox import Letter, Letterbox
from tests.journeys.pages import Person, field, press, sees_heading

pytestmark = pytest.mark.browser

PHOTOS = {"cellar.jpg": uploads.jpeg((400, 300)), "meter.jpg": uploads.jpeg((300, 400))}
ANSWER = "The meter stood at 4711 this morning."
REASONS = "The valve in the street leaked since Friday."
TRAIL = (
    "received acknowledged assessed investigation_opened replied finding_recorded response_proposed decided "
    "communicated replied accepted closed"
)


def a_mail(who: Person, text: str, to: str, subject: str) -> EmailMessage:
    """As the mail program of a telephone writes it: text, the same in HTML, and pictures."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{who.name} <{who.email}>", to, subject
    mail["Message-ID"] = f"<{abs(hash(text))}@mail.example.org>"
    mail.set_content(text)
    mail.add_alternative(f"<html><body><p>{text}</p></body></html>", subtype="html")
    return mail


def complaint_by_mail(who: Person, to: str) -> EmailMessage:
    """With photos; the mail server of the organisation takes so many pictures for advertising."""
    mail = a_mail(who, steps.TEXT, to, "Water in our cellar")
    for name, content in PHOTOS.items():
        mail.add_attachment(content, maintype="image", subtype="jpeg", filename=name)
    mail["X-Spam-Flag"] = "YES"
    return mail


def takes_up(liis: Person, letterbox: Letterbox) -> str:
    """Find it among the mails that wait, read it, and make it a complaint; gives its reference."""
    found = liis.page.get_by_role("row").filter(has_text="Water in our cellar").get_by_role("link")

    def has_come() -> bool:
        liis.goes_to("/staff/mail/")
        return found.count() == 1

    eventually(has_come, "the mail under Incoming mail")
    found.click()
    sees_heading(liis, "Water in our cellar")
    expect(liis.page.get_by_role("main")).to_contain_text(", ".join(PHOTOS))
    expect(field(liis, "Name")).to_have_value("Triin Õunapuu")
    press(liis, "Make it a complaint")
    expect(liis.page.get_by_role("main")).to_contain_text("It is recorded as")
    # She wrote it, whoever took it up.
    expect(liis.page.locator(".timeline-in")).not_to_contain_text("written down by")
    return liis.page.url.rstrip("/").rpartition("/")[2]


def answers(who: Person, letterbox: Letterbox, letter: Letter, text: str) -> None:
    """Press Answer in the mail program: it goes to the address for answers, with our words below."""
    quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
    mail = a_mail(who, f"{text}\n\nYou wrote:\n{quoted}", str(letter.mail["Reply-To"]), f"Re: {letter.subject}")
    mail["In-Reply-To"] = str(letter.mail["Message-ID"])
    letterbox.send(mail)


def test_photos_by_mail_and_every_answer_by_mail(larkhaven, staff, visitor, trail) -> None:
    box, stage = larkhaven.letterbox, larkhaven.installation.stage_of
    triin = visitor("Triin Õunapuu")
    box.send(complaint_by_mail(triin, box.organisation))
    liis, mark = staff("liis"), staff("mark")
    reference = takes_up(liis, box)
    assert stage(reference) == "received"
    for name in PHOTOS:
        expect(liis.page.get_by_role("link", name=name).first).to_be_visible()
    liis.goes_to(f"/staff/complaints/{reference}/files/")
    for name in PHOTOS:
        expect(liis.page.get_by_role("main")).to_contain_text(name)

    confirmation = box.letter(triin.email, f"We have your complaint {reference}")
    assert confirmation.mail["Auto-Submitted"] == "auto-generated"
    assert str(confirmation.mail["Reply-To"]).startswith("complaints+")
    steps.open_complaint(liis, reference)
    steps.assess(liis, handler=liis.name)
    steps.investigate(liis)
    answers(triin, box, confirmation, ANSWER)
    box.letter(liis.email, f"New reply to {reference}")
    liis.page.reload()
    # Our own words below it are folded away.
    expect(liis.page.locator(".timeline-in").first.locator(".written:visible")).to_have_text(ANSWER)

    steps.record_finding(liis, "Upheld: we were wrong", REASONS, cause="process")
    steps.propose(liis, "You were right: it was our valve.", REASONS)
    steps.approve(mark, reference)
    steps.open_complaint(liis, reference)
    letter = steps.communicate(liis)
    decision = box.letter(triin.email, f"Our decision on {reference} is ready")
    assert " ".join(letter.split()) in " ".join(decision.text.split()), "whoever writes by mail reads all in the mail"
    assert decision.mail["References"] or decision.mail["In-Reply-To"]
    answers(triin, box, decision, "I accept this. Thank you.")
    eventually(lambda: "I accept this." in _said_in_timeline(liis), "the answer in the timeline")
    steps.record_acceptance(liis, "E-mail")
    steps.close(liis)
    assert stage(reference) == "closed"
    trail(liis, steps.Codes(reference, ""), TRAIL)


def _said_in_timeline(who: Person) -> str:
    who.page.reload()
    return who.page.get_by_role("region", name="Timeline").inner_text()
