"use strict";
// Sorts, filters and folds the long tables, and copies commands. The page is whole without it.
(() => {
  const LONG = 25;
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const words = new Intl.Collator("en", { numeric: true });
  const cell = (row, column) => row.cells[column];
  const key = (row, column) => cell(row, column).dataset.key ?? cell(row, column).textContent.trim();
  const isKeyed = (rows, column) => rows.some((row) => cell(row, column).dataset.key !== undefined);

  const order = (column, keyed, way) => (a, b) => {
    const [x, y] = [key(a, column), key(b, column)];
    // What is absent comes last, whichever way.
    if (keyed && (x === "" || y === "")) return (x === "") - (y === "");
    return way * (keyed ? Number(x) - Number(y) : words.compare(x, y));
  };

  const sort = (table, column) => {
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const keyed = isKeyed(rows, column);
    const now = heads[column].getAttribute("aria-sort");
    const next = now === (keyed ? "descending" : "ascending") ? (keyed ? "ascending" : "descending") : keyed ? "descending" : "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", next);
    body.append(...rows.sort(order(column, keyed, next === "ascending" ? 1 : -1)));
  };

  // Beside a figure, a button for the command that explains it; made when the row is first shown.
  const explain = (table, row) => {
    if (row.dataset.job === undefined || row.querySelector("button")) return;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (!head.dataset.metric || cell(row, column).dataset.key === "") return;
      const job = `'${row.dataset.job.replaceAll("'", "'\\''")}'`;
      const command = `jobdelta explain ${job} ${head.dataset.metric} ${table.dataset.explain}`;
      cell(row, column).prepend(copier(command, `Copy the command that explains ${head.textContent} of ${row.dataset.job}`));
    });
  };

  const copier = (text, label) => {
    const button = make("button", { type: "button", className: "copy", title: label });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), 1500);
    });
    return button;
  };

  // The rows of a table that are shown: those of a group, with a text, and of these the first.
  const shown = (table, nth) => {
    const body = table.tBodies[0];
    const rows = () => [...body.rows];
    const state = { group: "", text: "", all: false };
    const found = make("span");
    found.setAttribute("role", "status");
    const more = make("button", { type: "button", className: "more-rows" });
    const apply = () => {
      let matching = 0;
      for (const row of rows()) {
        const fits = (state.group === "" || row.dataset.group === state.group) && (state.text === "" || row.textContent.toLowerCase().includes(state.text));
        row.hidden = !fits;
        matching += fits;
        const folded = fits && matching > LONG && !state.all && table.classList.contains("long");
        row.classList.toggle("folded", folded);
        if (fits && !folded) explain(table, row);
      }
      found.textContent = state.text === "" && state.group === "" ? "" : `${matching} of ${rows().length}`;
      more.textContent = state.all ? `Show the first ${LONG}` : `Show all ${matching}`;
      more.hidden = matching <= LONG || !table.classList.contains("long");
    };
    more.addEventListener("click", () => { state.all = !state.all; apply(); });

    const holder = make("div", { className: "filter" });
    const groups = new Map();
    rows().forEach((row) => row.dataset.group && groups.set(row.dataset.group, (groups.get(row.dataset.group) ?? 0) + 1));
    if (groups.size > 1) {
      const names = ["worse", "better", "unclear"].filter((name) => groups.has(name));
      const chips = [...names.map((name) => [name, `${name} ${groups.get(name)}`]), ["", `all ${rows().length}`]].map(([group, label]) => {
        const chip = make("button", { type: "button", className: "chip", textContent: label });
        chip.setAttribute("aria-pressed", group === "");
        chip.addEventListener("click", () => {
          state.group = group;
          chips.forEach((other) => other.setAttribute("aria-pressed", other === chip));
          apply();
        });
        return chip;
      });
      holder.append(...chips);
    }
    const label = make("label", { htmlFor: `filter-${nth}`, textContent: "Show rows with" });
    const input = make("input", { id: label.htmlFor, type: "search" });
    input.addEventListener("input", () => { state.text = input.value.trim().toLowerCase(); apply(); });
    holder.append(label, input, found);
    const frame = table.closest(".scroll");
    frame.before(holder);
    frame.after(more);
    apply();
    return { apply, unfold: () => { state.all = true; state.group = ""; apply(); } };
  };

  document.querySelectorAll("table.sortable").forEach((table, nth) => {
    // What is folded away without a script joins its table, so that it sorts and filters as one.
    const rest = table.closest(".scroll").nextElementSibling;
    if (rest?.matches("details.rest")) {
      table.tBodies[0].append(...rest.querySelectorAll("tbody tr"));
      rest.remove();
    }
    const rows = table.tBodies[0].rows.length > 8 ? shown(table, nth) : { apply: () => [...table.tBodies[0].rows].forEach((row) => explain(table, row)) };
    rows.apply();
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = make("button", { type: "button", textContent: head.textContent });
      button.addEventListener("click", () => { sort(table, column); rows.apply(); });
      head.replaceChildren(button);
    });
    const follow = () => {
      const row = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("tr.folded, tr[hidden]");
      if (row && table.contains(row)) { rows.unfold(); row.scrollIntoView(); }
    };
    addEventListener("hashchange", follow);
    follow();
  });

  document.querySelectorAll(".command").forEach((command) => command.append(" ", copier(command.textContent, "Copy this command")));

  // On a phone the contents are folded.
  const contents = document.querySelector("details.contents");
  if (contents && matchMedia("(max-width: 40rem)").matches) contents.open = false;
})();
