// What the shop does beside embedding the element: it shows what the element says, and opens a closed dialog again.

const element = /** @type {HTMLElement & { open(): void }} */ (document.querySelector("onlyauth-widget"));

const log = document.createElement("ol");
for (const type of ["ready", "state", "code_sent", "success", "error", "expired", "locked", "cancel"]) {
  element.addEventListener(`onlyauth-${type}`, (event) => {
    const line = document.createElement("li");
    const { detail } = /** @type {CustomEvent} */ (event);
    line.textContent = `${event.type} ${JSON.stringify(detail)}`;
    log.append(line);
  });
}
const details = document.createElement("details");
details.className = "events quiet";
const summary = document.createElement("summary");
summary.textContent = "What the element tells this page";
details.append(summary, log);
document.querySelector(".switches")?.after(details);

if (element.getAttribute("mode") === "modal") {
  const away = document.createElement("div");
  away.className = "away";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Confirm it's you";
  button.addEventListener("click", () => element.open());
  away.append(button);
  element.parentElement?.append(away);
}
