// An extra: keeps what is typed as one types; on this device while the line is gone.
"use strict";
(() => {
  const form = document.querySelector("form[data-minutes]");
  if (!form) return;
  const own = form.elements, key = `minutes ${form.dataset.minutes}`;
  const seen = JSON.parse(own.base.value), left = {};
  let offered = JSON.parse(localStorage.getItem(key) || "{}"), timer, isBusy = false, pressed;

  const fields = () => [...own].filter((f) => f.name && f.matches("textarea, select, input:not([type=hidden])"));
  const told = (f) => f.type === "checkbox" ? (f.checked ? "1" : "") : f.value;
  const was = (name) => seen[name] ?? "";
  const changed = () => fields().map((f) => [f.name, told(f)]).filter(([name, value]) => value !== was(name));

  function remember() {
    const all = { ...offered };
    for (const [name, value] of changed()) all[name] = [was(name), value];
    if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all));
    else localStorage.removeItem(key);
  }

  async function keep() {
    const sent = changed();
    if (isBusy || sent.every(([name, value]) => left[name] === value)) return;
    isBusy = true;
    const base = JSON.stringify(Object.fromEntries(sent.map(([name]) => [name, was(name)])));
    const body = new URLSearchParams([...sent, ["do", "live"], ["base", base]]);
    for (const name of ["seal", "in", "version"]) body.set(name, own[name].value);
    const part = (name) => document.querySelector(`[data-part=${name}]`);
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const { dataset } = fresh.querySelector("[data-part=kept]");
      for (const [name, value] of sent) {
        (dataset.left.split(" ").includes(name) ? left : seen)[name] = value;
      }
      own.version.value = dataset.version;
      fresh.querySelectorAll("[data-part]").forEach((one) => part(one.dataset.part).replaceWith(one));
    } catch {
      part("kept").textContent = form.dataset.lost;
    }
    isBusy = false;
    remember();
    if (pressed) form.requestSubmit(pressed);
    pressed = null;
  }

  // One empty row stays last.
  function grow(row) {
    if (row.nextElementSibling) return;
    const [letter, no] = row.dataset.row.match(/\D+|\d+/g), next = Number(no) + 1;
    for (const name in seen) {
      if (name.startsWith(`${letter}${no}-`)) seen[name.replace(no, next)] ??= seen[name];
    }
    row.insertAdjacentHTML("afterend", row.outerHTML.replaceAll(`"${letter}${no}`, `"${letter}${next}`)
      .replace(new RegExp(`(>[^<>]*?)${no}(?=</span>)`), `$1${next}`));
  }

  form.addEventListener("input", ({ target }) => {
    const row = target.closest("[data-row]");
    if (row) grow(row);
    remember();
    clearTimeout(timer);
    timer = setTimeout(keep, 2500);
  });
  form.addEventListener("change", keep);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    const all = fields();
    all[all.indexOf(event.target) + 1]?.focus();
  });
  // The button waits for words under way: they would come back as somebody else's.
  form.addEventListener("submit", (event) => {
    own.base.value = JSON.stringify(seen);
    if (!isBusy || pressed) return;
    event.preventDefault();
    pressed = event.submitter;
  });
  addEventListener("online", keep);
  setInterval(keep, 5000);

  // What the line lost is offered back.
  const offer = document.querySelector("[data-offer]");
  for (const name in offered) {
    if (own[name] && told(own[name]) === offered[name][1]) delete offered[name];
  }
  remember();
  offer.hidden = !Object.keys(offered).length;
  offer.addEventListener("click", ({ target }) => {
    const { take } = target.dataset;
    if (!take) return;
    for (const name in take === "back" ? offered : {}) {
      const rows = form.querySelectorAll(`[data-row^=${name[0]}]`);
      if (!own[name] && rows.length) grow(rows[rows.length - 1]);
      if (!own[name]) continue;
      const [before, value] = offered[name];
      own[name][own[name].type === "checkbox" ? "checked" : "value"] = value;
      seen[name] = before;
    }
    offered = {};
    offer.hidden = true;
    remember();
    keep();
  });
})();
