/* The script of the pages that "loanleaf dev" shows, and of no others: it
   fetches a page again when what it is made from has changed, and shows over the
   page what is wrong with that. It is served as it stands here.

   The page's version is in the address of this script. The server says, at the
   start and whenever it changes, which version there is now, what is wrong, and,
   when the stylesheet alone has changed, where the new one is. A browser opens
   six connections to a server at most, for all tabs together, so only a tab that
   is looked at listens; one that is looked at again hears at once what it missed.

   Styles go into a sheet made by script, since the policy of the pages forbids
   those in attributes and elements. */
"use strict";
(() => {
  if (parent !== self) return; // a widget in its frame: the page around it is fetched again
  const script = document.currentScript;
  let version = new URL(script.src).searchParams.get("v");
  let events, again;

  const listen = () => {
    clearTimeout(again);
    events?.close();
    if (document.visibilityState === "hidden") return;
    events = new EventSource("/dev/events?v=" + encodeURIComponent(version));
    events.onmessage = (message) => hear(JSON.parse(message.data));
    events.onerror = () => {
      // A browser tries again by itself, unless what answered was no server of ours.
      if (events.readyState === EventSource.CLOSED) again = setTimeout(listen, 1000);
    };
  };
  addEventListener("visibilitychange", listen);
  addEventListener("pageshow", listen);
  addEventListener("pagehide", () => events?.close());

  const hear = (now) => {
    if (now.version !== version && !(now.style && restyle(now.style))) {
      events.close();
      location.reload();
      return;
    }
    version = now.version;
    show(now.problems ?? []);
  };

  /* The old sheet goes when the new one is there: nothing flickers. */
  const restyle = (address) => {
    const sheets = document.querySelectorAll("link[rel=stylesheet]");
    if (sheets.length !== 1) return false;
    const next = sheets[0].cloneNode();
    next.href = address;
    next.onload = next.onerror = () => sheets[0].remove();
    sheets[0].after(next);
    return true;
  };

  const look = new CSSStyleSheet();
  look.replaceSync(`
    :host{all:initial;position:fixed;inset:auto 0 0;z-index:2147483647;color-scheme:light dark}
    *{box-sizing:border-box}
    section{--bg:#fff4ec;--fg:#33150a;--soft:#6b3a1f;--edge:#b4460f;
      max-block-size:70vh;overflow:auto;padding:1rem clamp(1rem,4vw,2rem) 1.25rem;border-block-start:6px solid var(--edge);
      background:var(--bg);color:var(--fg);font:1rem/1.5 system-ui,sans-serif;box-shadow:0 0 2rem #0006}
    @media (prefers-color-scheme:dark){section{--bg:#2a1710;--fg:#ffeadd;--soft:#e8bda2;--edge:#ff9d66}}
    header{display:flex;align-items:center;justify-content:space-between;gap:1rem}
    h2{margin:0;font-size:1rem}
    button{min-block-size:2rem;padding:.25rem .875rem;border:2px solid var(--edge);border-radius:6px;background:none;color:inherit;font:inherit;cursor:pointer}
    button:focus-visible{outline:3px solid var(--fg);outline-offset:2px}
    pre{margin:.75rem 0 0;font:.9375rem/1.5 ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
    p{margin:.25rem 0 0;color:var(--soft)}
  `);

  let panel;
  const closedFor = "loanleaf-closed";
  const show = (problems) => {
    panel?.remove();
    panel = undefined;
    const said = JSON.stringify(problems);
    if (problems.length === 0) sessionStorage.removeItem(closedFor);
    if (problems.length === 0 || sessionStorage.getItem(closedFor) === said) return;
    panel = document.createElement("loanleaf-problems");
    const root = panel.attachShadow({mode: "open"});
    root.adoptedStyleSheets = [look];
    const add = (to, name, text) => {
      const element = document.createElement(name);
      if (text) element.textContent = text;
      to.append(element);
      return element;
    };
    const section = add(root, "section");
    section.lang = "en";
    section.dir = "ltr";
    const header = add(section, "header");
    add(header, "h2", "Loanleaf: to be mended");
    const close = add(header, "button", "Close");
    close.onclick = () => {
      sessionStorage.setItem(closedFor, said);
      panel?.remove();
    };
    section.onkeydown = (e) => { if (e.key === "Escape") close.click(); };
    document.body.append(panel);
    // What is put into an alert after it stands on the page is read out.
    const alert = add(section, "div");
    alert.setAttribute("role", "alert");
    for (const problem of problems) {
      add(alert, "pre", problem.text);
      if (problem.hint) add(alert, "p", "hint: " + problem.hint);
    }
  };

  listen();
})();
