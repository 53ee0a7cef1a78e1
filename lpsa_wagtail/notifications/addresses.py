"""Where links in messages lead. Never taken from the address of a request."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, get_supported_language_variant, override
from wagtail.models import Site

from lpsa_wagtail.choices import EventKind
from lpsa_wagtail.models import DecisionLink, Matter
from lpsa_wagtail.permissions import Review, hash_of, may_decide_by_link

#: Events of something that waits for those who hear of it.
ASKING = (
    EventKind.SUBMITTED,
    EventKind.REMINDER,
    EventKind.ESCALATED,
    EventKind.HANDED_OVER,
)


def admin_base() -> str:
    """What addresses in messages begin with."""
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or ""
    if not base and (site := Site.objects.order_by("-is_default_site", "pk").first()):
        base = site.root_url
    return base.rstrip("/")


def link_for_deciding(event, user) -> dict:
    """For templates: ``decide_url``, where this person can decide without the admin; or "".

    Side effect: the row of the link. It is for the content as it is now, so the mail that is sent
    is for what its reader will see.
    """
    matter = _matter_of(event)
    review = matter and Review(matter=matter, user=user)
    if not review or not may_decide_by_link(review) or not path_of("decide", "0"):
        return {"decide_url": ""}
    link = DecisionLink.objects.hand_out(matter=matter, user=user, content_hash=hash_of(review))
    return {"decide_url": "" if link.used_at else f"{admin_base()}{path_of('decide', link.token)}"}


def place_in_admin(event, page) -> str:
    """The path in the admin at which one reads what the event is about: of what waits, the page
    on which it is decided, else the page editor; "" where the page is gone."""
    if page is None:
        return ""
    matter = _matter_of(event) if event.kind in ASKING else None
    if matter:
        return reverse("lpsa_desk:review", args=[matter.pk])
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _matter_of(event):
    matters = Matter.objects.select_related("record__page")
    if "matter" in event.data:
        return matters.filter(pk=event.data["matter"]).first()
    state = event.data.get("task_state")
    return matters.filter(task_state=state).first() if state else None


def path_of(name, *args) -> str:
    """The path of an address of ours, in the language of the message if the site has it.

    "" if our URLs are left out.
    """
    try:
        language = get_supported_language_variant(get_language() or settings.LANGUAGE_CODE)
    except LookupError:
        language = settings.LANGUAGE_CODE
    with override(language):
        try:
            return reverse(f"lpsa_wagtail:{name}", args=args)
        except NoReverseMatch:
            return ""
