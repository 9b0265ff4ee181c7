"""First migrations that create many tables quickly."""

from itertools import groupby

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel, Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTogether(Operation):
    """Creates tables one after the other, and works out only once how all models hang together.

    Django does it anew after each table, for every model that is connected with it: with a hundred connected models
    that takes most of the time of a migration. An order in which each table finds those that
    it points at is still needed.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, creations: list[CreateModel]) -> None:
        self.creations = creations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Know all of them; what was worked out before is thrown away, so that nothing is kept up to date meanwhile."""
        state.__dict__.pop("apps", None)
        for creation in self.creations:
            creation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create the tables in their order."""
        for creation in self.creations:
            creation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop them, the last one first."""
        for creation in reversed(self.creations):
            creation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What `amends migrate` may say of it."""
        return f"Create {len(self.creations)} models"


class FirstMigration(Migration):
    """A migration whose tables, where several stand one after the other, are created together."""

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        together: list[Operation] = []
        for creates, run in groupby(self.operations, lambda operation: isinstance(operation, CreateModel)):
            if creates:
                together.append(CreateTogether([operation for operation in run if isinstance(operation, CreateModel)]))
            else:
                together.extend(run)
        # Django, too, makes them its own per migration, and types them as the class's.
        vars(self)["operations"] = together
