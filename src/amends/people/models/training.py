"""What people have learnt, and until when it counts (ISO 10002, 6.4)."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models.person import Person


class TrainingQuerySet(models.QuerySet["Training"]):
    """Reads over trainings."""

    def valid_on(self, day: date) -> "TrainingQuerySet":
        """Trainings that count on a day."""
        return self.filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day), completed_on__lte=day)


class Training(models.Model):
    """Somebody completed a course. It is never taken back: it ends by its own date, or a newer one follows."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trainings")
    course = models.CharField(_("Course"), max_length=64)
    completed_on = models.DateField(_("Completed on"))
    valid_to = models.DateField(_("Valid until"), null=True, blank=True)
    evidence = models.CharField(_("Evidence"), max_length=200)
    recorded_at = models.DateTimeField()
    #: Empty where it was taken over from elsewhere.
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: When the clock reminds of it, once; empty when nobody has to be reminded any more.
    remind_at = models.DateTimeField(null=True, blank=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("completed_on")),
                name="training_ends_after_it_was_completed",
            ),
            models.CheckConstraint(condition=~models.Q(course=""), name="training_has_a_course"),
        ]
        indexes = [
            models.Index(fields=["person", "course"], name="training_by_person"),
            models.Index(fields=["remind_at"], name="training_reminds", condition=models.Q(remind_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.person}"
