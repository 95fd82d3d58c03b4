/* Comforts only: without this file every page does the same. ES5 syntax, plus fetch, closest and template. */
(function () {
  "use strict";
  var doc = document, composing = false;
  function all(selector, within) { return Array.prototype.slice.call((within || doc).querySelectorAll(selector)); }
  function one(selector) { return doc.querySelector(selector); }

  /* What went wrong is where one goes on. */
  var fault = one("[data-focus]");
  if (fault) { fault.focus(); }

  /* Signed in again: back to what was typed. */
  var again = one("form[data-send-at-once]");
  if (again) { again.submit(); }

  /* A form goes once. */
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.getAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "1");
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", function () {
    all("form[data-sent]").forEach(function (form) { form.removeAttribute("data-sent"); form.removeAttribute("aria-busy"); });
  });

  /* A passkey: the browser is handed the challenge, and its answer goes back as text. */
  function bytes(text) {
    var raw = atob(text.replace(/-/g, "+").replace(/_/g, "/")), list = new Uint8Array(raw.length), at;
    for (at = 0; at < raw.length; at += 1) { list[at] = raw.charCodeAt(at); }
    return list.buffer;
  }
  function texted(buffer) {
    var raw = "", list = new Uint8Array(buffer), at;
    for (at = 0; at < list.length; at += 1) { raw += String.fromCharCode(list[at]); }
    return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function asked(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) { options.user.id = bytes(options.user.id); }
    (options.allowCredentials || []).concat(options.excludeCredentials || []).forEach(function (known) { known.id = bytes(known.id); });
    return { publicKey: options };
  }
  function answered(made) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (made.response[name]) { response[name] = texted(made.response[name]); }
    });
    return JSON.stringify({ id: made.id, rawId: texted(made.rawId), type: made.type, clientExtensionResults: made.getClientExtensionResults(), response: response });
  }
  if (window.PublicKeyCredential && navigator.credentials && window.fetch) {
    all("[data-passkey-note]").forEach(function (note) { note.hidden = true; });
    all("form[data-passkey]").forEach(function (form) {
      var told = form.querySelector("[data-passkey-fault]");
      form.hidden = false;
      form.addEventListener("submit", function (event) {
        if (form.elements.credential.value) { return; }
        event.preventDefault();
        event.stopPropagation();
        told.hidden = true;
        fetch(form.getAttribute("data-passkey"), { method: "POST", credentials: "same-origin", body: new FormData(form) }).then(function (answer) {
          return answer.json().then(function (said) { if (!answer.ok) { throw new Error(said.said); } return said; });
        }).then(function (said) {
          form.elements.ticket.value = said.ticket;
          return navigator.credentials[said.options.user ? "create" : "get"](asked(said.options));
        }).then(function (made) {
          form.elements.credential.value = answered(made);
          form.submit();
        })["catch"](function (error) {
          if (error.constructor === Error) { told.textContent = error.message; }
          told.hidden = false;
        });
      });
    });
  }

  /* Warned before the session ends. */
  var left = Number(doc.body.getAttribute("data-seconds-left") || 0);
  var before = Number(doc.body.getAttribute("data-warn-seconds") || 0);
  var warning = doc.getElementById("session-warning");
  if (left && warning) {
    setTimeout(function () { warning.hidden = false; }, Math.max(0, left - before) * 1000);
  }

  /* Whatever is under way is asked after, until the page leads elsewhere or has nothing under way any longer. */
  function watch() {
    fetch(location.href, { credentials: "same-origin" }).then(function (answer) {
      if (answer.redirected) { location.replace(answer.url); return; }
      return answer.text().then(function (text) {
        var now = new DOMParser().parseFromString(text, "text/html").querySelector("[data-watch]");
        if (!now) { location.reload(); return; }
        if (one("[data-watch]").textContent !== now.textContent) { one("[data-watch]").textContent = now.textContent; }
        setTimeout(watch, 2000);
      });
    })["catch"](function () { setTimeout(watch, 5000); });
  }
  if (one("[data-watch]") && window.fetch) { setTimeout(watch, 1000); }

  /* How much waits stands in the menu; a page that says it by itself is not asked for it. */
  var waits = one("[data-waiting]");
  if (waits && window.fetch) {
    fetch(waits.getAttribute("data-waiting"), { credentials: "same-origin" }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.text() : "";
    }).then(function (text) {
      var now = new DOMParser().parseFromString(text, "text/html").querySelector("[data-waiting]");
      if (now) { waits.textContent = ""; all("span", now).forEach(function (said) { waits.appendChild(doc.importNode(said, true)); }); }
    })["catch"](function () { waits.textContent = ""; });
  }

  /* Only the form of the chosen outcome is shown. */
  function reveal() {
    all("[data-for]").forEach(function (part) {
      var input = doc.getElementById(part.getAttribute("data-for"));
      if (input) { part.hidden = !input.checked; }
    });
  }
  doc.addEventListener("change", reveal);
  reveal();

  /* What is being written is kept on the server, a little after the last sign and when the page is left. */
  var act = one("form[data-draft]"), later = 0, kept = "";
  function written() {
    var said = new URLSearchParams();
    new FormData(act).forEach(function (value, name) { if (typeof value === "string") { said.append(name, value); } });
    return said.toString();
  }
  function keep() {
    var now = written(), told = one("[data-saved]");
    if (now === kept || act.getAttribute("data-sent")) { return; }
    kept = now;
    fetch(act.getAttribute("data-draft"), {
      method: "POST", body: now, keepalive: now.length < 60000, credentials: "same-origin",
      headers: { "Content-Type": "application/x-www-form-urlencoded" }
    }).then(function (answer) {
      if (told) { told.textContent = told.getAttribute(answer.ok ? "data-saved" : "data-unsaved"); }
      if (answer.status === 401 && warning) { warning.hidden = false; }
    })["catch"](function () { kept = ""; });
  }
  if (act && window.fetch) {
    kept = written();
    act.addEventListener("input", function () { clearTimeout(later); later = setTimeout(keep, 1500); });
    doc.addEventListener("visibilitychange", function () { if (doc.visibilityState === "hidden") { keep(); } });
  }

  /* Keys. Nothing happens while an input method composes, nor while somebody writes (but Ctrl+Enter). */
  doc.addEventListener("compositionstart", function () { composing = true; });
  doc.addEventListener("compositionend", function () { composing = false; });
  function writes(target) { return /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && !/^(radio|checkbox)$/.test(target.type); }
  function rows() { return all("[data-row]"); }
  function move(step) {
    var list = rows(), at = list.findIndex(function (row) { return row.classList.contains("chosen"); });
    if (!list.length) { return; }
    if (at >= 0) { list[at].classList.remove("chosen"); }
    at = Math.min(list.length - 1, Math.max(0, at + step));
    list[at].classList.add("chosen");
    var link = list[at].querySelector("a");
    if (link) { link.focus(); }
  }
  function press(selector) {
    var found = one(selector);
    if (found) { found.click(); }
    return !!found;
  }
  doc.addEventListener("keydown", function (event) {
    var key = event.key;
    if (composing || event.isComposing || event.keyCode === 229 || event.altKey || event.metaKey) { return; }
    if (key === "Enter" && event.ctrlKey) {
      if (press("[data-continue]")) { event.preventDefault(); }
      return;
    }
    if (event.ctrlKey || writes(event.target)) { return; }
    if (key === "j") { move(1); }
    else if (key === "k") { move(-1); }
    else if (key === "x") { press("[data-row].chosen input[type=checkbox]"); }
    else if (key === "n") { press("[data-next]"); }
    else if (key === "?") { press("[data-keys]"); }
    else if (key === "/") { var search = one("[data-search]"); if (!search) { return; } search.focus(); }
    else if (/^[1-9]$/.test(key)) {
      var outcome = all("input[data-outcome]")[Number(key) - 1];
      if (!outcome) { return; }
      outcome.click(); outcome.focus();
    } else { return; }
    event.preventDefault();
  });
})();
