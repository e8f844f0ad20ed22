"""An index of the open reports' places. Built beside the writes of a town at work, hence outside a
transaction; where it is interrupted, PostgreSQL leaves an index "INVALID" that is dropped by hand
(DROP INDEX CONCURRENTLY reports_report_map) before the migration runs again."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('reports', '0001_initial'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='report',
            index=models.Index(condition=models.Q(('status__in', ['claimed', 'in_progress', 'landlord', 'rejection_proposed', 'to_process', 'transferred', 'waiting'])), fields=['collectivity', 'quadkey'], include=('id', 'lon', 'lat', 'status', 'due_at', 'priority', 'type', 'service', 'partner', 'district', 'sector'), name='reports_report_map'),
        ),
    ]
