"""The questions of the survey as a form, on the tracking page and where staff write down what somebody answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from amends.surveys.actions import Said
from amends.surveys.models import Dimension
from amends.surveys.models.survey import LONGEST_COMMENT
from amends.surveys.questions import COMMENT, NO_NAMES, QUESTIONS, SCORES
from amends.ui.definition_forms import TextField
from amends.ui.widgets import RadioChips

_NOT_OFFERED = {"invalid_choice": gettext_lazy("Choose one of the answers shown")}


class SurveyForm(forms.Form):
    """A score for each dimension, or none; and a comment."""

    use_required_attribute = False

    comment = TextField(
        label=COMMENT,
        help_text=NO_NAMES,
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for dimension, question in QUESTIONS.items():
            label: Any = question  # what Django's stubs call lazy words is their own
            self.fields[dimension.value] = forms.TypedChoiceField(
                label=label,
                choices=SCORES,
                coerce=int,
                empty_value=None,
                required=False,
                widget=RadioChips,
                error_messages=_NOT_OFFERED,
            )
        self.order_fields([*(dimension.value for dimension in QUESTIONS), "comment"])

    @property
    def of_handling(self) -> list[forms.BoundField]:
        """The questions about the way, apart from the one about the result."""
        return [self[dimension.value] for dimension in QUESTIONS if dimension is not Dimension.OUTCOME]

    def said(self, language: str) -> Said:
        """What the verb takes."""
        given = self.cleaned_data
        scores = {name: given[name] for name in Dimension.values if given[name] is not None}
        return Said(scores, given["comment"], language)
