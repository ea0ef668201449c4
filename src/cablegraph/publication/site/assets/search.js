// The search page: finds by word, in any grammatical form, in lists loaded as small scripts.
(function () {
  "use strict";
  const head = window.cablegraphSearch;
  const form = document.getElementById("search");
  const box = document.getElementById("q");
  const list = document.getElementById("results");
  const status = document.getElementById("status");
  if (!head || !form) { return; }
  const shards = new Set(head.shards);
  const loaded = new Map();
  const waiting = new Map();

  window.cablegraphLoaded = function (key, value) { loaded.set(key, value); };

  function load(key) {
    if (loaded.has(key)) { return Promise.resolve(loaded.get(key)); }
    if (!waiting.has(key)) {
      waiting.set(key, new Promise(function (done) {
        const script = document.createElement("script");
        script.src = "../search/" + key + ".js";
        script.onload = function () { done(loaded.get(key)); };
        script.onerror = function () { done(null); };
        document.head.appendChild(script);
      }));
    }
    return waiting.get(key);
  }

  function shardOf(word) {
    return "w-" + Array.from(word).slice(0, 2).map(function (letter) {
      return letter.codePointAt(0).toString(16);
    }).join("-");
  }

  function stem(word) {
    if (/^[а-я]+$/.test(word)) { return word; }
    for (const [ending, instead] of head.endings) {
      if (word.endsWith(ending) && word.length - ending.length >= head.least) {
        word = word.slice(0, word.length - ending.length) + instead;
        break;
      }
    }
    return word.length > head.least && word.endsWith("e") ? word.slice(0, -1) : word;
  }

  async function lookUp(word) {
    const stems = new Set([stem(word)]);
    if (shards.has(shardOf(word))) {
      const shard = await load(shardOf(word));
      for (const one of (shard && shard.forms[word]) || []) { stems.add(one); }
    }
    const scores = new Map();
    for (const one of stems) {
      if (!shards.has(shardOf(one))) { continue; }
      const shard = await load(shardOf(one));
      const found = (shard && shard.found[one]) || [];
      const rare = Math.log(1 + head.items / (1 + found.length / 2));
      for (let i = 0; i < found.length; i += 2) {
        scores.set(found[i], (scores.get(found[i]) || 0) + rare * (1 + Math.log(found[i + 1])));
      }
    }
    return scores;
  }

  async function search(text) {
    const words = text.toLowerCase().replaceAll("ё", "е").replaceAll("’", "'")
      .match(/[\p{L}\p{N}]+(?:'\p{L}+)?/gu) || [];
    list.replaceChildren();
    if (!words.length) { status.textContent = ""; return; }
    status.textContent = "Searching…";
    let total = null;
    for (const word of words) {
      const found = await lookUp(word.replace(/'s$/, ""));
      if (total === null) { total = found; continue; }
      for (const [item, score] of Array.from(total)) {
        if (found.has(item)) { total.set(item, score + found.get(item)); } else { total.delete(item); }
      }
    }
    const ranked = Array.from(total).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
    await show(ranked.slice(0, 100).map(function (pair) { return pair[0]; }));
    status.textContent = ranked.length === 1 ? "1 page found" : ranked.length + " pages found" +
      (ranked.length > 100 ? "; the first 100 are shown" : "");
  }

  async function show(items) {
    for (const number of items) {
      const chunk = await load("items-" + Math.floor(number / head.chunk));
      const item = chunk && chunk[number % head.chunk];
      if (!item) { continue; }
      const line = document.createElement("li");
      const link = document.createElement("a");
      const words = document.createElement("bdi");
      link.href = "../" + item[0];
      words.textContent = item[1];
      link.append(words);
      line.append(link);
      if (item[2]) {
        const note = document.createElement("span");
        note.className = "quiet";
        note.textContent = " " + item[2];
        line.append(note);
      }
      list.append(line);
    }
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    search(box.value);
  });
  const asked = new URLSearchParams(window.location.search).get("q");
  if (asked) { box.value = asked; search(asked); }
}());
