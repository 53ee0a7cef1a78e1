"""Keeping the vocabulary."""

from django.db import transaction
from django.utils.translation import gettext as _

from lpsa_wagtail.actions.decisions import record_decision
from lpsa_wagtail.choices import Outcome, Stage
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import (
    BlogPost,
    Interest,
    MemberInterest,
    Webinar,
    WorkingGroupPage,
    uses_of,
)
from lpsa_wagtail.models.governed import saving
from lpsa_wagtail.permissions import content_hash, may_go_live


@transaction.atomic
def import_vocabulary(*, actor, words) -> int:
    """Add the words that are not there yet and return how many were added.

    ``words`` are mappings with kind, slug, label and maybe parent (a slug), aliases, country_code.
    A word that exists, under any spelling, is left as it is.
    """
    added = 0
    for row in words:
        known = Interest.objects.vocabulary()
        if Interest.objects.filter(slug=row["slug"]).exists() or known.find(row["label"]):
            continue
        word = Interest(
            kind=row["kind"],
            slug=row["slug"],
            name=row["label"],
            parent=known.find(row["parent"]) if row.get("parent") else None,
            aliases=row.get("aliases", []),
            country_code=row.get("country_code", ""),
        )
        word.aliases = [alias for alias in word.aliases if not known.find(alias)]
        word.full_clean()
        word.save()
        added += 1
    return added


@transaction.atomic
def merge_interests(*, actor, word, into):
    """Merge ``word`` into ``into``: what carries or follows the one then carries the other.

    The merged word stays as a row, retired, so its slug and spellings go on answering. Approved
    content that changes by this gets a decision of the kind *maintenance* with both hashes; drafts
    are changed too. Raises ``NotAllowed`` for a pair that cannot be merged.
    """
    if word.pk == into.pk or word.kind != into.kind:
        raise NotAllowed(_("Choose another word of the same kind."))
    if into.merged_into_id or not into.active:
        raise NotAllowed(_("“%(word)s” is retired itself. Choose a word in use.") % {"word": into})
    line = Interest.objects.vocabulary().line(into)
    if word.pk in {broader.pk for broader in line}:
        raise NotAllowed(
            _("“%(into)s” is below “%(word)s”. Move it first.") % {"into": into, "word": word}
        )
    for model in (WorkingGroupPage, BlogPost, Webinar):
        rows = model.interests.through.objects.filter(tag=word)
        for page in model.objects.filter(pk__in=rows.values("content_object")):
            _retag_page(actor, page, word, into)
        _retag_drafts(actor, model, word, into)
    _retag_members(word, into)
    word.narrower_words.update(parent=into)
    word.merged_words.update(merged_into=into)
    word.merged_into, word.active, word.parent = into, False, None
    word.save()
    return into


@transaction.atomic
def remove_interest(*, actor, word):
    """Delete a word that was never used. Raises ``NotAllowed`` with what to do instead."""
    if reason := why_not_remove(word):
        raise NotAllowed(reason)
    word.delete()


def why_not_remove(word) -> str:
    """Why the word cannot be deleted; "" if it can.

    Versions of pages count as use: an older version that carries the word could not be shown.
    """
    if word.narrower_words.exists():
        reason = _("“%(word)s” has narrower words. Move them first, or merge it.")
    elif word.merged_into_id or word.merged_words.exists():
        reason = _("“%(word)s” is part of a merger; its old address must go on answering.")
    elif uses_of(word).any:
        reason = _("“%(word)s” is in use. Merge it into another word, or make it inactive.")
    else:
        return ""
    return reason % {"word": word}


def _retag_page(actor, page, word, into):
    before = content_hash(page)
    allowed = page.live and may_go_live(page)
    rows = type(page).interests.through.objects.filter(content_object=page)
    if rows.filter(tag=into).exists():
        with saving(page.pk):
            rows.filter(tag=word).delete()
    else:
        rows.filter(tag=word).update(tag=into)
    if allowed:
        live = type(page).objects.get(pk=page.pk)
        _note_maintenance(actor, live, live.live_revision_id, before, word, into)


def _note_maintenance(actor, content, revision_id, before, word, into):
    record_decision(
        actor=actor,
        content=content,
        revision_id=revision_id,
        outcome=Outcome.MAINTENANCE,
        stage=Stage.CONTENT,
        replaced_hash=before,
        comment=_("“%(word)s” was merged into “%(into)s”.") % {"word": word, "into": into},
    )


def _retag_drafts(actor, model, word, into):
    """Change the rows inside the newest revision of each page, where drafts are kept."""
    pages = model.objects.filter(has_unpublished_changes=True).select_related("latest_revision")
    for page in pages:
        revision = page.latest_revision
        rows = (revision and revision.content.get("interest_items")) or []
        if word.pk not in [row["tag"] for row in rows]:
            continue
        before, allowed = _scheduled_content(revision)
        kept, seen = [], set()
        for row in rows:
            row["tag"] = into.pk if row["tag"] == word.pk else row["tag"]
            if row["tag"] not in seen:
                kept.append(row)
                seen.add(row["tag"])
        revision.content["interest_items"] = kept
        revision.save(update_fields=["content"])
        if allowed:
            _note_maintenance(actor, revision.as_object(), revision.pk, before, word, into)


def _scheduled_content(revision):
    """(hash, True) of a decided revision that waits for its date, else ("", False)."""
    content = revision.as_object()
    decided = bool(revision.approved_go_live_at) and may_go_live(content)
    return (content_hash(content), True) if decided else ("", False)


def _retag_members(word, into):
    have_both = MemberInterest.objects.filter(tag=into).values_list("content_object", flat=True)
    MemberInterest.objects.filter(tag=word, content_object__in=list(have_both)).delete()
    MemberInterest.objects.filter(tag=word).update(tag=into)
