// Makes a table fit its room: tighter step by step, until nothing of it is cut.

/** The degrees of tightness that style.css knows; the last shows the codes of clubs in place of their names. */
const DEGREES = ["", "snug", "tight", "codes"];

/** Keeps a table inside the box that would scroll it. Returns what to call after its contents changed, and when it is another. */
export function keepInside(box, table) {
  let width = 0;
  const cut = () => box.scrollWidth > box.clientWidth;
  const tighten = (from) => {
    for (const degree of DEGREES.slice(from)) {
      table.dataset.fit = degree;
      if (!cut()) return;
    }
  };
  new ResizeObserver(() => {
    if (box.clientWidth === width) return;
    width = box.clientWidth;
    tighten(0);
  }).observe(box);
  return {
    // Only more room or another table loosens it, so that it does not change with every forecast.
    check: () => cut() && tighten(DEGREES.indexOf(table.dataset.fit ?? "") + 1),
    anew: () => tighten(0),
  };
}
