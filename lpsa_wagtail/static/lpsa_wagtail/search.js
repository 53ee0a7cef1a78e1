/* Suggestions while somebody types into a search field. Without this, the form is just sent.

   The field is a combobox with a list, as the ARIA Authoring Practices describe it: the focus stays in
   the field, arrows move through the list, Enter opens what is chosen or else sends the form, Escape
   closes. Who saves data is asked for nothing. */

const WAIT = 180;
const SHORTEST = 2;

const enhance = (form, number) => {
  const field = form.querySelector('input[type="search"]');
  const address = form.dataset.lpsaSuggest;
  if (!field || form.dataset.lpsaReady || navigator.connection?.saveData) return;
  form.dataset.lpsaReady = "true";

  const list = document.createElement("ul");
  const status = document.createElement("p");
  const answers = new Map();
  let options = [];
  let active = -1;
  let timer;
  let request;

  list.id = `lpsa-suggestions-${number}`;
  list.className = "lpsa-suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.lpsaSuggestions);
  list.hidden = true;
  status.className = "lpsa-unseen";
  status.setAttribute("role", "status");
  field.after(list);
  form.append(status);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  const stop = () => {
    clearTimeout(timer);
    request?.abort();
  };

  const close = () => {
    stop();
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    options[active]?.element.setAttribute("aria-selected", "false");
    active = index;
    const chosen = options[active]?.element;
    if (!chosen) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", chosen.id);
  };

  const part = (name, text) => {
    const element = document.createElement(name === "label" ? "bdi" : "span");
    element.className = `lpsa-suggestion-${name}`;
    element.textContent = text;
    return element;
  };

  const draw = (found) => {
    options = found.map(({ label, about, url }, index) => {
      const element = document.createElement("li");
      element.id = `${list.id}-${index}`;
      element.setAttribute("role", "option");
      element.setAttribute("aria-selected", "false");
      element.append(part("label", label), " ", part("about", about));
      element.addEventListener("mousedown", (event) => event.preventDefault());
      element.addEventListener("click", () => location.assign(url));
      return { element, url };
    });
    active = -1;
    field.removeAttribute("aria-activedescendant");
    list.replaceChildren(...options.map(({ element }) => element));
    list.hidden = !options.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    const { lpsaNone, lpsaSome } = form.dataset;
    status.textContent = options.length ? lpsaSome.replace("%s", options.length) : lpsaNone;
  };

  const ask = async (text) => {
    if (answers.has(text)) {
      draw(answers.get(text));
      return;
    }
    request = new AbortController();
    const { signal } = request;
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ q: text })}`, { signal });
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      answers.set(text, suggestions);
      if (!signal.aborted && field.value.trim() === text) draw(suggestions);
    } catch {
      /* Given up for a newer one, or there is no line: the form can still be sent. */
    }
  };

  field.addEventListener("input", () => {
    stop();
    const text = field.value.trim();
    if (text.length < SHORTEST) {
      close();
      return;
    }
    timer = setTimeout(ask, WAIT, text);
  });

  field.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in steps && options.length) {
      event.preventDefault();
      if (list.hidden) draw(answers.get(field.value.trim()) ?? []);
      const places = options.length + 1; /* One of them is the field itself. */
      choose(((active + 1 + steps[event.key] + places) % places) - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && options[active] && !list.hidden) {
      event.preventDefault();
      location.assign(options[active].url);
    }
  });

  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
};

document.querySelectorAll("form[data-lpsa-suggest]").forEach(enhance);
