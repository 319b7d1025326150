// Passkeys. Loaded by pages that ask for one; the options are on the page, so that a click leads straight to the browser's question.

const framed = window.top !== window;
const SOON = 300;

/** @param {string} text */
const decode = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));

/** @param {ArrayBuffer | null | undefined} buffer */
const encode = (buffer) =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** @typedef {"create" | "get"} Kind */
/** @typedef {{ id: string }} Named */

// Not the browser's own parser and printer of JSON, which are younger than passkeys are.
/** @param {Kind} kind @param {string} text */
function read(kind, text) {
  const options = JSON.parse(text);
  const named = (/** @type {Named[] | undefined} */ list) => list?.map((one) => ({ ...one, id: decode(one.id) }));
  options.challenge = decode(options.challenge);
  options.allowCredentials = named(options.allowCredentials);
  options.excludeCredentials = named(options.excludeCredentials);
  if (kind === "create") options.user.id = decode(options.user.id);
  return options;
}

/** @param {any} credential */
function write({ id, rawId, type, response }) {
  return JSON.stringify({
    id,
    rawId: encode(rawId),
    type,
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      attestationObject: encode(response.attestationObject),
      authenticatorData: response.signature && encode(response.authenticatorData),
      signature: encode(response.signature),
      userHandle: encode(response.userHandle),
      transports: response.getTransports?.(),
    },
  });
}

/** Whether the page around lets this frame ask; undefined where the browser does not tell. @param {Kind} kind @returns {boolean | undefined} */
function allowed(kind) {
  const policy = /** @type {any} */ (document).featurePolicy;
  return framed ? policy?.allowsFeature(`publickey-credentials-${kind}`) : true;
}

/** @typedef {"none" | "cancelled" | "blocked" | "known" | "stray"} Trouble */

/** Asks the browser. @param {Kind} kind @param {string} text @returns {Promise<{ answer: string } | { trouble: Trouble }>} */
async function ask(kind, text) {
  const began = Date.now();
  try {
    const credential = await navigator.credentials[kind]({ publicKey: read(kind, text) });
    return { answer: write(credential) };
  } catch (error) {
    const { name } = /** @type {Error} */ (error);
    if (name === "InvalidStateError") return { trouble: "known" };
    // Nobody says no so soon: where the browser does not tell the frame's policy, this does.
    const blocked = framed && allowed(kind) === undefined && Date.now() - began < SOON;
    return { trouble: blocked ? "blocked" : "cancelled" };
  }
}

/** @type {<T extends HTMLElement = HTMLElement>(selector: string) => T | null} */
const find = (selector) => document.querySelector(selector);

/** @param {Trouble | ""} trouble */
function show(trouble) {
  for (const name of ["none", "cancelled", "blocked", "known", "stray"]) {
    const part = find(`#passkey-${name}`);
    if (part) part.hidden = name !== trouble;
  }
}

/**
 * Prepares the page's form. `submit` posts it once it is filled in, and `tell` says to the page around what is shown.
 * @param {HTMLFormElement} form @param {(form: HTMLFormElement) => void} submit @param {(state: string) => void} tell
 */
export function prepare(form, submit, tell) {
  // Not to be pressed before there is somebody to hear it.
  for (const button of form.querySelectorAll("button")) button.disabled = false;
  if (form.dataset.window !== undefined) return wait(form);
  const kind = /** @type {Kind} */ (form.dataset.kind);
  const options = form.dataset.options ?? "";
  // Whoever has just asked for it need not click twice; whoever failed may want something else.
  const fresh = kind === "get" && find("main")?.dataset.state === "passkey";
  const trouble = (/** @type {Trouble} */ name) => {
    show(name);
    if (name === "blocked" || name === "none") form.hidden = true;
    tell(`passkey_${name}`);
  };
  const fill = (/** @type {string} */ answer) => {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("answer"));
    field.value = answer;
    submit(form);
  };
  let asking = false;
  const run = async (/** @type {boolean} */ clicked) => {
    if (asking) return;
    asking = true;
    show("");
    const result = await ask(kind, options);
    asking = false;
    if (!form.isConnected) return;
    if ("answer" in result) fill(result.answer);
    // Where the click that led here was not enough for the browser, the button is there.
    else if (clicked || result.trouble !== "cancelled") trouble(result.trouble);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    run(true);
  });
  const opener = find("#passkey-open");
  opener?.addEventListener("click", () => open(opener.dataset.window ?? "", kind, options, fill));
  if (!window.PublicKeyCredential) trouble("none");
  else if (allowed(kind) === false) trouble("blocked");
  else if (fresh && navigator.userActivation?.isActive) run(false);
}

// --- The small window. What it is to ask is handed over by this frame to the window that it opened itself, once; the address
// alone leads to an empty window, so that nobody can be sent there to confirm somebody else's login.

/** @param {string} address @param {Kind} kind @param {string} options @param {(answer: string) => void} fill */
function open(address, kind, options, fill) {
  const opened = window.open(address, "_blank", "popup,width=420,height=560");
  const ticket = encode(crypto.getRandomValues(new Uint8Array(16)).buffer);
  let handed = false;
  addEventListener("message", function hear({ source, origin, data }) {
    if (!opened || source !== opened || origin !== location.origin) return;
    if (data?.passkey === "ready" && !handed) {
      handed = true;
      opened.postMessage({ passkey: "ask", ticket, kind, options }, location.origin);
    } else if (data?.passkey === "answer" && data.ticket === ticket) {
      removeEventListener("message", hear);
      fill(data.answer);
    }
  });
}

/** In the window: waits for what to ask. @param {HTMLFormElement} form */
function wait(form) {
  const opener = /** @type {Window | null} */ (window.opener);
  /** @type {{ ticket: string, kind: Kind, options: string } | undefined} */
  let task;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (!task) return show("stray");
    show("");
    const result = await ask(task.kind, task.options);
    if ("trouble" in result) return show(result.trouble);
    opener?.postMessage({ passkey: "answer", ticket: task.ticket, answer: result.answer }, location.origin);
    window.close();
  });
  if (!opener || framed) return show("stray");
  addEventListener("message", ({ source, origin, data }) => {
    if (source === opener && origin === location.origin && data?.passkey === "ask") task ??= data;
  });
  opener.postMessage({ passkey: "ready" }, location.origin);
}
