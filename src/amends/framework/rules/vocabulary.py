"""The words of a rule pack. Their values stand in documents for ever: add, never rename."""

from enum import StrEnum


class ClockKind(StrEnum):
    """What a clock is about; letters, notices and lists go by it."""

    ACKNOWLEDGEMENT = "acknowledgement"
    DECISION = "decision"
    ANSWER = "answer"
    REVIEW = "review"
    UPDATE = "update"
    EARLY = "early"
    EXTERNAL = "external"
    OTHER = "other"


class Start(StrEnum):
    """What starts a clock."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    COMMUNICATED = "communicated"
    REJECTED = "rejected"
    REVIEW_OPENED = "review_opened"
    REVIEW_ACKNOWLEDGED = "review_acknowledged"
    REFERRED = "referred"
    DEEMED = "deemed"
    CLOSED = "closed"
    REOPENED = "reopened"


class Met(StrEnum):
    """What meets a clock."""

    ACKNOWLEDGED = "acknowledged"
    COMMUNICATED = "communicated"
    ANSWERED = "answered"
    MESSAGE_SENT = "message_sent"
    CLOSED = "closed"
    REVIEW_ACKNOWLEDGED = "review_acknowledged"
    REFERRED = "referred"


class Owes(StrEnum):
    """Who has to act before the time is up."""

    ORGANISATION = "organisation"
    COMPLAINANT = "complainant"


class OnPass(StrEnum):
    """What the passing of the date means: late, no longer possible, or decided by silence."""

    OVERDUE = "overdue"
    LAPSE = "lapse"
    DEEM = "deem"


class PauseWhy(StrEnum):
    """Why a clock may stand still."""

    WAITING_FOR_COMPLAINANT = "waiting_for_complainant"
    WAITING_FOR_THIRD_PARTY = "waiting_for_third_party"
    COURT = "court"
    OTHER = "other"


class HoldingPart(StrEnum):
    """What a holding reply has to contain."""

    REASON = "reason"
    NEW_DATE = "new_date"
    EXTERNAL_RIGHT = "external_right"


class LetterKind(StrEnum):
    """The letters for which a pack can demand blocks."""

    ACKNOWLEDGEMENT = "acknowledgement"
    UPDATE = "update"
    HOLDING = "holding"
    DECISION = "decision"
    SUMMARY_RESOLUTION = "summary_resolution"
    DELAY = "delay"
    REVIEW_ACKNOWLEDGEMENT = "review_acknowledgement"
    REVIEW_DECISION = "review_decision"
    DEEMED = "deemed"


class DeemedAs(StrEnum):
    """What silence counts as."""

    REFUSED = "refused"
    ACCEPTED = "accepted"


class Status(StrEnum):
    """Whether somebody has seen the figure in its source."""

    VERIFIED = "verified"
    TO_VERIFY = "to_verify"


class Origin(StrEnum):
    """Where a worked example comes from: printed in the source, or worked out by us from the rule."""

    PUBLISHED = "published"
    DERIVED = "derived"


class RetentionStart(StrEnum):
    """From when records are kept."""

    RECEIVED = "received"
    CLOSED = "closed"


class Follows(StrEnum):
    """Whose working days a pack counts."""

    ORGANISATION = "organisation"
    JURISDICTION = "jurisdiction"


#: Blocks that Amends writes itself from the facts of a complaint, by letter. Any other needs its wording in the pack.
OWN_BLOCKS: dict[LetterKind, frozenset[str]] = {
    LetterKind.ACKNOWLEDGEMENT: frozenset({"reference", "understood", "contact", "times"}),
    LetterKind.UPDATE: frozenset({"reference", "where_it_stands", "contact", "times"}),
    LetterKind.HOLDING: frozenset({"reason", "new_date", "external_right"}),
    LetterKind.DECISION: frozenset({"result", "reasons", "remedies", "how_to_answer", "recourse"}),
    LetterKind.SUMMARY_RESOLUTION: frozenset({"reference", "result", "recourse"}),
    LetterKind.DELAY: frozenset({"apology", "reason", "new_date", "external_right"}),
    LetterKind.REVIEW_ACKNOWLEDGEMENT: frozenset({"reference", "understood", "contact", "times"}),
    LetterKind.REVIEW_DECISION: frozenset({"result", "reasons", "remedies", "how_to_answer", "recourse"}),
    LetterKind.DEEMED: frozenset({"reference", "recourse"}),
}
