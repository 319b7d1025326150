// For browsers that know no modules and so never run widget.js: ES5, and nothing else needs it.
(function () {
  function show() {
    var text = document.getElementById("unsupported");
    if (text) text.removeAttribute("hidden");
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
  else show();
})();
