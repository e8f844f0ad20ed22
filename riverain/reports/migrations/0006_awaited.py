"""The index of the reports that someone waits for, ended ones too: a message without answer, a mail
that could not be delivered. Built beside the writes of a town at work, as those before it (0003)."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('reports', '0005_known'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='report',
            index=models.Index(
                condition=models.Q(('unanswered', True), ('undelivered', True), _connector='OR'),
                fields=['collectivity', 'priority', 'due_at', 'id'],
                include=(
                    'status', 'type', 'service', 'partner', 'district', 'sector', 'channel',
                    'unanswered', 'undelivered',
                ),
                name='reports_report_awaited',
            ),
        ),
    ]
