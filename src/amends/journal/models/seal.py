"""What the sealer writes: sequence numbers, frozen subtree hashes, signed checkpoints and their deliveries."""

from django.db import models
from django.db.models.functions import Now

from amends.journal.models.entry import Entry


class Unsealed(models.Model):
    """An entry that has no number yet; written with the entry, deleted when it is sealed."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="unsealed")
    #: By the clock of the database: an entry on something that happened long ago has not waited for long.
    since = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"unsealed {self.entry_id}"


class Seal(models.Model):
    """The dense sequence number of an entry (from 0) and the leaf hash that the tree was built on."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    leaf = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"seal {self.number}"


class Subtree(models.Model):
    """The hash of a complete subtree of 256^level leaves, frozen when it was complete (RFC 9162, section 2.1)."""

    level = models.PositiveSmallIntegerField()
    position = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "position"], name="one_hash_per_subtree")]

    def __str__(self) -> str:
        return f"subtree {self.level}/{self.position}"


class Checkpoint(models.Model):
    """Size and root of the tree at a moment, with the hash of the checkpoint before, signed with Ed25519."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"checkpoint at {self.size}"


class Anchoring(models.Model):
    """That a checkpoint reached a sink outside the database."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="anchorings")
    sink = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "sink"], name="one_anchoring_per_sink")]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} in {self.sink}"
