"""Pictures, documents and links inside content, in the shape in which they leave."""

from contextlib import suppress

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from lpsa_wagtail.api.blocks import PLAIN, callout_kind, text_of
from lpsa_wagtail.api.pictures import SPECS, Pictures
from lpsa_wagtail.api.rich_text import HTML, RichText, named_in
from lpsa_wagtail.api.shapes import interest_references
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.blocks.lists import MOST_LISTED
from lpsa_wagtail.blocks.named import image_ids, items_of, rich_text
from lpsa_wagtail.models import BlogPost, Webinar, WorkingGroupPage
from lpsa_wagtail.models.beside import Beside, BesideDraft, Draft
from lpsa_wagtail.models.prepared import with_columns
from lpsa_wagtail.models.querysets import MAX_ID, linked_pages

#: Page type → how the API calls it.
NOUNS = {WorkingGroupPage: "group", BlogPost: "post", Webinar: "webinar"}
#: Fields of pages that hold a picture or a file.
IMAGES, DOCUMENTS = ("lead_image_id",), ("slides_id", "terms_of_reference_id")


class Material:
    """What some pages of one type name: one query for all beside them, one for links in texts.

    ``pages`` are rows, or one ``Draft``; ``bodies`` are their stream values, if they are told,
    ``texts`` rich texts outside of them; ``form`` is that of rich text. ``vocabulary`` has the
    words that bodies name.
    """

    def __init__(
        self, visit: Visit, model, pages, vocabulary=None, *, bodies=(), texts=(), form: str = HTML
    ):
        self.visit, self.vocabulary = visit, vocabulary
        named: dict[str, list] = {"image": [], "page": [], "document": []}
        for block in (block for body in bodies for block in body.raw_data):
            _note(block["type"], block["value"], named)
        for text in texts:
            _note("paragraph", text, named)
        images = [getattr(page, name, None) for page in pages for name in IMAGES]
        documents = [getattr(page, name, None) for page in pages for name in DOCUMENTS]
        files = {
            "images": _keys(get_image_model(), [*images, *named["image"]]),
            "documents": _keys(get_document_model(), [*documents, *named["document"]]),
            "sizes": SPECS,
        }
        self.beside = (
            BesideDraft(pages[0], visit.site, **files)
            if pages and isinstance(pages[0], Draft)
            else Beside(model, pages, visit.site, **files)
        )
        self.pictures = Pictures(visit, self.beside)
        links = {"page": self._page_links(named["page"]), "document": self._document_links()}
        self.rich_text = RichText(visit, links, form)

    def image(self, image_id, alt: str) -> dict | None:
        """The picture, or None if there is none or its file is broken."""
        return self.pictures.shape(image_id, alt)

    def document(self, document_id) -> dict | None:
        """The file, or None if there is none or the site serves no documents."""
        file = self.beside.files.get(document_id)
        address = self._document_address(document_id) if file else None
        return {"title": file.title, "url": address} if file and address else None

    def _document_address(self, pk) -> str | None:
        file = self.beside.files[pk]
        model = get_document_model()
        columns = (model._meta.pk.attname, "title", "file")
        document = with_columns(model, columns, (pk, file.title, file.file))
        try:
            return self.visit.absolute(document.url)
        except NoReverseMatch:
            return None

    def _document_links(self) -> dict:
        links = {}
        for pk, file in self.beside.files.items():
            address = self._document_address(pk)
            links[str(pk)] = _link("document", pk, "", file.title, address)
        return links

    def _page_links(self, ids) -> dict:
        keys = _keys(Page, ids)
        types = ContentType.objects.get_for_models(*NOUNS)
        nouns = {types[model].pk: noun for model, noun in NOUNS.items()}
        links = {}
        for page in linked_pages(keys) if keys else ():
            noun = nouns.get(page.content_type_id, "page")
            address = self.visit.address_of(page.url_path) if noun != "page" else None
            address = address or self.visit.address_anywhere(page.specific_deferred)
            links[str(page.pk)] = _link(noun, page.pk, page.slug, page.title, address)
        return links

    def blocks(self, body) -> list[dict]:
        """The blocks of a stream value. A picture or file that is gone is left out. No query."""
        shaped = (self._block(block["type"], block["value"]) for block in body.raw_data)
        return [block for block in shaped if block]

    def _block(self, kind: str, value) -> dict | None:
        if kind in PLAIN:
            return {"type": kind, **PLAIN[kind](value or {})}
        if kind == "heading":
            return {"type": kind, "text": value or ""}
        if kind == "paragraph":
            return self.rich_text.shape(value or "")
        if kind == "callout":
            kind_of = {"type": kind, "kind": callout_kind(value), "title": text_of(value, "title")}
            return {**self.rich_text.shape(rich_text(kind, value)), **kind_of}
        if kind == "figure":
            picture = self._picture(value)
            return {"type": kind, **picture} if picture else None
        if kind == "gallery":
            pictures = (self._picture(item) for item in items_of(value, "pictures"))
            return {"type": kind, "pictures": [picture for picture in pictures if picture]}
        if kind == "document" and (document := self.document(value.get("document"))):
            description = text_of(value, "description")
            return {"type": kind, "document": document, "description": description}
        return self._list(value) if kind == "list" else None

    def _picture(self, value) -> dict | None:
        image = self.image(value.get("image"), text_of(value, "alternative_text"))
        texts = {name: text_of(value, name) for name in ("caption", "credit")}
        return {"image": image, **texts} if image else None

    def _list(self, value) -> dict | None:
        """What to list, not what is found: that changes while this page does not."""
        word = self.vocabulary.find(text_of(value, "interest")) if self.vocabulary else None
        if word is None:
            return None
        return {
            "type": "list",
            "title": text_of(value, "title"),
            "kind": "webinars" if value.get("kind") == "webinars" else "posts",
            "interest": interest_references([word])[0],
            "number": min(max(value.get("number") or 1, 1), MOST_LISTED),
        }


def _note(kind: str, value, named: dict) -> None:
    """Note what a block names."""
    named["image"] += image_ids(kind, value)
    if kind == "document":
        named["document"].append(value.get("document"))
    if "linktype" in (text := rich_text(kind, value)):
        for link, ids in named_in(text).items():
            named[link] += ids


def _link(kind, pk, slug, title, address) -> dict:
    return {"type": kind, "id": pk, "slug": slug, "title": title, "url": address}


def _keys(model, ids) -> set:
    """Those of the ids that objects of this model can have."""
    keys = set()
    for pk in ids:
        with suppress(ValidationError):
            keys.add(model._meta.pk.to_python(pk))
    return {key for key in keys if key and not (isinstance(key, int) and key > MAX_ID)}
