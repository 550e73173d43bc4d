// The stages of a cup, each by its kind: tables and orders with their matches, ties with their legs.

import { cellWords, chanceCell } from "/cup.js";

/** From how many clubs on a table takes the whole width. */
const LARGE = 9;

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

/** Draws every stage anew; whoever is typing keeps the place. */
export function drawStages(where, state, odds, fixes, change) {
  const focus = document.activeElement?.dataset?.key;
  const unfolded = new Set([...where.querySelectorAll("details[open]")].map((one) => one.dataset.fold));
  const page = { state, odds, fixes, change, unfolded, names: new Map(state.clubs.map((club) => [club.code, club.name])) };
  const stages = state.table.stages.filter((stage) => ["table", "order", "ties"].includes(stage.kind));
  where.replaceChildren(...stages.map((stage) => drawStage(page, stage)));
  drawJump(stages);
  if (focus) document.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
}

function drawJump(stages) {
  const links = [["odds", "Odds"], ...stages.map((stage) => [`stage-${stage.key}`, capital(stage.name)])];
  document.getElementById("jump").replaceChildren(...links.map(([at, words]) => element("a", { href: `#${at}` }, words)));
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function drawStage(page, stage) {
  const draw = { table: drawTable, order: drawTable, ties: drawTie }[stage.kind];
  const cards = element("div", { className: "cards" }, ...stage.units.map((unit) => draw(page, stage, unit)));
  const heading = element("h2", { id: `heading-${stage.key}` }, capital(stage.name));
  const section = element("section", { id: `stage-${stage.key}`, className: "stage", tabIndex: -1 }, heading, cards);
  section.setAttribute("aria-labelledby", heading.id);
  return section;
}

function gamesOf(page, stage, unit) {
  return page.state.games.filter((game) => game.stage === stage.key && game.unit === unit.key);
}

function drawTable(page, stage, unit) {
  const games = gamesOf(page, stage, unit);
  const large = unit.rows.length >= LARGE;
  const card = element("article", { className: large ? "card wide" : "card" });
  if (stage.units.length > 1) card.append(element("h3", {}, capital(unit.name)));
  card.append(element("div", { className: "scroll" }, standing(page, stage, unit)));
  const played = games.filter((game) => game.score && !isFixed(page, game));
  const open = games.filter((game) => !played.includes(game));
  const list = (some) => element("div", { className: large ? "fixtures columns" : "fixtures" }, ...some.map((game) => drawGame(page, game)));
  card.append(list(open));
  if (played.length > 0) card.append(folded(page, `${stage.key} ${unit.key}`, played.length, list(played)));
  return card;
}

/** Matches that were played, folded away unless somebody opened them. */
function folded(page, key, count, list) {
  const words = count === 1 ? "1 match played" : `${count} matches played`;
  const details = element("details", { className: "played" }, element("summary", {}, words), list);
  details.dataset.fold = key;
  details.open = page.unfolded.has(key);
  return details;
}

/** A table: the clubs as they stand with the chance of each place (of the first four in a large one). */
function standing(page, stage, unit) {
  const size = unit.rows.length;
  const shown = size > 6 ? [] : unit.rows.map((_, rank) => rank);
  const head = element("tr", {}, element("th", { scope: "col", className: "club" }, "club"));
  const column = (words, title) => head.append(element("th", { scope: "col", title }, words));
  column("P", "played");
  column("+/−", "goal difference");
  column("pts", "points");
  for (const rank of shown) column(String(rank + 1), `chance of place ${rank + 1} in percent`);
  if (shown.length === 0) column("mean", "mean place");
  const rows = unit.rows.map((row) => {
    const club = page.odds?.clubs.find((one) => one.code === row.code);
    const places = club?.places[stage.key];
    const errors = club?.standard_error.places[stage.key];
    const difference = row.goals_for - row.goals_against;
    const cells = [row.played, difference > 0 ? `+${difference}` : String(difference).replace("-", "−"), row.points];
    const line = element("tr", {}, element("th", { scope: "row", className: "club" }, `${row.place} ${row.name}`));
    line.append(...cells.map((words) => element("td", {}, String(words))));
    for (const rank of shown) {
      line.append(places ? chanceCell(places[rank], errors[rank], `${row.name}: place ${rank + 1}`) : element("td", {}, "…"));
    }
    if (shown.length === 0) line.append(element("td", {}, places ? meanOf(places) : "…"));
    return line;
  });
  return element("table", { className: "standing" }, element("thead", {}, head), element("tbody", {}, ...rows));
}

/** The mean place of a club that is in the table in some runs. */
function meanOf(places) {
  const all = places.reduce((sum, p) => sum + p, 0);
  if (all === 0) return "";
  return (places.reduce((sum, p, rank) => sum + p * (rank + 1), 0) / all).toFixed(1);
}

function drawTie(page, stage, unit) {
  const games = gamesOf(page, stage, unit);
  const open = new Map(page.state.open_sides).get(unit.key) ?? [];
  const decided = unit.decided_by ? element("span", {}, unit.decided_by) : "";
  const card = element("article", { className: "card tie" }, element("h3", {}, unit.key, decided));
  unit.clubs.forEach((code, side) => {
    const name = element("span", { className: code ? "name" : "name open" }, code ? page.names.get(code) : openSide(page, open[side]));
    const line = element("div", { className: "side" }, name, element("span", {}, goesOn(page, stage, code)));
    if (code && unit.winner === code) line.classList.add("winner");
    card.append(line);
  });
  card.append(element("div", { className: "legs" }, ...games.map((game) => drawGame(page, game))));
  return card;
}

/** A side whose club is open: the two clubs whose tie it comes from where they are known, else what the place is called. */
function openSide(page, label) {
  const from = /^(?:winner|loser) of (.+)$/.exec(label ?? "");
  const ties = from ? page.state.table.stages.flatMap((stage) => stage.units) : [];
  const clubs = ties.find((unit) => unit.key === from[1])?.clubs ?? [];
  if (clubs.length === 2 && clubs.every(Boolean)) return clubs.map((code) => page.names.get(code)).join(" or ");
  return capital(label || "open");
}

/** The chance of a club to come to the next round, where that follows the round of this tie. */
function goesOn(page, stage, code) {
  const keys = page.odds?.milestones.map((milestone) => milestone.key) ?? [];
  const next = keys[keys.indexOf(stage.key) + 1];
  if (!code || !keys.includes(stage.key) || !next) return "";
  const club = page.odds.clubs.find((one) => one.code === code);
  const words = cellWords(club.milestones[next], club.standard_error.milestones[next]);
  return ["✓", "–"].includes(words) ? "" : `${words}%`;
}

function aboutOf(game) {
  return `${game.stage} ${game.clubs.join("-")}`;
}

function isFixed(page, game) {
  return page.fixes.some((fix) => fix.startsWith(`${aboutOf(game)} `));
}

/** A match: two clubs, two goals to type, and its odds while it is open. */
function drawGame(page, game) {
  const fixed = isFixed(page, game);
  const words = [game.legs > 1 ? `leg ${game.number}` : "", game.date ? dayOf(game.date) : ""];
  const head = element("div", { className: "head" }, element("span", { className: "when" }, words.filter(Boolean).join(", ")));
  if (fixed) head.append(element("span", { className: "tag" }, "yours"));
  const name = (side) =>
    element("span", { className: "club" }, element("span", {}, page.names.get(game.clubs[side]) + (game.home === side ? " (h)" : "")));
  const box = element("div", { className: "game" }, head, element("div", { className: "line" }, name(0), goals(page, game, fixed), name(1)));
  if (game.odds) box.append(...oddsOf(page, game));
  const after = afterwards(page, game, fixed);
  if (after) box.append(after);
  return box;
}

function dayOf(date) {
  return new Date(`${date}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}

function goals(page, game, fixed) {
  const about = aboutOf(game);
  const inputs = [0, 1].map((side) => {
    const input = element("input", { type: "text", inputMode: "numeric", maxLength: 2, autocomplete: "off" });
    input.dataset.key = `${about} ${side}`;
    input.setAttribute("aria-label", `Goals of ${page.names.get(game.clubs[side])}`);
    input.value = game.score ? String(game.score.goals[side]) : "";
    input.placeholder = game.odds ? String(game.odds.likeliest[side]) : "";
    if (fixed) input.className = "yours";
    return input;
  });
  const read = () => {
    const typed = inputs.map((input) => input.value.trim());
    if (typed.every((text) => text === "")) {
      if (fixed || game.known) page.change(about, null);
      return;
    }
    if (!typed.every((text) => /^\d{1,2}$/.test(text))) return;
    const score = typed.join("-");
    const isKnown = game.known && game.known.goals.join("-") === score;
    page.change(about, isKnown ? null : `${about} ${score}`);
  };
  for (const input of inputs) input.addEventListener("change", read);
  return element("span", { className: "goals" }, inputs[0], "–", inputs[1]);
}

function oddsOf(page, game) {
  const bar = element("div", { className: "bar" }, element("span"), element("span"), element("span"));
  const [first, draw, second] = game.odds.results;
  bar.style.setProperty("--home", `${first}fr`);
  bar.style.setProperty("--draw", `${draw}fr`);
  bar.style.setProperty("--away", `${second}fr`);
  bar.setAttribute("role", "img");
  const whole = (p) => `${Math.round(p * 100)}%`;
  bar.setAttribute("aria-label", `${page.names.get(game.clubs[0])} ${whole(first)}, draw ${whole(draw)}, ${page.names.get(game.clubs[1])} ${whole(second)}`);
  const shares = element(
    "div",
    { className: "shares", ariaHidden: "true" },
    element("span", {}, whole(first)),
    element("span", {}, `draw ${whole(draw)}, likeliest ${game.odds.likeliest.join("–")}`),
    element("span", {}, whole(second)),
  );
  return [bar, shares];
}

/** What came after 90 minutes; where a what-if is level in the last leg, who wins the shoot-out. */
function afterwards(page, game, fixed) {
  const { score } = game;
  if (!score) return null;
  if (!fixed) {
    const parts = [];
    if (score.after_extra_time) parts.push(`${score.after_extra_time.join("–")} after extra time`);
    if (score.penalties) parts.push(`${score.penalties.join("–")} on penalties`);
    return parts.length > 0 ? element("div", { className: "after" }, parts.join(", ")) : null;
  }
  if (game.legs !== 1 || score.goals[0] !== score.goals[1]) return null;
  const select = element("select", {}, element("option", { value: "" }, "open"));
  for (const side of [0, 1]) select.append(element("option", { value: String(side) }, page.names.get(game.clubs[side])));
  const kicks = score.penalties;
  select.value = kicks ? (kicks[0] > kicks[1] ? "0" : "1") : "";
  select.dataset.key = `${aboutOf(game)} shoot-out`;
  select.addEventListener("change", () => {
    const pens = { 0: " pens 5-4", 1: " pens 4-5" }[select.value] ?? "";
    page.change(aboutOf(game), `${aboutOf(game)} ${score.goals.join("-")}${pens}`);
  });
  return element("label", { className: "after" }, "On penalties ", select);
}
