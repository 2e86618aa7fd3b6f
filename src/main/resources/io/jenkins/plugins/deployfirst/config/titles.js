// Names the fields of our forms by their titles, which stand apart from them: for those who hear the page.
(function () {
  /** What tells our fields from others: their help. */
  const HELP = "[helpurl*='io.jenkins.plugins.deployfirst']";
  const FIELDS =
    "input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea";

  function name(field, title) {
    if (field.labels.length === 0 && !field.hasAttribute("aria-label")) {
      field.setAttribute("aria-label", title.trim());
    }
  }

  /** What follows the text of a title is the link to the help. */
  function nameFields(item) {
    const title = item.querySelector(":scope > .jenkins-form-label");
    if (title !== null && title.querySelector(HELP) !== null) {
      item.querySelectorAll(FIELDS).forEach((field) => {
        if (field.closest(".jenkins-form-item") === item) {
          name(field, title.firstChild.textContent);
        }
      });
    }
  }

  function nameBox(box) {
    const line = box.closest(".help-sibling");
    if (line !== null && line.querySelector(HELP) !== null) {
      name(box.querySelector("input"), box.querySelector("label").textContent);
    }
  }

  Behaviour.specify(
    ".jenkins-form-item",
    "deploy-first-fields",
    0,
    nameFields,
  );
  Behaviour.specify(".jenkins-checkbox", "deploy-first-boxes", 0, nameBox);
})();
