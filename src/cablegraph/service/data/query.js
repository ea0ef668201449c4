// Completes prefixed names and concepts and sends with Ctrl+Enter. Without this script the form works as it is.
"use strict";
(() => {
  const form = document.querySelector("form[data-terms]");
  const area = document.getElementById("query");
  const list = document.getElementById("completions");
  const WORD = /[A-Za-z][\w-]*(?::[\w.-]*)?$/;
  // A concept is asked for as SCHEME:NAME, and its IRI is written.
  const CONCEPT = /([\w-]+)\/([\w.-]+)>$/;
  const MOST = 12;
  let terms = [];
  let chosen = 0;

  fetch(form.dataset.terms).then((answer) => (answer.ok ? answer.json() : [])).then((found) => {
    terms = found.map((text) => {
      const concept = CONCEPT.exec(text);
      const name = concept ? `${concept[1]}:${concept[2]}` : text;
      return { text, name, key: name.toLowerCase() };
    });
    area.setAttribute("aria-haspopup", "listbox");
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", "completions");
  }).catch(() => {});

  function wordBefore() {
    const before = area.value.slice(0, area.selectionStart);
    const match = WORD.exec(before);
    const inName = match && /[?$"'<]$/.test(before.slice(0, match.index));
    return match && !inName ? match[0] : "";
  }

  function close() {
    list.hidden = true;
    list.replaceChildren();
    area.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    chosen = (index + list.children.length) % list.children.length;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    area.setAttribute("aria-activedescendant", list.children[chosen].id);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function take(index) {
    const end = area.selectionStart;
    area.setRangeText(list.children[index].dataset.text, end - wordBefore().length, end, "end");
    close();
    area.focus();
  }

  function open() {
    const word = wordBefore().toLowerCase();
    const fits = ({ key }) => key.startsWith(word) || (!word.includes(":") && key.includes(`:${word}`));
    const found = word.length > 1 ? terms.filter((term) => fits(term) && term.text.toLowerCase() !== word).slice(0, MOST) : [];
    if (!found.length) {
      close();
      return;
    }
    list.replaceChildren(...found.map((term, at) => {
      const item = document.createElement("li");
      item.id = `completion-${at}`;
      item.setAttribute("role", "option");
      item.textContent = term.name;
      item.dataset.text = term.text;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(at); });
      return item;
    }));
    list.hidden = false;
    mark(0);
  }

  area.addEventListener("input", open);
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (!list.hidden && event.key === "ArrowDown") {
      event.preventDefault();
      mark(chosen + 1);
    } else if (!list.hidden && event.key === "ArrowUp") {
      event.preventDefault();
      mark(chosen - 1);
    } else if (!list.hidden && event.key === "Enter") {
      event.preventDefault();
      take(chosen);
    } else if (!list.hidden && event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
})();
