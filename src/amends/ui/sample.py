"""Invented content for the page that shows every component."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from amends.kit.money import Money
from amends.ui import formatting
from amends.ui.parts import (
    Answer,
    Attachment,
    Composer,
    Crumb,
    Deadline,
    Message,
    QueueGroup,
    QueueRow,
    StaleField,
    Step,
    Tab,
    Tag,
    TimelineItem,
)
from amends.ui.sample_sum import sample_sum
from amends.ui.widgets import (
    Cell,
    CheckboxRows,
    CodeInput,
    DayInput,
    ManyFilesField,
    PhoneInput,
    RadioChips,
    RadioMatrix,
    RadioRows,
)

_LEVELS = ["Critical", "High", "Medium", "Low"]
_IMPACTS = ["One person, mild", "One household", "Several customers", "Area or vulnerable person"]
_PRIORITIES = [[2, 1, 1, 1], [3, 2, 2, 1], [4, 3, 3, 2], [4, 4, 3, 3]]
_CELLS = {
    f"{row}-{column}": Cell(f"P{priority}", 5 - priority)
    for row, priorities in enumerate(_PRIORITIES)
    for column, priority in enumerate(priorities)
}
_CELL_CHOICES = [
    (f"{row}-{column}", f"Severity {level}, impact {impact}: priority {_PRIORITIES[row][column]}")
    for row, level in enumerate(_LEVELS)
    for column, impact in enumerate(_IMPACTS)
]


class SampleForm(forms.Form):
    """One field of every kind."""

    what = forms.CharField(
        label="What happened?",
        help_text="Use your own words, in any language. Short is fine.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    when = forms.ChoiceField(
        label="When did it happen?",
        help_text="An estimate is fine.",
        choices=[("known", "On a date I know"), ("period", "Over a period of time"), ("unsure", "I am not sure")],
        widget=RadioRows(reveals={"known": ["on"]}, hints={"unsure": "We can work it out together."}),
    )
    on = forms.CharField(label="Date", required=False, widget=DayInput)
    reference = forms.CharField(label="Reference", help_text="For example LKH-26-7K3M9TQH", widget=CodeInput)
    email = forms.EmailField(label="E-mail address", required=False)
    phone = forms.CharField(label="Telephone", required=False, widget=PhoneInput)
    service = forms.ChoiceField(
        label="Service",
        choices=[
            ("", "Choose one"),
            ("Water", [("supply", "Supply"), ("meter", "Meter")]),
            ("other", "Something else"),
        ],
    )
    needs = forms.MultipleChoiceField(
        label="What helps you",
        required=False,
        choices=[("large", "Large print"), ("call", "Call first"), ("sign", "Sign language")],
        widget=CheckboxRows,
    )
    permission = forms.BooleanField(label="I have their permission", help_text="You can send it later.")
    attachments = ManyFilesField(
        label="Photos, letters or recordings", help_text="Up to 10 files, 25 MB each.", required=False
    )
    safety = forms.ChoiceField(
        label="Safety implication",
        help_text="Could anyone be harmed?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=RadioChips,
    )
    severity = forms.ChoiceField(
        label="Severity and impact",
        help_text="Pick one cell. Arrow keys move.",
        choices=_CELL_CHOICES,
        widget=RadioMatrix(rows=_LEVELS, columns=_IMPACTS, cells=_CELLS, corner="Severity ↓ Impact →"),
    )


class _Writing(forms.Form):
    text = forms.CharField()
    attachments = ManyFilesField(required=False)
    needs_reply = forms.BooleanField(label="Needs a reply", required=False)


class _Note(forms.Form):
    text = forms.CharField()


_ANSWERS = {
    "when": "known",
    "on": "16 November 2036",
    "severity": "0-3",
    "safety": "yes",
    "reference": "LKH-26-7K3M9TQH",
}


def everything(now: datetime, state: str = "") -> dict[str, Any]:
    """Context of the page. State `wrong` shows every field with its error."""
    wrong = SampleForm({"when": "known", "on": "16 November 2036", "email": "not an address"}, prefix="wrong")
    wrong.is_valid()
    hour, day = timedelta(hours=1), timedelta(days=1)
    return {
        "form": SampleForm(initial=_ANSWERS),
        "wrong": wrong if state == "wrong" else None,
        "crumbs": [Crumb("All complaints", "#"), Crumb("LKH-26-7K3M9TQH")],
        "tabs": _tabs(),
        "views": _views(),
        "filters": [
            Tab("Everything", "#", is_current=True),
            Tab("Messages", "#"),
            Tab("Notes", "#"),
            Tab("Changes", "#"),
        ],
        "stages": _stages(),
        "progress_steps": _progress(),
        "groups": _groups(now),
        "timeline": _timeline(now),
        "messages_shown": _messages(now),
        "deadlines": [
            Deadline("Acknowledge", "met, 1 of 2 days", "ok"),
            Deadline("Reply, same day", str(formatting.until(now + hour, now)), "warn", 62),
            Deadline("Decision", str(formatting.until(now + 10 * day, now)), "", 33),
            Deadline("Remedy", str(formatting.until(now - 2 * day, now)), "danger", 100),
        ],
        "due": formatting.until(now + hour, now),
        "late": formatting.until(now - 2 * day, now),
        "people": [("Owner", "Liis T."), ("Complainant", "M. Saar (daughter)"), ("Needs", "Call before any visit.")],
        "answers": [
            Answer("Who is it for?", "My mother", "#"),
            Answer("What happened?", "The water was switched off.\nNobody told us.", "#", is_long=True),
            Answer("Customer number", "", "#"),
        ],
        "stale": [
            StaleField("Reason", "The notice was printed for the wrong street.", "The notice was never printed.")
        ],
        "composer": Composer(
            "M. Saar",
            _Writing(prefix="message"),
            _Note(prefix="note"),
            "#",
            "#",
            "Write to M. Saar. This appears on the tracking page.",
        ),
        "explained": sample_sum(),
        "amount": Money(12_000, "EUR"),
        "now_shown": now,
        "tokens": [
            "bg",
            "surface",
            "sunken",
            "text",
            "muted",
            "border-strong",
            "primary",
            "tint",
            "danger",
            "warn",
            "ok",
            "wait",
            "chart-1",
            "chart-2",
            "chart-3",
            "chart-4",
        ],
    }


def _tabs() -> list[Tab]:
    return [
        Tab("Timeline", "#", is_current=True),
        Tab("Original", "#"),
        Tab("Investigation", "#", count="2 of 4"),
        Tab("Response", "#"),
        Tab("Files", "#", count="3"),
    ]


def _views() -> list[Tab]:
    return [
        Tab("My work", "#", is_current=True, count="14"),
        Tab("Unassigned", "#", count="6"),
        Tab("Overdue", "#", count="3", is_hot=True),
        Tab("All open", "#", count="58"),
    ]


def _stages() -> list[Step]:
    return [
        Step("Received", "done", "17 Nov"),
        Step("Assessed", "done", "18 Nov, P1"),
        Step("Investigating", "now", "since 18 Nov"),
        Step("Response", "ahead", "by 8 Dec"),
        Step("Communicated", "ahead"),
        Step("Settling", "ahead"),
        Step("Closed", "ahead"),
    ]


def _progress() -> list[Step]:
    return [
        Step("Received", "done", "17 November"),
        Step("Urgency assessed", "done", "18 November. Treated as high priority."),
        Step("Looking into it", "now", "Started 18 November"),
        Step("Decision", "ahead", "By 8 December"),
        Step("Closed", "ahead", "When you accept, or after review"),
    ]


def _groups(now: datetime) -> list[QueueGroup]:
    def row(
        subject: str, reference: str, who: str, due_in: timedelta, due_for: str, *severity: Tag, **more: Any
    ) -> QueueRow:
        due_at = now + due_in
        left = formatting.due_day(due_at, now)
        given = {"channel": "Web", "channel_icon": "globe", "stage": "Investigating", **more}
        return QueueRow(
            "#", subject, reference, who, severity=severity, due=left, due_at=due_at, due_for=due_for, **given
        )

    high, medium = Tag("High", "warn", "up"), Tag("Medium", "info", "minus")
    critical, safety = Tag("Critical", "danger", "alert"), Tag("Safety", "danger", "shield")
    day, hour = timedelta(days=1), timedelta(hours=1)
    water = row(
        "Water switched off without notice, medical equipment at home",
        "LKH-26-7K3M9TQH",
        "M. Saar, for her mother",
        hour,
        "Reply to complainant",
        critical,
        safety,
        owner="Liis T.",
        owner_initials="LT",
        is_unread=True,
        signals=[Tag("New reply", "wait", "message")],
    )
    return [
        QueueGroup(
            "Overdue",
            "alert",
            [
                row("Boiler valve replaced twice", "LKH-26-6T2QFABC", "R. Osei", -2 * day, "Decision", high),
                row("No step-free way in", "LKH-26-72HKADEF", "E. Varga", -3 * hour, "Confirm receipt", high),
            ],
            "danger",
            "2",
        ),
        QueueGroup("Due today", "clock", [water], "warn", "1"),
        QueueGroup(
            "Later",
            "calendar",
            [row("Estimated bills for seven months", "LKH-26-6ZC4WGHJ", "P. Moreau", 5 * day, "Decision", medium)],
            "",
            "1",
        ),
    ]


def _timeline(now: datetime) -> list[TimelineItem]:
    day, hour = timedelta(days=1), timedelta(hours=1)
    return [
        TimelineItem(
            "in", "message", now - hour, who="M. Saar", channel="portal", text="Nobody called us back on Monday.",
            tags=[Tag("New reply", "wait", "message")],
        ),
        TimelineItem(
            "event", "person", now - day, who="Liis T.", sentence="Assigned to water operations",
        ),
        TimelineItem(
            "note", "lock", now - day - hour, who="Liis T.",
            text="Notice batch 4471 was printed for Harbour Street, not Harbour Lane.",
        ),
        TimelineItem(
            "out", "mail", now - 2 * day, who="Liis T.", about_who="to M. Saar", channel="portal and e-mail",
            text="Did anyone from the emergency line call you back on Monday?",
        ),
        TimelineItem("ok", "check", now - 6 * day, who="Liis T.", sentence="Acknowledged after 1 working day"),
        TimelineItem(
            "in", "globe", now - 7 * day, who="M. Saar", about_who="for her mother", channel="web form",
            text="The water was switched off on Monday morning and nobody told us.",
            files=[Attachment("notice-on-door.jpg", "#", 2_100_000)],
        ),
    ]  # fmt: skip


def _messages(now: datetime) -> list[Message]:
    return [
        Message(
            "Larkhaven Utilities", now - timedelta(days=6), "Thank you for telling us. I am now checking the notice."
        ),
        Message(
            "You",
            now - timedelta(days=7),
            "The water was switched off on Monday morning and nobody told us.",
            is_mine=True,
            files=[Attachment("notice-on-door.jpg", "#", 2_100_000)],
        ),
    ]
