"""Which picture a page shows; each is drawn and stored when it is first asked for."""

from lpsa_wagtail.actions import add_picture
from lpsa_wagtail.importers.demo import pictures

HOUSE_PALETTE = "house"


class Gallery:
    """Pictures by motif and palette. A group's pictures have one palette and one collection."""

    def __init__(self, texts):
        self.themes = {slug: text["picture"] for slug, text in texts.groups.items()}
        self.collections: dict = {}
        self.stored: dict = {}

    def of_group(self, slug: str):
        """The picture of the group's own page."""
        motif, palette = self.themes[slug]
        return self._picture(motif, palette, slug)

    def of_page(self, motif: str | None, slug: str):
        """A picture for a page of the group ("" for the alliance), None if it has no motif."""
        if not motif:
            return None
        palette = self.themes[slug][1] if slug else HOUSE_PALETTE
        return self._picture(motif, palette, slug)

    def files(self) -> list:
        return [picture.file for picture in self.stored.values()]

    def _picture(self, motif, palette, slug):
        if (motif, palette) not in self.stored:
            self.stored[motif, palette] = add_picture(
                actor=None,
                title=f"{motif.capitalize()} in {pictures.WORDS[palette]} (sample)",
                data=pictures.draw(motif, palette),
                name=f"sample-{motif}-{palette}.jpg",
                description=pictures.describe(motif, palette),
                collection=self.collections.get(slug),
            )
        return self.stored[motif, palette]
