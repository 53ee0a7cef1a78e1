"""Pages as a visitor's browser gets them, parsed."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client


class Seen(BeautifulSoup):
    """A parsed page, asked by CSS selectors."""

    def text(self, selector) -> str:
        """The text of the only element that matches."""
        found = self.select(selector)
        assert len(found) == 1, (selector, [str(element) for element in found])
        return tidy(found[0])

    def texts(self, selector) -> list[str]:
        return [tidy(element) for element in self.select(selector)]

    def links(self, selector="a") -> dict:
        """Map text of the links inside what matches → address."""
        return {tidy(link): link.get("href") for link in self.select(selector)}


def tidy(element) -> str:
    return " ".join(element.get_text(" ").split())


@pytest.fixture
def visit():
    """Open a page (or an address) as a visitor; asserts the status and returns what is seen."""

    def open_page(page, status=200, **headers):
        address = page if isinstance(page, str) else page.url
        response = Client().get(address, headers=headers)
        assert response.status_code == status
        return Seen(response.content.decode(), "html.parser")

    return open_page


@pytest.fixture
def preview():
    """See an object as the preview shows it, saved or not."""

    def show(page):
        response = page.make_preview_request()
        assert response.status_code == 200
        return Seen(response.content.decode(), "html.parser")

    return show
