"use strict";
// The page is whole without this script. It folds the details, filters the lists, keeps the filter in the address, and switches colours.
(function () {
  const root = document.documentElement;
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const form = document.querySelector("form.filter");
  const fields = Array.from(form.querySelectorAll("select, input"));
  const groups = Array.from(document.querySelectorAll(".filtered")).map(function (group) {
    const rows = Array.from(group.querySelectorAll("tr[data-plan]"), function (row) {
      const units = row.dataset.units ? row.dataset.units.split(" ").map(function (number) { return facts.units[number]; }) : [];
      return { row: row, units: units, text: null };
    });
    return { group: group, rows: rows, count: group.querySelector(".count"), empty: group.querySelector(".empty") };
  });
  const folds = Array.from(document.querySelectorAll("details"));

  function textOf(each) {
    if (each.text === null) each.text = each.row.textContent.toLowerCase();
    return each.text;
  }

  function wanted() {
    const state = {};
    fields.forEach(function (field) { if (field.value.trim()) state[field.name] = field.value.trim(); });
    return state;
  }

  function matches(each, state, words) {
    const data = each.row.dataset;
    return (!state.plan || data.plan === state.plan) && (!state.status || data.status === state.status) &&
      (!state.light || data.light === state.light) && (!state.unit || each.units.includes(state.unit)) &&
      words.every(function (word) { return textOf(each).includes(word); });
  }

  function said(shown, all) {
    return facts.words.shown.replace("{shown}", shown).replace("{all}", all);
  }

  function apply() {
    const state = wanted();
    const words = (state.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    const narrowed = Object.keys(state).length > 0;
    let shown = 0, all = 0;
    groups.forEach(function (part) {
      let here = 0;
      part.rows.forEach(function (each) {
        const fits = matches(each, state, words);
        each.row.hidden = !fits;
        if (fits) here += 1;
      });
      part.group.querySelectorAll("tbody").forEach(function (body) { body.hidden = !body.querySelector("tr[data-plan]:not([hidden])"); });
      if (part.count) part.count.textContent = narrowed ? said(here, part.rows.length) : "";
      if (part.empty) part.empty.hidden = here > 0;
      shown += here;
      all += part.rows.length;
    });
    form.querySelector(".shown").textContent = narrowed ? said(shown, all) : "";
    return state;
  }

  function remember() {
    const state = apply();
    const hash = Object.keys(state).map(function (key) { return key + "=" + encodeURIComponent(state[key]); }).join("&");
    try { history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search); } catch (error) { location.hash = hash; }
  }

  function decoded(text) {
    try { return decodeURIComponent(text); } catch (error) { return text; }
  }

  function reveal(target) {
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    const own = target.matches("tr") && target.querySelector("details");
    if (own) own.open = true;
    if (target.hidden) { form.reset(); apply(); }
    target.scrollIntoView();
  }

  function restore() {
    const hash = location.hash.slice(1);
    const target = hash && document.getElementById(decoded(hash));
    if (target) { apply(); reveal(target); return; }
    const state = {};
    hash.split("&").forEach(function (pair) {
      const at = pair.indexOf("=");
      if (at > 0) state[pair.slice(0, at)] = decoded(pair.slice(at + 1));
    });
    fields.forEach(function (field) {
      field.value = state[field.name] || "";
      if (field.selectedIndex === -1) field.selectedIndex = 0;
    });
    apply();
  }

  function paint(theme) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme; else delete root.dataset.theme;
  }

  const theme = document.getElementById("theme");
  try { theme.value = localStorage.getItem("planctl-theme") || "auto"; } catch (error) { theme.value = "auto"; }
  if (theme.selectedIndex === -1) theme.value = "auto";
  paint(theme.value);
  theme.addEventListener("change", function () {
    paint(theme.value);
    try { localStorage.setItem("planctl-theme", theme.value); } catch (error) { /* private browsing keeps nothing */ }
  });

  function fold(open) {
    document.querySelectorAll("#tasks details").forEach(function (details) { details.open = open; });
  }

  let before = [];
  addEventListener("beforeprint", function () {
    before = folds.filter(function (details) { return !details.open; });
    before.forEach(function (details) { details.open = true; });
  });
  addEventListener("afterprint", function () { before.forEach(function (details) { details.open = false; }); });

  folds.forEach(function (details) { details.open = false; });
  const timeline = document.querySelector(".course .wide");
  if (timeline) timeline.closest("details").open = true;
  document.querySelectorAll(".control").forEach(function (control) { control.hidden = false; });
  document.getElementById("open-all").addEventListener("click", function () { fold(true); });
  document.getElementById("close-all").addEventListener("click", function () { fold(false); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(remember); });
  form.addEventListener("change", remember);
  let waiting = 0;
  form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(remember, 120); });
  addEventListener("hashchange", restore);
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(decoded(link.getAttribute("href").slice(1)));
    if (!target) return;
    // Following a link within the page keeps the filter in the address.
    event.preventDefault();
    reveal(target);
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  });
  restore();
  root.classList.add("ready");
})();
