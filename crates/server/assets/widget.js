// What plain forms can't do. Every page works without this script.

const topLevel = window.top === window;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** @type {<T extends HTMLElement = HTMLElement>(selector: string, root?: ParentNode) => T | null} */
const find = (selector, root = document) => root.querySelector(selector);
/** @type {() => HTMLInputElement | null} */
const findCode = () => find("#code");
const findMain = () => /** @type {HTMLElement} */ (find("main"));

// --- Asking the server

/**
 * What a form asks for, kept as it was: the step and the attempt key in it make a repetition the same request.
 * @typedef {object} Ask
 * @property {string} action
 * @property {URLSearchParams} body
 * @property {"person" | "clock" | "poll"} by
 */

/** What asks where the login stands. Some pages have no such form, and can still be come back to. @type {Ask | undefined} */
let resuming;
/** Counts requests, so that an answer which was overtaken is told from the newest. */
let flights = 0;
/** @type {AbortController | undefined} */
let flight;
let lateAt = Infinity;
/** A person's request is under way: nothing else may be sent, and nothing twice. */
let busy = false;

/** @param {HTMLFormElement} form @param {Ask["by"]} by @param {HTMLElement | null} [submitter] @returns {Ask} */
function askOf(form, by, submitter) {
  const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  // FormData's own second parameter is younger than modules are.
  if (submitter instanceof HTMLButtonElement && submitter.name) fields.push([submitter.name, submitter.value]);
  return { action: form.getAttribute("action") ?? "", body: new URLSearchParams(fields), by };
}

// Boxes are one form's, and meant for the login: also where another message is asked for.
/** @param {URLSearchParams} body */
function withTicks(body) {
  const all = new URLSearchParams(body);
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".tick :checked"));
  for (const { name, value } of boxes) all.set(name, value);
  return all;
}

// The answer takes the place of this page's content instead of being a new page: a reload then repeats no
// form, the browser still knows that the end user touched this frame, and being offline loses nothing.
/** @param {Ask} ask */
async function send(ask) {
  if (busy) return;
  flight?.abort();
  flight = new AbortController();
  lateAt = Date.now() + 30 * SECOND;
  setBusy(ask.by === "person");
  const mine = ++flights;
  /** @type {Document | undefined} */
  let page;
  try {
    const response = await fetch(ask.action, {
      method: "POST",
      body: withTicks(ask.body),
      // For the cookie of a trusted device; there is no other.
      credentials: "same-origin",
      redirect: "error",
      signal: flight.signal,
    });
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    // As good as an answer that is no page of ours, which some other machine on the way may give.
  }
  if (mine !== flights) return;
  setBusy(false);
  flight = undefined;
  const trouble = !!page && !!find("main[data-state=fault]", page);
  // Trouble with what nobody asked for is no reason to take away what somebody is doing.
  if (page && find("main[data-state]", page) && (!trouble || ask.by === "person")) {
    stopWaiting();
    failed = trouble ? ask : undefined;
    take(page, ask);
  } else if (ask.by === "poll") planPoll();
  else if (ask.by === "person" && edited && ask.body.has("code")) reconsider();
  else waitForNetwork(ask, !trouble);
}

/** @param {boolean} yes */
function setBusy(yes) {
  busy = yes;
  document.documentElement.classList.toggle("busy", yes);
}

/** @param {Ask["by"]} by */
function resume(by) {
  if (resuming) send({ ...resuming, by });
}

// --- Being offline

/**
 * What a person asked for when the server was in trouble: it may have been done all the same, so that trying
 * again must be the very same request, which then gets its own answer.
 * @type {Ask | undefined}
 */
let failed;
/** @type {Ask | undefined} */
let waiting;
let retryAt = Infinity;
let retries = 0;

/** @param {Ask} ask @param {boolean} offline Whether it is for want of a network. */
function waitForNetwork(ask, offline) {
  waiting = ask;
  retryAt = Date.now() + [2, 4, 8, 16, 30][Math.min(retries++, 4)] * SECOND;
  showOffline(offline);
}

// A code that was corrected while the first one was on its way is the one that is meant.
function reconsider() {
  const code = findCode();
  showOffline(true);
  if (code?.form && isComplete(code)) submit(code.form);
}

function stopWaiting() {
  waiting = undefined;
  retries = 0;
  showOffline(false);
}

/** @param {boolean} yes */
function showOffline(yes) {
  const notice = find("#offline");
  if (!notice || notice.hidden === !yes) return;
  if (!yes && notice.contains(document.activeElement)) focusContent();
  notice.hidden = !yes;
}

function retry() {
  if (waiting) send(waiting);
}

// --- Taking over a page

/** @param {Document} page @param {Ask} ask */
function take(page, ask) {
  const next = /** @type {HTMLElement} */ (find("main", page));
  const untouched = ask.by !== "person" && sameCode(next) && !isWrong(find("#code", next));
  if (untouched) merge(page, next);
  else show(page, next);
  arrive(!untouched);
}

/** The message that the input is for. @param {ParentNode} [root] */
function challenge(root) {
  return /** @type {HTMLInputElement | null} */ (find("#check [name=challenge]", root))?.value;
}

/** @param {HTMLElement | null} code */
const isWrong = (code) => code?.getAttribute("aria-invalid") === "true";

/** @param {HTMLElement} next */
function sameCode(next) {
  return !!findCode() && !!find("#code", next) && challenge() === challenge(next);
}

/** @param {Document} page @param {HTMLElement} next */
function show(page, next) {
  const typed = sameCode(next) ? findCode()?.value : "";
  findMain().replaceWith(next);
  document.title = page.title;
  const code = findCode();
  if (code && typed) code.value = typed;
  refused = isWrong(code) && !edited;
  // A frame must not take the focus away from the page around it.
  if (topLevel || document.hasFocus()) focusContent();
  else speak(find("h1")?.textContent);
}

function focusContent() {
  const heading = find("h1");
  if (heading) heading.tabIndex = -1;
  const code = findCode();
  (code ?? heading)?.focus();
  if (isWrong(code)) code?.select();
}

// What somebody is typing, and where, stays; so does a complaint about it until they typed something else.
/** @param {Document} page @param {HTMLElement} next */
function merge(page, next) {
  const main = findMain();
  const complaint = isWrong(findCode());
  for (const name of new Set([...Object.keys(main.dataset), ...Object.keys(next.dataset)])) {
    if (complaint && ["state", "error", "retryable"].includes(name)) continue;
    const value = next.dataset[name];
    if (value === undefined) delete main.dataset[name];
    else main.dataset[name] = value;
  }
  if (!complaint) {
    document.title = page.title;
    find("h1")?.replaceChildren(...(find("h1", next)?.childNodes ?? []));
  }
  // Two main actions would be one too many.
  const [button, fresh] = [find("#check button"), find("#check button", next)];
  if (button && fresh) button.className = fresh.className;
  swap("#status", next);
  swap("#more", next);
  // The step that the buttons are for.
  swap("#resume", next);
}

/** @param {string} selector @param {HTMLElement} next */
function swap(selector, next) {
  const [old, fresh] = [find(selector), find(selector, next)];
  // Left alone where nothing changed: a button must not go away under somebody's finger.
  if (!old || !fresh || essence(old) === essence(fresh)) return;
  const focused = document.activeElement;
  const label = old.contains(focused) && focused?.textContent;
  old.replaceWith(fresh);
  if (label) {
    const buttons = [...fresh.querySelectorAll("button")];
    const same = buttons.find((button) => button.textContent === label);
    if (same) same.focus();
    else focusContent();
  }
  if (selector === "#status" && !find("[role=alert]", fresh)) speak(fresh.textContent);
}

/** A part of a page without what the clock changes in it. @param {HTMLElement} part */
function essence(part) {
  const copy = /** @type {HTMLElement} */ (part.cloneNode(true));
  for (const moving of copy.querySelectorAll("[data-wait], [data-clock]")) moving.replaceWith("");
  return copy.innerHTML;
}

/** @param {boolean} anew Whether the whole page is new. */
function arrive(anew) {
  const { dataset } = findMain();
  const now = Date.now();
  // At least a second: a server whose clock is a little behind must not be asked without a pause.
  const due = (/** @type {string | undefined} */ text) =>
    text === undefined ? Infinity : now + Math.max(1, Number(text)) * SECOND;
  endsAt = due(dataset.endsIn);
  refreshAt = due(dataset.refreshIn);
  for (const span of find("main")?.querySelectorAll("[data-wait]") ?? []) {
    if (!waits.has(span)) waits.set(span, due(span.getAttribute("data-wait") ?? "0"));
    if (span.closest("#expiring")) waits.set(span, endsAt);
  }
  for (const time of document.querySelectorAll("time")) tellTime(time);
  if (anew) {
    arrivedAt = now;
    polls = 0;
  }
  planPoll();
  const form = /** @type {HTMLFormElement | null} */ (find("#resume"));
  if (form) resuming = askOf(form, "clock");
  keepForReload();
  if (anew) {
    listenForCode();
    prepareModule();
  }
  report(anew);
  if (anew) {
    goHome();
    standIn();
  }
}

// --- Time. Moments are of the wall clock: others stand still while a device sleeps.

const language = document.documentElement.lang;
/** @type {WeakMap<Element, number>} */
const waits = new WeakMap();
let endsAt = Infinity;
let refreshAt = Infinity;
let pollAt = Infinity;
let polls = 0;
let arrivedAt = 0;
/** When a sentence was last spoken. @type {WeakMap<Element, number>} */
const spokenAt = new WeakMap();

/** @param {string | null | undefined} text */
function speak(text) {
  const live = find("#live");
  if (live && text) live.textContent = text.trim().replace(/\s+/g, " ");
}

// In Western digits, like everything that the server writes. Made when needed: making them takes a while.
const locale = `${language}-u-nu-latn`;
/** @type {Intl.RelativeTimeFormat | undefined} */
let relative;

/** Rounded up as the server does it: who waits so long has waited long enough. @param {number} seconds */
function inTime(seconds) {
  relative ??= new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  const [count, unit] =
    seconds < 120 ? [seconds, "second"] : seconds < 7200 ? [Math.ceil(seconds / 60), "minute"] : [Math.ceil(seconds / 3600), "hour"];
  const text = relative.format(count, /** @type {Intl.RelativeTimeFormatUnit} */ (unit));
  // In Arabic and Hindi it says 'within', where the sentences around need 'after'.
  return text.replace(/^خلال/, "بعد").replace(/में$/, "बाद");
}

/** @param {HTMLTimeElement} time */
function tellTime(time) {
  const { clock, day } = time.dataset;
  if (clock === undefined && day === undefined) return;
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = day === undefined ? { hour: "numeric", minute: "2-digit" } : { dateStyle: "medium" };
  time.textContent = new Intl.DateTimeFormat(locale, parts).format(new Date(time.dateTime));
  time.hidden = false;
}

function planPoll() {
  // Some sixty seconds of asking; after that a person asks.
  const wait = findMain().dataset.poll === undefined || polls > 9 ? Infinity : [1, 2, 3, 5, 8][Math.min(polls++, 4)];
  pollAt = Date.now() + wait * SECOND;
}

function tick() {
  const now = Date.now();
  count(now);
  warn(now);
  if (flight && now >= lateAt) flight.abort();
  if (busy) return;
  if (waiting) {
    if (now >= retryAt) retry();
  } else if (now >= Math.min(endsAt, refreshAt)) {
    endsAt = refreshAt = Infinity;
    resume("clock");
  } else if (now >= pollAt && !document.hidden) {
    pollAt = Infinity;
    resume("poll");
  }
}

/** @param {number} now */
function count(now) {
  for (const span of document.querySelectorAll("[data-wait]")) {
    const left = Math.max(0, Math.ceil(((waits.get(span) ?? now) - now) / SECOND));
    const text = inTime(left);
    if (span.textContent !== text) span.textContent = text;
  }
  const sentence = find("#wait");
  const span = find("#wait [data-wait]");
  if (!sentence || !span) return;
  if ((waits.get(span) ?? now) <= now) {
    sentence.textContent = sentence.dataset.now ?? "";
    speak(sentence.textContent);
  } else speakSometimes(sentence, now);
}

/** @param {number} now */
function warn(now) {
  const warning = find("#expiring");
  if (!warning) return;
  const due = now >= endsAt - MINUTE;
  if (due && warning.hidden) {
    warning.hidden = false;
    spokenAt.set(warning, 0);
    // One key is then enough, but not for somebody who is typing.
    if (document.hasFocus() && document.activeElement !== findCode()) find("button", warning)?.focus();
  } else if (!due && endsAt < Infinity) warning.hidden = true;
  if (!warning.hidden) speakSometimes(warning, now);
}

/** @param {HTMLElement} sentence @param {number} now */
function speakSometimes(sentence, now) {
  if (now - (spokenAt.get(sentence) ?? arrivedAt) < 30 * SECOND) return;
  spokenAt.set(sentence, now);
  speak(sentence.innerText);
}

// --- The code

/** The code was refused and stands there unchanged. */
let refused = false;
let edited = false;
/** @type {AbortController | undefined} */
let listening;

// What the server leaves out and reads as a digit: see TypedCode in core.
/** @param {HTMLInputElement} code */
function isComplete(code) {
  const typed = code.value.replace(/[\p{White_Space}\-\u2010-\u2015\u200b-\u200f\u202a-\u202e]/gu, "");
  return new RegExp(`^[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]{${Number(code.dataset.digits)}}$`).test(typed);
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} [submitter] */
function submit(form, submitter) {
  const code = findCode();
  if (code?.form === form) {
    if (busy) return;
    // The same again would only cost another try.
    if (refused) return focusContent();
    edited = false;
  }
  const ask = askOf(form, "person", submitter);
  const again = !ask.body.has("channel") && (ask.body.get("do") ?? "resume") === "resume";
  listening?.abort();
  send(failed && again ? failed : ask);
}

/** @param {Event} event */
function typed(event) {
  const code = findCode();
  if (!code || event.target !== code) return;
  refused = false;
  edited = true;
  // What waits for the network is not what is meant any more.
  if (waiting?.by === "person") stopWaiting();
  if (event instanceof InputEvent && event.isComposing) return;
  if (code.form && isComplete(code)) submit(code.form);
}

// Where the browser can read the code out of the message by itself (WebOTP).
async function listenForCode() {
  listening?.abort();
  if (!("OTPCredential" in window) || !findCode()) return;
  listening = new AbortController();
  const options = { otp: { transport: ["sms"] }, signal: listening.signal };
  try {
    const message = /** @type {{ code: string } | null} */ (
      /** @type {unknown} */ (await navigator.credentials.get(options))
    );
    const code = findCode();
    if (!message || !code?.form) return;
    code.value = message.code;
    refused = false;
    edited = true;
    submit(code.form);
  } catch {
    // Refused, not allowed in this frame, or no longer needed: people can still type.
  }
}

// --- Passkeys and backup codes, in modules of their own

async function prepareModule() {
  const part = find("[data-module]");
  if (!part) return;
  const { prepare } = await import(part.dataset.module ?? "");
  prepare(part, submit, (/** @type {string} */ state) => {
    findMain().dataset.state = state;
    report(true);
  });
}

// --- The page around this frame

/** The origin that said hello; nothing is told to any other. */
let host = "";
/** Whether the page around goes home by itself. */
let hostMoves = false;
let told = "";
let toldChallenge = "";
let toldHeight = 0;

/** @param {string} type @param {object} data */
function tell(type, data) {
  if (!host) return;
  // Not randomUUID, which pages without TLS don't have.
  const id = [...crypto.getRandomValues(new Uint32Array(3))].map((word) => word.toString(36)).join("-");
  window.parent.postMessage({ type, v: 1, id, ts: Date.now(), data }, host);
}

// Matches as frame-ancestors does, but for the browser's leave to use https where http is listed.
/** @param {string} origin */
function isListed(origin) {
  const list = /** @type {HTMLMetaElement | null} */ (find("meta[name=onlyauth-origins]"))?.content ?? "";
  const parts = (/** @type {string} */ text) => /^(https?:)\/\/(\*\.)?(\[[^\]]+\]|[^:/*]+)(?::(\d+|\*))?$/i.exec(text);
  const port = (/** @type {string} */ scheme, /** @type {string | undefined} */ given) =>
    given ?? (scheme === "https:" ? "443" : "80");
  const its = parts(origin);
  if (!its) return false;
  const [, scheme, , name, itsPort] = its;
  return list.toLowerCase().split(/\s+/).some((source) => {
    const [, wantedScheme, wildcard, wanted, wantedPort] = parts(source) ?? [];
    return (
      scheme === wantedScheme &&
      (wildcard ? name.endsWith(`.${wanted}`) : name === wanted) &&
      (wantedPort === "*" || port(scheme, itsPort) === port(scheme, wantedPort))
    );
  });
}

/** @param {MessageEvent} event */
function hear({ source, origin, data }) {
  if (topLevel || source !== window.parent || data?.type !== "hello" || data.v !== 1 || !isListed(origin)) return;
  host = origin;
  hostMoves = ["auto", "manual"].includes(data.data?.redirect);
  told = toldChallenge = "";
  toldHeight = height();
  tell("ready", { height: toldHeight });
  report(true);
}

/** @param {boolean} anew */
function report(anew) {
  const { state = "", channel = null, error, retryable, until = null } = findMain().dataset;
  const changed = told !== `${state} ${channel}`;
  if (!host || (!changed && !anew)) return;
  if (changed) tell("state", { name: state, channel });
  told = `${state} ${channel}`;
  const sent = challenge() ?? "";
  if (channel && sent !== toldChallenge && ["code_sent", "voice_ringing", "resends_used_up"].includes(state)) {
    toldChallenge = sent;
    tell("code_sent", { channel });
  }
  if (error) tell("error", { code: error, retryable: retryable !== undefined });
  if (state === "expired") tell("expired", {});
  if (state.startsWith("locked")) tell("locked", { until });
  if (state === "cancelled") tell("cancel", {});
  const home = findHome();
  if (home) tell("success", { token: home.dataset.token, redirect_uri: home.href });
}

// Never 0, as in a frame that is hidden: nobody could want that height.
function height() {
  return Math.max(1, Math.ceil(document.documentElement.getBoundingClientRect().height));
}

function resized() {
  const now = height();
  if (now === toldHeight) return;
  toldHeight = now;
  tell("resize", { height: now });
}

// --- Going home

const findHome = () => /** @type {HTMLAnchorElement | null} */ (find("#continue"));

// Browsers let a frame of another site move the page around it only after the end user touched the frame.
// Where nobody did, trying would only make the browser warn; the link is there in any case.
function goHome() {
  const home = findHome();
  if (!home || hostMoves) return;
  if (topLevel) location.replace(home.href);
  else if (navigator.userActivation?.hasBeenActive) {
    try {
      /** @type {Window} */ (window.top).location.href = home.href;
    } catch {
      home.focus();
    }
  }
}

// As a page of its own the widget must not leave its token in the address bar, where it would be copied,
// bookmarked and shared. It stays in this history entry, from which a reload resumes.
function cleanAddress() {
  const query = new URLSearchParams(location.search);
  const token = query.get("token");
  if (!token) return;
  const theme = query.get("theme");
  const kept = theme ? `?theme=${encodeURIComponent(theme)}` : "";
  history.replaceState({ token, app_id: query.get("app_id") }, "", location.pathname + kept);
}

// The link to the page where end users look after their factors gives out another token, for another address; a reload must
// come back with that, and there with what shows who passed.
function keepForReload() {
  const token = resuming?.body.get("token");
  if (!topLevel || !resuming || !token) return;
  const looksAfter = /^(factor|device)/.test(findMain().dataset.state ?? "");
  const proof = (looksAfter && resuming.body.get("proof")) || undefined;
  if (history.state?.token === token && history.state.proof === proof) return;
  history.replaceState({ token, app_id: resuming.body.get("app_id"), proof }, "", resuming.action);
}

function resumeFromHistory() {
  const form = /** @type {HTMLFormElement | null} */ (find("#resume"));
  const token = /** @type {HTMLInputElement | null} */ (find("#resume [name=token]"));
  if (!form || !token || token.value || !history.state?.token) return;
  for (const field of form.querySelectorAll("input")) field.value = history.state[field.name] ?? field.value;
  send(askOf(form, "clock"));
}

// --- A trusted device

let stoodIn = false;

// Once: what is answered instead of a pass is for a person.
function standIn() {
  const form = /** @type {HTMLFormElement | null} */ (find("#trusted"));
  if (!form || form.dataset.byItself === undefined || stoodIn) return;
  stoodIn = true;
  send(askOf(form, "person"));
}

// --- Beginning

document.addEventListener("submit", (event) => {
  // What goes to a page of its own goes by the browser.
  if (event.submitter?.getAttribute("formtarget")) return;
  event.preventDefault();
  submit(/** @type {HTMLFormElement} */ (event.target), event.submitter);
});
document.addEventListener("input", typed);
document.addEventListener("compositionend", typed);
document.addEventListener("visibilitychange", tick);
find("#offline-again")?.addEventListener("click", retry);
addEventListener("online", retry);
addEventListener("message", hear);
// Back out of the browser's cache: everything may have moved on since.
addEventListener("pageshow", (event) => {
  if (event.persisted) resume("clock");
});
new ResizeObserver(resized).observe(document.documentElement);
setInterval(tick, SECOND);

if (topLevel) cleanAddress();
arrive(true);
if (topLevel) {
  findCode()?.focus();
  resumeFromHistory();
}
