"""What the README tells people to type, so that it and the tests cannot differ."""

import re
import shlex
from pathlib import Path
from textwrap import dedent

README = Path(__file__).resolve().parents[2] / "README.md"
REST = "    ...,\n"


def step(number: int) -> str:
    """The text of one step of "Install it in a site of yours"."""
    text = README.read_text(encoding="utf-8")
    (section,) = re.findall(r"^## Install it in.*?(?=^## )", text, re.DOTALL | re.MULTILINE)
    (found,) = re.findall(rf"^{number}\. .*?(?=^\d\. |^\w|\Z)", section, re.DOTALL | re.MULTILINE)
    return found


def block(number: int) -> str:
    """The one block of Python of a step."""
    (found,) = re.findall(r"^ *```python\n(.*?)^ *```", step(number), re.DOTALL | re.MULTILINE)
    return dedent(found)


def with_addition(text: str, block: str) -> str:
    """The text of a module after the list of a block was added to the one of the same name.

    What the list has already is "...," in the block; new lines come before or after it.
    """
    head, _, body = block.partition("\n")
    before, rest, after = body.removesuffix("]\n").partition(REST)
    assert (rest, head.endswith("[")) == (REST, True)
    start, found, others = text.partition(f"\n{head}\n")
    own, end, remainder = others.partition("\n]\n")
    assert (found, end) == (f"\n{head}\n", "\n]\n")
    return f"{start}{found}{before}{own}\n{after}]\n{remainder}"


def commands(number: int) -> list[list[str]]:
    """Management commands of a step, each as a list of arguments."""
    return [shlex.split(line) for line in re.findall(r"`python manage\.py (.+?)`", step(number))]


def is_to_install(name: str) -> bool:
    """True if the first step is to install the folder of this name with pip."""
    return f"`pip install ./{name}`" in step(1)
