"""The head of a complaint: what it is at a glance, how far it has come, its tabs, and what may be done to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.acting import permission_of, today
from amends.complaints.actions.extend import Room
from amends.complaints.foreseeing import could_stand_still, room_of
from amends.complaints.models import Deadline, Party
from amends.complaints.models.complaint import Kind, Origin, Severity
from amends.complaints.next_step import Point
from amends.complaints.permissions import May
from amends.complaints.stages import BAR_OF, Bar, Stage
from amends.permissions.engine import may
from amends.surveys.permissions import May as MaySurveys
from amends.ui import formatting
from amends.ui.current import own_name
from amends.ui.parts import Crumb, Step, Tab, Tag, Tone
from amends.workspace.clock_names import title_of
from amends.workspace.complaint.clocks import places_of
from amends.workspace.complaint.contact_links import joinable
from amends.workspace.complaint.glance import Glance, glance_of
from amends.workspace.complaint.opening import Case
from amends.workspace.permission_words import permission_tags

Words = str | Promise

_SEVERITY: dict[int, tuple[Tone, str]] = {
    Severity.CRITICAL: ("danger", "alert"),
    Severity.HIGH: ("warn", "up"),
    Severity.MEDIUM: ("info", "minus"),
    Severity.LOW: ("", "down"),
}
_PRIORITY: dict[int, Tone] = {1: "danger", 2: "warn", 3: "info", 4: ""}


@dataclass(frozen=True)
class Action:
    """A link to something that may be done now."""

    label: Words
    icon: str
    href: str
    key: str = ""


def crumbs_of(case: Case, list_href: str, *, here: Words = "") -> list[Crumb]:
    """The way to this page: all complaints, the complaint, and what is done to it."""
    reference = case.complaint.reference
    above = [Crumb(gettext_lazy("All complaints"), list_href)]
    return [*above, Crumb(reference, case.at()), Crumb(here)] if here else [*above, Crumb(reference)]


def tags_of(case: Case) -> list[Tag]:
    """Severity, safety, priority, and what else one has to know before reading."""
    complaint = case.complaint
    tags = []
    if complaint.severity is not None:
        tags.append(Tag(Severity(complaint.severity).label, *_SEVERITY[complaint.severity]))
    if complaint.is_safety:
        tags.append(Tag(_("Safety"), "danger", "shield"))
    if complaint.significant_at is not None:
        tags.append(Tag(_("Significant"), "danger", "alert"))
    if complaint.priority is not None:
        words = _("Priority %(number)s") % {"number": complaint.priority}
        tags.append(Tag(words, _PRIORITY[complaint.priority], "flag"))
    if complaint.is_mis_prioritized:
        tags.append(Tag(_("Priority was wrong"), "warn", "flag"))
    if complaint.stage == Stage.VOID:
        tags.append(Tag(_("Void"), "danger", "stop"))
    if complaint.kind != Kind.COMPLAINT:
        tags.append(Tag(Kind(complaint.kind).label, "line"))
    if Party.Role.REPRESENTATIVE in case.parties:
        tags.append(Tag(_("On behalf of"), "line", "people"))
        tags += permission_tags(permission_of(case.parties[Party.Role.REPRESENTATIVE], today(case.now)))
    if complaint.is_anonymous:
        tags.append(Tag(_("Anonymous"), "line", "eye"))
    if complaint.is_shielded:
        tags.append(Tag(_("Shielded"), "warn", "shield"))
    if complaint.internal_report:
        tags.append(Tag(_("Reported by an employee"), "line", "people"))
    if complaint.is_about_process:
        tags.append(Tag(_("About our handling of complaints"), "line", "refresh"))
    if complaint.origin == Origin.IMPORT:
        tags.append(Tag(_("Taken over from elsewhere"), "line", "download"))
    return [*tags, Tag(own_name(complaint.language), "line", "globe")]


def stage_bar(case: Case, glance: Glance, clocks: Sequence[Deadline]) -> list[Step]:
    """Seven steps with their days."""
    stage = Stage(case.complaint.stage)
    current = list(Bar).index(BAR_OF[stage])
    steps = []
    for place, bar in enumerate(Bar):
        if place == current:
            steps.append(_present(case, stage, bar))
        elif place < current and _was_reached(bar, stage, glance):
            steps.append(Step(bar.label, "done", _note(case, bar, glance.reached.get(bar), clocks)))
        else:
            steps.append(Step(bar.label, "ahead", _due(bar, clocks)))
    return steps


def _was_reached(bar: Bar, stage: Stage, glance: Glance) -> bool:
    """What ended early never reached the steps in between."""
    if bar is Bar.SETTLING:
        return stage is Stage.CLOSED
    return bar is Bar.RECEIVED or glance.reached.get(bar) is not None


def _present(case: Case, stage: Stage, bar: Bar) -> Step:
    since = formatting.short_day(case.complaint.stage_since)
    if stage is Stage.CLOSED:
        return Step(stage.label, "done", since)
    is_plain = stage.value == bar.value
    return Step(bar.label if is_plain else stage.label, "now", _("since %(day)s") % {"day": since})


def _note(case: Case, bar: Bar, at: datetime | None, clocks: Sequence[Deadline]) -> str:
    if bar is Bar.RECEIVED:
        day = formatting.short_day(case.complaint.received_at)
        confirmed = next((clock for clock in clocks if clock.kind == Deadline.Kind.ACKNOWLEDGEMENT), None)
        if confirmed is not None and confirmed.met_at is not None:
            late = _("%(day)s, confirmed late") if confirmed.was_late else _("%(day)s, confirmed")
            return late % {"day": day}
        return day
    if at is None:
        return ""
    day = formatting.short_day(at)
    if bar is Bar.ASSESSED and case.complaint.priority is not None:
        return _("%(day)s, P%(priority)s") % {"day": day, "priority": case.complaint.priority}
    return day


def _due(bar: Bar, clocks: Sequence[Deadline]) -> str:
    if bar is not Bar.COMMUNICATED:
        return ""
    kinds = {Deadline.Kind.DECISION, Deadline.Kind.REVIEW}
    due = next((clock for clock in clocks if clock.is_open and clock.kind in kinds), None)
    return _("by %(day)s") % {"day": formatting.short_day(due.due_at)} if due else ""


def tabs_of(case: Case, here: str, points: Sequence[Point], files: int) -> list[Tab]:
    """The parts of the page, each with an address of its own."""
    found = sum(point.finding is not None for point in points)
    counted = _("%(done)s of %(all)s") % {"done": found, "all": len(points)} if found else ""
    tabs: list[tuple[str, Words, str]] = [
        ("complaint", _("Timeline"), ""),
        ("original", _("Original"), ""),
        ("investigation", _("Investigation"), counted),
        ("response", _("Response"), ""),
        *_of_subject(case),
        ("files", _("Files"), formatting.number(files) if files else ""),
        ("trail", _("Audit trail"), ""),
    ]
    return [Tab(label, case.at(name), name == here, count) for name, label, count in tabs]


def _of_subject(case: Case) -> list[tuple[str, Words, str]]:
    """A tab for those who handle it, once somebody is named."""
    if Party.Role.SUBJECT not in case.parties or not may(case.actor, May.TELL_SUBJECT, case.complaint):
        return []
    return [("subject_rights", _("Person complained about"), "")]


#: What is offered in the head of the page: verb, address, label, icon, key.
_FIRST = (
    ("acknowledge", "acknowledgement", gettext_lazy("Confirm receipt"), "check", ""),
    ("assess", "assessment", gettext_lazy("Assess"), "target", "T"),
    ("reassess", "assessment", gettext_lazy("Assess again"), "target", "T"),
    ("assign", "assignment", gettext_lazy("Assign"), "person", "A"),
    ("open_review", "review", gettext_lazy("Start a review"), "scales", "E"),
)
_MORE = (
    ("reply", "replies", gettext_lazy("Write down what they said"), "message", ""),
    ("confirm_summary", "read_back", gettext_lazy("Read back what we understood"), "phone", ""),
    ("translate", "translations", gettext_lazy("Translations"), "globe", ""),
    ("attempt_contact", "attempts", gettext_lazy("Log an attempt to reach them"), "phone", ""),
    ("add_issue", "points", gettext_lazy("Add a point"), "add", ""),
    ("accept", "decision", gettext_lazy("Record their answer to the decision"), "check", ""),
    ("hand_over", "hand_over", gettext_lazy("Hand over"), "next", ""),
    ("raise_significant", "significant_raised", gettext_lazy("Tell top management"), "alert", ""),
    ("mark_wrong_priority", "wrong_priority", gettext_lazy("Say that the priority was wrong"), "flag", ""),
    ("refer", "referral", gettext_lazy("Note an outside body"), "leave", ""),
    ("update_referral", "referral_update", gettext_lazy("Add what the outside body told us"), "pencil", ""),
    ("set_next_look", "next_look", gettext_lazy("Set when somebody looks again"), "eye", ""),
    ("pause", "pause", gettext_lazy("Let the clocks stand still"), "pause", ""),
    ("resume", "resumption", gettext_lazy("Let the clocks run on"), "clock", ""),
    ("change_packs", "complaint_rules", gettext_lazy("See which rules apply"), "file", ""),
    ("name_subject", "subject", gettext_lazy("Name the person complained about"), "shield", ""),
    ("declare_conflict", "conflict", gettext_lazy("Declare a conflict of interest"), "scales", ""),
    ("record_authority", "authority", gettext_lazy("Record the permission of the representative"), "people", ""),
    ("link_contact", "contact", gettext_lazy("Look for earlier complaints of this person"), "people", ""),
    ("record_need", "adjustments", gettext_lazy("Adjustments for this person"), "person", ""),
    ("shield", "shield", gettext_lazy("Shield the complainant"), "shield", ""),
    ("unshield", "unshield", gettext_lazy("End the shield"), "eye", ""),
    ("report_detriment", "detriment", gettext_lazy("Report harm for having complained"), "alert", ""),
    ("renew_access_code", "access_code", gettext_lazy("Give a new access code"), "key", ""),
    ("correct", "correction", gettext_lazy("Correct what was recorded wrongly"), "pencil", ""),
    ("convert", "conversion", gettext_lazy("Change the kind"), "sliders", ""),
    ("link", "related", gettext_lazy("Link with another complaint"), "people", ""),
    ("disclose", "disclosures", gettext_lazy("Pass something on outside"), "send", ""),
    ("merge", "merge", gettext_lazy("Merge into another complaint"), "copy", ""),
    ("unmerge", "unmerging", gettext_lazy("Take out of the other complaint again"), "copy", ""),
    ("ask_to_void", "voiding", gettext_lazy("Ask that it be void: a mistake or a test"), "stop", ""),
    ("void", "voiding_decision", gettext_lazy("Decide whether it is void"), "scales", ""),
    ("unvoid", "unvoiding", gettext_lazy("Take up again what was void"), "refresh", ""),
    ("rule_out", "scope", gettext_lazy("Say that it is out of scope"), "stop", ""),
    ("withdraw", "withdrawal", gettext_lazy("Record a withdrawal"), "stop", ""),
    ("close", "closure", gettext_lazy("Close"), "check", ""),
    ("reopen", "reopening", gettext_lazy("Reopen"), "refresh", ""),
)


def actions_of(case: Case, clocks: Sequence[Deadline]) -> tuple[list[Action], list[Action]]:
    """What this person may do now: a few buttons, and the rest in a list."""
    running = [clock for clock in clocks if clock.is_open]
    is_asked = glance_of(case.complaint).has_voiding
    possible = {
        "acknowledge": any(clock.kind == Deadline.Kind.ACKNOWLEDGEMENT for clock in running),
        "pause": bool(could_stand_still(running, case.now)),
        "resume": any(clock.is_paused for clock in running),
        "mark_wrong_priority": case.complaint.priority is not None,
        "link_contact": joinable(case),
        "ask_to_void": not is_asked,
        "void": is_asked,
        "shield": not case.complaint.is_shielded and not case.complaint.is_anonymous,
        "unshield": case.complaint.is_shielded,
        "record_authority": Party.Role.REPRESENTATIVE in case.parties,
    }
    offered = case.open_to - {verb for verb, is_possible in possible.items() if not is_possible}
    first = [_action(case, *each) for each in _FIRST if each[0] in offered]
    more = [_action(case, *each) for each in _MORE if each[0] in offered]
    if glance_of(case.complaint).is_asked and may(case.actor, MaySurveys.ENTER, case.complaint):
        more.append(Action(gettext_lazy("Enter answers to the survey"), "chart", case.at("survey_answers")))
    paper = Action(gettext_lazy("Follow-up sheet and file on paper"), "file", case.at("sheet"))
    return first, [*more, *(_extensions(case, clocks) if "extend" in offered else ()), paper]


def _extensions(case: Case, clocks: Sequence[Deadline]) -> Iterator[Action]:
    """More time, for each deadline that the rules let move."""
    able = [clock for clock in clocks if clock.is_open and isinstance(room_of(clock, case.now), Room)]
    places = places_of(clocks)
    for clock in able:
        label = _("Take more time: %(deadline)s") % {"deadline": title_of(clock)}
        words = _("Take more time") if len(able) == 1 else label
        yield Action(words, "calendar", case.at("extension", number=places[clock.pk]))


def _action(case: Case, _verb: str, name: str, label: Words, icon: str, key: str) -> Action:
    return Action(label, icon, case.at(name), key)
