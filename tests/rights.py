"""Who may do what, written down once more by hand: what the tables of permissions are held against.

Nothing here asks the code that decides. A role is a letter, held for units; a relation is what somebody has to do with
the one complaint that every address is about. When this page and the application disagree, one of both is wrong.
"""

from dataclasses import dataclass
from enum import Enum

#: S administrator, M management representative, T top management, U unit manager, F front line, H handler,
#: D decision maker, A auditor, P data protection.
EVERY_ROLE = "SMTUFHDAP"
READ, HANDLE = "HDUMTAP", "HUM"


class Relation(Enum):
    """What somebody has to do with the complaint."""

    HANDLER = "it is assigned to them"
    RECORDED = "they wrote it down"
    OFFERED = "it was handed over to them and waits for an answer"
    SUBJECT = "it is about them"
    WALLED = "a wall stands before them"


@dataclass(frozen=True)
class Who:
    """Roles that suffice, held for the unit of the complaint, and relations that suffice without one.

    `door` are the roles with which one is let in at all, wherever they are held; `anybody` lets all staff in.
    """

    roles: str = ""
    relations: frozenset[Relation] = frozenset()
    door: str = ""
    anybody: bool = False

    @property
    def at_the_door(self) -> str:
        """The roles with which the page is not refused outright."""
        return self.door or self.roles


HIS = frozenset({Relation.HANDLER})
HIS_OR_WRITTEN = frozenset({Relation.HANDLER, Relation.RECORDED})
ASKING = Who(HANDLE + "D", frozenset({Relation.RECORDED}))
HANDLING = Who(HANDLE, HIS)
READING = Who(READ, HIS_OR_WRITTEN)
STAFF = Who(anybody=True)
RUNNING_IT = Who("SM")

ACTS: dict[str, Who] = {
    # ---- the complaint
    "complaints.list": Who(READ, HIS_OR_WRITTEN, door=READ + "F"),
    "complaints.read": READING,
    "complaints.raise_significant": READING,
    "complaints.declare_conflict": READING,
    **{
        f"complaints.{act}": HANDLING
        for act in (
            *("handle", "keep_people", "assign", "assess", "investigate", "respond", "reopen", "tell_subject"),
            *("move_clocks", "merge", "link", "correct", "convert", "take_over", "withdraw", "answer"),
        )
    },
    "complaints.mark_priority": Who(HANDLE + "DA", HIS),
    "complaints.verify": Who(HANDLE + "D", HIS),
    "complaints.redress": Who(HANDLE + "D", HIS),
    "complaints.approve": Who("DM"),
    "complaints.review": Who("UMD"),
    "complaints.shield": Who("MP"),
    "complaints.disclose": Who(HANDLE + "P", HIS),
    "complaints.ask_to_void": Who(HANDLE, HIS_OR_WRITTEN),
    "complaints.void": Who("UM"),
    "complaints.post_letters": Who(HANDLE + "DP", HIS_OR_WRITTEN),
    "complaints.answer_significant": Who("TMU"),
    "complaints.answer_hand_over": Who("", frozenset({Relation.OFFERED}), door=HANDLE),
    "complaints.name_subject": Who("FHUM", HIS),
    "complaints.see_walls": Who("UMP"),
    "complaints.keep_walls": Who("M"),
    "complaints.see_readers": Who("MAP"),
    # ---- beside it
    "complaints.record": Who("FHUM"),
    "complaints.sort_mail": Who("FHUM"),
    "complaints.settle_at_once": Who("FHUM"),
    "complaints.report": STAFF,
    "complaints.see_about_me": Who("", frozenset({Relation.SUBJECT}), anybody=True),
    "complaints.answer_task": Who("FHDU", anybody=True),
    "complaints.find_contacts": Who("HDUMP", HIS_OR_WRITTEN),
    "complaints.export": Who("UMTAP"),
    "complaints.see_reads": Who("AMP"),
    "complaints.see_workload": Who("UMTA"),
    # ---- people
    "people.work_here": STAFF,
    "people.see": Who("SMTAP"),
    "people.manage": Who("S"),
    "people.grant_roles": Who("S"),
    "people.manage_units": Who("S"),
    "people.record_absence": Who("SM", anybody=True),
    "people.delegate": Who("S", anybody=True),
    "people.record_training": Who("SM"),
    # ---- settings
    "framework.see_settings": Who("SMTAP"),
    "framework.see_rules": Who(EVERY_ROLE),
    "framework.see_authorities": Who(EVERY_ROLE),
    "calendars.see": Who(EVERY_ROLE),
    "calendars.change": RUNNING_IT,
    **{
        f"framework.{act}": RUNNING_IT
        for act in (
            *("activate_pack", "change_pack", "change_ladder", "change_authorities", "record_rate"),
            *("change_assessment", "change_routing", "change_calendar_use", "change_catalogue"),
            *("change_outside_bodies", "change_organisation", "word_messages", "change_form", "change_public_texts"),
        )
    },
    # ---- surveys
    "surveys.change_rule": RUNNING_IT,
    "surveys.enter": ASKING,
    "surveys.see_results": Who("UMTA"),
    "surveys.see_simulated": Who("MA"),
    "surveys.simulate": Who("M"),
    # ---- the running system
    "reactions.see_system": Who("SMA"),
    "reactions.verify_journal": Who("SMA"),
    "reactions.operate": Who("S"),
}

#: Pages that everybody opens who may read the complaint: what is sent there has a narrower rule.
NARROWER_TO_SEND: dict[str, Who] = {
    "notes": Who(HANDLE + "D", HIS_OR_WRITTEN),
    "investigation": HANDLING,
    "response": HANDLING,
}

#: Pages with an act as wide as reading that ask for more by themselves.
NARROWER: dict[str, Who] = {
    "acknowledgement": Who(HANDLE, HIS_OR_WRITTEN),
    "replies": Who(HANDLE, HIS_OR_WRITTEN),
    "read_back": Who(HANDLE, HIS_OR_WRITTEN),
    "identity": Who(HANDLE + "DP", HIS_OR_WRITTEN),
    "detriment": Who(HANDLE + "P", HIS_OR_WRITTEN),
    "review": Who("UMD"),
    "survey_answers": ASKING,
}
