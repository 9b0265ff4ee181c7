"""Somebody on the public pages, without JavaScript."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amends.complaints.models import Complaint, Draft
from amends.complaints.stages import Stage
from amends.kit.ids import access_code_from
from tests import builders
from tests.cast import World
from tests.files import uploads

ABOUT = {"product": "our-services", "category": "poor-service", "site": "Main street 1", "order_reference": "C-17"}
WHO = {"for_whom": "me"}
WHAT = {
    "text": "The water was switched off and nobody told us.",
    "when": "day",
    "occurred_on": "16 February 2026",
    "danger": "no",
}
REMEDY = {"remedy_wanted": ["apologise"], "remedy_wanted_text": "Say sorry.", "amount": "49.90"}
CONTACT = {
    "identity": "named",
    "name": "Mari Saar",
    "contact_by": "email",
    "email": "mari@example.org",
    "phone": "+372 5555 0142",
    "needs": ["large_print"],
}
ANONYMOUS = {"identity": "anonymous"}

TOKEN = "the token of the form from which a complaint of these tests came"

#: The least that one has to answer.
LEAST = {
    "about": {"product": "not_sure"},
    "who": WHO,
    "what": {"text": "No water.", "danger": "no"},
    "remedy": {},
    "contact": ANONYMOUS,
}
MOST = {"about": ABOUT, "who": WHO, "what": WHAT, "remedy": REMEDY, "contact": CONTACT}


class Visitor:
    """A browser with its cookies and its address."""

    def __init__(self, address: str = "203.0.113.7") -> None:
        self.client = Client(raise_request_exception=True, REMOTE_ADDR=address, HTTP_USER_AGENT="Canary/1.0")

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(f"/en{path}", **options)

    def post(self, path: str, data: Any = None, **options: Any) -> Any:
        return self.client.post(f"/en{path}", data or {}, **options)

    # -- complaining

    def starts(self) -> Draft:
        """Begin a draft."""
        assert self.post("/complain/").status_code == 302
        return Draft.objects.latest("id")

    def answers(self, draft: Draft, slug: str, **answers: Any) -> Any:
        """Fill in a step and press Continue."""
        return self.post(f"/complain/{draft.number}/{slug}/", answers)

    def fills_in(self, answers: dict[str, dict[str, Any]] | None = None) -> Draft:
        """All five steps."""
        draft = self.starts()
        for slug, each in (answers or MOST).items():
            response = self.answers(draft, slug, **each)
            assert response.status_code == 302, response.content.decode()
        return draft

    def sends(self, draft: Draft) -> Any:
        """Press Send complaint."""
        return self.post(f"/complain/{draft.number}/check/")

    def complains(self, answers: dict[str, dict[str, Any]] | None = None) -> Complaint:
        """The whole way."""
        draft = self.fills_in(answers)
        response = self.sends(draft)
        assert response.status_code == 302, response.content.decode()
        assert response.url == "/en/complain/done/"
        return Complaint.objects.latest("id")

    # -- following

    def tracks(self, reference: str, code: str) -> Any:
        """Enter both codes."""
        return self.post("/track/", {"reference": reference, "code": code})


def follower(complaint: Complaint, *, address: str = "198.51.100.20") -> Visitor:
    """The complainant with their codes entered. The complaint has to come from `a_complaint_with_code`."""
    visitor = Visitor(address)
    code = access_code_from(TOKEN, settings.AMENDS_TRACKING_KEY)
    response = visitor.tracks(complaint.reference, code)
    assert response.status_code == 302, response.content.decode()
    return visitor


def a_complaint_with_code(world: World, stage: Stage = Stage.RECEIVED, **changes: Any) -> tuple[Complaint, str]:
    """A complaint at a stage, and its access code."""
    token = changes.pop("token", TOKEN)
    complaint = builders.a_complaint(world, stage, token=token, **changes)
    return complaint, access_code_from(token, settings.AMENDS_TRACKING_KEY)


def a_photo(name: str = "notice.jpg") -> SimpleUploadedFile:
    """A picture with the notes of a camera in it: who, where, when."""
    return SimpleUploadedFile(name, uploads.jpeg(), "image/jpeg")


def a_recording(name: str = "call.wav") -> SimpleUploadedFile:
    """A sound, from which nobody can take out who made it."""
    return SimpleUploadedFile(name, WAV, "audio/wav")


WAV = b"".join(
    (
        b"RIFF" + (44).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little"),
        b"\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00",
        b"data" + (8).to_bytes(4, "little") + b"\x00" * 8,
    )
)
