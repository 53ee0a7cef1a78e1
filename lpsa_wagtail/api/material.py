"""Pictures, documents and links inside content, in the shape in which they leave."""

from contextlib import suppress

import nh3
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch
from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text.rewriters import LinkRewriter

from lpsa_wagtail.api import schemas
from lpsa_wagtail.api.pictures import renditions
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.models.querysets import MAX_ID

TAGS = {"p", "h2", "h3", "h4", "b", "strong", "i", "em", "ol", "ul", "li", "a", "br", "hr"}
ATTRIBUTES = {"a": {"href"}, "*": {"dir", "lang"}}
SCHEMES = {"http", "https", "mailto", "tel"}


class Material:
    """What some content names, read together: one query each for pictures, files and pages.

    ``bodies`` are stream values, ``images`` and ``documents`` ids (None for none).
    """

    def __init__(self, visit: Visit, *, bodies=(), images=(), documents=()):
        self.visit = visit
        image_ids = list(images)
        self._document_ids: set = set(documents)
        self._page_ids: set = set()
        for block in (block for body in bodies for block in body.raw_data):
            value = block["value"]
            if block["type"] == "figure":
                image_ids.append(value.get("image"))
            elif block["type"] == "document":
                self._document_ids.add(value.get("document"))
            elif block["type"] == "paragraph":
                self._note_links(value or "")
        self._renditions = renditions(_keys(get_image_model(), image_ids))
        self._documents = _by_id(get_document_model().objects, self._document_ids)
        self._pages = _by_id(Page.objects.live().specific(defer=True), self._page_ids)
        self._rewrite = LinkRewriter(
            bulk_rules={"page": self._page_links, "document": self._document_links}
        )

    def _note_links(self, html: str) -> None:
        links = {"page": self._page_ids, "document": self._document_ids}
        for kind, matches in LinkRewriter().extract_tags(html).items():
            if kind in links:
                links[kind].update(match.attrs.get("id") for match in matches)

    def image(self, image_id, alt: str) -> schemas.Image | None:
        """The picture, or None if there is none or its file is broken."""
        rendition = self._renditions.get(str(image_id))
        if rendition is None:
            return None
        return schemas.Image(
            url=self.visit.absolute(rendition.url),
            width=rendition.width,
            height=rendition.height,
            alt=alt,
        )

    def document(self, document_id) -> schemas.Document | None:
        """The file, or None if there is none or the site serves no documents."""
        address = self._document_address(document_id)
        if address is None:
            return None
        return schemas.Document(title=self._documents[str(document_id)].title, url=address)

    def _document_address(self, document_id) -> str | None:
        document = self._documents.get(str(document_id))
        try:
            return self.visit.absolute(document.url) if document else None
        except NoReverseMatch:
            return None

    def html(self, stored: str) -> str:
        """Rich text as stored → clean HTML with absolute addresses. No query."""
        return nh3.clean(
            self._rewrite(stored),
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=self._absolute_link,
            url_schemes=SCHEMES,
            link_rel=None,
        )

    def _absolute_link(self, tag: str, attribute: str, value: str) -> str:
        inside = attribute == "href" and value.startswith("/") and not value.startswith("//")
        return self.visit.absolute(value) if inside else value

    def _page_links(self, links: list[dict]) -> list[str]:
        pages = (self._pages.get(str(link.get("id"))) for link in links)
        return [_link(self.visit.address_anywhere(page) if page else None) for page in pages]

    def _document_links(self, links: list[dict]) -> list[str]:
        return [_link(self._document_address(link.get("id"))) for link in links]

    def blocks(self, body) -> list[schemas.Block]:
        """The blocks of a stream value. A picture or file that is gone is left out. No query."""
        shaped = (self._block(block["type"], block["value"]) for block in body.raw_data)
        return [block for block in shaped if block]

    def _block(self, kind: str, value) -> schemas.Block | None:
        if kind == "heading":
            return schemas.HeadingBlock(text=value or "")
        if kind == "paragraph":
            return schemas.ParagraphBlock(html=self.html(value or ""))
        if kind == "quote":
            return schemas.QuoteBlock(text=_text(value, "text"), source=_text(value, "source"))
        if kind == "figure" and (
            image := self.image(value.get("image"), _text(value, "alternative_text"))
        ):
            caption, credit = _text(value, "caption"), _text(value, "credit")
            return schemas.FigureBlock(image=image, caption=caption, credit=credit)
        if kind == "document" and (document := self.document(value.get("document"))):
            text = _text(value, "description")
            return schemas.DocumentBlock(document=document, description=text)
        return None


def _text(value: dict, name: str) -> str:
    return value.get(name) or ""


def _link(address: str | None) -> str:
    return f'<a href="{escape(address)}">' if address else "<a>"


def _by_id(objects, ids) -> dict:
    """Map id as text → object; ids that cannot be are left out. One query, none for no ids."""
    keys = _keys(objects.model, ids)
    found = objects.filter(pk__in=keys) if keys else ()
    return {str(item.pk): item for item in found}


def _keys(model, ids) -> set:
    """Those of the ids that objects of this model can have."""
    keys = set()
    for pk in ids:
        with suppress(ValidationError):
            keys.add(model._meta.pk.to_python(pk))
    return {key for key in keys if key and not (isinstance(key, int) and key > MAX_ID)}
