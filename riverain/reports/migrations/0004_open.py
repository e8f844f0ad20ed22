"""The index of what is open tells too from which day on a report that waits is taken up again. Made
and dropped beside the writes of a town at work, as the one that it replaces (0003)."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

OPEN = [
    'claimed', 'in_progress', 'landlord', 'rejection_proposed', 'to_process', 'transferred', 'waiting',
]


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('reports', '0003_pressing'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='report',
            index=models.Index(
                condition=models.Q(('status__in', OPEN)),
                fields=['collectivity', 'priority', 'due_at', 'id'],
                include=(
                    'status', 'type', 'service', 'partner', 'district', 'sector', 'channel', 'agent_id',
                    'quadkey', 'unanswered', 'undelivered', 'looked_at', 'work_done_at', 'resume_on',
                ),
                name='reports_report_open',
            ),
        ),
        RemoveIndexConcurrently(model_name='report', name='reports_report_pressing'),
    ]
