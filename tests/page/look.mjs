// Opens pages from disk in headless Chromium as readers do, and prints what is wrong with them as JSON, a
// list for each file. Asked for by tests/page.rs: look.mjs CHROMIUM FILE…
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, ...files] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const readers = [
  { name: "desk", viewport: { width: 1280, height: 900 }, colorScheme: "light", examined: true },
  { name: "desk by night", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "phone", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { name: "phone by night", viewport: { width: 390, height: 844 }, colorScheme: "dark", examined: true },
  { name: "without scripts", viewport: { width: 390, height: 844 }, javaScriptEnabled: false },
];

const browser = await chromium.launch({
  executablePath,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const found = {};
for (const file of files) {
  found[file] = [];
  for (const reader of readers) {
    const note = (what) => found[file].push(`${reader.name}: ${what}`);
    await read(file, reader, note);
  }
}
await browser.close();
console.log(JSON.stringify(found));

async function read(file, reader, note) {
  const { name, examined, ...options } = reader;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  page.on("console", (message) => note(`console: ${message.text()}`));
  page.on("pageerror", (error) => note(`error: ${error.message}`));
  page.on("dialog", (dialog) => note(`dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (request.url() !== url) note(`request: ${request.url()}`);
  });
  await page.goto(url, { waitUntil: "load" });
  (await page.evaluate(wrong)).forEach(note);
  if (name === "desk") {
    (await page.evaluate(tables)).forEach(note);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    if (pdf.length < 1000) note("prints nothing");
  }
  await context.close();
  if (examined) (await accessible(url, options)).forEach(note);
}

// The page's own policy refuses foreign scripts; axe is let in where it does not hold.
async function accessible(url, options) {
  const context = await browser.newContext({ ...options, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(url);
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate(() => window.axe.run());
  await context.close();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `axe: ${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" ")}`);
}

// Anything that text could have become, and anything that is cut off.
function wrong() {
  const faults = [];
  const known = new Set(
    (
      "html head meta title link style body a header nav main section footer p h1 h2 h3 h4 div span strong bdi dl dt dd ol ul li " +
      "details summary table caption thead tbody tr th td figure figcaption pre code script button label input " +
      "svg g title desc path rect line circle text"
    ).split(" "),
  );
  for (const element of document.querySelectorAll("*")) {
    const tag = element.localName;
    if (!known.has(tag)) faults.push(`an element <${tag}>`);
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || name === "style" || name === "srcdoc") faults.push(`<${tag}> has ${name}`);
      const points = name === "href" || name === "src" || name.endsWith(":href");
      if (points && !value.startsWith("#") && value !== "data:,") faults.push(`<${tag}> points to ${value}`);
      if (points && value.startsWith("#") && !document.getElementById(value.slice(1))) faults.push(`nothing is at ${value}`);
    }
  }
  const count = (selector) => document.querySelectorAll(selector).length;
  if (count("script") !== 1 || count("style") !== 1) faults.push("not one script and one style sheet");
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) faults.push("an id is there twice");
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`wider than the window: ${document.documentElement.scrollWidth}`);
  for (const drawing of document.querySelectorAll("svg.drawing")) {
    const titled = (drawing.getAttribute("aria-labelledby") ?? "").split(" ").every((id) => document.getElementById(id)?.textContent.trim());
    if (drawing.getAttribute("role") !== "img" || !titled) faults.push("a chart without title and description");
  }
  return faults;
}

// Tables are sorted by their keys, and rows are found.
function tables() {
  const faults = [];
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    const column = heads.findIndex((_, nth) => [...table.tBodies[0].rows].some((row) => row.cells[nth].dataset.key));
    if (column < 0) continue;
    const keys = () => [...table.tBodies[0].rows].map((row) => Number(row.cells[column].dataset.key));
    for (const [way, sign] of [["descending", -1], ["ascending", 1]]) {
      heads[column].querySelector("button").click();
      if (heads[column].getAttribute("aria-sort") !== way) faults.push(`not sorted ${way}`);
      if (!keys().every((key, nth, all) => nth === 0 || sign * (key - all[nth - 1]) >= 0)) faults.push(`wrong order ${way}`);
    }
    const search = table.closest(".scroll").previousElementSibling?.querySelector("input[type=search]");
    if (!search) continue;
    const wanted = table.tBodies[0].rows[1].cells[0].textContent.trim();
    search.value = wanted;
    search.dispatchEvent(new Event("input"));
    const shown = [...table.tBodies[0].rows].filter((row) => !row.hidden);
    if (shown.length === 0 || !shown.every((row) => row.textContent.toLowerCase().includes(wanted.toLowerCase()))) faults.push("filter");
    search.value = "";
    search.dispatchEvent(new Event("input"));
  }
  return faults;
}
