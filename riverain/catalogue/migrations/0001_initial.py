"""Families, categories, types and rules, held together by composite keys."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


# What Django cannot say: a row only refers to rows of its own collectivity, and a type's category
# is one of its family. Checked at the end of the transaction, so that a whole import may move
# categories between families.
TOGETHER = """
ALTER TABLE catalogue_category
    ADD CONSTRAINT catalogue_category_own_family
    FOREIGN KEY (collectivity_id, family_id)
    REFERENCES catalogue_family (collectivity_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE catalogue_type
    ADD CONSTRAINT catalogue_type_own_family
    FOREIGN KEY (collectivity_id, family_id)
    REFERENCES catalogue_family (collectivity_id, id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT catalogue_type_own_category
    FOREIGN KEY (collectivity_id, family_id, category_id)
    REFERENCES catalogue_category (collectivity_id, family_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE catalogue_routingrule
    ADD CONSTRAINT catalogue_rule_own_type
    FOREIGN KEY (collectivity_id, type_id)
    REFERENCES catalogue_type (collectivity_id, id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT catalogue_rule_own_category
    FOREIGN KEY (collectivity_id, category_id)
    REFERENCES catalogue_category (collectivity_id, id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT catalogue_rule_own_family
    FOREIGN KEY (collectivity_id, family_id)
    REFERENCES catalogue_family (collectivity_id, id) DEFERRABLE INITIALLY DEFERRED;
"""

APART = """
ALTER TABLE catalogue_routingrule
    DROP CONSTRAINT catalogue_rule_own_type,
    DROP CONSTRAINT catalogue_rule_own_category,
    DROP CONSTRAINT catalogue_rule_own_family;
ALTER TABLE catalogue_type
    DROP CONSTRAINT catalogue_type_own_family,
    DROP CONSTRAINT catalogue_type_own_category;
ALTER TABLE catalogue_category DROP CONSTRAINT catalogue_category_own_family;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0001_initial'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Family',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=120)),
                ('position', models.PositiveIntegerField()),
                ('is_active', models.BooleanField(default=True)),
                ('hint', models.TextField(blank=True)),
                ('icon', models.CharField(blank=True, max_length=60)),
                ('collectivity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.collectivity')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=120)),
                ('position', models.PositiveIntegerField()),
                ('is_active', models.BooleanField(default=True)),
                ('collectivity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.collectivity')),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='categories', to='catalogue.family')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Type',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=120)),
                ('position', models.PositiveIntegerField()),
                ('is_active', models.BooleanField(default=True)),
                ('hint', models.TextField(blank=True)),
                ('nature', models.CharField(default='report', max_length=20)),
                ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('agents_only', models.BooleanField(default=False)),
                ('dead_end', models.TextField(blank=True)),
                ('dangerous', models.BooleanField(default=False)),
                ('emergency', models.TextField(blank=True)),
                ('household', models.BooleanField(default=False)),
                ('priority', models.PositiveSmallIntegerField(default=3)),
                ('deadline_amount', models.PositiveIntegerField(blank=True, null=True)),
                ('deadline_unit', models.CharField(blank=True, max_length=10)),
                ('deadline_counts', models.CharField(blank=True, max_length=10)),
                ('questions', models.JSONField(blank=True, default=list)),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('competent_body', models.TextField(blank=True)),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='types', to='catalogue.category')),
                ('collectivity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.collectivity')),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='types', to='catalogue.family')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoutingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_kind', models.CharField(blank=True, max_length=20)),
                ('area_code', models.CharField(blank=True, max_length=100)),
                ('position', models.PositiveIntegerField()),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.category')),
                ('collectivity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.collectivity')),
                ('family', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.family')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.partner')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.service')),
                ('type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.type')),
            ],
        ),
        migrations.AddConstraint(
            model_name='family',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='catalogue_family_code_form'),
        ),
        migrations.AddConstraint(
            model_name='family',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='catalogue_family_named'),
        ),
        migrations.AddConstraint(
            model_name='family',
            constraint=models.UniqueConstraint(fields=('collectivity', 'code'), name='catalogue_family_code'),
        ),
        migrations.AddConstraint(
            model_name='family',
            constraint=models.UniqueConstraint(fields=('collectivity', 'id'), name='catalogue_family_key'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='catalogue_category_code_form'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='catalogue_category_named'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.UniqueConstraint(fields=('collectivity', 'code'), name='catalogue_category_code'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.UniqueConstraint(fields=('collectivity', 'id'), name='catalogue_category_key'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.UniqueConstraint(fields=('collectivity', 'family', 'id'), name='catalogue_category_family_key'),
        ),
        migrations.AddConstraint(
            model_name='type',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='catalogue_type_code_form'),
        ),
        migrations.AddConstraint(
            model_name='type',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='catalogue_type_named'),
        ),
        migrations.AddConstraint(
            model_name='type',
            constraint=models.UniqueConstraint(fields=('collectivity', 'code'), name='catalogue_type_code'),
        ),
        migrations.AddConstraint(
            model_name='type',
            constraint=models.UniqueConstraint(fields=('collectivity', 'id'), name='catalogue_type_key'),
        ),
        migrations.AddConstraint(
            model_name='type',
            constraint=models.CheckConstraint(condition=models.Q(('nature__in', ['report', 'suggestion', 'praise'])), name='catalogue_type_nature_known'),
        ),
        migrations.AddConstraint(
            model_name='type',
            constraint=models.CheckConstraint(condition=models.Q(('priority__in', [1, 2, 3, 4])), name='catalogue_type_priority_known'),
        ),
        migrations.AddConstraint(
            model_name='type',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deadline_amount__isnull', True), ('deadline_counts', ''), ('deadline_unit', '')), models.Q(('deadline_amount__range', (1, 8784)), ('deadline_counts', 'elapsed'), ('deadline_unit', 'hours')), models.Q(('deadline_amount__range', (1, 731)), ('deadline_counts__in', ['elapsed', 'working']), ('deadline_unit', 'days')), _connector='OR'), name='catalogue_type_deadline_whole'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.UniqueConstraint(fields=('collectivity', 'type', 'category', 'family', 'area_kind', 'area_code'), name='catalogue_rule_target_and_area', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('category__isnull', True), ('family__isnull', True)), models.Q(('family__isnull', True), ('type__isnull', True)), models.Q(('category__isnull', True), ('type__isnull', True)), _connector='OR'), name='catalogue_rule_one_target'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('area_code', ''), ('area_kind', '')), models.Q(models.Q(('area_kind', ''), _negated=True), models.Q(('area_code', ''), _negated=True)), _connector='OR'), name='catalogue_rule_area_whole'),
        ),
        migrations.RunSQL(TOGETHER, APART),
    ]
