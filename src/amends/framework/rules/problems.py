"""What is wrong with a document, where, and what to do about it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `where` is the way to it in the document: `clocks[1].extension.most`."""

    where: str
    sentence: str | Promise
