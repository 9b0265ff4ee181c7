"""Each rule pack that comes with Amends, as the complainant meets it: no page breaks and no page names a wrong time."""

import re

import pytest
from django.http import HttpResponse
from django.utils import translation

from amends.complaints import actions
from amends.complaints.models import Acknowledgement, Complaint, Deadline
from amends.complaints.stages import Stage
from amends.framework.actions.add_packs import shipped
from amends.framework.models import Organisation
from amends.framework.rules.parts import Pack
from amends.framework.which_packs import own_pack, rules_of
from amends.kit.translated import TranslatedText
from amends.ui import formatting
from tests.cast import World
from tests.complaints.clocks import apply_pack
from tests.portal.conftest import NOW, Moment
from tests.portal.test_progress import words
from tests.portal.visitor import LEAST, Visitor, a_complaint_with_code, follower

PACKS = sorted({document["pack"] for document in shipped()})
TIME = re.compile(r"\b\d+ (?:working (?:hours?|days?)|hours?|days?|weeks?|months?|years?)\b")
DAY = re.compile(r"\b(?:By|by) ((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ \w+ \d{4})")
#: A value that was not there, or a slot that was not filled.
LEFT_OPEN = re.compile(r"(?::|within|by|By|until|Until) (?:None\b|\.|$)|[{}]|%\(")
#: How long a draft is kept: a time that no rule sets.
OF_OUR_OWN = {"14 days"}

pytestmark = pytest.mark.parametrize("code", PACKS)


def times_that_may_be_named(rules: Pack) -> set[str]:
    """Every limit of a pack, in words."""
    found = set(OF_OUR_OWN)
    for body in rules.external:
        found |= set(TIME.findall(str(body.admissibility)))
    for clock in rules.clocks:
        limits = [clock.limit, clock.outer, clock.new_date_when_late, *(permit.cap for permit in clock.pauses)]
        limits.append(clock.extension.most if clock.extension else None)
        found |= {formatting.limit(limit) for limit in limits if limit is not None}
    return found


def days_that_may_be_named(complaint: Complaint) -> set[str]:
    """The days on which a clock of the complaint is due."""
    return {formatting.long_day(due_at) for due_at in complaint.deadlines.values_list("due_at", flat=True)}


def use(world: World, code: str) -> None:
    """Let it apply to everything; the general pack does already."""
    if code != "general":
        apply_pack(world, code)


def told_by(response: HttpResponse) -> str:
    """The text of a page that answered well and on which nothing was left unfilled."""
    assert response.status_code == 200
    told = words(response.content.decode())
    assert not LEFT_OPEN.search(told), LEFT_OPEN.search(told)
    return told


def test_what_is_promised_before_and_after_complaining(world: World, code: str) -> None:
    use(world, code)
    rules = rules_of(own_pack(NOW))
    with translation.override("en"):
        allowed = times_that_may_be_named(rules)
        deciding = rules.clocks_of("decision")[0]
        length = formatting.limit(deciding.limit)
    label = (
        "Our decision, after we have confirmed your complaint" if deciding.starts == "acknowledged" else "Our decision"
    )
    for path in ("/", "/complain/", "/how-it-works/"):
        told = told_by(Visitor().get(path))
        named = set(TIME.findall(told))
        assert named <= allowed, (path, named - allowed)
        assert f"{label}: {length}" in told
    visitor = Visitor()
    complaint = visitor.complains(LEAST)
    told = told_by(visitor.get("/complain/done/"))
    with translation.override("en"):
        assert set(DAY.findall(told)) <= days_that_may_be_named(complaint)
        due = complaint.deadlines.filter(kind=Deadline.Kind.DECISION).order_by("due_at").first()
        when = f"By {formatting.long_day(due.due_at)}" if due else f"After our confirmation: {length}"
    assert f"Decision with reasons (not started) {when}" in told


def test_every_page_for_who_follows_it(world: World, moment: Moment, code: str) -> None:
    if code == "turkiye":
        Organisation.objects.update(external_body=TranslatedText({"en": "a committee", "tr": "Tüketici hakem heyeti"}))
    use(world, code)
    complaint, _code = a_complaint_with_code(world, Stage.COMMUNICATED)
    names_no_wrong_day(complaint, "view", "date", "reply", "withdraw", "decision", "decision/?answer=no")
    complaint, key = a_complaint_with_code(world, token="another")
    names_no_wrong_day(complaint, "view", "date", "reply", "withdraw", key=key)
    actions.acknowledge(complaint, how=Acknowledgement.How.PHONE, by=world.as_(world.clara), at=NOW)
    moment.later(days=400)
    pages = names_no_wrong_day(complaint, "view", "date", key=key)
    assert "We are late, and we are sorry." in pages["view"]
    assert "on time" not in pages["view"]
    assert "This day has passed. We are late, and we are sorry." in pages["date"]


def names_no_wrong_day(complaint: Complaint, *pages: str, key: str = "") -> dict[str, str]:
    """Open these pages as the complainant; each day in them is one of a clock or of a remedy."""
    visitor = follower(complaint) if not key else Visitor("192.0.2.9")
    if key:
        assert visitor.tracks(complaint.reference, key).status_code == 302
    told = {page: told_by(visitor.get(f"/track/{page}" if "?" in page else f"/track/{page}/")) for page in pages}
    with translation.override("en"):
        allowed = days_that_may_be_named(complaint)
        allowed |= {formatting.long_day(day) for day in complaint.remedies.values_list("due_on", flat=True)}
    for page, text in told.items():
        assert set(DAY.findall(text)) <= allowed, (page, set(DAY.findall(text)) - allowed)
    return told
