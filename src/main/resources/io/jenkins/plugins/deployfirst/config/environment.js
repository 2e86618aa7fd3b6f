// The form of an environment: it is tried as it stands, shown as code, and two of one name are told apart.
(function () {
  const ENVIRONMENT = ".deploy-first-environment";
  const MARKER = "deployFirstMarker";
  let marked = 0;

  /** Returns the part of a submitted form that holds the marked field, without that field. */
  function partWith(value, marker) {
    if (value === null || typeof value !== "object") {
      return null;
    }
    if (value[MARKER] === marker) {
      delete value[MARKER];
      return value;
    }
    return Object.keys(value).reduce(
      (found, key) => found || partWith(value[key], marker),
      null,
    );
  }

  /** Returns the environment's form as Jenkins would submit it. */
  function submission(environment) {
    const form = environment.closest("form");
    const marker = document.createElement("input");
    marker.type = "hidden";
    marker.name = "_." + MARKER;
    marker.value = String(++marked);
    environment.appendChild(marker);
    try {
      buildFormTree(form);
      return partWith(JSON.parse(form.elements.json.value), marker.value);
    } finally {
      marker.remove();
    }
  }

  function show(element, yes) {
    if (yes) {
      element.classList.remove("jenkins-hidden");
    } else {
      element.classList.add("jenkins-hidden");
    }
  }

  function ask(button) {
    const environment = button.closest(ENVIRONMENT);
    const progress = environment.querySelector(".deploy-first-progress");
    const answer = environment.querySelector(".deploy-first-answer");
    const buttons = environment.querySelectorAll(".deploy-first-ask");
    const asking = (yes) => {
      buttons.forEach((one) => {
        one.disabled = yes;
      });
      show(progress, yes);
      show(answer, !yes);
    };
    asking(true);
    fetch(environment.dataset.url + "/" + button.dataset.method, {
      method: "post",
      headers: crumb.wrap({
        "Content-Type": "application/x-www-form-urlencoded",
      }),
      body:
        "environment=" +
        encodeURIComponent(JSON.stringify(submission(environment))),
    })
      .then((response) => {
        if (!response.ok) {
          throw new Error(String(response.status));
        }
        return response.text();
      })
      .then((text) => {
        answer.innerHTML = text;
        Behaviour.applySubtree(answer);
      })
      .catch((failure) => {
        console.error(failure);
        answer.textContent = environment.dataset.failed;
      })
      .then(() => {
        asking(false);
        button.focus({ preventScroll: true });
      });
  }

  function nameOf(environment) {
    return environment.querySelector("input[name='_.name']");
  }

  /** Shows which names come twice in a form. */
  function compareNames(form) {
    const all = Array.from(form.querySelectorAll(ENVIRONMENT));
    const names = all.map((environment) => nameOf(environment).value.trim());
    all.forEach((environment, index) => {
      const same = names.filter((name) => name === names[index]);
      const twice = names[index] !== "" && same.length > 1;
      show(environment.querySelector(".deploy-first-duplicate"), twice);
    });
  }

  /** Returns what a part of the form holds; of one that can be left out, the check box has its name. */
  function contentOf(place) {
    return place.matches("input[type=checkbox]")
      ? place.closest(".optionalBlock-container") || place
      : place;
  }

  /** Returns the field, or the part of the form, of a setting such as host.ssh.address. */
  function placeOf(setting, environment) {
    return setting
      .split(".")
      .reduce(
        (place, part) =>
          contentOf(place).querySelector(
            `[name="_.${part}"], [name="${part}"]`,
          ) || place,
        environment,
      );
  }

  /** Goes to the setting that an error message links to: ?deploy-first=preprod&setting=host.ssh.address */
  function goToSetting(environment) {
    const wanted = new URLSearchParams(location.search);
    const setting = wanted.get("setting") || "name";
    if (
      wanted.get("deploy-first") !== nameOf(environment).value ||
      !/^[A-Za-z.]+$/.test(setting)
    ) {
      return;
    }
    const place = placeOf(setting, environment);
    const folded = place.closest(".advancedBody");
    if (folded !== null) {
      folded.parentElement.querySelector(".advanced-button").click();
    }
    const fields = "input:not([type=hidden]), select, textarea";
    const field = place.matches(fields) ? place : place.querySelector(fields);
    (field || environment).scrollIntoView({ block: "center" });
    (field || environment).focus({ preventScroll: true });
  }

  Behaviour.specify(ENVIRONMENT, "deploy-first-names", 0, (environment) => {
    const compare = () => compareNames(environment.closest("form"));
    nameOf(environment).addEventListener("input", compare);
    compare();
  });

  // Last, when everything that can be folded is folded.
  Behaviour.specify(ENVIRONMENT, "deploy-first-setting", 1000, goToSetting);

  Behaviour.specify(".deploy-first-ask", "deploy-first-ask", 0, (button) => {
    button.addEventListener("click", () => ask(button));
  });
})();
