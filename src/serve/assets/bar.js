// Measures what stays at the top of the window, so that nothing that is scrolled to hides behind it.

const bars = [document.querySelector(".top"), document.querySelector(".jump")];

/** Keeps the property `--bar` of the page at the height of the bars that stay. */
export function measureBars() {
  const observer = new ResizeObserver(() => {
    const staying = bars.filter((bar) => getComputedStyle(bar).position === "sticky");
    const height = staying.reduce((sum, bar) => sum + bar.offsetHeight, 0);
    document.documentElement.style.setProperty("--bar", `${height}px`);
  });
  for (const bar of bars) observer.observe(bar);
}
