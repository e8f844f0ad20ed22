"""Streets and houses of the Base Adresse Nationale: new tables only, nothing waits for a lock."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import riverain.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        # The extension pg_trgm.
        ('core', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Commune',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('insee_code', models.CharField(max_length=5)),
                ('name', models.CharField(max_length=120)),
                ('imported_at', models.DateTimeField(default=riverain.core.clock.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('insee_code',), name='territory_commune_once'), models.CheckConstraint(condition=models.Q(('insee_code__regex', '^\\d[\\dAB]\\d{3}$')), name='territory_commune_insee'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='territory_commune_named')],
            },
        ),
        migrations.CreateModel(
            name='Street',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ban_id', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('former_commune', models.CharField(blank=True, default='', max_length=120)),
                ('former_insee_code', models.CharField(blank=True, default='', max_length=5)),
                ('postcodes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), default=list, size=None)),
                ('plain', models.CharField(max_length=250)),
                ('core', models.CharField(max_length=250)),
                ('lon', models.FloatField()),
                ('lat', models.FloatField()),
                ('quadkey', models.BigIntegerField()),
                ('commune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='territory.commune')),
            ],
        ),
        migrations.CreateModel(
            name='House',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ban_id', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('suffix', models.CharField(blank=True, default='', max_length=20)),
                ('postcode', models.CharField(blank=True, default='', max_length=5)),
                ('lon', models.FloatField()),
                ('lat', models.FloatField()),
                ('quadkey', models.BigIntegerField()),
                ('street', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='houses', to='territory.street')),
            ],
        ),
        migrations.AddIndex(
            model_name='street',
            index=models.Index(fields=['commune', 'plain'], name='territory_street_commune'),
        ),
        migrations.AddIndex(
            model_name='street',
            index=models.Index(fields=['quadkey'], name='territory_street_place'),
        ),
        migrations.AddIndex(
            model_name='street',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('core', name='gin_trgm_ops'), name='territory_street_core'),
        ),
        migrations.AddConstraint(
            model_name='street',
            constraint=models.UniqueConstraint(fields=('ban_id',), name='territory_street_once'),
        ),
        migrations.AddConstraint(
            model_name='street',
            constraint=models.CheckConstraint(condition=models.Q(('lat__gte', -90), ('lat__lte', 90), ('lon__gte', -180), ('lon__lte', 180)), name='territory_street_point'),
        ),
        migrations.AddIndex(
            model_name='house',
            index=models.Index(fields=['street', 'number'], name='territory_house_street'),
        ),
        migrations.AddIndex(
            model_name='house',
            index=models.Index(fields=['quadkey'], name='territory_house_place'),
        ),
        migrations.AddConstraint(
            model_name='house',
            constraint=models.UniqueConstraint(fields=('ban_id',), name='territory_house_once'),
        ),
        migrations.AddConstraint(
            model_name='house',
            constraint=models.CheckConstraint(condition=models.Q(('lat__gte', -90), ('lat__lte', 90), ('lon__gte', -180), ('lon__lte', 180)), name='territory_house_point'),
        ),
    ]
