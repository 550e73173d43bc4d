// How much hangs on each open match: a mark on those that matter, and a list of the foremost.

import { explain } from "./explain.js";
import { element } from "./stepper.js";
import { error, list, points } from "./words.js";

/** Matches that move less than this share of what the foremost moves get no mark. */
const WORTH_A_MARK = 0.1;

/** A place for a mark, empty so far. */
export function makeMark() {
  const mark = element("span", { class: "weight", tabindex: "0" });
  mark.hidden = true;
  return mark;
}

/** Shows a weight in its place, or nothing. */
export function showMark(mark, weight) {
  mark.hidden = !weight;
  if (!weight) return;
  mark.textContent = weight.points;
  mark.style.setProperty("--share", weight.share.toFixed(3));
  explain(mark, weight.text);
}

/** The weights of an answer of the server, by "TOL-CAL" for group matches and "SF1 leg 2" for knockout legs. */
export function readWeights({ fixtures }, clubs) {
  const codes = new Map([...clubs.values()].map((club) => [club.name, club.code]));
  const open = fixtures.filter(({ leverage }) => leverage > 0);
  const highest = open[0]?.leverage ?? 0;
  const weights = new Map();
  open.forEach((fixture, rank) => {
    if (fixture.leverage < WORTH_A_MARK * highest) return;
    const key = fixture.stage === "group" ? `${codes.get(fixture.home)}-${codes.get(fixture.away)}` : fixture.when;
    weights.set(key, {
      share: fixture.leverage / highest,
      points: (fixture.leverage * 100).toFixed(1),
      text: words(fixture, rank, open.length, clubs),
    });
  });
  return weights;
}

function words(fixture, rank, count, clubs) {
  const { leverage, leverage_standard_error: deviation, results } = fixture;
  const moved = (index) => results.reduce((sum, one) => sum + one.probability * Math.abs(one.clubs[index].swing.title), 0);
  const most = results[0].clubs.map((_, index) => index).reduce((best, index) => (moved(index) > moved(best) ? index : best), 0);
  const swings = results.filter(({ probability }) => probability > 0).map(({ result, clubs: all }) => `${result} ${points(all[most].swing.title)}`);
  const place = rank === 0 ? "more than any other" : `number ${rank + 1}`;
  return (
    `The result is expected to move the title odds by ${(leverage * 100).toFixed(1)} points, summed over all clubs ` +
    `(standard error ${error(deviation)}): ${place} of ${count} open matches. ` +
    `Most for ${clubs.get(results[0].clubs[most].code).name}: ${list(swings)}.`
  );
}

/** Lists the foremost matches whose score can be set, as buttons that go there. */
export function showForemost(place, weights, fields) {
  const shown = [...weights].filter(([key]) => fields.has(key)).slice(0, 3);
  const buttons = shown.map(([key, weight]) => {
    const { words: name, input } = fields.get(key);
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => input().focus());
    explain(button, weight.text);
    return button;
  });
  place.replaceChildren(...(buttons.length > 0 ? ["Matters most: ", ...buttons] : []));
}
