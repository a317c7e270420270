// Runs Lighthouse over the loan page, the widget and the embed page of the sample
// and prints the figures. Ends with 1 where one of them, without what the table
// below leaves out, is not 100. Usage: node figures.mjs PROGRAM
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";
import lighthouse from "lighthouse";
import { launch } from "chrome-launcher";

// What is left out, and why. Both figures are printed.
const robots = "the card's policy forbids the request by which Lighthouse reads robots.txt; the pages' allows it, and there it is judged";
const noindex = "a card is no search result of its own: noindex, indexifembedded";
const pages = {
  "loan page": { path: "/lend/100001", without: {} },
  widget: {
    path: "/embed/100001",
    without: {
      "robots-txt": robots,
      "is-crawlable": noindex,
      "meta-description": noindex,
    },
  },
  "embed page": { path: "/embed/", without: {} },
};
const categories = ["accessibility", "best-practices", "seo"];

const probe = createServer().listen(0, "127.0.0.1");
await once(probe, "listening");
const addr = `127.0.0.1:${probe.address().port}`;
probe.close();

const program = spawn(process.argv[2], ["serve", "--addr", addr, "--base-url", `http://${addr}`], { stdio: "ignore" });
const chrome = await launch({
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
let failed = false;
try {
  for (let tries = 0; ; tries++) {
    try {
      if ((await fetch(`http://${addr}/readyz`)).ok) break;
      throw new Error("it has no data yet");
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  for (const [name, { path, without }] of Object.entries(pages)) {
    const { lhr } = await lighthouse(`http://${addr}${path}`, { port: chrome.port, onlyCategories: categories, logLevel: "error" });
    for (const { id, score, auditRefs } of Object.values(lhr.categories)) {
      const counted = auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && !(id in without));
      const left = auditRefs.filter(({ id, weight }) => weight > 0 && id in without && lhr.audits[id].score < 1).map(({ id }) => id);
      const sum = (list, of) => list.reduce((all, ref) => all + of(ref), 0);
      const figure = Math.round((100 * sum(counted, (r) => r.weight * lhr.audits[r.id].score)) / sum(counted, (r) => r.weight));
      const short = counted.filter(({ id }) => lhr.audits[id].score < 1).map(({ id }) => `${id} (${lhr.audits[id].title})`);
      failed ||= figure < 100;
      console.log(`${name.padEnd(11)} ${id.padEnd(15)} ${figure}` + (left.length ? `, ${Math.round(100 * score)} with ${left.join(", ")}` : "") + (short.length ? `: ${short.join(", ")}` : ""));
    }
  }
  for (const [name, { without }] of Object.entries(pages))
    for (const [audit, why] of Object.entries(without)) console.log(`left out of the ${name}: ${audit}: ${why}`);
} finally {
  chrome.kill();
  program.kill("SIGTERM");
}
process.exit(failed ? 1 : 0);
