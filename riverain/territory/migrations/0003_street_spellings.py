"""What a street's name shares with its slips: streets without it are found by trigrams alone, until
the next import. Indexes of names without a pending list."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('territory', '0002_addresses'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='street',
            name='territory_street_core',
        ),
        migrations.AddField(
            model_name='street',
            name='spellings',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.AddIndex(
            model_name='street',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('core', name='gin_trgm_ops'), fastupdate=False, name='territory_street_core'),
        ),
        migrations.AddIndex(
            model_name='street',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['spellings'], name='territory_street_spelt'),
        ),
    ]
