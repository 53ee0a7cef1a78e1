/* The interest widget: a box that filters the words, and the list of what is chosen. */
(() => {
  "use strict";

  const folded = (text) =>
    text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase().trim();

  function start(widget) {
    if (widget.dataset.lpsaStarted) return;
    widget.dataset.lpsaStarted = "yes";
    const items = [...widget.querySelectorAll("li")];
    const chosen = widget.querySelector("[data-lpsa-chosen]");
    const filter = widget.querySelector("[data-lpsa-filter]");
    const box = filter.querySelector("input");
    const nothing = filter.querySelector("[data-lpsa-nothing]");

    function showChosen() {
      const words = items
        .filter((item) => item.querySelector("input").checked)
        .map((item) => {
          const word = document.createElement("span");
          word.className = "lpsa-interests__word";
          word.textContent = item.querySelector("label span").textContent;
          return word;
        });
      chosen.replaceChildren(...(words.length ? words : [chosen.dataset.lpsaNone]));
    }

    function showMatches() {
      const wanted = folded(box.value);
      let found = 0;
      items.forEach((item) => {
        item.hidden = !folded(item.textContent).includes(wanted);
        found += item.hidden ? 0 : 1;
      });
      widget.querySelectorAll("fieldset").forEach((kind) => {
        kind.hidden = !kind.querySelector("li:not([hidden])");
      });
      nothing.hidden = found > 0;
    }

    filter.hidden = false;
    widget.addEventListener("change", showChosen);
    box.addEventListener("input", (event) => {
      event.stopPropagation();
      showMatches();
    });
    box.addEventListener("change", (event) => event.stopPropagation());
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }

  const startAll = () =>
    document.querySelectorAll("[data-lpsa-interests]").forEach(start);
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", startAll);
  } else {
    startAll();
  }
})();
