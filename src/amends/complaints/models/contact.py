"""A person or organisation across complaints, with all their addresses (R-3-01; ARCHITECTURE, decision 3)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Subject
from amends.people.models import Person


class Contact(models.Model):
    """Joins the parts that one person has in several complaints. What was true in each stays with the complaint."""

    class Kind(models.TextChoices):
        PERSON = "person", _("A person")
        ORGANISATION = "organisation", _("An organisation")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=200)
    since = models.DateTimeField()
    #: The same person, known twice: where they go on. One step only, and each keeps what is theirs.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="also_known_as"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="no_contact_goes_on_in_itself")
        ]
        indexes = [models.Index(fields=["name_key", "id"], name="contact_by_name")]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def subject(self) -> Subject:
        """The contact as the journal names them."""
        return Subject("contact", self.pk)


class ContactPoint(models.Model):
    """One way to reach a contact. A wrong one is struck out, not deleted: mail of before went there."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Telephone")
        ADDRESS = "address", _("Address")

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="points")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    since = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "kind", "key"],
                condition=Q(struck_at__isnull=True),
                name="each_way_to_a_contact_once",
            ),
            models.CheckConstraint(condition=~Q(key=""), name="contact_point_has_a_key"),
        ]
        indexes = [models.Index(fields=["kind", "key"], name="contact_point_by_key")]

    def __str__(self) -> str:
        return f"{self.kind} of contact {self.contact_id}"


class ContactMerging(models.Model):
    """That two contacts are one person, who said so and why; and that they are not, after all."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="mergings")
    into = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="took_in")
    reason = models.CharField(max_length=500)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(ended_at__isnull=True), name="contact_goes_on_in_one_place"
            ),
            models.CheckConstraint(condition=~Q(contact=models.F("into")) & ~Q(reason=""), name="two_contacts_merge"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
                name="parting_says_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} goes on in {self.into_id}"
