// Reading a telegram: a marked word opens what was read from it beside the text. Without this
// script the same links lead to the entries below.
(function () {
  "use strict";
  document.documentElement.classList.add("js");
  const panel = document.getElementById("panel");
  if (!panel) { return; }
  let opener = null;

  function entries(link) {
    return (link.dataset.c || "").split(" ")
      .map(function (key) { return document.getElementById(key); })
      .filter(function (node) { return node && node.classList.contains("finding"); });
  }

  function copy(node) {
    const made = node.cloneNode(true);
    made.removeAttribute("id");
    made.querySelectorAll("[id]").forEach(function (one) { one.removeAttribute("id"); });
    made.querySelectorAll("h4").forEach(function (one) {
      const head = document.createElement("h3");
      head.append(...one.childNodes);
      one.replaceWith(head);
    });
    const whole = document.createElement("p");
    const link = document.createElement("a");
    link.href = "#" + encodeURI(node.id);
    link.textContent = "In the list of everything read";
    link.addEventListener("click", close);
    whole.append(link);
    made.append(whole);
    return made;
  }

  function close() {
    panel.hidden = true;
    panel.replaceChildren();
    document.querySelectorAll(".m.current").forEach(function (one) { one.classList.remove("current"); });
    if (opener) { opener.focus({ preventScroll: true }); opener = null; }
  }

  function open(link) {
    const found = entries(link);
    if (!found.length) { return false; }
    opener = link;
    panel.replaceChildren();
    const head = document.createElement("h2");
    head.textContent = "What was read here";
    head.tabIndex = -1;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.textContent = "Close";
    button.addEventListener("click", close);
    panel.append(button, head);
    found.forEach(function (node) { panel.append(copy(node)); });
    panel.hidden = false;
    document.querySelectorAll(".m.current").forEach(function (one) { one.classList.remove("current"); });
    const keys = new Set((link.dataset.c || "").split(" "));
    document.querySelectorAll(".text .m").forEach(function (one) {
      if ((one.dataset.c || "").split(" ").some(function (key) { return keys.has(key) && key === (link.dataset.c || "").split(" ")[0]; })) {
        one.classList.add("current");
      }
    });
    panel.scrollTop = 0;
    head.focus();
    return true;
  }

  document.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
    const link = event.target.closest("a[data-c]");
    if (link && open(link)) { event.preventDefault(); return; }
    const inside = event.target.closest("#panel a[href^='#']");
    if (inside) { close(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !panel.hidden) { close(); }
  });

  const legend = document.getElementById("legend");
  if (legend) {
    legend.querySelectorAll("a.m").forEach(function (link) {
      const kind = Array.from(link.classList).find(function (name) { return name.startsWith("k-"); });
      const button = document.createElement("button");
      button.type = "button";
      button.className = link.className;
      button.textContent = link.textContent;
      button.setAttribute("aria-pressed", "true");
      button.addEventListener("click", function () {
        const on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(on));
        document.querySelectorAll(".columns").forEach(function (one) {
          one.classList.toggle("no-" + kind, !on);
        });
      });
      link.replaceWith(button);
    });
  }
}());
