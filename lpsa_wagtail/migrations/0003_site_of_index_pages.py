"""Note for each index page that setup made for which site it was made.

Apart from the step before, because PostgreSQL does not alter a table whose rows just changed.
"""

from django.db import migrations


def note_sites(apps, schema_editor):
    database = schema_editor.connection.alias
    records = apps.get_model("lpsa_wagtail", "InstallRecord").objects.using(database)
    pages = apps.get_model("wagtailcore", "Page").objects.using(database)
    sites = apps.get_model("wagtailcore", "Site").objects.using(database)
    sites = list(sites.select_related("root_page").order_by("-is_default_site", "pk"))
    for record in records.filter(code__startswith="index.", site=None):
        page = pages.filter(pk=record.object_id).first()
        around = [
            site for site in sites if page and page.path.startswith(site.root_page.path)
        ]
        record.site = max(around, key=lambda site: len(site.root_page.path), default=None)
        record.site = record.site or next(iter(sites), None)  # a page that is gone
        record.save(update_fields=["site"])


def keep_one_each(apps, schema_editor):
    """Before this state, setup knew one site: the oldest record of each index page stays."""
    records = apps.get_model("lpsa_wagtail", "InstallRecord").objects
    records = records.using(schema_editor.connection.alias).filter(code__startswith="index.")
    kept = {}
    for record in records.order_by("pk"):
        kept.setdefault(record.code, record.pk)
    records.exclude(pk__in=kept.values()).delete()
    records.update(site=None)


class Migration(migrations.Migration):

    dependencies = [("lpsa_wagtail", "0002_install_records_of_sites")]

    operations = [migrations.RunPython(note_sites, keep_one_each)]
