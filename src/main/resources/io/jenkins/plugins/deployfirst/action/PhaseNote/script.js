/* A log that still grows brings its lines after the page: whoever asked for one of them is taken there when it comes. */
Behaviour.specify(".deploy-first-phase", "deploy-first-phase", 0, (line) => {
  if (window.location.hash === `#${line.id}`) {
    line.classList.add("deploy-first-phase--asked-for");
    line.scrollIntoView({ block: "center" });
  }
});
