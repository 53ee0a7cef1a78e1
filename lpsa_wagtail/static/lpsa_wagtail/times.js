/* Tells the visitor's own time of events that are still to come, beside the times of the cities.

   What is printed is right without it. It reads the first row that names a zone, and fills the row
   that waits for it. If a printed row tells the visitor's time already, no hour is told twice: the
   row then says which. */
(() => {
  "use strict";

  /* Cities that browsers still call by a name of long ago. */
  const CITIES = {
    Calcutta: "Kolkata",
    Godthab: "Nuuk",
    Katmandu: "Kathmandu",
    Kiev: "Kyiv",
    Rangoon: "Yangon",
    Saigon: "Ho Chi Minh City",
  };

  /* Short enough for one line, so that nothing moves when they are filled in. */
  const DAYS = {
    short: { weekday: "short" },
    long: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  };

  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;

  function localeOf(place) {
    const language = place.closest("[lang]")?.lang || "en";
    try {
      return new Intl.Locale(language === "en" ? "en-001" : language, { numberingSystem: "latn" });
    } catch {
      return "en-001";
    }
  }

  const told = (moment, zone, options, locale = "en-001") =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(moment);

  const hours = (moment, zone) =>
    told(moment, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

  const day = (moment, zone) => told(moment, zone, { dateStyle: "full" });

  const clock = (moment, zone) => `${day(moment, zone)} ${hours(moment, zone)}`;

  /* "America/Argentina/Buenos_Aires" is "Buenos Aires"; some zones are those of no city. */
  function cityOf(zone) {
    if (!zone.includes("/") || zone.startsWith("Etc/")) return "";
    const city = zone.split("/").pop().replaceAll("_", " ");
    return CITIES[city] ?? city;
  }

  /* First and last day of what lasts for a day or more; one day where it is another than printed. */
  function daysOf([start, end], zone, locale, style) {
    const days = [start, end].filter(Boolean).map((moment) => told(moment, own, style, locale));
    if (end - start >= 24 * 60 * 60 * 1000) return days.join(" – ");
    return day(start, own) === day(start, zone) ? "" : days[0];
  }

  function show(place) {
    const yours = place.querySelector("[data-lpsa-yours]");
    const rows = [...place.querySelectorAll("[data-lpsa-zone]")];
    if (!yours || !rows.length || !own) return;
    const [first] = rows;
    const times = first.matches("time") ? [first] : [...first.querySelectorAll("time")];
    const moments = times.map((time) => new Date(time.dateTime));
    const same = rows.find((row) => clock(moments[0], row.dataset.lpsaZone) === clock(moments[0], own));
    const put = (name, text) => (yours.querySelector(`[data-lpsa-${name}]`).textContent = text);
    if (same) {
      put("hours", yours.dataset.lpsaSame.replace("%s", same.dataset.lpsaCity));
    } else {
      put("city", cityOf(own));
      put("hours", moments.map((moment) => hours(moment, own)).join(" – "));
      const { lpsaDays } = yours.querySelector("[data-lpsa-days]").dataset;
      put("days", daysOf(moments, first.dataset.lpsaZone, localeOf(place), DAYS[lpsaDays || "long"]));
    }
    yours.classList.remove("lpsa-untold");
  }

  for (const place of document.querySelectorAll("[data-lpsa-times]")) {
    try {
      show(place);
    } catch {
      /* A zone that this browser does not know: what is printed stays as it is. */
    }
  }
})();
