// Measures pages as readers see them, as JSON by file: the height on a desk, the words of a phone's first screen, and
// the pages on paper. measure.mjs CHROMIUM FILE…
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, ...files] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
const measured = {};
for (const file of files) {
  const opened = async (viewport) => {
    const page = await browser.newPage({ viewport });
    await page.goto(pathToFileURL(file).href);
    return page;
  };
  const desk = await opened({ width: 1280, height: 900 });
  const height = await desk.evaluate(() => document.documentElement.scrollHeight);
  const paper = (await desk.pdf({ preferCSSPageSize: true })).toString("latin1");
  const phone = await opened({ width: 390, height: 844 });
  const first_screen = await phone.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(text);
      const { width, bottom } = range.getBoundingClientRect();
      if (width > 0 && bottom > 0 && bottom <= innerHeight) seen.push(text.textContent);
    }
    return seen.join(" ").replace(/\s+/g, " ");
  });
  const wide = await phone.evaluate(() => [...document.querySelectorAll(".scroll")].filter((frame) => frame.scrollWidth > frame.clientWidth).length);
  measured[file] = { height, pages: paper.match(/\/Type\s*\/Page[^s]/g).length, first_screen, wide };
}
await browser.close();
console.log(JSON.stringify(measured));
