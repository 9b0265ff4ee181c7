"""The parts of a pack that most organisations change, as a form: times, extensions, pauses, reminders, names."""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.calendars.limits import Unit, read_limit
from amends.framework.rules.problems import Problem
from amends.framework.rules.vocabulary import LetterKind, Owes, PauseWhy
from amends.kit.translated import TranslatedText
from amends.ui import formatting
from amends.ui.current import own_name
from amends.ui.definition_forms import LineField
from amends.workspace.settings.lengths import Length, add_length, initial_length, length_of, typed_length
from amends.workspace.settings.rules import words

Words = str | Promise
Document = Mapping[str, Any]

LONGEST_NAME = 120
#: So many reminders can be given here, or as many as the pack has.
REMINDERS = 3
#: What an apology for being late says where the pack has no letter for it yet.
_DELAY = ["apology", "reason", "new_date"]
_TIMES = {"invalid": gettext_lazy("Write a whole number, like 15.")}


@dataclass(frozen=True)
class ClockFields:
    """One clock, for the template."""

    title: str
    limit_words: str
    is_wrong: bool
    names: list[BoundField]
    limit: Length
    outer: Length
    times: BoundField
    extension: Length
    pauses: list[Length]
    reminders: list[Length]
    update: Length | None
    late: Length | None


class OwnPackForm(forms.Form):
    """`document()` is the changed document. `seen`: the newest version of the own pack that was on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = LineField(
        label=gettext_lazy("Code of your pack"),
        help_text=gettext_lazy("It stands in addresses and in the journal, and it ends in “-own”."),
        required=False,
        max_length=64,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, before: Document, languages: list[str], can_be_named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before, self.languages = before, languages
        self.places: dict[str, str] = {}
        if not can_be_named:
            del self.fields["code"]
        self._add_names("name", gettext_lazy("Name of the pack (%(language)s)"))
        for number, clock in enumerate(before["clocks"]):
            self._add_clock(f"clock{number}", clock)

    def _add_names(self, name: str, label: Words) -> None:
        for language in self.languages:
            self.fields[f"{name}_{language}"] = LineField(
                label=str(label) % {"language": own_name(language)}, required=False, max_length=LONGEST_NAME
            )

    def _add_clock(self, name: str, clock: Document) -> None:
        self._add_names(f"{name}_name", gettext_lazy("Name of the clock (%(language)s)"))
        self.fields[f"{name}_times"] = forms.IntegerField(
            label=_("More time can be taken so often"),
            required=False,
            min_value=0,
            max_value=12,
            error_messages=_TIMES,
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        )
        for part, label, _hint in _lengths(clock):
            add_length(self, f"{name}_{part}", label)

    # ------------------------------------------------------------ for the template

    @property
    def name_fields(self) -> list[BoundField]:
        """The name of the pack in each language offered."""
        return [self[f"name_{language}"] for language in self.languages]

    @property
    def clocks(self) -> list[ClockFields]:
        """Every clock with its fields."""
        return [self._fields_of(f"clock{number}", clock) for number, clock in enumerate(self.before["clocks"])]

    def _fields_of(self, name: str, clock: Document) -> ClockFields:
        found = {part: length_of(self, f"{name}_{part}", label, hint) for part, label, hint in _lengths(clock)}
        return ClockFields(
            title=str(TranslatedText(clock["name"])),
            limit_words=formatting.limit(read_limit(clock["limit"])),
            is_wrong=any(field.startswith(f"{name}_") for field in self.errors),
            names=[self[f"{name}_name_{language}"] for language in self.languages],
            limit=found["limit"],
            outer=found["outer"],
            times=self[f"{name}_times"],
            extension=found["extension"],
            pauses=[length for part, length in found.items() if part.startswith("pause_")],
            reminders=[length for part, length in found.items() if part.startswith("remind_")],
            update=found.get("update"),
            late=found.get("late"),
        )

    # ------------------------------------------------------------ what was typed

    def document(self) -> dict[str, Any]:
        """The document with everything that was typed. What cannot be counted becomes an error of the form."""
        found = deepcopy(dict(self.before))
        found["name"] = self._names("name", found["name"])
        self.places["name"] = f"name_{self.languages[0]}"
        for number, clock in enumerate(found["clocks"]):
            self._change(f"clock{number}", f"clocks[{number}]", clock)
        letters = found["letters"]
        if any(clock.get("when_late") for clock in found["clocks"]) and LetterKind.DELAY not in letters:
            letters[LetterKind.DELAY.value] = list(_DELAY)
        return found

    def _names(self, name: str, before: Document) -> dict[str, str]:
        """What was typed; names in languages that are not offered now stay as they are."""
        typed = {language: self.cleaned_data.get(f"{name}_{language}", "") for language in self.languages}
        return {language: text for language, text in {**before, **typed}.items() if text}

    def _change(self, name: str, where: str, clock: dict[str, Any]) -> None:
        clock["name"] = self._names(f"{name}_name", clock["name"])
        self.places[f"{where}.name"] = f"{name}_name_{self.languages[0]}"
        limit = self._typed(f"{name}_limit", f"{where}.limit", clock["limit"])
        if limit is None and f"{name}_limit_count" not in self.errors:
            self.add_error(f"{name}_limit_count", _("Write how much time there is."))
        clock["limit"] = limit or clock["limit"]
        clock["outer"] = self._typed(f"{name}_outer", f"{where}.outer", clock.get("outer"))
        self._change_extension(name, where, clock)
        self._change_reminders(name, where, clock)
        if clock["owed_by"] == Owes.ORGANISATION:
            self._change_pauses(name, where, clock)
            clock["update_before"] = self._typed(f"{name}_update", f"{where}.update_before", clock.get("update_before"))
            late = self._typed(f"{name}_late", f"{where}.when_late", (clock.get("when_late") or {}).get("new_date"))
            clock["when_late"] = {"new_date": late} if late else None

    def _typed(self, name: str, where: str, before: Document | None) -> dict[str, Any] | None:
        self.places[where] = f"{name}_count"
        return typed_length(self, name, before)

    def _change_extension(self, name: str, where: str, clock: dict[str, Any]) -> None:
        before = clock.get("extension") or {}
        times = self.cleaned_data.get(f"{name}_times")
        most = self._typed(f"{name}_extension", f"{where}.extension", before.get("most"))
        self.places[f"{where}.extension.times"] = f"{name}_times"
        if times and most is None and f"{name}_extension_count" not in self.errors:
            self.add_error(f"{name}_extension_count", _("Write how much more time can be taken each time."))
        if most is None or times == 0:
            # Without an extension there is no new date that a holding reply could tell.
            clock["extension"] = clock["holding_reply"] = None
            return
        clock["extension"] = {"most": most, "times": times or 1, "needs_reason": before.get("needs_reason", True)}

    def _change_pauses(self, name: str, where: str, clock: dict[str, Any]) -> None:
        before = {permit["why"]: permit for permit in clock.get("pauses", ())}
        clock["pauses"] = []
        for why in PauseWhy:
            known = before.get(why, {})
            place = f"{where}.pauses[{len(clock['pauses'])}]"
            cap = self._typed(f"{name}_pause_{why}", place, known.get("cap"))
            if cap is not None:
                permit = {"why": why.value, "needs_reason": known.get("needs_reason", True), "cap": cap}
                clock["pauses"].append(permit)

    def _change_reminders(self, name: str, where: str, clock: dict[str, Any]) -> None:
        before = list(clock.get("remind", ()))
        clock["remind"] = []
        for place in range(max(REMINDERS, len(before))):
            old = before[place] if place < len(before) else None
            typed = self._typed(f"{name}_remind_{place}", f"{where}.remind[{len(clock['remind'])}]", old)
            if typed is not None:
                clock["remind"].append(typed)

    def show(self, problems: Iterable[Problem]) -> None:
        """What is wrong with the document stands at the field that it comes from, else on top with its place."""
        for problem in problems:
            field = self._field_of(problem.where)
            sentence = str(problem.sentence)
            if field is None:
                self.add_error(None, _("%(name)s: %(value)s") % {"name": problem.where, "value": sentence})
            else:
                self.add_error(field, sentence)

    def _field_of(self, where: str) -> str | None:
        if re.match(r"clocks\[\d+\]\.holding_reply", where):
            where = where.replace("holding_reply", "extension")
        known = [
            place for place in self.places if place and (where == place or where.startswith((f"{place}.", f"{place}[")))
        ]
        field = self.places[max(known, key=len)] if known else None
        return field if field in self.fields else None


def _lengths(clock: Document) -> list[tuple[str, str, str]]:
    """Every length that a clock may have here: the part of a field's name, what it is called, and a hint."""
    found = [
        ("limit", _("Time"), ""),
        ("outer", _("At most, from the start"), _("Nothing goes beyond it, whatever is granted.")),
        ("extension", _("At most, each time"), _("Empty: no more time, and no holding reply.")),
    ]
    if clock["owed_by"] == Owes.ORGANISATION:
        found += [(f"pause_{why}", str(words.PAUSES[why]), "") for why in PauseWhy]
        found.append(("update", _("News to the complainant before the date"), ""))
        found.append(("late", _("New date after an apology"), _("So long after the day on which it was late.")))
    reminders = max(REMINDERS, len(clock.get("remind", ())))
    found += [(f"remind_{place}", _("Reminder %(number)d") % {"number": place + 1}, "") for place in range(reminders)]
    return found


def initial_of(document: Document, languages: list[str], seen: int) -> dict[str, Any]:
    """What the document says, by the names of the fields."""
    values: dict[str, Any] = {"seen": seen}
    values |= {f"name_{language}": document["name"].get(language, "") for language in languages}
    for number, clock in enumerate(document["clocks"]):
        values |= _initial_of_clock(f"clock{number}", clock, languages)
    return values


def _initial_of_clock(name: str, clock: Document, languages: list[str]) -> dict[str, Any]:
    extension, caps = clock.get("extension") or {}, {each["why"]: each["cap"] for each in clock.get("pauses", ())}
    reminders = dict(enumerate(clock.get("remind", ())))
    written: dict[str, Any] = {
        "limit": clock["limit"],
        "outer": clock.get("outer"),
        "extension": extension.get("most"),
        "update": clock.get("update_before"),
        "late": (clock.get("when_late") or {}).get("new_date"),
        **{f"pause_{why}": caps.get(why) for why in PauseWhy},
        **{f"remind_{place}": reminders.get(place) for place in range(max(REMINDERS, len(reminders)))},
    }
    values: dict[str, Any] = {f"{name}_name_{language}": clock["name"].get(language, "") for language in languages}
    values[f"{name}_times"] = extension.get("times", "")
    for part, limit in written.items():
        values |= initial_length(f"{name}_{part}", limit, Unit.WORKING_DAYS)
    return values
