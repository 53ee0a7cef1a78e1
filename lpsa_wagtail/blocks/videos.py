"""Addresses of recordings elsewhere, and where the same can be shown inside a page."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

YOUTUBE = ("youtube.com", "youtube-nocookie.com", "youtu.be")
YOUTUBE_ID = re.compile(r"(?:^|/(?:embed|live|shorts|v)/|^/)([A-Za-z0-9_-]{11})/?$")
VIMEO = ("vimeo.com", "player.vimeo.com")
VIMEO_PATH = re.compile(r"^/(?:video/)?(\d{1,15})(?:/([0-9a-f]{1,40}))?/?$")


def web_address(text) -> str:
    """The address if a link may lead there (http and https only), else ""."""
    return text if host_of(text) else ""


def host_of(text) -> str:
    """The host of an address of the web, without “www.”; "" for what is none."""
    try:
        parts = urlsplit(text or "")
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in ("http", "https") else ""


def embed_address(text) -> str:
    """Where a page can show the recording in a frame, without cookies; "" for unknown places."""
    host = host_of(text)
    if host.removeprefix("m.") in YOUTUBE:
        return _of_youtube(urlsplit(text))
    return _of_vimeo(urlsplit(text)) if host in VIMEO else ""


def _of_youtube(parts) -> str:
    query = parse_qs(parts.query)
    name = query.get("v", [""])[0] if parts.path == "/watch" else parts.path
    found = YOUTUBE_ID.search(name)
    if not found:
        return ""
    seconds = re.match(r"\d{1,6}", query.get("t", query.get("start", [""]))[0])
    start = f"?start={seconds[0]}" if seconds else ""
    return f"https://www.youtube-nocookie.com/embed/{found[1]}{start}"


def _of_vimeo(parts) -> str:
    found = VIMEO_PATH.match(parts.path)
    if not found:
        return ""
    key = found[2] or parse_qs(parts.query).get("h", [""])[0]
    query = {"dnt": "1", **({"h": key} if re.fullmatch("[0-9a-f]{1,40}", key) else {})}
    return f"https://player.vimeo.com/video/{found[1]}?{urlencode(query)}"
