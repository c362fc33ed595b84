// Says the windows of the form in the reader's own time. Everything works without it.
(() => {
  "use strict";
  const form = document.querySelector("form.picker");
  const place = document.querySelector("[data-local]");
  if (!form || !place) return;
  const shown = (text) => {
    const [start, end] = text.split("/").map((part) => new Date(part));
    if (!end || Number.isNaN(start.getTime()) || Number.isNaN(end.getTime())) return "";
    const format = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
    return format.formatRange(start, end);
  };
  const say = () => {
    const before = shown(form.elements.baseline.value);
    const after = shown(form.elements.stagger.value);
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    place.hidden = !before && !after;
    place.textContent = `In your time (${zone}): before ${before || "–"}; after ${after || "–"}`;
  };
  form.addEventListener("input", say);
  say();
})();
