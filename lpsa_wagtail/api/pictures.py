"""Renditions for many pictures at once."""

import logging
from io import BytesIO

from django.db import transaction
from django.db.models import F, FilteredRelation, Q
from wagtail.images import get_image_model
from wagtail.images.models import Filter

log = logging.getLogger(__name__)

#: Fits a column of text on a wide screen; never enlarged.
SIZE = Filter(spec="max-1200x1200")


def renditions(image_ids) -> dict:
    """Map image id as text → rendition in ``SIZE``. One query, for any number of pictures.

    Side effect: renditions that do not exist yet are made, with one more query. A picture whose
    file cannot be read is left out.
    """
    if not image_ids:
        return {}
    model = get_image_model().get_rendition_model()
    match = Q(renditions__filter_spec=SIZE.spec, renditions__focal_point_key="")
    images = get_image_model().objects.filter(pk__in=image_ids)
    images = images.annotate(
        fitting=FilteredRelation("renditions", condition=match),
        fitting_file=F("fitting__file"),
        fitting_width=F("fitting__width"),
        fitting_height=F("fitting__height"),
    )
    found, missing = {}, []
    for image in images:
        if image.fitting_file:
            found[str(image.pk)] = model(
                image=image,
                filter_spec=SIZE.spec,
                width=image.fitting_width,
                height=image.fitting_height,
                file=image.fitting_file,
            )
        elif rendition := _made(image):
            missing.append(rendition)
    if missing:
        made = [rendition.file.file for rendition in missing]
        with transaction.atomic(savepoint=False):
            model.objects.bulk_create(missing, ignore_conflicts=True)
        for file in made:
            file.close()
    return found | {str(rendition.image_id): rendition for rendition in missing}


def _made(image):
    try:
        with image.open_file() as file:
            return image.generate_rendition_instance(SIZE, BytesIO(file.read()))
    except OSError as error:  # missing or broken; Wagtail's and Willow's own errors are of it
        log.warning("No rendition of image %s: %s", image.pk, error)
        return None
