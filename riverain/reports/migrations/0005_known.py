"""What the actions keep of a report, the table keeps too: words of ours only, a whole point or none,
no closing date on what is open, both halves of another tool's key. The check of the point let one
side of it be missing: what is unknown passes a CHECK.

Each is added for new rows first, then proved for the old ones beside the writes of a town at work,
hence outside a transaction. What is done stays done where it is interrupted: the constraints that
stand already are dropped by hand before the migration runs again."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q

OPEN = [
    'claimed', 'in_progress', 'landlord', 'rejection_proposed', 'to_process', 'transferred', 'waiting',
]
KNOWN = {
    'nature': ['report', 'suggestion', 'praise'],
    'channel': [
        'web', 'mobile', 'phone', 'desk', 'letter', 'email', 'social', 'elected', 'meeting', 'field',
        'connected',
    ],
    'status': [
        'to_process', 'waiting', 'in_progress', 'transferred', 'landlord', 'rejection_proposed',
        'claimed', 'rejected', 'done', 'closed_transferred', 'kept', 'under_study', 'not_kept',
        'passed_on',
    ],
    'outcome': [
        '', 'done', 'nothing_found', 'already_done', 'not_planned', 'not_ours', 'incomplete',
    ],
    'reason': [
        '', 'reporter', 'material', 'weather', 'works', 'other_body', 'study', 'watched',
    ],
    'priority': [1, 2, 3, 4],
}
CHECKS = [
    models.CheckConstraint(
        condition=(Q(source='') & Q(external_id='')) | (~Q(source='') & ~Q(external_id='')),
        name='reports_report_external_whole',
    ),
    *(
        models.CheckConstraint(
            condition=Q(**{f'{field}__in': values}), name=f'reports_report_{field}_known'
        )
        for field, values in KNOWN.items()
    ),
    models.CheckConstraint(
        condition=Q(lon__isnull=True, lat__isnull=True, quadkey__isnull=True)
        | Q(
            lon__isnull=False, lon__gte=-180, lon__lte=180,
            lat__isnull=False, lat__gte=-90, lat__lte=90,
            quadkey__isnull=False,
        ),
        name='reports_report_whole_point',
    ),
    models.CheckConstraint(
        condition=Q(closed_at__isnull=True) | ~Q(status__in=OPEN),
        name='reports_report_open_or_closed',
    ),
]


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('reports', '0004_open'),
    ]

    operations = [
        *(AddConstraintNotValid(model_name='report', constraint=check) for check in CHECKS),
        *(ValidateConstraint(model_name='report', name=check.name) for check in CHECKS),
        migrations.RemoveConstraint(model_name='report', name='reports_report_point'),
    ]
