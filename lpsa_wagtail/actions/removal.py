"""Leaving a host: everything of ours goes, and everything of the host's stays and works."""

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from taggit.models import ItemBase
from wagtail.models import Collection, CollectionMember, Page

from lpsa_wagtail.exceptions import SetupRefused
from lpsa_wagtail.models import belongings

#: Rows that hang on ours and are nobody's own work; they are not listed one by one.
PLUMBING = ("wagtail.models", "django.contrib.auth.", "django.contrib.contenttypes.")


def what_goes() -> dict[str, int]:
    """Map what teardown removes, in words, to how many there are. Reads only."""
    found = {
        str(model._meta.verbose_name_plural): model._base_manager.count()
        for model in belongings.our_models()
        if not (model._meta.auto_created or issubclass(model, ItemBase))
    }
    found[_("auth groups")] = belongings.our_auth_groups().count()
    found[_("workflows")] = belongings.our_workflows().count()
    found[_("collections")] = belongings.our_collections().count()
    found[_("sample logins")] = belongings.our_accounts().count()
    found[_("log entries")] = sum(rows.count() for rows in belongings.our_log_entries())
    return {what: count for what, count in sorted(found.items()) if count}


def what_else_changes() -> list[str]:
    """Sentences about rows of the host's that teardown touches, or that lose what they point at."""
    said = []
    if files := sum(rows.count() for rows in belongings.files_in_our_collections()):
        said.append(_("%(count)s files move to the root collection.") % {"count": files})
    if states := belongings.open_states_elsewhere().count():
        said.append(
            _("%(count)s workflows that run on your own pages with our stages are cancelled.")
            % {"count": states}
        )
    if links := belongings.links_to_our_pages().count():
        said.append(
            _("%(count)s links from your own pages and objects to our pages will lead nowhere.")
            % {"count": links}
        )
    for reference in _foreign_references():
        if reference.happens is models.CASCADE:
            said.append(
                _("%(count)s rows go as well, as their own model says: %(where)s.")
                % {"count": reference.count, "where": reference}
            )
        else:
            said.append(
                _("%(count)s rows lose what they point at: %(where)s.")
                % {"count": reference.count, "where": reference}
            )
    return said


def _foreign_references():
    plumbing = get_user_model().groups.through  # wherever the host's own model has it
    return [
        reference
        for reference in belongings.references()
        if not reference.model.__module__.startswith(PLUMBING)
        and not issubclass(reference.model, (CollectionMember, plumbing))
    ]


def why_not_remove_everything() -> list[str]:
    """Sentences about what stands in the way; the host has to change it first."""
    said = []
    for page in belongings.foreign_pages_below():
        said.append(
            _("Your page “%(page)s” (%(pk)s) lies below ours. Move it.")
            % {"page": page, "pk": page.pk}
        )
    for site in belongings.sites_rooted_in_ours():
        said.append(
            _("Our page is the root of the site %(site)s. Choose another.") % {"site": site}
        )
    for reference in belongings.references():
        if reference.happens in belongings.FORBIDDING:
            said.append(
                _("%(count)s rows forbid to delete what they point at: %(where)s.")
                % {"count": reference.count, "where": reference}
            )
    return said


@transaction.atomic
def remove_everything(*, actor) -> None:
    """Remove every row of ours from the database; the tables stay, empty.

    Side effects: files in our collections move to the root collection, and collections of the
    host's below ours move up; workflows that run on the host's pages with our stages are
    cancelled. Raises ``SetupRefused``, before anything is written, with what stands in the way.
    """
    if reasons := why_not_remove_everything():
        raise SetupRefused("\n".join(reasons))
    for state in belongings.open_states_elsewhere():
        state.cancel(user=actor)
    _hand_over_files()
    belongings.links_to_our_pages().delete()
    log_entries = belongings.our_log_entries()
    things = [
        *belongings.our_workflows(),
        *belongings.our_tasks(),
        *belongings.our_auth_groups(),
        *belongings.our_accounts(),
        *belongings.our_collections(),
    ]
    _remove_pages()
    _remove_records()
    for thing in things:
        if current := type(thing)._base_manager.filter(pk=thing.pk).first():
            current.delete()
    for entries in log_entries:
        entries.delete()
    _remove_types()


def _hand_over_files():
    root = Collection.get_first_root_node()
    for rows in belongings.files_in_our_collections():
        rows.update(collection=root)
    ours = set(belongings.our_collections().values_list("pk", flat=True))
    for collection in belongings.our_collections():
        for child in collection.get_children().exclude(pk__in=ours):
            child.move(Collection.get_first_root_node(), "sorted-child")


def _remove_pages():
    for page in belongings.highest_pages():
        Page.objects.get(pk=page.pk).delete()  # the tree has changed since it was read


def _remove_records():
    """Rows of our own tables, each before what it points at; past the guards of our models."""
    for model in belongings.our_models():
        if issubclass(model, Page):
            continue
        rows = QuerySet(model)
        for field in model._meta.local_fields:
            if field.related_model is model and field.null:
                rows.update(**{field.name: None})
        rows.delete()


def _remove_types():
    """Content types of our models, and with them permissions and whatever else hangs on them."""
    belongings.our_types().delete()
    ContentType.objects.clear_cache()


def forget_types_without_tables(*, actor, apps, using=DEFAULT_DB_ALIAS):
    """After migrating back to nothing: content types that requests made meanwhile go, too.

    ``apps`` are the models as the migrations left them, which do not know ours any more.
    """
    if belongings.tables_missing(using) == belongings.our_tables():
        types = apps.get_model("contenttypes", "ContentType").objects.using(using)
        types.filter(app_label=belongings.OURS).delete()
        ContentType.objects.clear_cache()
