// Uses the service as a reader does, in headless Chromium, and prints what was wrong and what was seen as JSON.
// Asked for by tests/service/browser.rs: service.mjs CHROMIUM ADDRESS TOKEN
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [executablePath, address, password] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const faults = [];
const seen = {};
const signedIn = { httpCredentials: { username: "alice", password }, acceptDownloads: true };

const watched = async (options) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (!message.text().includes("the server responded with a status of")) faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) faults.push(`request: ${request.url()}`);
  });
  return page;
};
const opened = async (page) => {
  await page.locator("details.tools > summary").click();
  return page.locator("details.tools");
};

// Without a token there is nothing to see.
const stranger = await watched({});
seen.stranger = (await stranger.context().request.get(`${address}/deployments/demo`)).status();

// Sign in, open a deployment, pick another window.
const reader = await watched({ ...signedIn, viewport: { width: 1280, height: 900 } });
await reader.goto(`${address}/`);
await reader.getByRole("link", { name: "demo" }).click();
await reader.waitForSelector("#report");
seen.sentence = await reader.locator(".decision .sentence").textContent();
// A page that is loaded again looks as before: what its policy forbids is said on the console.
await reader.reload();
await reader.waitForSelector("#report");
let tools = await opened(reader);
await tools.locator("input[name=stagger]").first().fill("2026-02-02T00:00:00Z/2026-02-02T02:00:00Z");
await tools.getByRole("button", { name: "Compare" }).first().click();
await reader.waitForSelector("#report");
seen.window = await reader.locator(".windows .period").nth(1).textContent();

// Download its Markdown.
tools = await opened(reader);
const [download] = await Promise.all([reader.waitForEvent("download"), tools.getByRole("link", { name: "Markdown" }).click()]);
seen.markdown = readFileSync(await download.path(), "utf8");

// Share it, open it without a token, revoke it.
await tools.getByRole("button", { name: "Make a link" }).click();
const link = await reader.locator("a#link").getAttribute("href");
const shared = await stranger.goto(link);
seen.shared = shared.status();
seen.shared_window = await stranger.locator(".windows .period").nth(1).textContent();
await reader.goto(`${address}/links`);
await reader.getByRole("button", { name: "Revoke" }).click();
await reader.waitForURL(`${address}/links`);
seen.revoked = (await stranger.goto(link)).status();

// Each page, for readers of all kinds.
const pages = ["/", "/deployments/demo", "/deployments/broken", "/deployments/source", "/links", "/reference", "/nothing"];
for (const options of [
  { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
]) {
  for (const path of pages) {
    const context = await browser.newContext({ ...signedIn, ...options, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(address + path);
    const tools = page.locator("details.tools > summary");
    if (await tools.count()) await tools.click();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) faults.push(`${path}: wider than the window by ${wide}`);
    await page.addScriptTag({ content: axe });
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, impact, nodes } of violations) {
      if (impact === "serious" || impact === "critical") faults.push(`${path}: ${id}: ${nodes[0].html.slice(0, 160)}`);
    }
    await context.close();
  }
}

// Without scripts the same can be asked for.
const plain = await watched({ ...signedIn, javaScriptEnabled: false });
await plain.goto(`${address}/deployments/demo`);
await plain.locator("details.tools > summary").click();
await plain.locator("input[name=stagger]").first().fill("2026-02-02T00:00:00Z/2h");
await plain.getByRole("button", { name: "Compare" }).first().click();
await plain.waitForSelector("#report");
seen.plain_window = await plain.locator(".windows .period").nth(1).textContent();

await browser.close();
console.log(JSON.stringify({ faults, seen }));
