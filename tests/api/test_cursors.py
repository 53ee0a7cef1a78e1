"""The place in a list, as a condition on what comes behind it."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db.models import F

from lpsa_wagtail import models
from lpsa_wagtail.api import cursors
from tests import factories as make

KEYS = ("-starts_at", "-pk")
EMPTY = ("starts_at",)


def test_a_cursor_gives_back_the_values_of_its_row():
    moment = dt.datetime(2024, 5, 1, 12, 30, 15, 250_001, tzinfo=dt.UTC)
    rows = {
        ("title", "pk"): ["水 “a” \\ &", 1],
        ("-listed_on", "-pk"): [dt.date(2024, 2, 29), 2**63 - 1],
        KEYS: [moment, 3],
        ("rank", "title", "pk"): [0, "", 4],
    }
    for keys, values in rows.items():
        names = (key.removeprefix("-") for key in keys)
        text = cursors.after(keys, SimpleNamespace(**dict(zip(names, values, strict=True))))
        assert cursors.values_in(keys, text) == values
        assert text.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("direction", ["-", ""])
def test_behind_each_row_are_the_rows_after_it(direction):
    group = make.group()
    moments = [dt.datetime(2024, 1, day, tzinfo=dt.UTC) for day in (1, 1, 2, 3)]
    for start in moments:
        make.webinar(group, starts_at=start, ends_at=start + dt.timedelta(hours=1))
    for _undated in range(2):
        page = make.webinar(group)
        models.Webinar.objects.filter(pk=page.pk).update(starts_at=None, ends_at=None)
    keys = (f"{direction}starts_at", f"{direction}pk")
    order = (
        F("starts_at").desc(nulls_last=True) if direction else F("starts_at").asc(nulls_last=True)
    )
    webinars = models.Webinar.objects.order_by(order, keys[1])
    rows = list(webinars.values_list("starts_at", "pk"))

    for number, values in enumerate(rows):
        behind = webinars.filter(cursors.condition(keys, values, EMPTY))
        assert list(behind.values_list("starts_at", "pk")) == rows[number + 1 :]
