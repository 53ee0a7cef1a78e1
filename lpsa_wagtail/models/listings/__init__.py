"""Lists with filters: the same for the directory, the listings, the API and the feeds."""

from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.listings.base import Listing
from lpsa_wagtail.models.listings.by_interest import attach_lists
from lpsa_wagtail.models.listings.content import ContentListing, PostListing, WebinarListing
from lpsa_wagtail.models.listings.facets import Facet, Option
from lpsa_wagtail.models.listings.filters import MOST_IDS, SEARCH_LENGTH
from lpsa_wagtail.models.listings.groups import VISIBLE_STATES, GroupListing
from lpsa_wagtail.models.listings.people import PeopleListing
from lpsa_wagtail.models.listings.search import SEARCHED, SearchListing, types_asked
from lpsa_wagtail.models.listings.selections import Selection

__all__ = [
    "MOST_IDS",
    "SEARCHED",
    "SEARCH_LENGTH",
    "VISIBLE_STATES",
    "BadFilter",
    "ContentListing",
    "Facet",
    "GroupListing",
    "Listing",
    "Option",
    "PeopleListing",
    "PostListing",
    "SearchListing",
    "Selection",
    "WebinarListing",
    "attach_lists",
    "types_asked",
]
