"""Our own short sentences, and how they become the blocks of a body or an agenda.

A text is a list of lines. ``#`` begins a heading, ``-`` a list (its items end with a semicolon),
``>`` a quotation (its source after ``--``), ``!`` a figure (its motif after ``|``); any other line
is a paragraph. Other blocks stand in the place of a line: kind and value, pictures by their motif.
"""

from django.utils.html import format_html, format_html_join

from lpsa_wagtail.importers.demo.facts import read_data

HOUSE = "Local Public Sector Alliance"
CREDIT = "lpsa_wagtail contributors"


class Texts:
    """The file of sentences and the file of invented people, read once."""

    def __init__(self):
        data = read_data("demo_texts")
        self.site, self.terms, self.recording = data["site"], data["terms"], data["recording"]
        self.groups, self.posts, self.webinars = data["groups"], data["posts"], data["webinars"]
        self.ours = data["ours"]
        self.people = {person["key"]: person for person in read_data("demo_people")}

    def agenda(self, text, *, title="", slug="") -> list:
        """Blocks of an agenda; ``title`` is the title of a single session, if there is one."""
        rows = text.get("agenda", [])
        if title:
            rows = [{"title": title, "people": text["session"], "recorded": text.get("recorded")}]
        return [
            ("row", self._row(row, f"{self.recording}{slug}-{number}"))
            for number, row in enumerate(rows, start=1)
        ]

    def _row(self, row, recording_url) -> dict:
        contributors = [
            {
                "name": self.people[key]["name"],
                "affiliation": self.people[key]["affiliation"],
                "role": role,
            }
            for key, role in row["people"]
        ]
        return {
            "title": row["title"],
            "contributors": contributors,
            "recording_url": recording_url if row.get("recorded") else "",
        }


def body(lines, picture_of) -> list:
    """Blocks of a body; ``picture_of(motif)`` gives the image of a figure."""
    blocks: list[tuple] = []
    for line in lines:
        if isinstance(line, dict):
            blocks += [(kind, _with_pictures(value, picture_of)) for kind, value in line.items()]
            continue
        mark, _space, rest = line.partition(" ")
        if mark == "#":
            blocks.append(("heading", rest))
        elif mark == "-":
            items = format_html_join("", "<li>{}</li>", ((i.strip(),) for i in rest.split(";")))
            blocks.append(("paragraph", str(format_html("<ul>{}</ul>", items))))
        elif mark == ">":
            text, _dashes, source = rest.partition(" -- ")
            blocks.append(("quote", {"text": text, "source": source}))
        elif mark == "!":
            caption, _bar, motif = rest.partition(" | ")
            blocks.append(("figure", _figure(picture_of(motif), caption)))
        else:
            blocks.append(("paragraph", str(format_html("<p>{}</p>", line))))
    return blocks


def _with_pictures(value: dict, picture_of) -> dict:
    pictures = value.get("pictures", [])
    drawn = [_figure(picture_of(item["motif"]), item["caption"]) for item in pictures]
    return {**value, "pictures": drawn} if drawn else value


def _figure(picture, caption) -> dict:
    return {
        "image": picture,
        "alternative_text": picture.description,
        "caption": caption,
        "credit": CREDIT,
    }
