"""Nobody holds one role twice at one place and time. The table is small, and few write it."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        # The extension btree_gist.
        ('core', '0001_initial'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='membership',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('role', '='), (django.db.models.functions.comparison.Coalesce('collectivity', 0), '='), (django.db.models.functions.comparison.Coalesce('service', 0), '='), (django.db.models.functions.comparison.Coalesce('partner', 0), '='), (django.db.models.functions.comparison.Coalesce('area', 0), '='), (models.Func('starts_at', 'ends_at', function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='organisation_membership_once'),
        ),
    ]
