"""Extensions, the French text search configuration, report numbers, versions.

Extensions are contrib only and trusted since PostgreSQL 13: the database's owner may create them.
"""

from django.db import migrations, models

SEARCH = """
CREATE TEXT SEARCH CONFIGURATION riverain_fr (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION riverain_fr
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
-- `unaccent` itself is only STABLE, so no index could call it.
CREATE FUNCTION riverain_unaccent(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, $1) $$;
"""

UNDO_SEARCH = """
DROP FUNCTION riverain_unaccent(text);
DROP TEXT SEARCH CONFIGURATION riverain_fr;
"""

# One sequence for each collectivity and year: no submission locks a row that a town shares, and
# a gap is no fault. The function runs with its owner's rights, so that the application's role
# needs none to create anything.
NUMBERS = """
CREATE SCHEMA IF NOT EXISTS numbers;
CREATE FUNCTION riverain_next_number(collectivity bigint, year integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = numbers, pg_temp
    AS $$
DECLARE
    sequence text := format('numbers.report_%s_%s', collectivity, year);
BEGIN
    IF to_regclass(sequence) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext(sequence));
        EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %s', sequence);
    END IF;
    RETURN nextval(sequence);
END
$$;
"""

UNDO_NUMBERS = """
DROP FUNCTION riverain_next_number(bigint, integer);
DROP SCHEMA numbers CASCADE;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS unaccent;"
            "CREATE EXTENSION IF NOT EXISTS pg_trgm;"
            "CREATE EXTENSION IF NOT EXISTS btree_gist;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(SEARCH, UNDO_SEARCH),
        migrations.RunSQL(NUMBERS, UNDO_NUMBERS),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("value", models.BigIntegerField(default=1)),
            ],
        ),
    ]
