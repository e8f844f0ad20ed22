"""A unit without an amount is no deadline either: what is unknown passed the check. The table is
small, and written by imports alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0002_type_icon'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='type',
            name='catalogue_type_deadline_whole',
        ),
        migrations.AddConstraint(
            model_name='type',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deadline_amount__isnull', True), ('deadline_counts', ''), ('deadline_unit', '')), models.Q(('deadline_amount__isnull', False), ('deadline_amount__range', (1, 8784)), ('deadline_counts', 'elapsed'), ('deadline_unit', 'hours')), models.Q(('deadline_amount__isnull', False), ('deadline_amount__range', (1, 731)), ('deadline_counts__in', ['elapsed', 'working']), ('deadline_unit', 'days')), _connector='OR'), name='catalogue_type_deadline_whole'),
        ),
    ]
