"""What waited before there were matters gets one, due as what is submitted from now on."""

import datetime as dt

from django.db import migrations
from django.utils import timezone

DAYS_TO_DECIDE = 7


def make_matters(apps, schema_editor):
    matters = apps.get_model("lpsa_wagtail", "Matter").objects.using(schema_editor.connection.alias)
    states = apps.get_model("wagtailcore", "TaskState").objects.using(
        schema_editor.connection.alias
    )
    waiting = states.filter(
        status="in_progress", workflow_state__content_type__app_label="lpsa_wagtail"
    )
    there = set(matters.exclude(task_state=None).values_list("task_state", flat=True))
    for pk, started_at in waiting.values_list("pk", "started_at"):
        if pk not in there:
            due_on = timezone.localdate() + dt.timedelta(days=DAYS_TO_DECIDE)
            matters.create(task_state_id=pk, opened_at=started_at, due_on=due_on)


class Migration(migrations.Migration):
    dependencies = [("lpsa_wagtail", "0005_desk")]

    operations = [migrations.RunPython(make_matters, migrations.RunPython.noop)]
