"""What the person complained about was told and said: notice, details, support, statement, result (annex D)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.party import Party
from amends.people.models import Person


class How(models.TextChoices):
    """On which way something reached them, or came from them."""

    PAGE = "page", _("On their own page")
    LETTER = "letter", _("By letter")
    TALK = "talk", _("In a talk")


class SubjectNotice(models.Model):
    """That they know of a complaint about them (D.2)."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="subject_notice")
    how = models.CharField(max_length=8, choices=How.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"notice to {self.party_id}"


class Words(models.Model):
    """Words between us and the person complained about: on which way, written down by whom and when."""

    text = models.TextField()
    how = models.CharField(max_length=8, choices=How.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Disclosure(Words):
    """What exactly was handed over: a text written for them, never the complaint itself. A later one adds to it."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="disclosures")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "number"], name="disclosures_are_numbered"),
            models.CheckConstraint(condition=~models.Q(text=""), name="disclosure_says_something"),
        ]

    def __str__(self) -> str:
        return f"disclosure {self.number} to {self.party_id}"


class SupportPerson(models.Model):
    """Somebody who stands by them: a colleague, a union, a friend. The last one named counts."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="supporters")
    name = models.CharField(max_length=160)
    relation = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="supporter_has_a_name")]

    def __str__(self) -> str:
        return f"supporter of {self.party_id}"


class Statement(Words):
    """Their side, in their words. Each is kept; none replaces another."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "number"], name="statements_are_numbered"),
            models.CheckConstraint(condition=~models.Q(text=""), name="statement_says_something"),
        ]

    def __str__(self) -> str:
        return f"statement {self.number} of {self.party_id}"


class SubjectResult(Words):
    """What came of it, told to them in words of its own. A new decision brings a new one."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="subject_results")
    round = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "round"], name="one_result_per_round"),
            models.CheckConstraint(condition=~models.Q(text=""), name="result_says_something"),
        ]

    def __str__(self) -> str:
        return f"result for {self.party_id}"


class PassedToHr(models.Model):
    """That it is a personnel matter too, when and to whom it was passed on. What follows there is no part of ours."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="passed_to_hr")
    passed_on = models.DateField()
    addressee = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "passed_on", "addressee"], name="passed_to_hr_once"),
            models.CheckConstraint(condition=~models.Q(addressee=""), name="passed_to_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} passed to HR"
