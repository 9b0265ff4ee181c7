"""What is asked, the same on the tracking page, on the telephone and on paper."""

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from amends.surveys.models import Dimension

Words = str | Promise

#: The best first.
SCORES: tuple[tuple[str, Words], ...] = (
    ("5", gettext_lazy("Very good")),
    ("4", gettext_lazy("Good")),
    ("3", gettext_lazy("Neither good nor bad")),
    ("2", gettext_lazy("Bad")),
    ("1", gettext_lazy("Very bad")),
    ("", gettext_lazy("No answer")),
)
QUESTIONS: dict[Dimension, Words] = {
    Dimension.HANDLING: gettext_lazy("How did we handle your complaint, all in all?"),
    Dimension.COURTESY: gettext_lazy("How did we treat you?"),
    Dimension.EASE: gettext_lazy("How easy was it to complain and to be heard?"),
    Dimension.FAIRNESS: gettext_lazy("How fair was the way to the decision?"),
    Dimension.OUTCOME: gettext_lazy("How do you find the result itself?"),
}
COMMENT = gettext_lazy("Is there something you would like to add?")
NO_NAMES = gettext_lazy("Please leave out names.")


def on_paper() -> str:
    """The questions with room for a tick, to be sent back, in the language that is chosen now."""
    ticks = "   ".join(f"[  ] {label}" for value, label in SCORES if value)
    asked = [f"{number}. {question}\n{ticks}" for number, question in enumerate(QUESTIONS.values(), start=1)]
    back = gettext("You can also tick your answers here, leave out what you like, and send this letter back to us.")
    return "\n\n".join([back, *asked, f"{COMMENT} {NO_NAMES}"])
