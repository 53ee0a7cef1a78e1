"""Where a recording can be shown inside a page."""

import pytest

from lpsa_wagtail.blocks.videos import embed_address, host_of, web_address

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
VIMEO = "https://player.vimeo.com/video/76979871?dnt=1"


@pytest.mark.parametrize(
    ("address", "embedded"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL1", YOUTUBE),
        ("https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=90s", f"{YOUTUBE}?start=90"),
        ("http://youtu.be/dQw4w9WgXcQ?si=abc", YOUTUBE),
        ("https://youtube.com/live/dQw4w9WgXcQ", YOUTUBE),
        ("https://YouTube.com/shorts/dQw4w9WgXcQ/", YOUTUBE),
        (YOUTUBE, YOUTUBE),
        ("https://vimeo.com/76979871", VIMEO),
        ("https://vimeo.com/76979871/0a1b2c3d", f"{VIMEO}&h=0a1b2c3d"),
        ("https://player.vimeo.com/video/76979871?h=0a1b2c3d", f"{VIMEO}&h=0a1b2c3d"),
    ],
)
def test_known_places_have_a_frame_without_cookies(address, embedded):
    assert embed_address(address) == embedded


@pytest.mark.parametrize(
    "address",
    [
        *("", None, "no address", "https://video.example.org/watch?v=dQw4w9WgXcQ"),
        *("https://youtube.com.example.org/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/@lpsa"),
        *('https://youtu.be/dQw4w9W"><x', "javascript:alert(1)//youtu.be/dQw4w9WgXcQ"),
        *("ftp://youtu.be/dQw4w9WgXcQ", "https://vimeo.com/channels/one", "https://[youtu.be/x"),
        "https://www.youtube.com/watch?list=dQw4w9WgXcQ",
    ],
)
def test_all_others_are_links_only(address):
    assert embed_address(address) == ""


@pytest.mark.parametrize(
    ("address", "host", "link"),
    [
        ("https://www.Example.org/a", "example.org", "https://www.Example.org/a"),
        ("javascript:alert(1)", "", ""),
        ("//example.org/", "", ""),
        ("data:text/html,x", "", ""),
    ],
)
def test_links_lead_into_the_web_only(address, host, link):
    assert (host_of(address), web_address(address)) == (host, link)
