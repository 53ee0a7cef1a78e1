"""What our lists of records show to somebody."""

import csv
import io

from bs4 import BeautifulSoup
from django.urls import reverse
from openpyxl import load_workbook


def url(model, view="index", *args):
    return reverse(f"lpsa_{model}_modeladmin_{view}", args=args)


def _rows(client, model, params) -> list[tuple]:
    """Name and labels of the buttons of each row that the list shows."""
    soup = BeautifulSoup(client.get(url(model), params).content, "html.parser")
    found = []
    for row in soup.select("table.listing tbody tr"):
        labels = [link.get_text(strip=True) for link in row.select(".actions a")]
        for actions in row.select(".actions"):
            actions.extract()
        found.append((row.select_one("td, th").get_text(strip=True), labels))
    return found


def listed(client, model, **params):
    """First column of the rows that the list shows."""
    return [name for name, _labels in _rows(client, model, params)]


def buttons(client, model, name):
    """Labels of the buttons in the row of that name."""
    return dict(_rows(client, model, {}))[name]


def errors(answer) -> dict:
    return {} if answer.status_code == 302 else dict(answer.context["form"].errors)


def rows(answer) -> list[dict]:
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def sheet(answer):
    """The sheet of an XLSX export, as a spreadsheet program would read it."""
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
