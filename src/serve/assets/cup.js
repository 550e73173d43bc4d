// The page of a cup of any format: what is asked stands in the address, the server answers, and the page shows it.

import { get, newestOnly, post, Refused } from "/server.js";
import { drawStages } from "/cup_stages.js";

/** Simulated tournaments of an answer: enough for a standard error of 0.35 points at most. */
const RUNS = 20000;

const part = (id) => document.getElementById(id);
const id = decodeURIComponent(location.pathname.split("/").pop());
const question = readAddress();
const past = [];
let seen = null;

/** What the address asks: the moment, and results that are taken for granted. */
function readAddress() {
  const query = new URLSearchParams(location.search);
  return { as_of: query.get("as_of"), fixes: query.getAll("fix") };
}

function writeAddress() {
  const query = new URLSearchParams();
  if (question.as_of) query.set("as_of", question.as_of);
  for (const fix of question.fixes) query.append("fix", fix);
  const text = query.toString();
  history.replaceState(null, "", text ? `?${text}` : location.pathname);
}

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

/** What a fix is about: all of it but the score. */
export function aboutOf(fix) {
  return fix.replace(/ (\d+-\d+( pens \d+-\d+)?|home win|draw|away win)$/, "");
}

/** Takes a result for granted in place of another of the same match; of `null`, takes none. */
function change(about, fix) {
  past.push({ ...question, fixes: [...question.fixes] });
  const others = question.fixes.filter((one) => aboutOf(one) !== about);
  question.fixes = fix ? [...others, fix] : others;
  ask();
}

const answer = newestOnly(async (asked, isOld) => {
  const body = { tournament: id, fixes: asked.fixes };
  if (asked.as_of) body.as_of = asked.as_of;
  part("status").textContent = "Computing …";
  try {
    const state = JSON.parse(await post("/api/cup", body));
    if (isOld()) return;
    seen = state;
    drawMoment(state);
    drawChips();
    drawStages(part("stages"), state, null, asked.fixes, change);
    const odds = JSON.parse(await post("/api/forecast", { ...body, sims: RUNS, seed: 1 }));
    if (isOld()) return;
    drawOdds(odds);
    drawStages(part("stages"), state, odds, asked.fixes, change);
    part("alarm").hidden = true;
    part("status").textContent = "";
  } catch (problem) {
    part("status").textContent = "";
    part("alarm-text").textContent = problem instanceof Refused ? problem.message : String(problem);
    part("alarm-undo").hidden = past.length === 0;
    part("alarm").hidden = false;
    if (!(problem instanceof Refused)) throw problem;
  }
});

function ask() {
  writeAddress();
  drawChips();
  part("undo").disabled = past.length === 0;
  part("reset").disabled = question.fixes.length === 0;
  answer({ as_of: question.as_of, fixes: [...question.fixes] });
}

function drawChips() {
  const chip = (fix) => {
    const button = element("button", { type: "button", title: "Take it back" }, `${wordsOf(fix)} ×`);
    button.addEventListener("click", () => change(aboutOf(fix), null));
    return element("li", {}, button);
  };
  part("chips").replaceChildren(...question.fixes.map(chip));
  part("nothing-fixed").hidden = question.fixes.length > 0;
}

/** A fix without its stage, with names in place of codes as far as they are known. */
function wordsOf(fix) {
  const found = seen?.games.find((game) => aboutOf(fix) === `${game.stage} ${game.clubs.join("-")}`);
  if (!found) return fix;
  const name = (code) => seen.clubs.find((club) => club.code === code)?.name ?? code;
  const score = fix.slice(aboutOf(fix).length + 1);
  return `${name(found.clubs[0])} – ${name(found.clubs[1])} ${score}`;
}

function drawMoment(state) {
  const slider = part("moment");
  const now = Math.max(0, state.moments.findIndex((moment) => moment.key === state.as_of));
  slider.max = String(state.moments.length - 1);
  slider.value = String(now);
  sayMoment(state.moments[now]);
  document.title = `${state.title}: cupcast`;
}

function sayMoment(moment) {
  if (!moment) return;
  const day = moment.date ? `, ${dayOf(moment.date)}` : "";
  part("moment-words").textContent = `${moment.words}${day}`;
  part("moment").setAttribute("aria-valuetext", moment.words);
}

function dayOf(date) {
  return new Date(`${date}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

/** The position of the milestone that everybody asks about. */
function titleOf(odds) {
  const title = odds.milestones.find((milestone) => milestone.key === "title");
  return (title ?? odds.milestones.at(-1)).key;
}

/** Brazil 24%, France 15%; nobody else above 12%. */
function leadOf(odds) {
  const title = titleOf(odds);
  const clubs = odds.clubs.map((club) => ({ name: club.name, p: club.milestones[title] })).sort((a, b) => b.p - a.p);
  const words = (p) => (p < 0.01 ? "<1%" : p > 0.99 ? ">99%" : `${Math.round(p * 100)}%`);
  const named = clubs.filter((club, index) => index === 0 || (index < 4 && club.p > 0.55 * clubs[0].p));
  const rest = clubs[named.length]?.p ?? 0;
  const limit = rest > 0 ? `nobody else above ${Math.max(1, Math.ceil(rest * 100 - 1e-9))}%` : "nobody else can win";
  const moment = seen.moments.find((one) => one.key === odds.as_of);
  const when = moment ? `${moment.words[0].toUpperCase()}${moment.words.slice(1)}: ` : "";
  const iffed = question.fixes.length > 0 ? "With your what-if: " : when;
  return `${iffed}${named.map((club) => `${club.name} ${words(club.p)}`).join(", ")}; ${limit}.`;
}

/** A chance as it stands in a cell. */
export function cellWords(p, error) {
  if (error === 0 && p === 1) return "✓";
  if (error === 0 && p === 0) return "–";
  if (p < 0.001) return "<0.1";
  if (p > 0.995) return ">99";
  return p < 0.0995 ? (p * 100).toFixed(1) : (p * 100).toFixed(0);
}

export function chanceCell(p, error, words) {
  const cell = element("td", { className: "chance", title: words }, cellWords(p, error));
  if (error === 0 && p === 1) cell.classList.add("sure");
  if (error === 0 && p === 0) cell.classList.add("never");
  cell.style.setProperty("--share", String(p));
  return cell;
}

function drawOdds(odds) {
  part("lead").textContent = leadOf(odds);
  part("model").textContent = odds.model;
  part("odds-note").textContent = `In percent, from ${odds.sims.toLocaleString("en-GB")} simulated tournaments; ✓ is certain, – cannot be.`;
  const head = element("tr", {}, element("th", { scope: "col", className: "club" }, "club"));
  head.append(...odds.milestones.map((one) => element("th", { scope: "col", title: one.words }, one.key)));
  const keys = odds.milestones.map((milestone) => milestone.key);
  const order = [titleOf(odds), ...keys.toReversed()];
  const ahead = (a, b) => order.map((key) => b.milestones[key] - a.milestones[key]).find((difference) => difference !== 0) ?? 0;
  const rows = odds.clubs.toSorted(ahead).map((club) => {
    const cells = odds.milestones.map((one) =>
      chanceCell(club.milestones[one.key], club.standard_error.milestones[one.key], `${club.name} ${one.words}`),
    );
    return element("tr", {}, element("th", { scope: "row", className: "club" }, club.name), ...cells);
  });
  part("odds-table").replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
}

async function begin() {
  const { cups } = await get("/api/cups");
  const options = cups.map((cup) =>
    element("option", { value: cup.id, selected: cup.id === id }, `${cup.competition} ${cup.edition}`),
  );
  part("cup").replaceChildren(...options);
  part("cup").addEventListener("change", () => location.assign(`/cups/${encodeURIComponent(part("cup").value)}`));
  part("moment").addEventListener("input", () => sayMoment(seen?.moments[Number(part("moment").value)]));
  part("moment").addEventListener("change", () => {
    const moment = seen?.moments[Number(part("moment").value)];
    if (!moment) return;
    past.push({ ...question, fixes: [...question.fixes] });
    question.as_of = moment.key;
    ask();
  });
  part("reset").addEventListener("click", () => {
    past.push({ ...question, fixes: [...question.fixes] });
    question.fixes = [];
    ask();
  });
  for (const button of ["undo", "alarm-undo"]) {
    part(button).addEventListener("click", () => {
      if (past.length > 0) Object.assign(question, past.pop());
      ask();
    });
  }
  part("share").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      part("share").textContent = "Copied";
    } catch {
      part("share").textContent = "Copy it from the address";
    }
    setTimeout(() => (part("share").textContent = "Copy link"), 2000);
  });
  ask();
}

begin();
