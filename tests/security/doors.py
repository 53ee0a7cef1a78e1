"""Ways to bring something live beside a decision. Each takes a page and who tries it."""

import datetime as dt

from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.management.commands import publish_scheduled
from wagtail.models import Page, Revision


def time_comes():
    """What cron calls each minute."""
    publish_scheduled.Command().handle(dryrun=False)


def newest(page, user):
    page.get_latest_revision().publish(user=user)


def newest_without_a_name(page, user):
    page.get_latest_revision().publish()


def oldest(page, user):
    page.revisions.order_by("pk").first().publish(user=user)


def the_one_before(page, user):
    if page.get_latest_revision().is_latest_revision() and page.revisions.count() > 1:
        page.get_latest_revision().get_previous().publish(user=user)


def action(page, user):
    PublishPageRevisionAction(page.get_latest_revision(), user=user).execute()


def action_unchecked(page, user):
    revision = page.get_latest_revision()
    PublishPageRevisionAction(revision, user=user).execute(skip_permission_checks=True)


def saved_as_live(page, user):
    page.live = True
    page.save()


def draft_saved_as_live(page, user):
    draft = page.get_latest_revision_as_object()
    draft.live = True
    draft.save()


def one_column(page, user):
    page.live = True
    page.save(update_fields=["live"])


def base_page(page, user):
    base = Page.objects.get(pk=page.pk)
    base.live = True
    base.save()


def words_of_the_row(page, user):
    page.title = f"{page.title}, slipped in"
    page.save()


def words_of_one_column(page, user):
    page.title = f"{page.title}, slipped in"
    page.save(update_fields=["title"])


def a_row_of_interests(page, user):
    rows = type(page).interests.through.objects.filter(content_object=page)
    for row in rows:
        row.delete()


def planted_date(page, user):
    planted = timezone.now() - dt.timedelta(minutes=1)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=planted)
    time_comes()


def workflow_finished(page, user):
    if state := page.current_workflow_state:
        state.finish(user=user)


def task_approved_without_asking_it(page, user):
    if state := page.current_workflow_task_state:
        state.specific.approve(user=user)


def alias(page, user):
    page.create_alias(update_slug=f"alias-{timezone.now():%H%M%S}", user=user)


def live_copy(page, user):
    attributes = {"slug": f"copy-{timezone.now():%H%M%S}"}
    page.copy(update_attrs=attributes, keep_live=True, user=user, recursive=False)


DOORS = (
    *(newest, newest_without_a_name, oldest, the_one_before, action, action_unchecked),
    *(saved_as_live, draft_saved_as_live, one_column, base_page, words_of_the_row),
    *(words_of_one_column, a_row_of_interests, planted_date, workflow_finished),
    *(task_approved_without_asking_it, alias, live_copy),
)
