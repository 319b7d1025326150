// What plain forms can't do. Every page works without this script.

const topLevel = window.top === window;
let busy = false;

// As a page of its own the widget must not leave its token in the address bar, where it would be copied,
// bookmarked and shared. It stays in this history entry, from which a reload resumes.
function cleanAddress() {
  const query = new URLSearchParams(location.search);
  const token = query.get("token");
  if (token) history.replaceState({ token, app_id: query.get("app_id") }, "", location.pathname);
}

function resume(form) {
  if (!history.state?.token) return;
  for (const name of ["token", "app_id"]) form.elements.namedItem(name).value = history.state[name] ?? "";
  post(form);
}

// The answer takes the place of this page's content instead of being a new page: a reload then repeats no
// form, and the browser still knows that the end user touched this frame.
async function post(form) {
  if (busy) return;
  busy = true;
  try {
    const response = await fetch(form.getAttribute("action"), {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      credentials: "omit",
      redirect: "error",
    });
    show(new DOMParser().parseFromString(await response.text(), "text/html"));
  } catch {
    // Sending it twice is harmless: the step and the attempt key in the form make it the same request.
    form.submit();
  } finally {
    busy = false;
  }
}

function show(page) {
  const content = page.querySelector("main");
  if (!content) throw new Error("no page of the widget");
  document.querySelector("main").replaceWith(content);
  document.title = page.title;
  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  (document.querySelector("#code") ?? heading).focus();
  goHome();
}

// Browsers let a frame of another site move the page around it only after the end user touched the frame.
// Where nobody did, trying would only make the browser warn; the link is there in any case.
function goHome() {
  const home = document.querySelector("#continue");
  if (!home) return;
  if (topLevel) location.replace(home.href);
  else if (navigator.userActivation?.hasBeenActive) {
    try {
      window.top.location.href = home.href;
    } catch {
      home.focus();
    }
  }
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  post(event.target);
});

if (topLevel) {
  cleanAddress();
  const form = document.querySelector("#resume");
  if (form) resume(form);
}
goHome();
