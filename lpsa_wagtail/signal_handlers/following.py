"""From signals to the public record: what may have changed is looked at after the commit."""

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from lpsa_wagtail import actions
from lpsa_wagtail.models import (
    Decision,
    GovernedPage,
    Interest,
    InterestLabel,
    Member,
    Membership,
    Webinar,
    WorkingGroupRecord,
    WorkingGroupSettings,
)
from lpsa_wagtail.signals import facts_changed, public_changed

#: Columns that Wagtail fills in when it first needs them. Nobody sees them.
BY_THE_WAY = {"file_size", "file_hash"}


def follow_page(sender, instance, **kwargs):
    """A page was published or taken down, or its address changed, below which ours may lie."""
    others = not isinstance(instance, GovernedPage)  # they may be linked, or be in a menu
    actions.note_after_commit(
        actor=None, page_ids=[instance.pk], paths=[instance.path], surroundings=others
    )


def follow_deleted_page(sender, instance, **kwargs):
    if isinstance(instance, Page):
        follow_page(sender, instance)


def follow_move(sender, **kwargs):
    """Pages beside it may have another place in the tree now, too."""
    actions.note_after_commit(actor=None, everything=True, surroundings=True)


def follow_decision(sender, instance, **kwargs):
    actions.note_after_commit(actor=None, page_ids=[instance.page_id])


def follow_facts(sender, webinar, **kwargs):
    actions.note_after_commit(actor=None, page_ids=[webinar.pk])


def follow_restriction(sender, instance, **kwargs):
    if isinstance(instance, PageViewRestriction):  # else its groups were changed from their end
        others = not issubclass(instance.page.specific_class or Page, GovernedPage)
        actions.note_after_commit(actor=None, page_ids=[instance.page_id], surroundings=others)


def follow_record(sender, instance, **kwargs):
    actions.note_after_commit(actor=None, record_ids=[instance.pk])


def follow_role(sender, instance, **kwargs):
    actions.note_after_commit(actor=None, record_ids=[instance.group_id])


def follow_person(sender, instance, **kwargs):
    """Who is in the directory, or was: of others nobody sees more than the roles that groups show.

    The clock stands still for them, else it would tell how often the register is written to.
    """
    seen = instance.in_directory or instance.was_in_directory
    actions.note_after_commit(actor=None, member_ids=[instance.pk], surroundings=seen)


def follow_word(sender, **kwargs):
    actions.note_after_commit(actor=None, words=True)


def follow_file(sender, instance, created=False, update_fields=None, **kwargs):
    """A picture or document that was there before; nothing approved shows a new one yet."""
    if not created and not (update_fields and BY_THE_WAY.issuperset(update_fields)):
        actions.note_after_commit(actor=None, surroundings=True)


def follow_site(sender, **kwargs):
    actions.note_after_commit(actor=None, surroundings=True)


def forget_cached(sender, changes, **kwargs):
    actions.forget_cached(actor=None, changes=changes)


def table() -> list[tuple]:
    """Signal, receiver, sender: what is connected when Django is ready."""
    kept = {
        follow_restriction: [PageViewRestriction],
        follow_record: [WorkingGroupRecord],
        follow_role: [Membership],
        follow_person: [Member],
        follow_word: [Interest, InterestLabel],
        follow_file: [get_image_model(), get_document_model()],
        follow_site: [Site, WorkingGroupSettings],
    }
    return [
        (page_published, follow_page, None),
        (page_unpublished, follow_page, None),
        (page_slug_changed, follow_page, None),
        (post_delete, follow_deleted_page, None),
        (post_page_move, follow_move, None),
        (post_save, follow_decision, Decision),
        (facts_changed, follow_facts, Webinar),
        (m2m_changed, follow_restriction, PageViewRestriction.groups.through),
        *(
            (signal, receiver, model)
            for receiver, models in kept.items()
            for model in models
            for signal in (post_save, post_delete)
        ),
        (public_changed, forget_cached, None),
    ]
