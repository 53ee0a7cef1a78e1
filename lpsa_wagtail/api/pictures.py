"""Pictures in the sizes in which they leave."""

import logging
from io import BytesIO
from mimetypes import guess_type

from django.db import transaction
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from lpsa_wagtail.models.beside import Beside, Picture, Size

log = logging.getLogger(__name__)

#: Fits a column of text on a wide screen, in the format of the upload; never enlarged.
WHOLE = "max-1200x1200"
#: Widths from which a browser chooses, and how Wagtail names pictures of that width.
WIDTHS = {width: f"width-{width}|format-webp" for width in (480, 720, 1440)}
SPECS = (WHOLE, *WIDTHS.values())


def specs_for(picture: Picture) -> list[str]:
    """The sizes that a picture comes in: no two are the same, and none is enlarged."""
    if picture.file.lower().endswith(".svg"):
        return [WHOLE]
    narrower = [width for width in WIDTHS if width < picture.width]
    return [WHOLE, *(WIDTHS[w] for w in narrower), *_widest(picture, len(narrower))]


def _widest(picture, taken: int):
    return list(WIDTHS.values())[taken : taken + 1]


class Pictures:
    """The pictures beside some pages, ready to be told.

    Side effect: sizes that do not exist yet are made, with two more queries. A picture whose file
    cannot be read is left out.
    """

    def __init__(self, visit, beside: Beside):
        self.visit, self.beside = visit, beside
        self._shapes: dict = {}
        self._storage = get_image_model().get_rendition_model()._meta.get_field("file").storage
        missing = {
            pk: specs
            for pk, picture in beside.pictures.items()
            if (specs := [s for s in specs_for(picture) if s not in beside.sizes[pk]])
        }
        if missing:
            self._make(missing)

    def shape(self, image_id, alt: str) -> dict | None:
        """The picture, or None if there is none or its file is broken."""
        if image_id not in self._shapes:
            self._shapes[image_id] = self._shape(image_id)
        shape = self._shapes[image_id]
        return shape and {**shape, "alt": alt}

    def _shape(self, image_id) -> dict | None:
        picture = self.beside.pictures.get(image_id)
        sizes = self.beside.sizes.get(image_id, {})
        if picture is None or WHOLE not in sizes:
            return None
        whole = sizes[WHOLE]
        sources = (sizes[spec] for spec in WIDTHS.values() if spec in sizes)
        return {
            "url": self._address(whole),
            "width": whole.width,
            "height": whole.height,
            "alt": "",
            "focal_point": _focal_point(picture),
            "sources": [
                {
                    "url": self._address(size),
                    "width": size.width,
                    "height": size.height,
                    "type": guess_type(size.file)[0] or "application/octet-stream",
                }
                for size in sources
            ],
        }

    def _address(self, size: Size) -> str:
        return self.visit.absolute(self._storage.url(size.file))

    def _make(self, missing: dict) -> None:
        model = get_image_model().get_rendition_model()
        made = []
        for image in get_image_model()._base_manager.filter(pk__in=missing):
            made += _made(image, missing[image.pk])
        with transaction.atomic(savepoint=False):
            model.objects.bulk_create(made, ignore_conflicts=True)
        for rendition in made:
            rendition.file.file.close()
            # Drawings have sizes with a fraction until they are stored.
            size = Size(rendition.file.name, int(rendition.width), int(rendition.height))
            self.beside.sizes[rendition.image_id][rendition.filter_spec] = size


def _focal_point(picture: Picture) -> dict | None:
    if picture.focal is None or not (picture.width and picture.height):
        return None
    x, y = picture.focal  # which may lie outside of a file that was put in place of a larger one
    return {
        "x": min(round(x / picture.width, 4), 1.0),
        "y": min(round(y / picture.height, 4), 1.0),
    }


def _made(image, specs) -> list:
    try:
        with image.open_file() as file:
            content = file.read()
        return [
            image.generate_rendition_instance(Filter(spec=spec), BytesIO(content)) for spec in specs
        ]
    except Exception as error:  # missing or broken; what reads it has errors of many kinds
        log.warning("No rendition of image %s: %s", image.pk, error)
        return []
