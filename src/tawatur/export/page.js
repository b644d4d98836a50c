"use strict";
document.documentElement.classList.add("js");
const peek = document.querySelector(".peek");
const narrow = matchMedia("(max-width:820px)");
const calm = matchMedia("(prefers-reduced-motion:reduce)");
const show = (el) => el.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });

for (const doc of document.querySelectorAll(".doc")) {
  const report = doc.querySelector(".report");
  const cards = [...doc.querySelectorAll(".card")];
  const marks = [...doc.querySelectorAll(".m")];
  const refs = [...doc.querySelectorAll(".ref")];
  const rank = ["anchor", "cue", "number", "weapon", "time", "place", "actor", "target", "source", "content", "reason", "evidence"];
  let held = null;
  let lit = null;

  const roles = new Map(marks.map((m) => {
    const byRecord = new Map();
    for (const play of m.dataset.plays.split(" ")) {
      const [i, role] = play.split(":");
      if (!byRecord.has(i) || rank.indexOf(role) < rank.indexOf(byRecord.get(i))) byRecord.set(i, role);
    }
    return [m, byRecord];
  }));
  // The record that a stretch of text stands for: the one that it plays the narrowest part in.
  const best = (m) => [...roles.get(m)].filter(([i]) => !cards[i].hidden)
    .sort((a, b) => rank.indexOf(a[1]) - rank.indexOf(b[1]))[0]?.[0] ?? null;

  function light(i, { text = false, side = false } = {}) {
    if (i !== lit) {
      lit = i;
      report.classList.toggle("dim", i !== null);
      for (const [m, byRecord] of roles) {
        const role = i === null ? undefined : byRecord.get(i);
        m.classList.toggle("on", role !== undefined);
        if (role) m.dataset.role = role; else delete m.dataset.role;
      }
      for (const c of cards) c.classList.toggle("on", c.dataset.i === i);
      for (const r of refs) r.classList.toggle("on", r.dataset.i === i);
    }
    if (i === null) return;
    if (text && !narrow.matches) {
      const first = marks.find((m) => roles.get(m).get(i) === "anchor") ?? marks.find((m) => roles.get(m).has(i));
      if (first) show(first);
    }
    if (side && !narrow.matches) show(cards[i]);
  }
  function hold(i) {
    held = i;
    for (const c of cards) c.classList.toggle("locked", c.dataset.i === i);
    light(i);
    peek.hidden = i === null;
    peek.textContent = i === null ? "" : cards[i].querySelector(".gloss").textContent;
  }

  for (const c of cards) {
    c.addEventListener("mouseenter", () => held === null && light(c.dataset.i, { text: true }));
    c.addEventListener("mouseleave", () => held === null && light(null));
    c.addEventListener("focus", () => { if (held !== null && held !== c.dataset.i) hold(c.dataset.i); light(c.dataset.i, { text: true }); });
    c.addEventListener("click", (e) => { if (!e.target.closest("a,summary,button")) { hold(held === c.dataset.i ? null : c.dataset.i); light(held ?? c.dataset.i, { text: true }); } });
    c.addEventListener("keydown", (e) => {
      if (e.target !== c) return;
      const seen = cards.filter((x) => !x.hidden);
      const at = seen.indexOf(c);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: seen.length - 1 }[e.key];
      if (to !== undefined && seen[to]) { e.preventDefault(); seen[to].focus(); }
      if (e.key === "Enter") { e.preventDefault(); hold(held === c.dataset.i ? null : c.dataset.i); light(c.dataset.i, { text: true }); }
    });
  }
  for (const m of marks) {
    m.addEventListener("mouseenter", () => held === null && light(best(m), { side: true }));
    m.addEventListener("mouseleave", () => held === null && light(null));
    m.addEventListener("click", () => { const i = best(m); if (i !== null) { hold(held === i ? null : i); light(held ?? i, { side: true }); } });
  }
  for (const r of refs) {
    r.addEventListener("focus", () => { if (held === null) light(r.dataset.i, { side: true }); });
    r.addEventListener("click", (e) => { e.preventDefault(); hold(r.dataset.i); cards[r.dataset.i].focus(); });
  }
  // An address that ends in a record's id opens with that record held.
  const named = cards.find((c) => `#${c.id}` === location.hash);
  if (named) { hold(named.dataset.i); light(named.dataset.i, { text: true, side: true }); }
  doc.addEventListener("focusout", (e) => { if (held === null && !doc.contains(e.relatedTarget)) light(null); });
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") { hold(null); light(null); } });
  for (const b of doc.querySelectorAll(".filter button")) {
    b.addEventListener("click", () => {
      for (const x of doc.querySelectorAll(".filter button")) x.setAttribute("aria-pressed", String(x === b));
      for (const c of cards) c.hidden = Boolean(b.dataset.kind) && c.dataset.kind !== b.dataset.kind;
      for (const r of refs) r.hidden = cards[r.dataset.i].hidden;
      hold(null);
    });
  }
}
