/* The script of /embed/, the page that hands out the code of a loan's card. The
   page is whole without it: a server answers its form. This does the same in the
   reader's browser, on a site of files as well: it shows at once what every choice
   changes, and reads another loan from that loan's page. Words that are neither
   number nor address it sends to the server, where one searches. copy.js copies.

   Every form of code is written down in the program alone. What stands in the page
   as maker-data are the patterns of the forms, in which single characters stand for
   values, and the rule by which the values are escaped in each (package snippet). */
"use strict";
(() => {
  const maker = document.querySelector("form.maker");
  const data = JSON.parse(document.getElementById("maker-data").textContent);
  const part = (name) => document.getElementById("maker-" + name);
  const chosen = (name) => new FormData(maker).get(name) ?? "";
  const language = () => chosen("language") || data.language;
  const at = (address) => address.replaceAll(data.any, data.loan.id);

  const encode = (address, signs) => address.replace(signs, (sign) => "%" + sign.charCodeAt(0).toString(16).toUpperCase());
  const html = (text) => text.replace(/[&<>"]/g, (sign) => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;"})[sign]);
  const rules = {
    html: {text: html, address: html},
    markdown: {
      text: (text) => text.replace(/[^]/gu, (sign) => (data.signs.includes(sign) ? "\\" : "") + sign),
      address: (address) => encode(address, /[()]/g),
    },
    bbcode: {
      text: (text) => text.replaceAll("[", "(").replaceAll("]", ")"),
      address: (address) => encode(address, /[[\]]/g),
    },
    text: {text: (text) => text, address: (address) => address},
  };

  const names = new Map(Object.entries(data.blanks).map(([name, blank]) => [blank, name]));
  const figures = data.blanks.figures;

  /* write shows what the choices make of the loan that is there. */
  const write = () => {
    const tag = language();
    const place = data.languages[tag];
    const size = data.sizes[chosen("size")];
    const theme = data.themes[chosen("theme")];
    const values = {
      ...data.loan, language: tag, direction: place.direction, start: place.direction === "rtl" ? "right" : "left", size: chosen("size"), ...size, theme: chosen("theme"), ...theme,
    };
    for (const code of maker.querySelectorAll("textarea[data-form]")) {
      const form = data.forms[code.dataset.form];
      const rule = rules[form.escape];
      let text = values.card ? form.drawn : form.text;
      if (!values.figures) text = text.replace(new RegExp("\\n<div[^>]*>" + figures + "</div>|[ \\n]?" + figures + "\\.?"), "");
      // The mail of the page itself has a photo and a bar, which no pattern has.
      if (code.dataset.form === "email" && !values.card && first === data.loan.id + tag) {
        code.value = code.defaultValue;
        continue;
      }
      code.value = text.replace(/[\uE000-\uE0FF]/g, (blank) => {
        const name = names.get(blank);
        if (["page", "widget", "oembed"].includes(name)) return rule.address(at(place[name]));
        if (["card", "badge"].includes(name)) return rule.address(values[name]);
        if (["title", "use", "figures"].includes(name)) return rule.text(values[name]);
        return values[name];
      });
    }
    const state = part("state")?.selectedOptions[0];
    const frame = part("frame");
    frame.width = size.width;
    frame.height = size.height;
    frame.className = chosen("theme");
    part("stand-in").hidden = !state?.value || state.value === "gone";
    part("size").textContent = data.words.pixels.replace("\uE000", size.width.endsWith("%") ? data.words.full : size.width).replace("\uE001", size.height);
    // A frame of its own, since the history holds pages and not previews.
    const shown = new URL((state?.value ? place.preview.replace(data.any, state.dataset.leaf) : at(place.preview)) + theme.fragment, location.href).href;
    if (frame.src === shown) return;
    const next = frame.cloneNode();
    next.src = shown;
    frame.replaceWith(next);
  };

  /* read takes what snippets say of a loan from its page. */
  const read = async (id, tag) => {
    const answer = await fetch(data.languages[tag].source.replaceAll(data.any, id));
    if (!answer.ok) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = (selector) => {
      const element = page.querySelector(selector);
      if (!element) return "";
      if (data.languages[tag].direction === "rtl") {
        for (const value of element.querySelectorAll("bdi,span[lang]")) value.textContent = "\u2068" + value.textContent + "\u2069";
      }
      return element.textContent.replace(/[ \t\r\n\f]+/g, " ").trim();
    };
    const linked = JSON.parse(page.querySelector('script[type="application/ld+json"]').textContent);
    const sum = said(".hero .figures > span");
    const day = said("main .dated");
    return {
      id, title: linked.mainEntity.name, use: said(".hero .use"), figures: sum && day ? sum + " · " + day : sum, ...drawn(page, id),
      photo: page.querySelector(".hero .photo") !== null,
    };
  };

  /* drawn is where the loan's card and badge are, as far as its page has one. */
  const drawn = (page, id) => {
    const shared = page.querySelector('meta[property="og:image"]')?.content ?? "";
    const [, root, number, kind] = /^(.+)\/card\/([0-9]+)\.(jpg|png)(?:\?|$)/.exec(shared) ?? [];
    if (number !== id) return {card: "", badge: ""};
    return {card: `${root}/card/${id}-600.${kind}`, badge: `${root}/badge/${id}.svg`};
  };

  /* weigh writes what the forms of another loan cost. What another host serves
     cannot be weighed from here. */
  const weigh = async (loan, tag) => {
    const local = (address) => data.hosts.includes(new URL(address).host) ? new URL(address).pathname : undefined;
    const size = async (path, pack) => {
      if (!path) return undefined;
      const answer = await fetch(path);
      if (!answer.ok) return undefined;
      return (await new Response(pack ? answer.body.pipeThrough(new CompressionStream("gzip")) : answer.body).blob()).size;
    };
    const card = await size(data.languages[tag].preview.replace(data.any, loan.id), true);
    const badge = loan.badge && await size(local(loan.badge), true);
    const picture = loan.card && await size(local(loan.card), false);
    if (loan !== data.loan) return;
    const weights = {markdown: badge, bbcode: picture, email: picture};
    for (const list of maker.querySelectorAll(".weight")) {
      const form = list.dataset.weight;
      const bytes = form in weights ? weights[form] : card;
      const heavy = list.querySelector("[data-part=weight]");
      if (heavy) {
        heavy.parentElement.hidden = !bytes;
        const kilobytes = (Math.ceil(bytes * 10 / 1024) / 10).toString().replace(".", data.point.replace(/[0-9]/g, ""));
        heavy.textContent = data.words.weight.replace("\uE000", kilobytes);
      }
      const requests = list.querySelector("[data-part=requests]");
      if (heavy && !(form in weights)) requests.textContent = (list.dataset.scripted === undefined ? 1 : 2) + (loan.photo ? 1 : 0);
      else if (form !== "text") requests.textContent = bytes ? 1 : 0;
    }
  };

  /* find shows the loans that the words typed may mean, as the server finds them. */
  const find = async () => {
    const query = new URLSearchParams(new FormData(maker));
    const answer = await fetch(maker.getAttribute("action") + "?" + query);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return {list: page.getElementById("maker-found"), note: page.getElementById("maker-note")};
  };
  const tell = (text, fault) => {
    part("note").textContent = text;
    part("note").classList.toggle("fault", fault);
  };

  /* asked is the number of the loan that was typed, by number or by address. */
  const asked = () => {
    const text = part("loan").value.trim();
    if (text === "") return data.loan.id;
    if (/^[1-9][0-9]{0,15}$/.test(text)) return text;
    const address = URL.parse(text);
    const found = address && data.hosts.includes(address.host) && /\/lend\/([1-9][0-9]{0,15})(?:\.html)?\/?$/.exec(address.pathname);
    return found ? found[1] : undefined;
  };

  /* listed tells whether what was typed may be the address of a list, which the
     server knows; it has a page for it. */
  const listed = () => {
    const address = URL.parse(part("loan").value.trim());
    return data.live && address?.host === data.hosts[0] && !/\/lend\//.test(address.pathname);
  };

  /* A choice that is made while another loan is fetched is shown when it is there.
     Words for which loans are offered stay, and so do these, until one is chosen. */
  let newest = 0;
  let found = "";
  const change = async () => {
    const mine = ++newest;
    const words = part("loan").value.trim();
    let id = asked();
    const tag = language();
    let loan = data.loan;
    if (!id && listed()) {
      maker.submit();
      return;
    }
    if (!id && data.search) {
      if (words !== found) {
        const answer = await find().catch(() => undefined);
        if (mine !== newest) return;
        found = answer ? words : "";
        part("found")?.remove();
        if (answer?.list) part("note").after(answer.list);
        tell(answer ? answer.note.textContent.trim() : data.words.unknown, !answer || answer.note.classList.contains("fault"));
      }
      id = data.loan.id;
    } else {
      found = "";
      part("found")?.remove();
      tell("", false);
    }
    if (id !== data.loan.id || tag !== data.language) {
      try {
        loan = id && (await read(id, tag));
      } catch {
        loan = undefined;
      }
      if (mine !== newest) return;
    }
    if (!loan) {
      tell(data.words.unknown, true);
      return;
    }
    if (loan.id !== data.loan.id) part("example")?.remove();
    const other = loan !== data.loan;
    data.loan = loan;
    data.language = tag;
    write();
    if (other) weigh(loan, tag).catch(() => {});
  };
  const first = data.loan.id + data.language;

  maker.addEventListener("change", change);
  maker.addEventListener("click", (e) => {
    const chosen = e.target.closest("#maker-found a[data-loan]")?.dataset.loan;
    if (!chosen || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    part("loan").value = chosen;
    part("loan").focus();
    change();
  });
  maker.addEventListener("submit", (e) => {
    e.preventDefault();
    change();
  });

  /* On a site of files nobody has read what the address asks for. */
  const sent = new URLSearchParams(location.search);
  const differs = [...sent].filter(([name, value]) => {
    const field = maker.elements[name];
    if (!field || field.value === value) return false;
    field.value = value;
    return field.value === value;
  });
  if (differs.length > 0) change();
})();
