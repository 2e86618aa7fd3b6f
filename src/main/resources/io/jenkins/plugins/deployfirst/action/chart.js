/* Draws how long deployments and rollbacks took, in the colours of the theme. */
Behaviour.specify(".deploy-first-chart", "deploy-first-chart", 0, (element) => {
  const model = JSON.parse(element.dataset.model);
  const colour = (name) => window.getComputedStyle(element).getPropertyValue(name).trim();
  const chart = window.echarts.init(element);

  const inSeconds = (value) =>
    value === null || value === undefined ? "" : element.dataset.unit.replace("{0}", value);

  const series = (name, data, fill) => ({
    name,
    data,
    type: "bar",
    barMaxWidth: 24,
    itemStyle: { color: fill, borderRadius: [2, 2, 0, 0] },
  });

  const draw = () => {
    const text = colour("--text-color");
    const faint = colour("--text-color-secondary");
    chart.setOption({
      animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
      textStyle: { color: text, fontFamily: window.getComputedStyle(element).fontFamily },
      legend: { top: 0, left: 0, textStyle: { color: text } },
      grid: { top: 40, left: 0, right: 0, bottom: 0, containLabel: true },
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "shadow" },
        confine: true,
        renderMode: "richText",
        valueFormatter: inSeconds,
        backgroundColor: colour("--background"),
        borderColor: faint,
        textStyle: { color: text },
      },
      xAxis: {
        type: "category",
        data: model.labels,
        axisLabel: { color: faint, hideOverlap: true },
        axisLine: { lineStyle: { color: faint } },
        axisTick: { show: false },
      },
      yAxis: {
        type: "value",
        axisLabel: { color: faint, formatter: inSeconds },
        splitLine: { lineStyle: { color: faint, opacity: 0.25 } },
      },
      series: [
        series(element.dataset.deployments, model.deployments, colour("--accent-color")),
        series(element.dataset.rollbacks, model.rollbacks, colour("--orange")),
      ],
    });
  };

  draw();
  new ResizeObserver(() => chart.resize()).observe(element);
  // A theme that follows the system changes while the page is open.
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
});
