"""Working groups: the landing page, and the record beside it."""

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
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

from lpsa_wagtail.blocks import BodyBlock
from lpsa_wagtail.choices import Designation, Focus, GroupState
from lpsa_wagtail.compat import api_field
from lpsa_wagtail.fields import ClusterInterests
from lpsa_wagtail.models.finding import FOUND_BY
from lpsa_wagtail.models.governed import GovernedPage, IndexPage
from lpsa_wagtail.models.interests import Interest, InterestItem
from lpsa_wagtail.models.querysets import WorkingGroupManager
from lpsa_wagtail.page_forms import WorkingGroupForm

DESIGNATIONS = dict(Designation.choices)


class WorkingGroupIndexPage(IndexPage, Page):
    """The directory of groups."""

    page_ptr = models.OneToOneField(
        Page, parent_link=True, related_name="lpsa_group_index", on_delete=models.CASCADE
    )
    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("Shown above the list of groups."),
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    api_fields = [api_field("introduction")]
    subpage_types = ["lpsa_wagtail.WorkingGroupPage"]
    page_description = _("Lists all working groups. One is enough for a site.")

    class Meta:
        verbose_name = _("working group index")
        verbose_name_plural = _("working group indexes")

    def get_context(self, request, *args, **kwargs):
        from lpsa_wagtail.models.contexts import directory_context

        return {**super().get_context(request, *args, **kwargs), **directory_context(self, request)}


class Designated:
    """For whatever carries the designation of a group: its page, or its name in a list."""

    designation: Any
    designation_other: Any

    @property
    def designation_label(self) -> str:
        """What the group calls itself, in the reader's language where it is a standard word."""
        if self.designation == Designation.OTHER:
            return self.designation_other or str(Designation.WORKING_GROUP.label)
        return str(DESIGNATIONS.get(self.designation, self.designation))


class WorkingGroupPage(Designated, GovernedPage, Page):
    """Landing page of a group. Established by the Board Chair; changes decided by the Board."""

    page_ptr = models.OneToOneField(
        Page, parent_link=True, related_name="lpsa_group", on_delete=models.CASCADE
    )
    designation = models.CharField(
        _("designation"),
        max_length=30,
        choices=Designation.choices,
        default=Designation.WORKING_GROUP,
        help_text=_("What the group calls itself. It is shown everywhere."),
    )
    designation_other = models.CharField(
        _("own designation"),
        max_length=80,
        blank=True,
        help_text=_("Only with “Another name”, for example “Learning Circle”."),
    )
    focus = models.CharField(
        _("focus"), max_length=20, choices=Focus.choices, default=Focus.THEMATIC
    )
    purpose = models.TextField(
        _("purpose"),
        blank=True,
        help_text=_("One paragraph: what the group is for, and for whom."),
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
    body = StreamField(BodyBlock(), verbose_name=_("about the group"), blank=True)
    contact_email = models.EmailField(
        _("contact e-mail"), blank=True, help_text=_("The group's address, not a person's.")
    )
    how_to_join = models.TextField(
        _("how to join"),
        blank=True,
        help_text=_("Leave empty to show the general line from the settings."),
    )
    terms_of_reference = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("terms of reference"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    interests = ClusterInterests(
        through="lpsa_wagtail.WorkingGroupInterest",
        blank=True,
        verbose_name=_("interests"),
        help_text=_("Topics, regions and sectors. Visitors find the group by them."),
    )

    objects = WorkingGroupManager()

    keeps_content = True
    charter_fields = ("title", "designation", "designation_other", "focus", "purpose")
    base_form_class = WorkingGroupForm
    parent_page_types = ["lpsa_wagtail.WorkingGroupIndexPage"]
    subpage_types = ["lpsa_wagtail.BlogPost", "lpsa_wagtail.Webinar"]
    page_description = _(
        "The landing page of a working group. The Advisory Board Chair establishes it."
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(
                        _(
                            "Title, designation, focus and purpose are decided by the Advisory "
                            "Board Chair, everything else by the Advisory Board."
                        )
                    ),
                    TitleFieldPanel("title"),
                    MultiFieldPanel(
                        [FieldPanel("designation"), FieldPanel("designation_other")],
                        heading=_("Designation"),
                    ),
                    FieldPanel("focus"),
                    FieldPanel("purpose"),
                    MultiFieldPanel(
                        [FieldPanel("lead_image"), FieldPanel("lead_image_alt")],
                        heading=_("Lead image"),
                    ),
                    FieldPanel("body"),
                ],
                heading=_("Content"),
            ),
            ObjectList([FieldPanel("interests")], heading=_("Interests")),
            ObjectList(
                [
                    FieldPanel("contact_email"),
                    FieldPanel("how_to_join"),
                    FieldPanel("terms_of_reference"),
                    InlinePanel("partners", heading=_("Partners"), label=_("Partner")),
                ],
                heading=_("Contact and partners"),
            ),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Schedule")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("purpose"),
        index.SearchField("body"),
        index.AutocompleteField("purpose"),
        index.FilterField("focus"),
        *FOUND_BY,
    ]
    api_fields = [
        api_field("designation_label"),
        api_field("focus"),
        api_field("purpose"),
        api_field("lead_image"),
        api_field("lead_image_alt"),
        api_field("body"),
        api_field("contact_email"),
        api_field("how_to_join"),
        api_field("terms_of_reference"),
        api_field("partners"),
        api_field("interests"),
    ]

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")

    def feed_parameters(self):
        return {"group": self.slug}

    @cached_property
    def record(self):
        """The record that all translations of this page share, or None. One query."""
        return WorkingGroupRecord.objects.filter(translation_key=self.translation_key).first()

    def get_context(self, request, *args, **kwargs):
        from lpsa_wagtail.models.contexts import group_context

        context = super().get_context(request, *args, **kwargs)
        return context if self.is_kept(request) else context | group_context(self, request)


class WorkingGroupPartner(Orderable):
    """An organisation that co-organises or co-brands the group."""

    page = ParentalKey(WorkingGroupPage, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=200)
    link = models.URLField(_("link"), blank=True)
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("link")]), FieldPanel("logo")]
    api_fields = [api_field("name"), api_field("link"), api_field("logo")]

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self):
        return self.name


class WorkingGroupInterest(InterestItem):
    """A word on a group page."""

    tag = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="group_items")
    content_object = ParentalKey(
        WorkingGroupPage, on_delete=models.CASCADE, related_name="interest_items"
    )


class WorkingGroupRecord(models.Model):
    """Facts of a group beside its page: shared by translations, never in drafts or copies.

    ``page`` is the page in the language the group was proposed in; it gives the group its name.
    """

    translation_key = models.UUIDField(_("translation key"), unique=True, editable=False)
    page = models.OneToOneField(
        WorkingGroupPage,
        verbose_name=_("page"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=20, choices=GroupState.choices, default=GroupState.PROPOSED
    )
    established_on = models.DateField(_("established on"), null=True, blank=True)
    auth_group = models.OneToOneField(
        "auth.Group",
        verbose_name=_("rights group"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="lpsa_group_record",
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection",
        verbose_name=_("collection"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="lpsa_group_record",
    )
    teams_link = models.URLField(_("Teams link (private)"), blank=True)
    zoom_host_link = models.URLField(_("Zoom host link (private)"), blank=True)

    class Meta:
        verbose_name = _("working group record")
        verbose_name_plural = _("working group records")
        ordering = ["pk"]

    def __str__(self):
        return self.page.title if self.page else str(self.translation_key)


def group_above(page):
    """Return the group that a page lies in (the page itself for a group), or None. One query."""
    if isinstance(page, WorkingGroupPage):
        return page
    ends = range(Page.steplen, len(page.path) + 1, Page.steplen)
    above = WorkingGroupPage.objects.filter(path__in=[page.path[:end] for end in ends])
    return above.order_by("-depth").first()
