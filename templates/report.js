"use strict";
// Sorts and filters the long tables. The page is whole without it.
(() => {
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

  const filter = (table, nth) => {
    const holder = document.createElement("p");
    holder.className = "filter";
    const label = document.createElement("label");
    label.htmlFor = `filter-${nth}`;
    label.textContent = "Show rows with";
    const input = document.createElement("input");
    input.id = label.htmlFor;
    input.type = "search";
    const found = document.createElement("span");
    found.setAttribute("role", "status");
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      const rows = [...table.tBodies[0].rows];
      rows.forEach((row) => {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
      });
      const shown = rows.filter((row) => !row.hidden).length;
      found.textContent = wanted === "" ? "" : `${shown} of ${rows.length}`;
    });
    holder.append(label, input, found);
    table.closest(".scroll").before(holder);
  };

  document.querySelectorAll("table.sortable").forEach((table, nth) => {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sort(table, column));
      head.replaceChildren(button);
    });
    if (table.tBodies[0].rows.length > 8) filter(table, nth);
  });
})();
