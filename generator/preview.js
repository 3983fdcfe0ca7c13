// Keeps an open page of the preview up to date, and shows what is wrong with the site. It is in no published page.
(() => {
  "use strict";

  const ID = "dateline-preview";
  const RETRY_MILLISECONDS = 2000;
  const script = document.currentScript;
  const { page, version } = script.dataset;
  const here = location.pathname + location.search;

  // What is to survive a reload of this tab. Where a browser keeps nothing, the page works without.
  function recall(name) {
    try {
      return sessionStorage.getItem(`${ID}:${name}`) ?? "";
    } catch {
      return "";
    }
  }

  function remember(name, value) {
    try {
      sessionStorage.setItem(`${ID}:${name}`, value);
      return true;
    } catch {
      return false;
    }
  }

  // The stream. A hidden page lets go of it: a browser has only six connections to one server.
  let source = null;
  let heard = "";

  function connect() {
    if (source || document.hidden) return;
    const address = new URL("events", script.src);
    address.search = new URLSearchParams({ page, version, heard });
    source = new EventSource(address);
    source.onmessage = (event) => {
      heard = event.lastEventId;
      hear(JSON.parse(event.data));
    };
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return; // it tries again by itself
      disconnect();
      setTimeout(connect, RETRY_MILLISECONDS);
    };
  }

  function disconnect() {
    source?.close();
    source = null;
  }

  function hear({ reload, css, problems, failed }) {
    showProblems(problems, failed);
    if (reload) loadAgain(reload);
    else if (css.length) swapStylesheets(css);
  }

  // Never twice for one state of the page: whatever is wrong then, another time would not mend it.
  function loadAgain(state) {
    if (recall(`state:${here}`) === state || !remember(`state:${here}`, state)) return;
    remember("scroll", JSON.stringify({ href: location.href, left: scrollX, top: scrollY }));
    disconnect();
    location.reload();
  }

  function restoreScroll() {
    const { href, left, top } = JSON.parse(recall("scroll") || "{}");
    remember("scroll", "");
    if (href !== location.href) return;
    const restore = () => scrollTo({ left, top, behavior: "instant" });
    restore();
    addEventListener("load", restore, { once: true }); // images may have made the page longer
  }

  // A new sheet stands beside the old one until it is loaded, so that the page is never without.
  const leaving = new WeakSet();

  function pathOf(address) {
    const { origin, pathname } = new URL(address, location.href);
    try {
      return origin + decodeURIComponent(pathname);
    } catch {
      return origin + pathname;
    }
  }

  function swapStylesheets(addresses) {
    const links = [...document.querySelectorAll("link[rel~=stylesheet][href]")].filter(
      (link) => !leaving.has(link) && new URL(link.href).origin === location.origin,
    );
    const linked = new Set(links.map((link) => pathOf(link.href)));
    const changed = new Set(addresses.map(pathOf));
    // One that is not linked here may be imported by one that is.
    const every = addresses.some((address) => !linked.has(pathOf(address)));
    for (const link of links) if (every || changed.has(pathOf(link.href))) swap(link);
  }

  function swap(link) {
    const address = new URL(link.href);
    address.searchParams.set("preview", heard);
    if (link.disabled) {
      link.href = address; // a browser need not load it, and would not say so
      return;
    }
    const fresh = link.cloneNode();
    fresh.href = address;
    fresh.onload = () => link.remove();
    fresh.onerror = () => {
      leaving.delete(link);
      fresh.remove();
    };
    leaving.add(link);
    link.after(fresh);
  }

  // The problems, in a tree of their own: the page's styles do not reach them, nor theirs the page.
  const STYLE = `
    :host { all: initial; position: fixed; inset-inline: 0; bottom: 0; z-index: 2147483647; color-scheme: light dark; }
    :host(.failed) { top: 0; bottom: auto; }
    [role=alert] {
      display: grid; grid-template-columns: 1fr auto; gap: .25rem 1rem; box-sizing: border-box; max-height: 25vh;
      overflow: auto; padding: .5rem 1rem; border-top: 2px solid #b45309; font: 13px/1.4 system-ui, sans-serif;
      color: #1c1917; background: #fffbeb; box-shadow: 0 0 12px #0004;
    }
    :host(.failed) [role=alert] {
      max-height: 60vh; padding: 1rem 1.5rem; border-top: 0; border-bottom: 4px solid #b91c1c; font-size: 15px;
      background: #fef2f2;
    }
    strong { align-self: center; }
    button { font: inherit; padding: .1rem .6rem; cursor: pointer; }
    ul { grid-column: 1 / -1; margin: 0; padding: 0; list-style: none; font-family: ui-monospace, monospace; }
    li { white-space: pre-wrap; overflow-wrap: anywhere; }
    @media (prefers-color-scheme: dark) {
      [role=alert] { color: #fafaf9; background: #292110; }
      :host(.failed) [role=alert] { background: #3b1212; }
    }
    @media print { :host { display: none; } }`;

  function element(name, text = "") {
    const made = document.createElement(name);
    made.textContent = text; // never HTML: a message may quote anything
    return made;
  }

  function title(failed) {
    if (!failed) return "Problems";
    return version === "building" ? "The build failed." : "The build failed. This is the last good site.";
  }

  let host = null; // not to be looked up: a page may have any ids

  function showProblems(problems, failed) {
    const shown = JSON.stringify([problems, failed]);
    if (host?.dataset.shown === shown) return;
    host?.remove();
    host = null;
    if (!problems.length && !failed) remember("closed", "");
    else if (recall("closed") !== shown) document.documentElement.append((host = panel(problems, failed, shown)));
  }

  function panel(problems, failed, shown) {
    const made = element("div");
    made.id = ID;
    made.className = failed ? "failed" : "";
    made.dataset.shown = shown;
    const sheet = new CSSStyleSheet(); // a page's content security policy may forbid a style element
    sheet.replaceSync(STYLE);
    const root = made.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    const box = element("div");
    box.setAttribute("role", "alert");
    const close = element("button", "Close");
    close.onclick = closeProblems;
    const list = element("ul");
    list.append(...problems.map((problem) => element("li", problem)));
    box.append(element("strong", title(failed)), close, list);
    root.append(box);
    return made;
  }

  // Closed problems stay closed, on other pages too, until there are others.
  function closeProblems() {
    if (!host) return;
    remember("closed", host.dataset.shown);
    host.remove();
    host = null;
  }

  document.addEventListener("keydown", ({ key }) => key === "Escape" && closeProblems());
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", ({ persisted }) => persisted && connect());
  restoreScroll();
  connect();
})();
