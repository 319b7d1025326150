// <onlyauth-widget token app-id mode="inline|modal|redirect" redirect="auto|manual" theme="light|dark">

// The server fills in both: the base URL of each region; direction, title and 'Close' in each language.
/** @type {Map<string, string>} */
const bases = new Map([]);
/** @type {Map<string, string[]>} */
const texts = new Map([]);

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { display: block }
[hidden] { display: none !important }
iframe { display: block; width: 100%; height: 22rem; border: 0 }
dialog { width: 26rem; max-width: calc(100vw - 2rem); max-height: calc(100dvh - 2rem); margin: auto; padding: 0; border: 0; border-radius: 12px }
dialog::backdrop { background: #0009 }
button { display: block; width: 44px; height: 44px; margin-inline-start: auto; border: 0; background: none; color: inherit; font: 1.5rem system-ui; cursor: pointer }
p { margin: 0; padding: 1rem }
@media (prefers-reduced-motion: no-preference) { .shrink { transition: height .2s } }
`);

// Only tells where to look: the server checks the token.
/** @param {string} token */
function claims(token) {
  try {
    return JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return {};
  }
}

class OnlyAuthWidget extends HTMLElement {
  static observedAttributes = ["token", "app-id", "mode", "theme"];

  #planned = false;
  #stop = () => {};

  connectedCallback() {
    this.#plan();
  }

  disconnectedCallback() {
    this.#plan();
  }

  attributeChangedCallback() {
    this.#plan();
  }

  // Several changes at once are one new start.
  #plan() {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      this.#stop();
      if (this.isConnected) this.open();
    });
  }

  /** Starts anew, as after the dialog was closed. */
  open() {
    this.#stop();
    const token = this.getAttribute("token");
    const app = this.getAttribute("app-id");
    if (!token || !app) return;
    const { region, language } = claims(token);
    const base = bases.get(region) ?? new URL(import.meta.url).origin;
    const address = new URL(base + "/client");
    address.search = String(new URLSearchParams({ token, app_id: app }));
    const theme = this.getAttribute("theme");
    const themed = theme === "light" || theme === "dark";
    if (themed) address.searchParams.set("theme", theme);
    const mode = this.getAttribute("mode");
    // In place of this page: Back would only lead here and on again.
    if (mode === "redirect") return location.replace(address);

    const asked = String(language).split("-")[0];
    const lang = texts.has(asked) ? asked : "en";
    const [dir, title, close] = texts.get(lang) ?? [];
    const frame = document.createElement("iframe");
    Object.assign(frame, {
      title,
      allow: "publickey-credentials-get; publickey-credentials-create; otp-credentials",
      referrerPolicy: "no-referrer",
      src: address.href,
    });
    const link = Object.assign(document.createElement("a"), { href: address.href, target: "_top" });
    const line = Object.assign(document.createElement("p"), { hidden: true, role: "alert" });
    /** @param {string[]} words */
    const say = ([blocked, away]) => {
      link.textContent = away;
      line.replaceChildren(blocked, " ", link);
    };
    const box = document.createElement(mode === "modal" ? "dialog" : "div");
    Object.assign(box, { lang, dir });
    box.style.colorScheme = themed ? theme : "light dark";
    box.append(frame, line);

    /** @param {string} type @param {object} detail */
    const tell = (type, detail) =>
      this.dispatchEvent(
        new CustomEvent("onlyauth-" + type, { detail, bubbles: true, composed: true, cancelable: type === "success" }),
      );

    const redirect = () => (this.getAttribute("redirect") === "manual" ? "manual" : "auto");

    const hello = () => {
      const message = { type: "hello", v: 1, id: String(Math.random()), ts: Date.now(), data: { redirect: redirect() } };
      frame.contentWindow?.postMessage(message, base);
    };

    /** @param {boolean} yes */
    const block = (yes) => {
      clearTimeout(timer);
      frame.hidden = yes;
      line.hidden = !yes;
    };
    const giveUp = () => {
      say(["This login can't be shown inside this page.", "Open it on a page of its own"]);
      block(true);
      tell("state", { name: "frame_blocked", channel: null });
      tell("error", { code: "frame_blocked", retryable: true });
      // Too rarely needed to travel with this file; if they don't come, it stays English.
      import(`./texts/${lang}.js`).then((module) => say(module.default), () => {});
    };
    let timer = setTimeout(giveUp, 10e3);
    let ready = false;
    // The error page in place of a frame that may not be shown loads too, but never says that it is ready.
    frame.onload = () => {
      hello();
      clearTimeout(timer);
      if (!ready) timer = setTimeout(giveUp, 4e3);
    };

    /** @param {number} height */
    const resize = (height) => {
      if (!(height > 0 && height < 1e4)) return;
      // Grows at once, or there would be a scroll bar inside for a moment.
      frame.className = height < frame.offsetHeight ? "shrink" : "";
      frame.style.height = height + "px";
    };

    /** @param {MessageEvent} event */
    const hear = ({ source, origin, data: message }) => {
      if (source !== frame.contentWindow || origin !== base) return;
      if (message?.v !== 1) return hello();
      const { type, data } = message;
      if (type === "ready") block(!(ready = true));
      if (type === "ready" || type === "resize") resize(data.height);
      const proceed = tell(type, data);
      if (type === "cancel" && mode === "modal") this.#stop();
      if (type === "success" && proceed && redirect() === "auto" && /^https?:/.test(data.redirect_uri))
        location.assign(data.redirect_uri);
    };
    const listening = new AbortController();
    addEventListener("message", hear, { signal: listening.signal });

    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    this.#stop = () => {
      this.#stop = () => {};
      listening.abort();
      clearTimeout(timer);
      box.onclose = null;
      if ("close" in box) box.close();
      root.replaceChildren();
    };
    // A frame in the fallback would go on loading unseen.
    this.replaceChildren();
    root.replaceChildren(box);
    if ("showModal" in box) {
      const button = document.createElement("button");
      Object.assign(button, { textContent: "×", ariaLabel: close, onclick: () => box.close() });
      box.prepend(button);
      box.ariaLabel = title;
      box.onclose = () => {
        this.#stop();
        tell("cancel", {});
      };
      box.showModal();
    }
  }
}

if (!customElements.get("onlyauth-widget")) customElements.define("onlyauth-widget", OnlyAuthWidget);
