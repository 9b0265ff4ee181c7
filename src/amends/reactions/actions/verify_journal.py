"""Checking the journal on demand: does every entry still say what it said when it was written (ISO 10002, 8.1)?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal import verifier
from amends.journal.exporting import anchors_path, verify_database
from amends.journal.models import Seal
from amends.journal.reads import JOURNAL
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine
from amends.reactions import events
from amends.reactions.permissions import May

#: So many entries are checked while somebody waits, in a few seconds; a longer journal is checked on its host.
MOST_ENTRIES = 100_000


def is_too_long() -> bool:
    """Whether the journal is too long to be checked while somebody waits."""
    newest = Seal.objects.order_by("-number").values_list("number", flat=True).first()
    return newest is not None and newest >= MOST_ENTRIES


def verify_journal(*, by: engine.Person, at: datetime) -> verifier.Verdict:
    """Check all of it against its anchors, and record that somebody did and what was found. Refusals: `too_long`.

    Not one transaction: the check reads one snapshot, which must not begin inside another.
    """
    engine.require(by, May.VERIFY_JOURNAL)
    if is_too_long():
        raise Refusal(
            "too_long",
            _("The journal is too long to be checked here. Use the command “amends journal verify” on its host."),
        )
    verdict = verify_database(anchors_path())
    with transaction.atomic():
        record(
            events.JournalVerified(
                journal=JOURNAL,
                entries=verdict.entries,
                problems=len(verdict.problems),
                unchecked=len(verdict.unchecked),
                anchors=verdict.anchors,
            ),
            by=by,
            at=at,
        )
    return verdict
