"""The people of a complaint as they were: complainant, representative, subject, witness; and who is walled off."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.complaints.models.contact import Contact
from amends.journal.vocabulary import Subject
from amends.people.models import Person


class Party(models.Model):
    """Somebody's part in one complaint, with name and addresses at that time. Erasable."""

    class Role(models.TextChoices):
        COMPLAINANT = "complainant", _("Complainant")
        REPRESENTATIVE = "representative", _("Representative")
        SUBJECT = "subject", _("Person complained about")
        WITNESS = "witness", _("Witness")

    class Kind(models.TextChoices):
        PERSON = "person", _("A person")
        ORGANISATION = "organisation", _("An organisation")

    class Authority(models.TextChoices):
        NONE = "none", _("Not needed")
        CLAIMED = "claimed", _("Says they have permission")
        TO_FOLLOW = "to_follow", _("Permission will follow")
        SEEN = "seen", _("Permission seen")
        ENDED = "ended", _("Permission has ended")

    class LettersTo(models.TextChoices):
        REPRESENTATIVE = "representative", _("To the representative")
        COMPLAINANT = "complainant", _("To the complainant")

    class ContactBy(models.TextChoices):
        PORTAL = "portal", _("Only on the tracking page")
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Telephone")
        POST = "post", _("Post")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=16, choices=Role.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(max_length=160, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    contact_by = models.CharField(max_length=8, choices=ContactBy.choices, default=ContactBy.PORTAL)
    safe_contact = models.CharField(max_length=300, blank=True)
    needs = models.JSONField(default=list, blank=True)
    needs_text = models.CharField(max_length=500, blank=True)
    relation = models.CharField(max_length=120, blank=True)
    authority = models.CharField(max_length=10, choices=Authority.choices, default=Authority.NONE)
    authority_until = models.DateField(null=True, blank=True)
    letters_to = models.CharField(max_length=16, choices=LettersTo.choices, default=LettersTo.REPRESENTATIVE)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="named_in")
    customer_relation = models.CharField(max_length=12, blank=True)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="parties")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "role"],
                condition=models.Q(role__in=["complainant", "representative"]),
                name="one_complainant_and_one_representative",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) | models.Q(role__in=["subject", "witness"]),
                name="staff_are_named_as_subject_or_witness",
            ),
        ]
        indexes = [models.Index(fields=["complaint", "role"], name="party_by_complaint")]

    def __str__(self) -> str:
        return f"{self.role} of {self.complaint_id}"

    @property
    def journal_subject(self) -> Subject:
        """The party as the journal names them."""
        return Subject("party", self.pk)

    @property
    def has_contact(self) -> bool:
        """Whether they can be reached other than on the tracking page."""
        return bool(self.email or self.phone or self.address)


class Wall(models.Model):
    """A member of staff who may not read, handle, decide, find or count this complaint."""

    class Why(models.TextChoices):
        SUBJECT = "subject", _("Complained about")
        MANAGER = "manager", _("Direct manager of the person complained about")
        REPORT = "report", _("Reports to the person complained about")
        DECLARED = "declared", _("Declared a conflict of interest")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="walls")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="walled_off_from")
    why = models.CharField(max_length=8, choices=Why.choices)
    since = models.DateTimeField()
    declared_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="declared_conflicts"
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "person"], name="one_wall_per_person")]
        indexes = [models.Index(fields=["person", "complaint"], name="wall_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} walled off from {self.complaint_id}"


class LiftedWall(models.Model):
    """That a wall was taken down again, by whom and why. The one before the person complained about never is."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="lifted_walls")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lifted_walls")
    why = models.CharField(max_length=8, choices=Wall.Why.choices)
    since = models.DateTimeField()
    reason = models.CharField(max_length=500)
    lifted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(why="subject"), name="the_subject_stays_walled_off"),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("lifted_by")), name="nobody_lifts_their_own_wall"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} let back to {self.complaint_id}"
