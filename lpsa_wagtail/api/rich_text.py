"""Rich text as it is stored → clean HTML or Markdown, and the links in it by what they lead to."""

import nh3
from django.utils.html import escape
from markdownify import ATX, MarkdownConverter
from wagtail.rich_text.rewriters import LinkRewriter

from lpsa_wagtail.exceptions import BadFilter

HTML, MARKDOWN = "html", "markdown"
FORMATS = (HTML, MARKDOWN)
TAGS = {"p", "h2", "h3", "h4", "b", "strong", "i", "em", "ol", "ul", "li", "a", "br", "hr"}
ATTRIBUTES = {"a": {"href"}, "*": {"dir", "lang"}}
SCHEMES = {"http", "https", "mailto", "tel"}
CONVERTER = MarkdownConverter(heading_style=ATX, bullets="-", escape_misc=True)


def asked_format(request) -> str:
    """The format that ``rich_text`` asks for; raises ``BadFilter``."""
    text = request.GET.get("rich_text", "").strip() or HTML
    if text not in FORMATS:
        raise BadFilter("rich_text", text, FORMATS)
    return text


def named_in(html: str) -> dict[str, list]:
    """Map kind of link ("page", "document") → ids that the text names, in order."""
    found = LinkRewriter().extract_tags(html)
    return {kind: [match.attrs.get("id") for match in found.get(kind, ())] for kind in KINDS}


KINDS = ("page", "document")


class RichText:
    """Shapes rich text. ``links`` map kind → id as text → what is told of it, with its ``url``."""

    def __init__(self, visit, links: dict[str, dict], form: str):
        self.visit, self.links, self.form = visit, links, form
        self._rewrite = LinkRewriter(
            bulk_rules={kind: self._rule(found) for kind, found in links.items()}
        )

    def shape(self, stored: str) -> dict:
        """A paragraph block. A link that leads nowhere public has no address."""
        html = self.html(stored)
        return {
            "type": "paragraph",
            "format": self.form,
            "text": CONVERTER.convert(html).strip() if self.form == MARKDOWN else html,
            "links": self._links(stored),
        }

    def html(self, stored: str) -> str:
        """Clean HTML with absolute addresses."""
        return nh3.clean(
            self._rewrite(stored),
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=self._absolute_link,
            url_schemes=SCHEMES,
            link_rel=None,
        )

    def _links(self, stored) -> list[dict]:
        if "linktype" not in stored:
            return []
        named = [(kind, str(pk)) for kind, ids in named_in(stored).items() for pk in ids]
        found = (self.links[kind].get(pk) for kind, pk in dict.fromkeys(named))
        return [link for link in found if link]

    @staticmethod
    def _rule(found):
        def replace(tags: list[dict]) -> list[str]:
            links = (found.get(str(tag.get("id"))) for tag in tags)
            return [
                f'<a href="{escape(link["url"])}">' if link and link["url"] else "<a>"
                for link in links
            ]

        return replace

    def _absolute_link(self, tag: str, attribute: str, value: str) -> str:
        inside = attribute == "href" and value.startswith("/") and not value.startswith("//")
        return self.visit.absolute(value) if inside else value
