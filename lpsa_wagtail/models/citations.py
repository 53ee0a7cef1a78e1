"""How to cite a post: in words, for BibTeX and as RIS. No title or name breaks any of them."""

import datetime as dt
import re
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils import dateformat
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from lpsa_wagtail.models.addresses import public_address
from lpsa_wagtail.models.places import name_of, site_of
from lpsa_wagtail.models.plain_text import address, line

#: What TeX takes for something else. (Braces are named: BibTeX counts all that it sees.)
IN_TEX = {
    **{"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"},
    **{"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
    **{char: f"\\{char}" for char in "%&$#_"},
}
#: Names of which BibTeX would make several, or turn the parts round.
NEEDS_BRACES = re.compile(r"\band\b|,", re.IGNORECASE)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Citation:
    """What is known of a post for who cites it; every text is on one line.

    Names stay as their bearers write them: which part of a name is the family's cannot be told.
    ``publishers`` are the group, if any, and the site.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    day: dt.date | None
    publishers: tuple[str, ...]
    url: str
    language: str
    original: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Who stands in the place of the author: the publisher where nobody is named."""
        return self.authors or self.publishers[:1]

    @property
    def text(self) -> str:
        """In words, in the manner of the APA, in the reader's language."""
        names = " & ".join(filter(None, [", ".join(self.names[:-1]), *self.names[-1:]]))
        day = dateformat.format(self.day, "Y, F j") if self.day else _("no date")
        title = self.title if self.title[-1:] in (".", "?", "!", "…") else f"{self.title}."
        publishers = ", ".join(self.publishers if self.authors else self.publishers[1:])
        first = _("First published by %(name)s.") % {"name": self.original} if self.original else ""
        parts = (f"{names} ({day}).", title, publishers and f"{publishers}.", first, self.url)
        return " ".join(filter(None, parts))

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX and Biber, in UTF-8."""
        fields = {
            "title": f"{{{_tex(self.title)}}}",
            "author": " and ".join(map(_tex_name, self.names)),
            "year": str(self.day.year) if self.day else "",
            "howpublished": _tex(", ".join(self.publishers)),
            "url": self.url,
            "note": _tex(f"First published by {self.original}") if self.original else "",
            "langid": self.language,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        if self.day:
            lines.insert(3, f"  month = {MONTHS[self.day.month - 1]},")
            lines.insert(4, f"  day = {{{self.day.day}}},")
        return "\n".join((f"@misc{{{self.key},", *lines, "}", ""))

    @property
    def ris(self) -> str:
        """A record for Zotero, EndNote, Mendeley and others."""
        day = f"{self.day:%Y/%m/%d}/" if self.day else ""
        rows = [
            *[("TY", "BLOG"), ("ID", self.key), ("TI", self.title)],
            *(("AU", name) for name in self.names),
            *[("PY", day[:4]), ("DA", day), ("T2", self.publishers[-1])],
            *[("PB", ", ".join(self.publishers)), ("UR", self.url), ("LA", self.language)],
            *[("AB", self.summary), *(("KW", word) for word in self.keywords)],
            ("N1", f"First published by {self.original}" if self.original else ""),
        ]
        told = [f"{tag}  - {value}" for tag, value in rows if value]
        return "\r\n".join((*told, "ER  - ", ""))


def citation_of(post, request) -> Citation:
    """How to cite a post. No query if its group, authors and words are read already."""
    site_name, url = name_of(site_of(request)), public_address(post, request)
    title = ": ".join(filter(None, map(line, (post.title, post.subtitle))))
    publishers = (line(post.group.title) if post.group else "", line(site_name))
    return Citation(
        key=f"post{post.pk or ''}",
        title=title or "—",
        authors=tuple(filter(None, (line(author.name) for author in post.authors_shown))),
        day=post.published_on or post.listed_on,
        publishers=tuple(filter(None, publishers)) or ("—",),
        url=iri_to_uri(address(url)),
        language=post.language,
        original=line(post.original_source_name or post.original_source_url),
        summary=line(post.summary),
        keywords=tuple(line(word.label) for word in post.interests_shown),
    )


def citation_files(post) -> dict[str, str]:
    """Map "bib" and "ris" to paths; empty where our addresses are not included."""
    try:
        return {
            kind: reverse(f"lpsa_wagtail:citation_{kind}", args=[post.pk])
            for kind in ("bib", "ris")
        }
    except NoReverseMatch:  # also for a draft that was never saved
        return {}


def _tex(text: str) -> str:
    return "".join(IN_TEX.get(char, char) for char in text)


def _tex_name(name: str) -> str:
    return f"{{{_tex(name)}}}" if NEEDS_BRACES.search(name) or " " not in name else _tex(name)
