"""The indexes that a worklist is read from: what is open in its order with all that views count,
and what has ended by its day. Built beside the writes of a town at work, hence outside a
transaction; where one is interrupted, PostgreSQL leaves it "INVALID", and it is dropped by hand
(DROP INDEX CONCURRENTLY) before the migration runs again. The index that they replace goes last."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

OPEN = [
    'claimed', 'in_progress', 'landlord', 'rejection_proposed', 'to_process', 'transferred', 'waiting',
]
CLOSED = [
    'closed_transferred', 'done', 'kept', 'not_kept', 'passed_on', 'rejected', 'under_study',
]


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('reports', '0002_map'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='report',
            index=models.Index(
                condition=models.Q(('status__in', OPEN)),
                fields=['collectivity', 'priority', 'due_at', 'id'],
                include=(
                    'status', 'type', 'service', 'partner', 'district', 'sector', 'channel', 'agent_id',
                    'quadkey', 'unanswered', 'undelivered', 'looked_at', 'work_done_at',
                ),
                name='reports_report_pressing',
            ),
        ),
        AddIndexConcurrently(
            model_name='report',
            index=models.Index(
                condition=models.Q(('status__in', CLOSED)),
                fields=['collectivity', '-closed_at', '-id'],
                include=('type', 'service', 'partner', 'district', 'sector', 'channel'),
                name='reports_report_ended',
            ),
        ),
        RemoveIndexConcurrently(model_name='report', name='reports_report_worklist'),
    ]
