"""The template around our pages: the host's or our own shell."""

from django.conf import settings
from django.template.backends.django import Template
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page

from lpsa_wagtail import conf
from lpsa_wagtail.models.addresses import at_front_end, is_at_front_end
from lpsa_wagtail.models.heads import Head, with_links
from lpsa_wagtail.models.querysets import GovernedQuerySet
from lpsa_wagtail.models.revisits import Revisit
from lpsa_wagtail.models.sitemaps import entries_of

#: Puts our head into a block of the host's base template, after what the host has there.
IN_BETWEEN = (
    '{%% extends "%s" %%}{%% load lpsa_tags %%}'
    "{%% block %s %%}{{ block.super }}{%% lpsa_head %%}{%% endblock %%}"
)


def context_of(request, page=None, *, robots="") -> dict:
    """What every template that extends ``lpsa_base_template`` needs.

    ``robots`` is what search engines are told of the page, as in ``<meta name="robots">``.
    """
    return {"lpsa_base_template": base_template(), "lpsa_head": Head(request, page, robots)}


class ShellPage(Page):
    """Renders in the host's base template or in our own shell.

    Types that derive from it name ``Page`` as a base once more. Django then takes the ``page_ptr``
    that they declare for the way to the parent, and joins the table of pages once, not twice.
    """

    #: What follows this page; see ``models.following``.
    feed_kinds: tuple[str, ...] = ("atom", "json", "calendar")

    #: True where the template keeps its content for the next visitor (``{% lpsa_kept %}``).
    keeps_content = False

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        ours = context_of(request, self, robots=self.robots(request))
        return {**super().get_context(request, *args, **kwargs), **ours}

    def serve(self, request, *args, **kwargs):
        """Serve the page, or 304 if the visitor has it."""
        request._lpsa_revisit = Revisit(request, self)
        known = request._lpsa_revisit.not_modified()
        return known or self._made(request, *args, **kwargs)

    def _made(self, request, *args, **kwargs):
        response = with_links(super().serve(request, *args, **kwargs))
        return request._lpsa_revisit.answer(response)

    def is_kept(self, request) -> bool:
        """True if the content of this page was made before, so that nothing is read for it."""
        revisit = getattr(request, "_lpsa_revisit", None)
        return bool(revisit and "content" in revisit.found)

    def get_url_parts(self, request=None):
        """As Wagtail's; where the site has a front end, the root is that of the front end."""
        return at_front_end(self, super().get_url_parts(request), request)

    def get_url(self, request=None, current_site=None):
        """As Wagtail's; at a front end always with its host, as that is not ours."""
        if conf.get("LPSA_FRONTEND_URL") and is_at_front_end(self.get_url_parts(request)):
            return self.get_full_url(request)
        return super().get_url(request, current_site)

    url = property(get_url)

    def _get_dummy_header_url(self, original_request=None):
        """A template is previewed on this server, whatever address the front end gives the page."""
        parts = super().get_url_parts()
        if parts and parts[1]:
            return f"{parts[1]}{parts[2]}"
        return original_request and original_request.build_absolute_uri("/")

    @property
    def language(self) -> str:
        """Code of the language in which it is written. One query where a site has several."""
        known = "locale" in self._state.fields_cache
        if known or getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            return self.locale.language_code
        return get_supported_content_language_variant(settings.LANGUAGE_CODE)

    def feed_parameters(self) -> dict[str, str]:
        """What of all that can be followed belongs to this page, as parameters of a feed."""
        return {}

    def canonical_query(self, request) -> str:
        """What of the query belongs to the address by which search engines know the page."""
        return ""

    def get_sitemap_urls(self, request=None):
        return entries_of(self, request)

    def robots(self, request) -> str:
        """What search engines are told of the page at this address; "" for nothing."""
        return ""

    @classmethod
    def for_everybody(cls, site):
        """The pages of this type that anybody may read in the site."""
        return GovernedQuerySet(cls).live().unrestricted().in_site(site)


# The template around our pages.


def base_template() -> str | Template:
    """What our pages extend: the name of a template, or one made to fill ``LPSA_HEAD_BLOCK``."""
    name, block = conf.base_template(), conf.get("LPSA_HEAD_BLOCK")
    if not block or name == conf.OWN_SHELL:
        return name
    return conf.django_engine().from_string(IN_BETWEEN % (name, block))


def head_block_is_missing() -> bool:
    """True if ``LPSA_HEAD_BLOCK`` names a block that the base template does not have.

    Our pages then do as if it were not set: style with the content, links as a header.
    """
    block, base = conf.get("LPSA_HEAD_BLOCK"), conf.base_template()
    blocks = conf.blocks_of(base) if block and base != conf.OWN_SHELL else None
    return blocks is not None and block not in blocks
