"""The lists inside bodies: the newest posts or webinars that carry a word."""

from lpsa_wagtail.models.interests import Interest
from lpsa_wagtail.models.listings.content import ContentListing, PostListing, WebinarListing

LISTINGS: dict[str, type[ContentListing]] = {"posts": PostListing, "webinars": WebinarListing}
MOST = 10


def attach_lists(page, site) -> None:
    """Give each list in the body of the page its ``word`` and, as ``found``, what it shows.

    Public pages of the site, in the language of the page, in the order of the list of their kind,
    never the page itself. Eight queries at most, however many lists there are, and none if there
    are none. A list whose word does not exist shows nothing.
    """
    lists = [block.value for block in page.body if block.block_type == "list"]
    if not lists:
        return
    vocabulary = Interest.objects.words()
    for wanted in lists:
        wanted.word = vocabulary.find(wanted.get("interest") or "")
    groups = None
    for kind, listing_of_kind in LISTINGS.items():
        of_kind = [wanted for wanted in lists if wanted.word and wanted.get("kind") == kind]
        if of_kind:
            listing = listing_of_kind(site=site, params={}, index=page)
            listing.vocabulary = vocabulary
            groups = listing.groups = listing.groups if groups is None else groups
            _fill(of_kind, listing, page)


def _fill(lists, listing, page) -> None:
    """Read what all these lists show, of one kind, together."""
    covered = {wanted.word.pk: listing.vocabulary.covered_by(wanted.word) for wanted in lists}
    found = listing.newest_with_any(covered.values(), most=MOST, but_for=page)
    pages = [(item, listing.words_of(item)) for item in found]
    for wanted in lists:
        ids, number = covered[wanted.word.pk], min(wanted.get("number") or 1, MOST)
        wanted.found = [item for item, words in pages if words & ids][:number]
