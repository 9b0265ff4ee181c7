"""What of a complaint left the house, to whom and on what ground: the register of disclosures (4.10)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.complaints.models.evidence import Evidence
from amends.complaints.models.referral import Referral, new_token
from amends.correspondence.models import Message
from amends.people.models import Person


class OutsideDisclosure(models.Model):
    """One handing over to somebody outside. Rows are added, never changed; what was made is known by its digest."""

    class What(models.TextChoices):
        FILE = "file", _("The complete file")
        SHEET = "sheet", _("The follow-up sheet")
        LETTER = "letter", _("A letter or message of ours")
        EVIDENCE = "evidence", _("Pieces of evidence")
        OTHER = "other", _("Something else")

    class Ground(models.TextChoices):
        CONSENT = "consent", _("The person agreed expressly")
        LAW = "law", _("The law requires it")
        CONTRACT = "contract", _("A contract with the person needs it")
        CLAIM = "claim", _("To establish or defend a legal claim")
        PUBLIC_TASK = "public_task", _("A task in the public interest")

    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="outside_disclosures")
    number = models.PositiveSmallIntegerField()
    referral = models.ForeignKey(Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="disclosures")
    recipient = models.CharField(max_length=200)
    what = models.CharField(max_length=8, choices=What.choices)
    what_text = models.CharField(max_length=300, blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="disclosures")
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="outside_disclosures"
    )
    ground = models.CharField(max_length=12, choices=Ground.choices)
    ground_text = models.CharField(max_length=500)
    names_complainant = models.BooleanField()
    #: SHA-256 of what was given: of the document made, of the words of a letter, of the hashes of pieces of evidence.
    digest = models.CharField(max_length=64, blank=True)
    given_on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="outside_disclosures_are_numbered"),
            models.CheckConstraint(
                condition=~Q(recipient="") & ~Q(ground_text=""), name="disclosure_has_recipient_and_ground"
            ),
            models.CheckConstraint(
                condition=~Q(what__in=["file", "sheet", "letter"]) | ~Q(digest=""), name="disclosed_paper_has_digest"
            ),
            models.CheckConstraint(condition=~Q(what="other") | ~Q(what_text=""), name="disclosed_other_is_described"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="disclosure_newest")]

    def __str__(self) -> str:
        return f"disclosure {self.number} of {self.complaint_id}"
