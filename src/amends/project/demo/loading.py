"""Loading the demonstration: the organisation and its history, made through the verbs, in one transaction.

Models are written directly nowhere. All or nothing: when it is interrupted, the database is as empty as before (files
that were taken in already are swept). What would follow from the history by itself has already happened: its
follow-ups are dropped, and the journal is sealed as a worker would.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.calendars.loading import working_calendar
from amends.complaints.models import Complaint
from amends.files.models import StoredFile
from amends.files.taking_in import take_in
from amends.framework.queries import organisation
from amends.framework.which_calendar import calendar_of
from amends.journal import checkpoints, leases, outbox, sealing
from amends.journal.models import Entry
from amends.kit import clock
from amends.kit.refusal import Refusal
from amends.people.models import Unit
from amends.project.demo import drawing, founding, posting
from amends.project.demo.asking import Asking
from amends.project.demo.case import Case
from amends.project.demo.days import WorkingDays
from amends.project.demo.planning import Happening, Planner
from amends.reactions.clock import catch_up
from amends.reactions.worker import drain, own_name

COMPLAINTS = 300
SEED = 10002
FOUNDED_BEFORE = timedelta(days=128)
WITH_FILES = 12
PHOTOGRAPHED = frozenset({"brown-water", "technician-damage", "open-trench"})
BILLED = frozenset({"estimated-bill", "previous-tenant", "paid-twice"})
PICTURES = {"en": "photo.png", "et": "foto.png", "tr": "fotoğraf.png"}
PAPERS = {"en": "bill.pdf", "et": "arve.pdf", "tr": "fatura.pdf"}


@dataclass(frozen=True)
class Loaded:
    """What there is now."""

    complaints: int
    stages: dict[str, int]
    languages: dict[str, int]
    entries: int
    files: int

    def as_dict(self) -> dict[str, object]:
        """For a report."""
        return {
            "complaints": self.complaints,
            "stages": self.stages,
            "languages": self.languages,
            "entries": self.entries,
            "files": self.files,
        }


def load(
    now: datetime, *, count: int = COMPLAINTS, seed: int = SEED, advance: Callable[[int], None] = lambda _steps: None
) -> Loaded:
    """Load about `count` complaints as they stand at `now`. Refuses where an organisation is set up already."""
    if organisation() is not None:
        raise Refusal(
            "not_empty", _("There is an organisation here already. Load the demonstration into an empty directory.")
        )
    rng = Random(seed)  # noqa: S311 - the same demonstration each time, not a secret
    with transaction.atomic():
        world = founding.found_organisation(now - FOUNDED_BEFORE)
        root = Unit.objects.get(parent__isnull=True)
        days = WorkingDays(now, working_calendar(calendar_of(unit=root)))
        history = Planner(world, days, rng, now).happenings(count)
        _with_files(history, max(1, count * WITH_FILES // COMPLAINTS))
        asking = Asking(world.standing["kadri"], Random(seed + 1), now - FOUNDED_BEFORE + timedelta(hours=2))  # noqa: S311
        for happening in history:
            catch_up(min(happening.at, now))
            happening.act(happening.case, min(happening.at, now))
            asking.after(happening.case.complaint, min(happening.at, now))
            if happening.place == 0:
                advance(1)
        catch_up(now)
        asking.until(now)
        founding.somebody_is_away(world, now)
        posting.put_mails_in(Random(seed + 2), now)  # noqa: S311
        outbox.discard_pending_before(Entry.objects.order_by("-pk").values_list("pk", flat=True)[0])
    drain()
    _checkpoint()
    return what_is_there()


def what_is_there() -> Loaded:
    """Counts of the demonstration as it stands."""
    rows = list(Complaint.objects.values_list("stage", "language"))
    return Loaded(
        complaints=len(rows),
        stages=dict(Counter(stage for stage, _language in rows).most_common()),
        languages=dict(Counter(language for _stage, language in rows).most_common()),
        entries=Entry.objects.count(),
        files=StoredFile.objects.count(),
    )


def _with_files(history: Sequence[Happening], count: int) -> None:
    """Some who send the public form under their name attach a photograph, or the bill that it is about.

    The files are taken in inside the transaction, which takes a second or two: nobody else waits for this database.
    """
    fitting = [
        happening.case
        for happening in history
        if happening.place == 0 and not happening.case.is_by_staff and not happening.case.persona.is_anonymous
    ]
    chosen = [case for case in fitting if case.story.key in PHOTOGRAPHED or case.story.key in BILLED]
    for case in chosen[:: max(1, len(chosen) // max(count, 1))][:count]:
        at = next(happening.at for happening in history if happening.case is case)
        case.files = [_taken_in(case, at)]


def _taken_in(case: Case, at: datetime) -> StoredFile:
    is_bill = case.story.key in BILLED
    content = drawing.letter(case.persona.number, case.persona.cents) if is_bill else drawing.photograph(case.rng)
    name = (PAPERS if is_bill else PICTURES)[case.language]
    return take_in(ContentFile(content, name=name), keep_original=True, at=at)


def _checkpoint() -> None:
    """Sign what was sealed last, too, however little it is."""
    at, holder = clock.now(), own_name()
    fence = leases.take(sealing.DUTY, holder, at, sealing.LEASE)
    if fence is not None:
        checkpoints.make_checkpoint(holder, fence, at, now=True)
        checkpoints.anchor_to_file(at)
        leases.give_back(sealing.DUTY, holder, at)
