"""What must always be true of mails that came in."""

from collections.abc import Iterator

from django.db.models import F

from amends.correspondence.models import IncomingMail, Message, SortedMail
from amends.kit.dialect import append_only_triggers, missing_triggers
from amends.kit.invariants import invariant

SOME = 100


@invariant("correspondence.mails_are_kept", "No mail that came in can be changed, and each is accounted for")
def _kept() -> Iterator[str]:
    for trigger in missing_triggers("default", append_only_triggers(IncomingMail._meta.db_table)):
        yield f"the trigger {trigger} is missing"
    for reference in IncomingMail.objects.filter(sorted__isnull=True).values_list("reference", flat=True)[:SOME]:
        yield f"nobody knows what became of {reference}"


@invariant("correspondence.mails_have_a_place", "A mail that became a message is one from outside, in its conversation")
def _where_they_belong() -> Iterator[str]:
    became = SortedMail.objects.filter(message__isnull=False)
    elsewhere = became.exclude(message__thread=F("thread")) | became.exclude(message__direction=Message.Direction.IN)
    for reference in elsewhere.values_list("mail__reference", flat=True)[:SOME]:
        yield f"{reference} is not a message of the conversation that it was added to"
