"""Makes the table of reactions known to the outbox, once, when the application starts."""

from amends.journal.outbox import register
from amends.reactions.table import TABLE

register(TABLE)
