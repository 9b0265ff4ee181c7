"""What stands on a page in a language: looked up where the pages themselves look it up."""

import json
import re
from importlib.resources import files
from typing import Any

from django.utils import translation

_STARTER = json.loads(files("amends.framework").joinpath("starter", "lists.json").read_text(encoding="utf-8"))
_SLOT = re.compile(r"%\(\w+\)s|\{\w+\}")


class Words:
    """`say("Continue")` is the word of the button in the language; slots are filled from keywords."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: str, **slots: Any) -> str:
        with translation.override(self.language):
            said = translation.gettext(text)
        if not slots:
            return said
        return said % slots if "%(" in said else said.format(**slots)

    def pattern(self, text: str) -> re.Pattern[str]:
        """What a sentence with slots looks like when they are filled."""
        return re.compile(".+".join(map(re.escape, _SLOT.split(self(text)))))

    def starter(self, name: str, code: str) -> str:
        """The label of something in the starter lists: `say.starter("remedies", "apologise")`."""
        items = [item for group in _STARTER[name] for item in (group, *group.get("items", ()))]
        return str(next(item["label"][self.language] for item in items if item["code"] == code))
