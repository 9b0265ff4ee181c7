"""Tables that are created together are created, and dropped, like any others."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from amends.kit.migrating import FirstMigration


class Shops(FirstMigration):
    """Two tables of which one points at the other, and an index afterwards."""

    operations = [
        migrations.CreateModel("Shop", [("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel(
            "Shelf",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("label", models.CharField(max_length=20)),
                ("shop", models.ForeignKey("kit_shops.Shop", models.CASCADE)),
            ],
        ),
        migrations.AddIndex("shelf", models.Index(fields=["label"], name="shelf_label")),
    ]


@pytest.mark.engines
def test_tables_made_together_hang_together_and_can_be_dropped(own_database):
    made = Shops("0001_initial", "kit_shops")
    assert [type(operation).__name__ for operation in made.operations] == ["CreateTogether", "AddIndex"]
    with connection.schema_editor(atomic=True) as editor:
        after = made.apply(ProjectState(), editor)
    shop, shelf = (after.apps.get_model("kit_shops", name) for name in ("Shop", "Shelf"))
    shelf.objects.create(label="top", shop=shop.objects.create())
    assert shop.objects.filter(shelf__label="top").count() == 1
    shop.objects.all().delete()
    with connection.cursor() as cursor:
        assert "shelf_label" in connection.introspection.get_constraints(cursor, "kit_shops_shelf")
    with connection.schema_editor(atomic=True) as editor:
        made.unapply(ProjectState(), editor)
    assert not [name for name in connection.introspection.table_names() if name.startswith("kit_shops")]
