"""The file of a complaint, second half: deadlines, remedies, attachments with their hashes, and the journal."""

from django.db.models import Q
from django.utils.translation import gettext as _

from amends.complaints.models import Remedy
from amends.correspondence.models import Message
from amends.files.models import StoredFile
from amends.journal.recording import leaf_hash
from amends.kit.money import Money
from amends.ui import formatting
from amends.workspace.clock_names import title_of
from amends.workspace.complaint import clocks
from amends.workspace.complaint.names import names_in
from amends.workspace.complaint.opening import Case
from amends.workspace.complaint.record_parts import Part, Section, note, passage, table
from amends.workspace.complaint.remedies import remedies_of
from amends.workspace.complaint.sentences import told
from amends.workspace.complaint.timeline import entries_about

#: So many entries stand in one file; the export of the journal holds them all.
MOST_ENTRIES = 2000
MOST_FILES = 1000


def proofs_of(case: Case) -> list[Section]:
    """The sections after the facts."""
    return [
        Section(_("Remedies"), _remedies(case)),
        Section(_("Deadlines"), _deadlines(case)),
        Section(_("Attachments"), _attachments(case)),
        Section(_("Journal"), _journal(case)),
    ]


def _remedies(case: Case) -> list[Part]:
    rows, proofs = [], []
    for each in remedies_of(case.complaint):
        amount = formatting.money(Money(each.amount, each.currency)) if each.amount is not None else ""
        done = formatting.dated(each.done_on) if each.done_on else ""
        what = f"{each.kind}: {each.description}"
        if each.referral is not None and each.owner is not None:
            ordered = _("ordered by %(body)s, seen to by %(name)s")
            what = f"{what} ({ordered % {'body': each.referral.called, 'name': each.owner.name}})"
        state = Remedy.State(each.state).label
        rows.append((str(each.number), what, amount, formatting.dated(each.due_on), state, done))
        if each.proof:
            head = _("Proof of remedy %(number)s") % {"number": each.number}
            proofs.append(passage(head, each.proof, internal=True))
        if each.why_left:
            proofs.append(
                passage(_("Why remedy %(number)s is not carried out") % {"number": each.number}, each.why_left)
            )
    if not rows:
        return []
    columns = [_("No."), _("Remedy"), _("Amount"), _("Due"), _("State"), _("Done")]
    return [table(columns, [0, 1, 0, 0, 0, 0], rows), *proofs]


def _deadlines(case: Case) -> list[Part]:
    rows = []
    for clock in clocks.clocks_of(case):
        met = formatting.moment(clock.met_at) if clock.met_at else ""
        state = _("late") if clock.was_late or (clock.is_open and clock.due_at < case.now) else ""
        ended = met or (_("fell away") if clock.dropped_at else _("open"))
        moved = formatting.moment(clock.first_due_at) if clock.first_due_at != clock.due_at else ""
        rows.append((title_of(clock), formatting.moment(clock.due_at), moved, ended, state))
    columns = [_("Deadline"), _("Due"), _("Due at first"), _("Met"), _("Late")]
    return [table(columns, [1, 0, 0, 0, 0], rows)] if rows else []


def _attachments(case: Case) -> list[Part]:
    mine = Q(message_file__message__thread=case.complaint.thread_id) | Q(proof_of__complaint=case.complaint)
    files = StoredFile.objects.filter(mine).select_related("message_file__message", "proof_of").order_by("id")
    found = list(files[: MOST_FILES + 1])
    shown = found[:MOST_FILES]
    rows = [(case.mask.hides(_file_name(each)), formatting.file_size(each.size), each.sha256) for each in shown]
    if not rows:
        return [note(_("No file was attached."))]
    parts = [table([_("Name"), _("Size"), "SHA-256"], [1, 0, 0], rows)]
    return [*parts, note(_("More files are on screen."))] if len(found) > MOST_FILES else parts


def _file_name(file: StoredFile) -> str:
    if hasattr(file, "proof_of"):
        source = _("Proof of remedy %(number)s") % {"number": file.proof_of.number}
    else:
        source = str(Message.Direction(file.message_file.message.direction).label)
    return f"{file.name} ({source})"


def _journal(case: Case) -> list[Part]:
    """Every entry with its leaf hash, the oldest first, so that each can be held against an export of the journal."""
    entries = list(entries_about(case).select_related("seal").order_by("id")[: MOST_ENTRIES + 1])
    names = names_in(entries, case)
    rows = [
        (
            str(entry.seal.number) if hasattr(entry, "seal") else "–",
            formatting.moment(entry.at),
            f"{told(entry, names).text} ({names.of(entry.actor)})",
            leaf_hash(entry).hex(),
        )
        for entry in entries[:MOST_ENTRIES]
    ]
    parts = [
        note(_("Each entry of the journal with its number, once it is sealed, and the hash of its leaf.")),
        table([_("No."), _("When"), _("What and who"), _("Hash")], [0, 0, 1, 0], rows),
    ]
    return [*parts, note(_("Later entries are on screen."))] if len(entries) > MOST_ENTRIES else parts
