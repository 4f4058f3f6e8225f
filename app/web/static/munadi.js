// An extra: every page works without it. It counts while one types, keeps what is typed on the
// phone itself, shows what moves, and lets a form go only once.
"use strict";
(() => {
  const each = (selector, work) => document.querySelectorAll(selector).forEach(work);
  const page = (text) => new DOMParser().parseFromString(text, "text/html");

  // Put the fresh parts in the place of the old ones, but never under somebody's hands.
  function renew(text) {
    page(text).querySelectorAll("[data-part]").forEach((fresh) => {
      const old = document.querySelector(`[data-part="${fresh.dataset.part}"]`);
      if (old && old.innerHTML !== fresh.innerHTML && !old.contains(document.activeElement)) {
        old.replaceChildren(...fresh.childNodes);
      }
    });
  }

  // A double click sends one form; a page that comes back from the browser's memory may send again.
  each("form", (form) => {
    let sentAt = 0;
    form.addEventListener("submit", (event) => {
      if (Date.now() - sentAt < 3000) event.preventDefault();
      else sentAt = Date.now();
    });
    addEventListener("pageshow", () => { sentAt = 0; });
  });

  // What is typed stays on this device until the office has it.
  each("form[data-draft]", (form) => {
    const key = `draft ${form.dataset.draft}`;
    const fields = [...form.elements].filter((field) => field.matches("textarea, input:not([type=hidden])"));
    const typed = () => fields.filter((f) => f.type !== "radio" || f.checked).map((f) => [f.name, f.value]);
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (kept && JSON.stringify(kept) !== JSON.stringify(typed())) {
      const values = new Map(kept);
      fields.forEach((field) => {
        if (field.type === "radio") field.checked = values.get(field.name) === field.value;
        else field.value = values.get(field.name) ?? "";
      });
      const note = document.createElement("p");
      note.className = "note";
      note.textContent = form.dataset.kept;
      form.before(note);
    }
    let timer, asked = 0;
    async function count() {
      const mine = ++asked;
      const body = new URLSearchParams(new FormData(form));
      body.set("do", "live");
      try {
        const answer = await fetch(form.action, { method: "POST", body });
        if (!answer.ok || mine !== asked) return;
        renew(await answer.text());
        localStorage.removeItem(key);
      } catch { /* the line is gone: what is typed is kept above */ }
    }
    form.addEventListener("input", () => {
      localStorage.setItem(key, JSON.stringify(typed()));
      clearTimeout(timer);
      timer = setTimeout(count, 700);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
    if (kept) count();
  });

  // What moves: told by the server where the line holds, else asked for now and then.
  each("[data-events]", (place) => {
    const source = new EventSource(place.dataset.events);
    source.onmessage = (event) => renew(event.data);
    source.addEventListener("turn", () => location.reload());
    source.addEventListener("end", () => source.close());
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 15000);
    };
    addEventListener("pagehide", () => source.close());
  });
  each("[data-live]", (place) => {
    setInterval(async () => {
      if (document.hidden || place.contains(document.activeElement) && document.activeElement.value) return;
      try {
        const answer = await fetch(place.dataset.live, { headers: { Accept: "text/html" } });
        if (answer.ok) renew(await answer.text());
      } catch { /* next time */ }
    }, 2000);
  });
  setInterval(() => each("[data-seconds]", (place) => {
    const digits = place.querySelector("bdi") || place;
    const left = Number(digits.textContent) - 1;
    if (left >= 0) digits.textContent = left;
  }), 1000);

  each("[data-copy]", (button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      button.textContent = button.dataset.done;
    });
  });
})();
