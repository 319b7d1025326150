// Copying and printing backup codes. The page and its file to save work without this script.

/** @param {HTMLElement} codes */
export function prepare(codes) {
  const copy = /** @type {HTMLButtonElement | null} */ (document.querySelector("#codes-copy"));
  const print = /** @type {HTMLButtonElement | null} */ (document.querySelector("#codes-print"));
  const text = [...codes.querySelectorAll("code")].map((code) => code.textContent).join("\n");
  if (copy) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      if (await write(text)) copy.textContent = copy.dataset.done ?? "";
    });
  }
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
}

/** @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A frame of another site may not, unless the page around says so; the older way asks for nothing but a click.
  }
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
