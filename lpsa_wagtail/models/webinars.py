"""Webinars and open meetings: one page from announcement to recap."""

import datetime as dt
import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page
from wagtail.search import index

from lpsa_wagtail.blocks import AgendaBlock, BodyBlock
from lpsa_wagtail.choices import Phase, WebinarFormat, WebinarMode, WebinarStatus
from lpsa_wagtail.compat import api_field
from lpsa_wagtail.fields import ClusterInterests, TimeZoneField, local_to_instant, zone_city
from lpsa_wagtail.models.facts import OperationalFacts
from lpsa_wagtail.models.finding import FOUND_BY
from lpsa_wagtail.models.following import calendar_of
from lpsa_wagtail.models.governed import GovernedPage, IndexPage
from lpsa_wagtail.models.interests import Interest, InterestItem
from lpsa_wagtail.models.querysets import WebinarManager
from lpsa_wagtail.models.working_groups import WorkingGroupPage, group_above
from lpsa_wagtail.page_forms import WebinarForm

TIME_PANEL = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("time_zone"),
        FieldPanel("status"),
    ],
    heading=_("Time"),
)
CITIES_PANEL = InlinePanel(
    "cities",
    heading=_("Cities"),
    label=_("City"),
    help_text=_("The start is also printed in the time of these cities."),
)
AFTERWARDS = [FieldPanel("recording_url"), FieldPanel("slides"), FieldPanel("attendance")]


def phase_of(starts_at, ends_at, now) -> Phase:
    """Announced until the start, happening until the end, then held.

    Without a date it stays announced; without an end it is held once it has begun.
    """
    over_at = ends_at or starts_at
    if over_at and over_at < now:
        return Phase.HELD
    return Phase.HAPPENING if starts_at and starts_at <= now else Phase.ANNOUNCED


FORMATS = dict(WebinarFormat.choices)


class WebinarIndexPage(IndexPage, Page):
    """The list of webinars of all groups; holds the alliance's own events."""

    page_ptr = models.OneToOneField(
        Page, parent_link=True, related_name="lpsa_webinar_index", on_delete=models.CASCADE
    )
    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("Shown above the list of webinars."),
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    api_fields = [api_field("introduction")]
    subpage_types = ["lpsa_wagtail.Webinar"]
    page_description = _("Lists the webinars of all groups. One is enough for a site.")

    class Meta:
        verbose_name = _("webinar index")
        verbose_name_plural = _("webinar indexes")

    def feed_parameters(self):
        return {"type": "webinar"}

    def get_context(self, request, *args, **kwargs):
        from lpsa_wagtail.models.listings import WebinarListing

        context = super().get_context(request, *args, **kwargs)
        context["listing"] = WebinarListing.for_request(request, self)
        return context


class Webinar(OperationalFacts, GovernedPage, Page):
    """An event. Start and end are instants; local times are computed for the cities listed."""

    page_ptr = models.OneToOneField(
        Page, parent_link=True, related_name="lpsa_webinar", on_delete=models.CASCADE
    )
    format = models.CharField(
        _("format"),
        max_length=20,
        choices=WebinarFormat.choices,
        default=WebinarFormat.WEBINAR,
    )
    series = models.CharField(
        _("series"),
        max_length=200,
        blank=True,
        help_text=_("A label that several events share. Visitors can filter by it."),
    )
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("Two or three sentences for lists and mails.")
    )
    lead_image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows. Leave empty only for decoration."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("description"), blank=True)
    agenda = StreamField(AgendaBlock(), verbose_name=_("agenda"), blank=True)
    mode = models.CharField(
        _("mode"), max_length=10, choices=WebinarMode.choices, default=WebinarMode.ONLINE
    )
    languages = models.CharField(
        _("languages"),
        max_length=200,
        blank=True,
        help_text=_("Separated by commas, such as “English, French (interpretation)”."),
    )
    joint_groups = ParentalManyToManyField(
        WorkingGroupPage,
        verbose_name=_("together with"),
        blank=True,
        related_name="lpsa_joint_webinars",
        help_text=_("Other groups to credit. They get no rights on this page."),
    )
    interests = ClusterInterests(
        through="lpsa_wagtail.WebinarInterest",
        blank=True,
        verbose_name=_("interests"),
        help_text=_("Topics, regions and sectors. Visitors find the event by them."),
    )
    # Operational facts: changed without the Board.
    starts_at = models.DateTimeField(_("start"), null=True, blank=False, db_index=True)
    ends_at = models.DateTimeField(_("end"), null=True, blank=True)
    time_zone = TimeZoneField(
        _("time zone"),
        default="UTC",
        help_text=_("Start and end above are times on the clock in this zone."),
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=WebinarStatus.choices,
        default=WebinarStatus.SCHEDULED,
    )
    venue = models.CharField(_("venue"), max_length=255, blank=True)
    registration_url = models.URLField(_("registration link"), blank=True)
    recording_url = models.URLField(_("recording link"), blank=True)
    slides = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("slides"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    attendance = models.PositiveIntegerField(
        _("attendance"), null=True, blank=True, help_text=_("People who took part.")
    )

    objects = WebinarManager()

    operational_fields = frozenset(
        {
            "starts_at",
            "ends_at",
            "time_zone",
            "cities",
            "status",
            "venue",
            "registration_url",
            "recording_url",
            "slides",
            "attendance",
            "agenda.recording_url",
        }
    )
    keeps_content = True
    base_form_class = WebinarForm
    #: What the form for operational facts has of the editor.
    facts_panels = [
        TIME_PANEL,
        MultiFieldPanel(
            [FieldPanel("venue"), FieldPanel("registration_url")], heading=_("Taking part")
        ),
        MultiFieldPanel(AFTERWARDS, heading=_("Afterwards")),
        CITIES_PANEL,
    ]
    parent_page_types = ["lpsa_wagtail.WorkingGroupPage", "lpsa_wagtail.WebinarIndexPage"]
    subpage_types: list[str] = []
    page_description = _(
        "A webinar, open meeting or workshop. It goes live when the Advisory Board approves it."
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title"),
                    FieldRowPanel([FieldPanel("format"), FieldPanel("series")]),
                    FieldPanel("summary"),
                    MultiFieldPanel(
                        [FieldPanel("lead_image"), FieldPanel("lead_image_alt")],
                        heading=_("Lead image"),
                    ),
                    FieldPanel("agenda"),
                    FieldPanel("body"),
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [
                    TIME_PANEL,
                    CITIES_PANEL,
                    MultiFieldPanel(
                        [
                            FieldPanel("mode"),
                            FieldPanel("venue"),
                            FieldPanel("languages"),
                            FieldPanel("registration_url"),
                        ],
                        heading=_("Taking part"),
                    ),
                ],
                heading=_("Time and place"),
            ),
            ObjectList([FieldPanel("interests")], heading=_("Interests")),
            ObjectList(
                AFTERWARDS,
                heading=_("Afterwards"),
            ),
            ObjectList(
                [
                    FieldPanel("joint_groups", widget=CheckboxSelectMultiple),
                    InlinePanel("co_hosts", heading=_("Co-hosts"), label=_("Co-host")),
                ],
                heading=_("Hosts"),
            ),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Schedule")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.SearchField("agenda"),
        index.AutocompleteField("series"),
        index.FilterField("starts_at"),
        *FOUND_BY,
    ]
    api_fields = [
        api_field("format"),
        api_field("series"),
        api_field("summary"),
        api_field("lead_image"),
        api_field("lead_image_alt"),
        api_field("body"),
        api_field("agenda"),
        api_field("mode"),
        api_field("languages"),
        api_field("starts_at"),
        api_field("ends_at"),
        api_field("time_zone"),
        api_field("status"),
        api_field("venue"),
        api_field("registration_url"),
        api_field("recording_url"),
        api_field("attendance"),
        api_field("cities"),
        api_field("co_hosts"),
        api_field("interests"),
    ]

    class Meta:
        verbose_name = _("webinar")
        verbose_name_plural = _("webinars")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(starts_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="lpsa_webinar_ends_after_start",
            )
        ]

    def clean(self):
        super().clean()
        if self.starts_at:
            self.starts_at = self.starts_at.replace(microsecond=0)
        if self.ends_at:
            self.ends_at = self.ends_at.replace(microsecond=0)
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must be later than the start.")})

    @cached_property
    def group(self):
        """The group that hosts, or None for the alliance's own event. One query."""
        return group_above(self)

    @cached_property
    def co_hosts_shown(self) -> list:
        """The organisations that host with the group, in order. One query."""
        return list(self.co_hosts.all())

    @property
    def over_at(self) -> dt.datetime | None:
        """When the event counts as past: its end, else its start."""
        return self.ends_at or self.starts_at

    @property
    def is_past(self) -> bool:
        """True once it is over. A webinar without a date never is."""
        return bool(self.over_at and self.over_at < timezone.now())

    @property
    def is_to_come(self) -> bool:
        """True while people can still come: it takes place, and is not over."""
        return self.status == WebinarStatus.SCHEDULED and not self.is_past

    @property
    def phase(self) -> Phase:
        """Where it is in time now; see ``phase_of``."""
        return phase_of(self.starts_at, self.ends_at, timezone.now())

    @property
    def told_at(self) -> dt.datetime | None:
        """When what is told of it changed last: its publication, or facts of it.

        Of facts it knows what ``with_changes_told`` has read.
        """
        moments = (self.last_published_at, getattr(self, "facts_changed_at", None))
        return max(filter(None, moments), default=self.first_published_at)

    @property
    def language_list(self) -> list[str]:
        """The languages spoken, as entered, one by one."""
        return language_list(self.languages)

    @property
    def local_start(self) -> dt.datetime | None:
        """Start on the clock of the event's own zone."""
        return self.starts_at and self.starts_at.astimezone(zone_of(self.time_zone))

    @property
    def local_end(self) -> dt.datetime | None:
        """End on the clock of the event's own zone."""
        return self.ends_at and self.ends_at.astimezone(zone_of(self.time_zone))

    @staticmethod
    def instant_of(clock: dt.datetime, zone: str) -> dt.datetime:
        """When clocks in ``zone`` show this; raises ``ValidationError`` if never, or twice."""
        return local_to_instant(clock, zone)

    @property
    def city_times(self) -> list[tuple[str, dt.datetime]]:
        """City name and start there, for the event's zone and the cities to print."""
        zones = [self.time_zone, *(row.time_zone for row in self.cities.all())]
        return [(city, moment) for city, _zone, moment in local_times(self.starts_at, zones)]

    def feed_parameters(self):
        return {"group": self.group.slug} if self.group else {"type": "webinar"}

    @property
    def calendar_path(self) -> str:
        """Where this event can be had for a calendar; "" without a start or our addresses."""
        return calendar_of(self) if self.starts_at else ""

    def get_format_display(self) -> str:
        """As Django's, which looks through all choices each time."""
        return str(FORMATS.get(self.format, self.format))

    def get_context(self, request, *args, **kwargs):
        from lpsa_wagtail.models.contexts import webinar_context

        context = super().get_context(request, *args, **kwargs)
        return context if self.is_kept(request) else context | webinar_context(self, request)


def language_list(text: str) -> list[str]:
    """The names in a text with commas between them."""
    return [name.strip() for name in text.split(",") if name.strip()]


def local_times(moment: dt.datetime | None, zones) -> list[tuple[str, str, dt.datetime]]:
    """City, zone and the moment there, for each zone once; nothing without a moment."""
    if not moment:
        return []
    named = (zone for zone in dict.fromkeys(zones) if zone)
    return [(zone_city(zone), zone, moment.astimezone(zone_of(zone))) for zone in named]


def zone_of(name: str) -> dt.tzinfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):  # an unfinished draft
        return dt.UTC


class WebinarCity(Orderable):
    """A zone whose local time is printed beside the event's own."""

    page = ParentalKey(Webinar, on_delete=models.CASCADE, related_name="cities")
    time_zone = TimeZoneField(_("city"))

    panels = [FieldPanel("time_zone")]
    api_fields = [api_field("time_zone")]

    class Meta(Orderable.Meta):
        verbose_name = _("city")
        verbose_name_plural = _("cities")

    def __str__(self):
        return zone_city(self.time_zone)


class WebinarCoHost(Orderable):
    """An organisation that hosts together with the group."""

    page = ParentalKey(Webinar, on_delete=models.CASCADE, related_name="co_hosts")
    name = models.CharField(_("name"), max_length=200)
    link = models.URLField(_("link"), blank=True)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("link")])]
    api_fields = [api_field("name"), api_field("link")]

    class Meta(Orderable.Meta):
        verbose_name = _("co-host")
        verbose_name_plural = _("co-hosts")

    def __str__(self):
        return self.name


class WebinarInterest(InterestItem):
    """A word on a webinar."""

    tag = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="webinar_items")
    content_object = ParentalKey(Webinar, on_delete=models.CASCADE, related_name="interest_items")
