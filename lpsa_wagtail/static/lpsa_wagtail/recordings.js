/* A recording that lies elsewhere plays inside the page after a click on its link.

   Whatever carries data-lpsa-video (the address for a frame) and has a link inside. Nothing is
   loaded from there before; without this script the link leads there. The link stays below. */

function play(place) {
  const address = new URL(place.dataset.lpsaVideo);
  address.searchParams.set("autoplay", "1");
  const frame = document.createElement("iframe");
  frame.className = "lpsa-video";
  frame.title = place.dataset.lpsaTitle || address.hostname;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = address;
  place.prepend(frame);
  frame.focus();
}

for (const place of document.querySelectorAll("[data-lpsa-video]")) {
  const link = place.querySelector("a[href]");
  const start = (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    link.removeEventListener("click", start);
    play(place);
  };
  link?.addEventListener("click", start);
}
