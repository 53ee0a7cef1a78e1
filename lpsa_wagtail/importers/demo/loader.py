"""Loads the sample content once; afterwards only keeps its one event ahead of the calendar."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import translation
from wagtail.models import Site

from lpsa_wagtail.actions import (
    add_document,
    fill_introduction,
    fill_join_line,
    give_account,
    remember,
)
from lpsa_wagtail.exceptions import SetupRefused
from lpsa_wagtail.importers.demo import accounts, drafts, pages, people
from lpsa_wagtail.importers.demo.facts import Facts
from lpsa_wagtail.importers.demo.gallery import Gallery
from lpsa_wagtail.importers.demo.texts import Texts
from lpsa_wagtail.models import (
    BlogPost,
    InstallRecord,
    Interest,
    Member,
    Membership,
    Webinar,
    WorkingGroupPage,
    WorkingGroupRecord,
)

LOADED = "demo"
CONTENT = (WorkingGroupPage, BlogPost, Webinar, Member, Membership)


@dataclass
class Result:
    """What a run did, and the sample logins there are."""

    loaded: bool = False
    moved: bool = False
    logins: list = field(default_factory=list)


def load_demo(*, today, with_accounts=False, simple_passwords=False, into_existing=False):
    """Load the sample content, or, where it was loaded, move its one upcoming event.

    Everything or nothing. ``with_accounts`` also makes the sample logins, if they never were.
    Raises ``SetupRefused`` on a site without our setup, and, unless ``into_existing``, on a site
    that has groups, posts, webinars or members.
    """
    result, texts = Result(), Texts()
    with transaction.atomic(), translation.override("en"):
        known = InstallRecord.objects.filter(code=LOADED).exists()
        if not known:
            _check_site(texts, into_existing)
        if with_accounts and not accounts.were_made():
            result.logins = accounts.make_accounts(simple_passwords=simple_passwords)
            _join_members(texts)
        if known:
            result.moved = drafts.move_upcoming(texts, today)
        else:
            _load(texts, today, introduce=not into_existing)
            result.loaded = True
    result.logins = result.logins or accounts.known_logins()
    return result


def _check_site(texts, into_existing):
    if not _indexes():
        raise SetupRefused(
            "An index page is missing. Run lpsa_setup first; what was removed is not made again."
        )
    there = [model._meta.verbose_name_plural for model in CONTENT if model.objects.exists()]
    if there and not into_existing:
        raise SetupRefused(
            f"This site has content of its own ({', '.join(map(str, there))}). Sample content "
            "would be mixed with it. To have it all the same, add --into-existing."
        )
    for person in texts.people.values():
        if people.find_member(person):
            raise SetupRefused(
                f"The sample content would enter {people.email_of(person)}, which is in the "
                "register already."
            )


def _indexes() -> dict:
    """The index pages of the default site, or of the first site that has them all."""
    for site in Site.objects.order_by("-is_default_site", "pk"):
        codes = pages.INDEX_CODES.items()
        found = {name: InstallRecord.objects.made(code, site=site) for name, code in codes}
        if all(found.values()):
            return found
    return {}


def _load(texts, today, *, introduce):
    gallery = Gallery(texts)
    stored: list = []
    try:
        _load_content(texts, today, gallery, stored, introduce=introduce)
    except BaseException:
        for file in (*gallery.files(), *stored):  # a transaction does not take files back
            file.delete(save=False)
        raise


def _load_content(texts, today, gallery, stored, *, introduce):
    facts, vocabulary = Facts(), Interest.objects.vocabulary()
    indexes = _indexes()
    desk = pages.Desk(
        indexes=indexes, facts=facts, texts=texts, gallery=gallery, vocabulary=vocabulary
    )
    terms = add_document(
        actor=None,
        title=texts.terms["title"],
        data=texts.terms["text"].encode(),
        name="sample-terms-of-reference.txt",
        collection=InstallRecord.objects.made("collection.groups"),
    )
    stored.append(terms.file)
    for group in facts.groups:
        if group["state"] != "proposed":
            pages.add_group(desk, group, terms=terms)
    users = accounts.find_accounts()
    _add_people(desk, users)
    for item in facts.posts:
        pages.add_post(desk, item)
    for item in facts.events:
        pages.add_event(desk, item)
    drafts.add_upcoming(desk, today)
    drafts.add_drafts(desk, accounts.find_accounts(), today)
    _fill_texts(indexes, texts.site, introduce=introduce)
    remember(code=LOADED, thing=indexes["groups"])


def _add_people(desk, users):
    desk.members = people.add_people(
        people=desk.texts.people,
        vocabulary=desk.vocabulary,
        records=_records(desk.groups),
        users={a.person: users.get(a.username) for a in accounts.ACCOUNTS if a.person},
    )


def _records(groups) -> dict:
    """Map group slug → record, as establishing left it."""
    keys = {page.translation_key: slug for slug, page in groups.items()}
    found = WorkingGroupRecord.objects.filter(translation_key__in=keys)
    return {keys[record.translation_key]: record for record in found}


def _join_members(texts):
    """Join the accounts to members who were there before."""
    users = accounts.find_accounts()
    for account in accounts.ACCOUNTS:
        user = users.get(account.username)
        member = user and account.person and people.find_member(texts.people[account.person])
        if member and member.user_id is None:
            give_account(actor=None, member=member, user=user)


def _fill_texts(indexes, site_texts, *, introduce):
    site = indexes["groups"].get_site()
    fill_join_line(
        actor=None, site=site, text=site_texts["join_text"], email=site_texts["join_email"]
    )
    if introduce:
        for name, page in indexes.items():
            fill_introduction(actor=None, page=page, text=site_texts[name])
