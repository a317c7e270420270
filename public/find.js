/* Search of the documentation, in the reader's browser: an index that was made with
   the pages (package search says how it is written) is fetched when the box is first
   used, and what is shown of a text is cut from its page. Without this script there
   is no box. Nothing is stored but whether the key / leads here. */
"use strict";

/* searchWords are the words of a text. It is locale.TextWords, whose comment has the
   rules and the reasons; a test compares the two over every sign there is. */
const searchWords = (() => {
  const unspaced = "(?:(?![\\p{M}\\p{N}])[ー\\p{sc=Khmr}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Mymr}\\p{sc=Hani}\\p{sc=Hira}\\p{sc=Kana}])";
  const unseen = /[\p{Cf}\u0640]|(?=\p{Mn})\p{sc=Zinh}/gu;
  const parts = /[\p{L}\p{M}\p{N}'’‘ʼʻ`´]+/gu;
  const pieces = new RegExp(`(${unspaced}(?:${unspaced}|\\p{M})*)|(?:(?!${unspaced}).)+`, "gu");
  const clusters = /.(?:[\u17d2\u1039].|\p{M})*/gu;
  const article = /^(?:[وفبك]?ال|لل)(?=...)/u;
  const plain = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ς": "σ"};
  for (const zero of "٠۰០๐໐၀") for (let i = 0; i < 10; i++) plain[String.fromCharCode(zero.charCodeAt() + i)] = String(i);
  const folded = new RegExp("[" + Object.keys(plain).join("") + "]", "g");
  return (text) => {
    const words = [];
    text = text.normalize("NFKD").replaceAll("Σ", "σ").toLowerCase().replace(unseen, "").replace(folded, (letter) => plain[letter]);
    for (const [run] of text.matchAll(parts)) {
      const beside = run.split(/['’‘ʼʻ`´]/);
      for (const part of beside) {
        if (beside.length > 1 && [...part].length < 2) continue;
        for (const [piece, grams] of part.matchAll(pieces)) {
          if (!grams) {
            words.push(piece.replace(/^(.{32}).+/u, "$1").replace(article, "").replace(/^ا?(..)[او](.)$/u, "$1$2"));
            continue;
          }
          const list = grams.match(clusters);
          list.forEach((cluster, i) => words.push(cluster + (list[i + 1] ?? "")));
        }
      }
    }
    return words;
  };
})();

/* searchTerms are what is looked for: for each thing typed without a space the words
   that have to stand in one section. Of the last word the beginning will do, of the
   others from three letters on. The last cluster of a run is left out where the one
   before holds it, and what may become an Arabic article or plural is taken for one as
   well. */
const searchTerms = (query) => {
  const typed = query.trim().split(/\s+/u).map(searchWords).filter((words) => words.length);
  return typed.map((words, n) => {
    const last = n === typed.length - 1;
    return words.filter((word, i) => !i || !/^\p{Lo}/u.test(word) || !words[i - 1].endsWith(word)).map((word, i, all) => {
      const open = i === all.length - 1 && (last || [...word].length > 2);
      const rest = open && last ? word.replace(/^(?:[وفبك]?ال|لل)(?=.)/u, "") : word;
      return {word, starts: open ? [word, rest, rest.replace(/^ا?(..)[او]$/u, "$1")] : []};
    });
  });
};

/* searchMeets tells how well a word meets what is looked for: 2 if it is the same, 1
   if it begins so, else 0. */
const searchMeets = ({word, starts}, found) => found === word ? 2 : starts.some((start) => found.startsWith(start)) ? 1 : 0;

/* SearchIndex finds pages. Each of all terms has to stand on a page. A page is as good
   as the best places of its terms, the title before headings and these before the
   text. It is opened at the section where most of them stand; the title stands over
   every section. */
class SearchIndex {
  constructor({pages, words}) {
    this.words = Object.entries(words);
    this.count = 0;
    this.pages = pages.map(([path, title, lang, headings]) => {
      const first = this.count;
      this.count += 1 + headings.length / 2;
      return {path, title, lang, headings, first, end: this.count};
    });
  }

  /* where gives every section what the word is worth there: 0 where it is not. */
  where(term) {
    const worth = new Uint8Array(this.count);
    for (const [word, places] of this.words) {
      const met = searchMeets(term, word);
      if (!met) continue;
      let section = 0, n = 0, shift = 0;
      for (let i = 0; i < places.length; i++) {
        const c = places.charCodeAt(i);
        const digit = c > 96 ? c - 71 : c > 64 ? c - 65 : c > 47 ? c + 4 : c === 43 ? 62 : 63;
        n |= (digit & 31) << shift;
        shift += 5;
        if (digit & 32) continue;
        section += n >> 2;
        worth[section] = Math.max(worth[section], (n & 3) * 2 + met);
        n = shift = 0;
      }
    }
    return worth;
  }

  find(query) {
    const terms = searchTerms(query).map((words) => words.map((word) => this.where(word)));
    if (!terms.length) return [];
    const value = (term, section) => Math.min(...term.map((worth) => worth[section]));
    const found = [];
    for (const page of this.pages) {
      const best = terms.map(() => 0);
      let at = {met: 0, sum: 0}, times = 0;
      for (let section = page.first; section < page.end; section++) {
        let met = 0, sum = 0;
        terms.forEach((term, i) => {
          const v = value(term, section);
          if (v || best[i] > 6) met++;
          sum += v;
          best[i] = Math.max(best[i], v);
        });
        if (met > at.met || met === at.met && sum > at.sum) at = {met, sum, section};
        if (met) times++;
      }
      if (!best.every(Boolean)) continue;
      const [id = "", heading = ""] = page.headings.slice((at.section - page.first - 1) * 2, (at.section - page.first) * 2);
      found.push({page, id, heading, score: best.reduce((a, b) => a + b) * 100 + Math.min(at.sum * 4 + times, 99)});
    }
    return found.sort((a, b) => b.score - a.score);
  }
}

/* searchCut is a part of a text around the first word that is looked for, as nodes in
   which those words are marked. */
const searchCut = (text, query) => {
  const terms = searchTerms(query).flat();
  const runs = query.toLowerCase().split(/\s+/u);
  const marks = [];
  for (const {0: word, index} of text.matchAll(/[\p{L}\p{M}\p{N}'’\p{Cf}]+/gu)) {
    if (marks.length && index > marks[0][0] + 160) break;
    const words = searchWords(word);
    if (!words.some((found) => terms.some((term) => searchMeets(term, found)))) continue;
    /* Where no spaces stand, a word is what was typed. */
    const run = words.length > 1 && runs.find((typed) => typed && word.toLowerCase().includes(typed));
    const from = index + (run ? word.toLowerCase().indexOf(run) : 0);
    if (run || words.length < 3) marks.push([from, from + (run || word).length]);
  }
  const first = marks.length ? marks[0][0] : 0;
  let from = first > 70 ? text.lastIndexOf(" ", first - 50) + 1 : 0;
  if (first - from > 90) from = first;
  let end = from + 170;
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), marks.length ? marks[0][1] : 0, from + 120);
  end += /^[\p{M}\udc00-\udfff]*/u.exec(text.slice(end, end + 20))[0].length;
  const nodes = [from ? "… " : ""];
  let at = from;
  for (const [start, stop] of marks.filter(([, stop]) => stop <= end)) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, stop);
    nodes.push(text.slice(at, start), mark);
    at = stop;
  }
  nodes.push(text.slice(at, end), end < text.length ? " …" : "");
  return nodes;
};

/* searchSection is the text of a page below a heading, or before the first one;
   where there is none, that below the next. */
const searchSection = (page, id) => {
  const inline = "a,abbr,b,bdi,bdo,cite,code,del,dfn,em,i,ins,kbd,mark,q,s,samp,small,span,strong,sub,time,u,var,wbr";
  let within = !id, text = "";
  const walker = page.createTreeWalker(page.querySelector(".document .text") ?? page.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (!node.matches?.("h1[id],h2[id],h3[id],h4[id],h5[id],h6[id]")) return NodeFilter.FILTER_ACCEPT;
    within = node.id === id || within && !text.trim();
    return NodeFilter.FILTER_REJECT;
  });
  for (let node; (node = walker.nextNode());) {
    if (within) text += node.matches ? node.matches(inline) ? "" : " " : node.data;
  }
  return text.replace(/\s+/gu, " ").trim();
};

for (const box of document.querySelectorAll(".find")) {
  const input = box.querySelector("input"), panel = box.querySelector(".found"), key = panel.querySelector("input");
  const said = box.querySelector("[role=status]"), told = document.createElement("p"), list = document.createElement("ol");
  const most = 10;
  const texts = new Map();
  let index, rest, asked = "";
  told.ariaHidden = "true";
  panel.prepend(told, list);
  box.hidden = false;

  const load = () => index ??= fetch(box.dataset.index).then((answer) => {
    if (!answer.ok) throw answer.status;
    return answer.json();
  }).then((made) => new SearchIndex(made)).catch(() => (index = undefined));

  const open = (shown) => {
    panel.hidden = !shown;
    if (!shown) said.textContent = "";
  };

  const say = (text) => {
    open(true);
    told.textContent = said.textContent = text;
  };

  /* fill puts words of the text below a result, once its page is there. */
  const fill = async (result, place, query) => {
    const {path} = result.page;
    if (!texts.has(path)) texts.set(path, fetch(path).then((answer) => answer.ok ? answer.text() : "").then((text) => new DOMParser().parseFromString(text, "text/html")).catch(() => texts.delete(path) && undefined));
    const page = await texts.get(path);
    if (page && place.isConnected) place.append(...searchCut(searchSection(page, result.id), query));
  };

  const row = (result, query) => {
    const item = document.createElement("li"), link = document.createElement("a"), title = document.createElement("b"), text = document.createElement("p");
    title.append(...searchCut(result.page.title, query));
    link.href = result.page.path + (result.id && "#" + encodeURIComponent(result.id));
    link.append(title);
    if (result.heading) {
      const heading = document.createElement("span");
      heading.append(...searchCut(result.heading, query));
      link.append(heading);
    }
    if (result.page.lang) Object.assign(item, {lang: result.page.lang, dir: "auto"});
    item.append(link, text);
    fill(result, text, query);
    return item;
  };

  const ask = async () => {
    const query = asked = input.value;
    const made = await load();
    if (asked !== query) return;
    list.replaceChildren();
    if (!query.trim()) return open(false);
    if (!made) return say(box.dataset.failed);
    const found = made.find(query), shown = found.slice(0, most);
    list.append(...shown.map((result) => row(result, query)));
    const words = found.length > most ? box.dataset.more : found.length ? box.dataset.count : box.dataset.none;
    say(words.replace("{n}", found.length).replace("{shown}", most));
  };

  const links = () => [...list.querySelectorAll("a")];
  const later = () => {
    clearTimeout(rest);
    rest = setTimeout(ask, 80);
  };
  input.addEventListener("focus", load);
  input.addEventListener("input", later);
  input.addEventListener("click", later);
  list.addEventListener("click", (event) => event.target.closest("a") && open(false));
  box.addEventListener("focusout", (event) => box.contains(event.relatedTarget) || open(false));
  box.addEventListener("keydown", async (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = links(), at = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      if (panel.hidden) input.value = "";
      open(false);
      input.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (panel.hidden) later();
      const to = at + (event.key === "ArrowDown" ? 1 : -1);
      if (to < -1 || to >= all.length) return event.preventDefault();
      (all[to] ?? input).focus();
    } else if (event.key === "Enter" && event.target === input) {
      clearTimeout(rest);
      await ask();
      return links()[0]?.click();
    } else {
      return;
    }
    event.preventDefault();
  });

  /* A key without another one beside it can be turned off (WCAG 2.1.4). */
  const off = "docs-search-key";
  const keep = (step) => {
    try {
      return step();
    } catch {
      return null; /* a browser that keeps nothing */
    }
  };
  key.checked = keep(() => localStorage.getItem(off)) !== "off";
  const hint = () => {
    box.toggleAttribute("data-keyless", !key.checked);
    key.checked ? input.setAttribute("aria-keyshortcuts", "/") : input.removeAttribute("aria-keyshortcuts");
  };
  key.addEventListener("change", () => {
    keep(() => key.checked ? localStorage.removeItem(off) : localStorage.setItem(off, "off"));
    hint();
  });
  hint();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || !key.checked || event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input,textarea,select,[contenteditable]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
