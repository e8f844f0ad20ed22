"""A type may have an icon of its own; without one it shows its family's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="type",
            name="icon",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
    ]
