/* The page "Deployments": filter, refresh without stealing focus, selection or scroll, and the dialogs of the actions. */
(function () {
  "use strict";

  const INTERVAL = 10000;
  const INTERVAL_OF_MANY = 30000;
  const MANY = 100;
  const LONGEST_PAUSE = 60000;
  const SOON = 1500;

  /** What a part looked like when it came from Jenkins: since then, behaviours may have changed it. */
  const sources = new WeakMap();

  const rootUrl = () => document.head.dataset.rooturl;

  function pageOf(answer) {
    if (!answer.ok) {
      throw new Error(`${answer.status} ${answer.statusText}`);
    }
    return answer.text().then((text) => new DOMParser().parseFromString(text, "text/html"));
  }

  /* ---- Refresh ---- */

  /** What is being read, or pressed at this moment, stays as it is until the next look. */
  function isBusy(element) {
    if (element.matches(":active")) {
      return true;
    }
    const selection = window.getSelection();
    return !selection.isCollapsed && selection.containsNode(element, true);
  }

  /** Returns what finds the same control in a newer version of a part. */
  function keyOf(control) {
    for (const name of ["href", "data-deploy-first-dialog", "data-deploy-first-post", "id"]) {
      if (control.hasAttribute(name)) {
        return `[${name}="${CSS.escape(control.getAttribute(name))}"]`;
      }
    }
    return null;
  }

  /** Remembers how it came, then has it get its tooltips. */
  function settle(element) {
    sources.set(element, element.outerHTML);
    if (element.querySelector("[tooltip]") !== null) {
      window.Behaviour.applySubtree(element, true);
    }
  }

  /** Returns the elements that are replaced as a whole: the cells of a row, or the part itself. */
  function pieces(part) {
    return part.tagName === "TR" ? Array.from(part.cells) : [part];
  }

  function replace(old, fresh) {
    if (sources.get(old) === fresh.outerHTML || isBusy(old)) {
      return;
    }
    const focused = old.contains(document.activeElement) ? keyOf(document.activeElement) : null;
    old.replaceWith(fresh);
    settle(fresh);
    if (focused !== null) {
      const again = fresh.querySelector(focused);
      if (again !== null) {
        again.focus({ preventScroll: true });
      }
    }
  }

  /** A row stays, with its place in the tab order; its cells are replaced one by one. */
  function update(old, fresh) {
    if (old.tagName !== "TR" || old.cells.length !== fresh.cells.length) {
      replace(old, fresh);
      return;
    }
    for (const attribute of fresh.attributes) {
      old.setAttribute(attribute.name, attribute.value);
    }
    const cells = Array.from(fresh.cells);
    Array.from(old.cells).forEach((cell, index) => replace(cell, cells[index]));
  }

  function sync(parent, fresh) {
    const known = new Map(Array.from(parent.children, (child) => [child.dataset.part, child]));
    let before = parent.firstElementChild;
    for (const part of Array.from(fresh)) {
      const old = known.get(part.dataset.part);
      known.delete(part.dataset.part);
      if (old === undefined) {
        const here = document.importNode(part, true);
        parent.insertBefore(here, before);
        pieces(here).forEach(settle);
      } else if (old === before) {
        before = before.nextElementSibling;
        update(old, document.importNode(part, true));
      } else {
        parent.insertBefore(old, before);
        update(old, document.importNode(part, true));
      }
    }
    known.forEach((gone) => gone.remove());
  }

  function refreshed(parent) {
    let timer = null;
    let pause = INTERVAL;

    for (const part of parent.children) {
      pieces(part).forEach((piece) => sources.set(piece, piece.outerHTML));
    }

    function usualPause() {
      if (parent.dataset.deployFirstPause) {
        return Number(parent.dataset.deployFirstPause);
      }
      return parent.children.length > MANY ? INTERVAL_OF_MANY : INTERVAL;
    }

    function lost(isLost) {
      const notice = document.getElementById("deploy-first-lost");
      if (notice !== null) {
        notice.hidden = !isLost;
      }
    }

    function later(millis) {
      window.clearTimeout(timer);
      if (!document.hidden && parent.dataset.deployFirstRefresh) {
        timer = window.setTimeout(look, millis);
      }
    }

    function show(page) {
      const first = page.querySelector("[data-part]");
      sync(parent, first === null ? [] : first.parentElement.children);
      pause = usualPause();
      lost(false);
      if (page.querySelector("[data-last='true']") !== null) {
        delete parent.dataset.deployFirstRefresh;
      }
      parent.dispatchEvent(new CustomEvent("deploy-first-refreshed"));
    }

    function miss() {
      pause = Math.min(pause * 2, LONGEST_PAUSE);
      lost(true);
    }

    function look() {
      fetch(parent.dataset.deployFirstRefresh, { cache: "no-store", redirect: "error" })
        .then(pageOf)
        .then(show)
        .catch(miss)
        .then(() => later(pause));
    }

    document.addEventListener("visibilitychange", () => later(0));
    document.addEventListener("deploy-first-soon", () => later(SOON));
    later(usualPause());
  }

  /* ---- Filter ---- */

  function filter(rows) {
    const text = document.getElementById("deploy-first-filter");
    const attention = document.getElementById("deploy-first-attention");
    const summary = document.getElementById("deploy-first-summary");
    const address = new URL(window.location.href);
    text.value = address.searchParams.get("filter") || "";
    attention.checked = address.searchParams.has("attention");

    function say(shown, needing) {
      const all = rows.children.length;
      const template =
        shown === all ? summary.dataset.all : shown === 0 ? summary.dataset.none : summary.dataset.some;
      const words = template.replace("{0}", all).replace("{1}", needing).replace("{2}", shown);
      if (summary.textContent !== words) {
        summary.textContent = words;
      }
    }

    function apply() {
      const words = text.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
      let shown = 0;
      let needing = 0;
      for (const row of rows.children) {
        const needs = row.dataset.attention === "true";
        const found = row.dataset.search.toLowerCase();
        row.hidden = (attention.checked && !needs) || !words.every((word) => found.includes(word));
        shown += row.hidden ? 0 : 1;
        needing += needs ? 1 : 0;
      }
      say(shown, needing);
    }

    function remember() {
      const here = new URL(window.location.href);
      here.searchParams.delete("filter");
      here.searchParams.delete("attention");
      if (text.value !== "") {
        here.searchParams.set("filter", text.value);
      }
      if (attention.checked) {
        here.searchParams.set("attention", "");
      }
      window.history.replaceState(null, "", here);
      apply();
    }

    text.addEventListener("input", remember);
    attention.addEventListener("change", remember);
    rows.addEventListener("deploy-first-refreshed", apply);
    apply();
  }

  /* ---- Actions ---- */

  function post(url, fields) {
    return fetch(url, {
      method: "POST",
      headers: window.crumb.wrap({ Accept: "application/json" }),
      body: new URLSearchParams(fields),
    });
  }

  /** Returns the answer's JSON; throws what Jenkins says against it. */
  function resultOf(answer) {
    return answer
      .json()
      .catch(() => ({}))
      .then((json) => {
        if (!answer.ok) {
          throw new Error(json.error || `${answer.status} ${answer.statusText}`);
        }
        return json;
      });
  }

  function tell(failure) {
    window.notificationBar.show(failure.message, window.notificationBar.ERROR);
  }

  function postButton(button) {
    button.disabled = true;
    post(button.dataset.deployFirstPost, {})
      .then(resultOf)
      .catch(tell)
      .then(() => {
        button.disabled = false;
        button.focus({ preventScroll: true });
        document.dispatchEvent(new CustomEvent("deploy-first-soon"));
      });
  }

  function showTarget(form) {
    const target = form.querySelector("#deploy-first-target");
    if (target === null) {
      return;
    }
    const show = () => {
      const chosen = target.selectedOptions[0];
      form.querySelector("#deploy-first-target-live").textContent = chosen ? chosen.dataset.live : "";
      const freeze = chosen ? chosen.dataset.freeze || "" : "";
      form.querySelector("#deploy-first-freeze").hidden = freeze === "";
      form.querySelector("#deploy-first-freeze-hours").textContent = freeze;
      form.querySelector("#deploy-first-reason").required = freeze !== "";
    };
    target.addEventListener("change", show);
    show();
  }

  function submit(form) {
    const problem = form.querySelector(".deploy-first-problem");
    const button = form.querySelector("[type=submit]");
    problem.hidden = true;
    button.disabled = true;
    post(form.action, new FormData(form))
      .then(resultOf)
      .then((operation) => {
        window.location.href = `${rootUrl()}/deployments/operation/${operation.number}/`;
      })
      .catch((failure) => {
        problem.textContent = failure.message;
        problem.hidden = false;
        button.disabled = false;
      });
  }

  function show(form, opener) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      submit(form);
    });
    showTarget(form);
    window.dialog.modal(form, {
      title: opener.dataset.title,
      minWidth: "min(450px, 100vw - 2rem)",
      maxWidth: "min(600px, 100vw - 2rem)",
    });
    const box = form.closest("dialog");
    const close = form.querySelector("[data-deploy-first-close]");
    close.addEventListener("click", () => box.dispatchEvent(new Event("cancel")));
    box.addEventListener("cancel", () => opener.focus({ preventScroll: true }));
    // Whoever holds the key down that opened the dialog must not go through with it.
    (form.querySelector("#deploy-first-confirm") || close).focus();
  }

  function openDialog(opener) {
    fetch(opener.dataset.deployFirstDialog, { cache: "no-store" })
      .then(pageOf)
      .then((page) => show(document.importNode(page.querySelector("form"), true), opener))
      .catch(tell);
  }

  function start() {
    document.querySelectorAll("[data-deploy-first-refresh]").forEach(refreshed);
    const rows = document.getElementById("deploy-first-rows");
    if (rows !== null) {
      filter(rows);
    }
    document.addEventListener("click", (event) => {
      const poster = event.target.closest("[data-deploy-first-post]");
      const opener = event.target.closest("[data-deploy-first-dialog]");
      if (poster !== null) {
        postButton(poster);
      } else if (opener !== null) {
        openDialog(opener);
      }
    });
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
