"""What our page templates need beyond Django's and Wagtail's own tags."""

import datetime
from functools import cache, partial

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_compact_decimal, format_decimal
from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site
from wagtail.rich_text import RichText, expand_db_html

from lpsa_wagtail.blocks.cells import number_in
from lpsa_wagtail.blocks.named import texts_of
from lpsa_wagtail.blocks.videos import embed_address, host_of, web_address
from lpsa_wagtail.choices import ContributorRole, GroupState, WebinarStatus
from lpsa_wagtail.fields import zone_city
from lpsa_wagtail.models import BlogPost
from lpsa_wagtail.models.following import feeds_of
from lpsa_wagtail.models.indexes import index_pages
from lpsa_wagtail.models.outlines import Anchors, Heading
from lpsa_wagtail.models.places import name_of

register = template.Library()

EVENT_STATES = {
    "undated": _("Date to be announced"),
    "upcoming": _("Upcoming"),
    "running": _("On now"),
    "held": _("Held"),
    "postponed": _("Postponed"),
    "cancelled": _("Cancelled"),
}
A_DAY = datetime.timedelta(days=1)
#: Cannot be part of a text that a database holds.
BETWEEN_TEXTS = "\x00"


@register.simple_tag(takes_context=True)
def lpsa_head(context) -> str:
    """What a page of ours has to say in the head, once; nothing on other pages."""
    head = context.get("lpsa_head")
    return head.__html__() if head else ""


class KeptNode(template.Node):
    """What is inside, as it was made for a visitor before, or made now for the next one."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        revisit = getattr(context.get("request"), "_lpsa_revisit", None)
        make = partial(self.nodelist.render, context)
        return revisit.part("content", make) if revisit else make()


@register.tag
def lpsa_kept(parser, token) -> KeptNode:
    """The content of a page, which is the same for everybody: made once, shown until it changes.

    Where it is shown as it was made before, the page has read nothing but itself.
    """
    nodelist = parser.parse(("endlpsa_kept",))
    parser.delete_first_token()
    return KeptNode(nodelist)


@register.simple_tag(takes_context=True)
def lpsa_index_pages(context) -> dict:
    """The site's directory ("groups"), its list of "posts" and of "webinars", if there."""
    request = _request_of(context)
    return index_pages(request, context.get("page") or None) if request else {}


@register.simple_tag(takes_context=True)
def lpsa_site_name(context) -> str:
    """What our own shell calls the site."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    return name_of(site)


@register.simple_tag(takes_context=True)
def lpsa_latest(context, number: int = 3) -> list:
    """The newest posts that everybody may see. One query; nothing without a request."""
    request = _request_of(context)
    site = Site.find_for_request(request) if request else None
    posts = BlogPost.objects.public(site).dated().in_listing_order().defer_streamfields()
    return list(posts[:number]) if site else []


def _request_of(context):
    """The request, also where no context processor names it, as for the host's 404 page."""
    return context.get("request") or getattr(context, "request", None)


@register.simple_tag(takes_context=True)
def lpsa_feeds(context, page, listing=None) -> dict[str, str]:
    """Where to follow what the page shows: "atom", "json", "calendar" and, to subscribe, "webcal".

    With a ``listing``, what its filters leave. Nothing in a preview and where our addresses are
    not included.
    """
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return {}
    feeds = feeds_of(page, listing)
    if "calendar" in feeds:
        feeds["webcal"] = f"webcal://{request.get_host()}{feeds['calendar']}"
    return feeds


@register.simple_tag
def lpsa_search_addresses() -> dict[str, str]:
    """Paths of the search ("page") and of its "suggestions"; nothing without our addresses."""
    try:
        return {
            "page": reverse("lpsa_wagtail:search"),
            "suggestions": reverse("lpsa_wagtail:search_suggestions"),
        }
    except NoReverseMatch:
        return {}


@register.filter
def lies_below(page, index) -> bool:
    """True for a page in the part of the site that ``index`` heads."""
    return bool(page) and len(page.path) > len(index.path) and page.path.startswith(index.path)


# Dates and times, in the reader's language. English is international English: day, month, year.


def _locale() -> Locale:
    return _locale_of(get_language() or "en")


@cache
def _locale_of(language: str) -> Locale:
    code = to_locale(language)
    try:
        return Locale.parse("en_001" if code == "en" else code)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_001")


@register.filter
def long_date(day) -> str:
    """7 November 2025; nothing for nothing."""
    return format_date(day, "long", locale=_locale()) if day else ""


@register.filter
def full_date(day) -> str:
    """Friday, 7 November 2025; nothing for nothing."""
    return format_date(day, "full", locale=_locale()) if day else ""


@register.filter
def day_of_month(day) -> str:
    """7; nothing for nothing."""
    return str(day.day) if day else ""


@register.filter
def month_and_year(day) -> str:
    """Nov 2025; nothing for nothing."""
    first = day and datetime.date(day.year, day.month, 1)
    return format_skeleton("yMMM", first, locale=_locale()) if day else ""


@register.filter
def iso(moment) -> str:
    """For machines, on the clock that the moment carries; nothing for nothing.

    Django's own filter ``date`` would turn the moment to the clock of the site.
    """
    return moment.isoformat() if moment else ""


@register.filter
def clock(moment) -> str:
    """16:30, on the clock that the moment carries; nothing for nothing."""
    return format_time(moment, "HH:mm", tzinfo=moment.tzinfo, locale=_locale()) if moment else ""


register.filter("city", zone_city)


@register.filter
def times_by_city(webinar) -> list[dict]:
    """Start and end on the clocks of the cities to print, the event's own zone first.

    ``days`` are to be printed beside the hours: first and last day of what lasts for a day or more,
    the day of the start where it is another than in the event's own zone, else none.
    """
    rows = []
    for city, start in webinar.city_times:
        zone = getattr(start.tzinfo, "key", "UTC")
        end = webinar.ends_at and webinar.ends_at.astimezone(start.tzinfo)
        days = [start.date()] if start.date() != webinar.local_start.date() else []
        if end and end - start >= A_DAY:
            days = [start.date(), end.date()]
        rows.append({"city": city, "zone": zone, "start": start, "end": end, "days": days})
    return rows


# States.


@register.filter
def group_state(group) -> str:
    """State of a group ("forming"); from a list that read it, else from its record."""
    record = None if hasattr(group, "state") else group.record
    return getattr(group, "state", None) or (record.state if record else GroupState.PROPOSED)


@register.filter
def group_state_label(state: str) -> str:
    """ "Forming" for "forming"."""
    return str(GroupState(state).label) if state in GroupState.values else ""


@register.filter
def event_state(webinar) -> str:
    """Where an event is: undated, upcoming, running, held, postponed or cancelled."""
    if webinar.status in (WebinarStatus.POSTPONED, WebinarStatus.CANCELLED):
        return str(webinar.status)
    if webinar.starts_at is None:
        return "undated"
    if webinar.is_past:
        return "held"
    return "running" if webinar.starts_at <= timezone.now() else "upcoming"


@register.filter
def is_to_come(state: str) -> bool:
    """True while people can still come: before an event, and while it is on."""
    return state in ("upcoming", "running")


@register.filter
def event_state_label(state: str) -> str:
    """ "On now" for "running"."""
    return str(EVENT_STATES.get(state, ""))


@register.filter
def contributor_role(role: str) -> str:
    """ "Moderator" for "moderator"; nothing for a role that is not there yet."""
    return str(ContributorRole(role).label) if role in ContributorRole.values else ""


# Pictures and bodies.


class ExpandedText(RichText):
    """Rich text whose links are looked up already."""

    def __init__(self, source, html):
        super().__init__(source)
        self.html = html

    def __html__(self):
        return template.loader.render_to_string(
            "wagtailcore/shared/richtext.html", {"html": self.html}
        )


@register.filter
def ready(body) -> list:
    """The blocks of a body, with links and with anchors for its headings.

    Wagtail asks the database once for each text with links; this asks once for all.
    """
    blocks = list(body or ())
    texts = [text for block in blocks for text in texts_of(block)]
    pieces = expand_db_html(BETWEEN_TEXTS.join(text.source for text in texts)).split(BETWEEN_TEXTS)
    if len(pieces) == len(texts):
        for text, html in zip(texts, pieces, strict=True):
            text.put(ExpandedText(text.source, html))
    _give_anchors(blocks)
    return blocks


def _give_anchors(blocks) -> None:
    """Give headings the anchors that ``models.outlines`` names in the list of contents."""
    anchors = Anchors()
    for block in blocks:
        if block.block_type == "heading":
            block.value = Heading(block.value, anchors.of(block.value))
        elif isinstance(block.value, ExpandedText):
            block.value.html = anchors.into(block.value.html)


# What blocks hold.


@register.filter
def short_number(value: float) -> str:
    """A number in a few characters, as the reader's language writes it: 1,234.5 or 2.5M."""
    if abs(value) >= 1_000_000:
        return format_compact_decimal(value, fraction_digits=1, locale=_locale())
    return format_decimal(float(f"{value:.6g}"), format="#,##0.##########", locale=_locale())


@register.filter
def is_number(cell) -> bool:
    """True for a cell that a column of numbers can hold."""
    return number_in(cell) is not None


register.filter("web_address", web_address)
register.filter("web_host", host_of)
register.filter("video_address", embed_address)
