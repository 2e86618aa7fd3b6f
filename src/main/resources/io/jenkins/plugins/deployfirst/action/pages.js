/* Keeps the records of a build up to date while one of them is under way, and leaves the rest of the page alone. */
(() => {
  const LONGEST_PAUSE = 30_000;

  /** Links, buttons and folds, in their order: what a keyboard can be at. */
  const stops = (element) => [...element.querySelectorAll("a[href], summary, button, [tabindex]")];

  /** What tells a stop from the others of its record, also when new ones come before it. */
  const nameOf = (stop) => stop.getAttribute("href") || stop.closest("details")?.dataset.key;

  const foldsByKey = (element) =>
    new Map([...element.querySelectorAll("details")].map((fold) => [fold.dataset.key, fold]));

  const isBeingRead = (element) => {
    const selection = document.getSelection();
    return selection && !selection.isCollapsed && selection.containsNode(element, true);
  };

  /** Puts the new record into the place of the old one: what was unfolded stays so, and the focus where it was. */
  const replace = (before, now) => {
    const active = document.activeElement;
    const at = before.contains(active) ? nameOf(active) : undefined;
    const earlierFolds = foldsByKey(before);
    foldsByKey(now).forEach((fold, key) => {
      const earlier = earlierFolds.get(key);
      if (earlier && earlier.dataset.touched) {
        fold.open = earlier.open;
        fold.dataset.touched = "true";
      }
    });
    before.replaceWith(now);
    Behaviour.applySubtree(now, true);
    const stop = at && stops(now).find((one) => nameOf(one) === at && one.tagName === active.tagName);
    if (stop) {
      stop.focus({ preventScroll: true });
    }
  };

  const differs = (before, now) => before.dataset.shown !== now.outerHTML;

  const remember = (record) => {
    record.dataset.shown = record.outerHTML;
  };

  /** Shows what has changed; what a person has selected waits for the next look. */
  const show = (records, news) => {
    [...news.children].forEach((now) => {
      const html = now.outerHTML;
      const before = document.getElementById(now.id);
      if (!before) {
        records.append(now);
        Behaviour.applySubtree(now, true);
      } else if (differs(before, now) && !isBeingRead(before)) {
        replace(before, now);
      } else {
        return;
      }
      now.dataset.shown = html;
    });
    records.dataset.next = news.dataset.next;
    records.dataset.status = news.dataset.status;
  };

  const follow = (region) => {
    const records = region.querySelector(".deploy-first-records");
    const status = region.querySelector("[role=status]");
    let failures = 0;
    let timer;

    const say = () => {
      if (status.textContent !== records.dataset.status) {
        status.textContent = records.dataset.status;
      }
    };

    const plan = () => {
      const next = Number(records.dataset.next);
      window.clearTimeout(timer);
      if (next > 0 && region.isConnected) {
        timer = window.setTimeout(look, Math.min(next * Math.pow(2, failures), LONGEST_PAUSE));
      }
    };

    const take = (html) => {
      const news = new DOMParser().parseFromString(html, "text/html").querySelector(".deploy-first-records");
      if (news) {
        show(records, news);
        say();
      }
    };

    const look = () => {
      if (document.hidden) {
        return;
      }
      fetch(region.dataset.url, { credentials: "same-origin" })
        .then((answer) => {
          if (answer.status >= 400 && answer.status < 500) {
            // The build was deleted, or the session is over: there is nothing more to see.
            records.dataset.next = "0";
            return undefined;
          }
          if (!answer.ok) {
            throw new Error(answer.statusText);
          }
          failures = 0;
          return answer.text().then(take);
        })
        .catch(() => {
          failures += 1;
        })
        .finally(plan);
    };

    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && Number(records.dataset.next) > 0) {
        look();
      }
    });
    [...records.children].forEach(remember);
    plan();
  };

  Behaviour.specify(".deploy-first-details > summary", "deploy-first-details", 0, (summary) => {
    summary.addEventListener("click", () => {
      summary.parentElement.dataset.touched = "true";
    });
  });

  Behaviour.specify(".deploy-first-live", "deploy-first-live", 0, (region) => {
    if (!region.dataset.followed) {
      region.dataset.followed = "true";
      follow(region);
    }
  });
})();
