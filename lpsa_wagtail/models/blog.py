"""Blog posts, of groups and of the alliance itself."""

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
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page
from wagtail.search import index

from lpsa_wagtail.blocks import BodyBlock
from lpsa_wagtail.compat import api_field
from lpsa_wagtail.fields import ClusterInterests
from lpsa_wagtail.models.finding import FOUND_BY
from lpsa_wagtail.models.governed import GovernedPage, IndexPage
from lpsa_wagtail.models.interests import Interest, InterestItem
from lpsa_wagtail.models.querysets import BlogPostManager
from lpsa_wagtail.models.working_groups import WorkingGroupPage, group_above
from lpsa_wagtail.page_forms import BlogPostForm


class BlogIndexPage(IndexPage, Page):
    """The list of posts of all groups; holds the alliance's own posts."""

    page_ptr = models.OneToOneField(
        Page, parent_link=True, related_name="lpsa_blog_index", on_delete=models.CASCADE
    )
    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("Shown above the list of posts."),
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    api_fields = [api_field("introduction")]
    subpage_types = ["lpsa_wagtail.BlogPost"]
    feed_kinds = ("atom", "json")
    page_description = _("Lists the posts of all groups. One is enough for a site.")

    class Meta:
        verbose_name = _("blog index")
        verbose_name_plural = _("blog indexes")

    def feed_parameters(self):
        return {"type": "post"}

    def get_context(self, request, *args, **kwargs):
        from lpsa_wagtail.models.listings import PostListing

        context = super().get_context(request, *args, **kwargs)
        context["listing"] = PostListing.for_request(request, self)
        return context


class BlogPost(GovernedPage, Page):
    """An article. Drafted by a group's co-chairs and coordinators, decided by the Board."""

    page_ptr = models.OneToOneField(
        Page, parent_link=True, related_name="lpsa_post", on_delete=models.CASCADE
    )
    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True)
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("Two or three sentences for lists, mails and search engines."),
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
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    published_on = models.DateField(
        _("date shown"),
        null=True,
        blank=True,
        help_text=_("Leave empty to show the day on which the post went live."),
    )
    original_source_name = models.CharField(_("first published by"), max_length=200, blank=True)
    original_source_url = models.URLField(_("address of the original"), blank=True)
    joint_groups = ParentalManyToManyField(
        WorkingGroupPage,
        verbose_name=_("together with"),
        blank=True,
        related_name="lpsa_joint_posts",
        help_text=_("Other groups to credit. They get no rights on this page."),
    )
    interests = ClusterInterests(
        through="lpsa_wagtail.BlogPostInterest",
        blank=True,
        verbose_name=_("interests"),
        help_text=_("Topics, regions and sectors. Readers find the post by them."),
    )
    listed_on = models.DateField(null=True, editable=False)

    objects = BlogPostManager()

    keeps_content = True
    base_form_class = BlogPostForm
    parent_page_types = ["lpsa_wagtail.WorkingGroupPage", "lpsa_wagtail.BlogIndexPage"]
    subpage_types: list[str] = []
    page_description = _("An article. It goes live when the Advisory Board approves it.")

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title"),
                    FieldPanel("subtitle"),
                    FieldPanel("summary"),
                    MultiFieldPanel(
                        [FieldPanel("lead_image"), FieldPanel("lead_image_alt")],
                        heading=_("Lead image"),
                    ),
                    InlinePanel(
                        "authors",
                        heading=_("Authors"),
                        label=_("Author"),
                        help_text=_("In the order in which they are printed."),
                    ),
                    FieldPanel("body"),
                ],
                heading=_("Content"),
            ),
            ObjectList([FieldPanel("interests")], heading=_("Interests")),
            ObjectList(
                [
                    FieldPanel("published_on"),
                    FieldPanel("joint_groups", widget=CheckboxSelectMultiple),
                    MultiFieldPanel(
                        [
                            FieldPanel("original_source_name"),
                            FieldPanel("original_source_url"),
                        ],
                        heading=_("Original source"),
                    ),
                ],
                heading=_("Details"),
            ),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Schedule")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("subtitle"),
        index.SearchField("summary"),
        index.SearchField("body"),
        index.AutocompleteField("subtitle"),
        index.FilterField("listed_on"),
        index.SearchField("names_of_authors"),
        *FOUND_BY,
    ]
    api_fields = [
        api_field("subtitle"),
        api_field("summary"),
        api_field("lead_image"),
        api_field("lead_image_alt"),
        api_field("authors"),
        api_field("body"),
        api_field("listed_on"),
        api_field("original_source_name"),
        api_field("original_source_url"),
        api_field("interests"),
    ]

    class Meta:
        verbose_name = _("blog post")
        verbose_name_plural = _("blog posts")
        indexes = [models.Index(fields=["listed_on", "page_ptr"], name="lpsa_post_by_date")]

    def save(self, *args, **kwargs):
        self.set_listed_on()
        return super().save(*args, **kwargs)

    def set_listed_on(self) -> None:
        """Compute the date shown: the one entered, else the day on which the post went live."""
        first = self.first_published_at
        day = first.date() if first else timezone.localdate() if self.live else None
        self.listed_on = self.published_on or day

    @cached_property
    def group(self):
        """The group this post lies in, or None for the alliance's own. One query."""
        return group_above(self)

    def feed_parameters(self):
        return {"group": self.group.slug} if self.group else {"type": "post"}

    @cached_property
    def authors_shown(self) -> list:
        """The authors in order. One query, none when a list has attached them."""
        return list(self.authors.all())

    def names_of_authors(self) -> str:
        """What search finds the post by, beside its text. One query."""
        rows = self.authors.all()
        return ", ".join(f"{row.name} {row.affiliation}".strip() for row in rows)

    def get_context(self, request, *args, **kwargs):
        from lpsa_wagtail.models.contexts import post_context

        context = super().get_context(request, *args, **kwargs)
        return context if self.is_kept(request) else context | post_context(self, request)


class BlogPostAuthor(Orderable):
    """An author, with the affiliation at the time of publication."""

    page = ParentalKey(BlogPost, on_delete=models.CASCADE, related_name="authors")
    name = models.CharField(_("name"), max_length=200)
    affiliation = models.CharField(
        _("affiliation"),
        max_length=200,
        blank=True,
        help_text=_("As it is now; it stays like this in the post."),
    )
    member = models.ForeignKey(
        "lpsa_wagtail.Member",
        verbose_name=_("member"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # The link to a person is not shown, so it is no content.
    operational_fields = frozenset({"member"})

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("affiliation")])]
    api_fields = [api_field("name"), api_field("affiliation")]

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self):
        return self.name


class BlogPostInterest(InterestItem):
    """A word on a post."""

    tag = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="post_items")
    content_object = ParentalKey(BlogPost, on_delete=models.CASCADE, related_name="interest_items")
