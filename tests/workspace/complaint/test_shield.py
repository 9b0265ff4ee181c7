"""A shielded complainant's name stands on no page for those who handle the complaint; harm is read by few."""

import re

import pytest
from django.urls import get_resolver

from amends.complaints import actions
from amends.complaints.intake import Contact as Given
from amends.complaints.models import Complaint, Issue, Party, Shield
from amends.complaints.stages import Stage
from amends.files.taking_in import take_in
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from amends.reactions.notices import detriment
from tests import builders
from tests.architecture.test_every_route_declares_access import routes
from tests.files import uploads
from tests.files.uploads import Sent
from tests.workspace.complaint.conftest import address, text_of, went_to

NAME, LAST, MAIL, PHONE = "Canarina Zeisig", "Zeisig", "zeisig@canary.example", "0800 555 7777"
CANARIES = ("canarina", "zeisig", "555 7777", "birdcage")
READERS = ("liis", "mark", "uma", "frida", "dario", "tom", "bruno", "adam", "zoe")


@pytest.fixture
def shielded(world):
    """A complaint with the name in every place where one can write it, shielded by Clara."""
    file = take_in(Sent("letter of canarina_zeisig.jpg", uploads.jpeg()), keep_original=True, at=world.at)
    complaint = builders.a_complaint(
        world,
        Stage.COMMUNICATED,
        text=f"I am {NAME}, write to {MAIL}.",
        title=f"{LAST} without water",
        complainant=Given(name=NAME, email=MAIL, phone=PHONE, address="Birdcage 3", contact_by="email"),
        remedy_wanted_text=f"Tell Ms {LAST} that you are sorry",
        files=(file,),
    )
    liis = world.as_(world.liis)
    actions.write_message(complaint, text=f"Dear Ms {LAST.upper()},", by=liis, at=world.at)
    actions.write_note(complaint, text=f"I called Canarina at {PHONE}.", by=liis, at=world.at)
    actions.link_contact(complaint, "complainant", None, by=liis, at=world.at)
    actions.shield(complaint, reason="She works there", by=world.as_(world.clara), at=world.at)
    return Complaint.objects.get(pk=complaint.pk)


def pages(complaint):
    """Every staff address that can be opened about a complaint, and the lists around it."""
    file = complaint.thread.messages.filter(files__isnull=False).first().files.get().file
    entries = Entry.objects.filter(subject_kind="complaint").order_by("-id")[:40]
    given = {"reference": [complaint.reference], "token": [file.token], "uid": [e.uid.hex for e in entries]}
    given |= {"number": [1], "role": ["complainant"]}
    for where, _pattern in routes(get_resolver().url_patterns):
        if not where.startswith("staff/") or re.search(r"[\^$(?]", where):
            continue
        names = re.findall(r"<(?:\w+:)?(\w+)>", where)
        if not set(names) <= set(given):
            continue
        last = names[-1] if names else "reference"
        for value in given[last]:
            values = {name: value if name == last else given[name][0] for name in names}
            yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", where).format(**values)
    yield from ("/staff/complaints/?view=all", "/staff/contacts/?q=zei", "/staff/contacts/?q=canarina")


def content_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return (body.decode("utf-8", "replace") + str(answer.headers)).casefold()


def test_the_name_stands_on_no_page_for_anybody_but_two(door, shielded):
    world, opened, found = door.world, 0, []
    for who in READERS:
        client = door.client(getattr(world, who))
        for path in pages(shielded):
            answer = client.get(path)
            opened += answer.status_code == 200
            body = content_of(answer).replace("q=zei", "").replace("q=canarina", "")
            body = body.replace('value="zei"', "").replace('value="canarina"', "")
            found += [(who, path, canary) for canary in CANARIES if canary in body]
    assert found == [], "\n".join(map(str, found))
    assert opened > 150


def test_they_read_a_sign_instead_and_two_read_the_name(door, shielded):
    world = door.world
    sign = f"Complainant {shielded.pseudonym}"
    page = text_of(door.get(world.liis, shielded))
    assert sign in page
    assert f"[{shielded.pseudonym}]" in page
    assert sign in text_of(door.client(world.liis).get("/staff/complaints/?view=all"))
    for who in (world.clara, world.dora):
        assert NAME in text_of(door.get(who, shielded))
    refused = door.post(world.liis, shielded, "identity/", reason="contact")
    assert refused.status_code == 403
    assert LAST not in text_of(refused)
    shown = door.post(world.clara, shielded, "identity/", reason="contact")
    assert MAIL in text_of(shown)
    assert Entry.objects.filter(event="complaints.identity_revealed").count() == 1


def test_the_shield_is_raised_and_ended_with_a_reason_by_those_who_keep_it(door):
    world = door.world
    complaint = builders.a_complaint(world, title="Mari Saar has no water")
    assert door.post(world.liis, complaint, "shield/", reason="Me").status_code == 403
    assert door.post(world.clara, complaint, "shield/", reason=" ").status_code == 422
    assert went_to(door.post(world.dora, complaint, "shield/", reason="Fear"), complaint)
    complaint.refresh_from_db()
    assert complaint.is_shielded
    assert "Mari" not in complaint.title
    assert Issue.objects.filter(complaint=complaint, summary__contains="Mari").count() == 0
    with pytest.raises(Refusal) as refused:
        actions.link_contact(complaint, "complainant", None, by=world.as_(world.liis), at=world.at)
    assert refused.value.code == "shielded"
    assert went_to(door.post(world.clara, complaint, "shield/end/", reason="She agrees"), complaint)
    row = Shield.objects.get()
    assert (row.person, row.lifted_by, row.lift_reason) == (world.dora, world.clara, "She agrees")
    assert "Mari Saar" in text_of(door.get(world.liis, complaint))
    assert Party.objects.get(complaint=complaint).name == "Mari Saar"


# ---------------------------------------------------------------- harm for having complained


def test_harm_is_told_to_the_management_representative_and_read_by_two(door, mailoutbox):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    assert went_to(door.post(world.liis, complaint, "detriment/", text="CANARY: they shouted"), complaint)
    detriment(Entry.objects.get(event="complaints.detriment_reported"))
    assert [mail.to for mail in mailoutbox] == [[world.clara.email]]
    assert "CANARY" not in mailoutbox[0].body
    assert address(complaint, "detriment/") in mailoutbox[0].body
    for who in (world.clara, world.dora):
        assert "CANARY" in text_of(door.get(who, complaint, "detriment/"))
        assert "reports harm" in text_of(door.get(who, complaint))
    for who in (world.liis, world.uma, world.dario, world.tom):
        for path in ("", "detriment/", "trail/", "files/", "original/"):
            page = text_of(door.get(who, complaint, path))
            assert "CANARY" not in page
            assert "reports harm" not in page


def test_a_representative_of_management_behind_the_wall_hears_nothing(world, mailoutbox):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.name_subject(complaint, world.clara, by=world.as_(world.uma), at=world.at)
    fresh = Complaint.objects.get(pk=complaint.pk)
    by = builders.the_complainant(fresh)
    actions.report_detriment(fresh, text="She threatened me.", by=by, at=world.at)
    detriment(Entry.objects.get(event="complaints.detriment_reported"))
    assert mailoutbox == []
