// The groups: a table each, with the chance to win it, and the fixtures with a score to set.

import { explain } from "./explain.js";
import { makeGrid } from "./grid.js";
import { element, ScoreField } from "./stepper.js";
import { makeMark, showMark } from "./weight.js";
import { keyOf } from "./what_if.js";
import { capital, day, error, grouped, percent, points, share } from "./words.js";

const COLUMNS = [
  ["club", "Club", "The clubs, in the order of the table as it stands."],
  ["played", "Pl", "Matches played, those that you fixed included."],
  ["goals", "Goals", "Goals for and against."],
  ["points", "Pts", "Points."],
  ["win", "First", "The chance to win the group and to go on."],
];

/** The cards of all groups. */
export class Groups {
  #cards = new Map();
  #clubs;

  constructor(place, tournament, onFix) {
    this.#clubs = new Map(tournament.clubs.map((club) => [club.code, club]));
    const cards = tournament.groups.map((group) => {
      const card = new Card(group, tournament, this.#clubs, onFix);
      this.#cards.set(group.name, card);
      return card.element;
    });
    place.replaceChildren(...cards);
  }

  /** Shows tables and scores as they stand. */
  showTables(table, fixes) {
    for (const group of table.groups) this.#cards.get(group.name).showTable(group, fixes);
  }

  /** Shows the chances. */
  showOdds(odds) {
    for (const card of this.#cards.values()) card.showOdds(odds);
  }

  /** Marks the fixtures that matter. */
  showWeights(weights) {
    for (const card of this.#cards.values()) card.showWeights(weights);
  }

  /** The open fixtures by key, each with its words and a way to its first input. */
  openFields() {
    return new Map([...this.#cards.values()].flatMap((card) => card.openFields()));
  }

  /** Explains the fixtures with the goals the model expects. */
  showRates(rates) {
    for (const card of this.#cards.values()) card.showRates(rates);
  }
}

class Card {
  #clubs;
  #rows = new Map();
  #fixtures = new Map();
  #body;
  #table;
  #notes;

  constructor(group, tournament, clubs, onFix) {
    this.#clubs = clubs;
    this.#body = element("tbody");
    this.#notes = element("p", { class: "hint notes", hidden: "" });
    const head = COLUMNS.map(([name, title, text]) => {
      const cell = element("th", { scope: "col", class: name }, title);
      explain(cell, text);
      return cell;
    });
    const caption = element("caption", { class: "visually-hidden" }, `Table of group ${group.name}`);
    this.#table = element("table", {}, caption, element("thead", {}, element("tr", {}, ...head)), this.#body);
    for (const code of group.clubs) this.#rows.set(code, this.#row(code));
    const fixtures = tournament.fixtures.filter((fixture) => fixture.group === group.name);
    const list = element("ul", { class: "fixtures" }, ...fixtures.map((one) => this.#fixture(one, onFix)));
    const title = element("h3", {}, `Group ${group.name}`);
    this.element = element("article", { class: "card group" }, title, this.#table, this.#notes, list);
  }

  #row(code) {
    const club = this.#clubs.get(code);
    const cells = COLUMNS.map(([name]) => element(name === "club" ? "th" : "td", { class: name }));
    cells[0].scope = "row";
    cells[0].textContent = club.name;
    explain(cells[0], aboutClub(club));
    return { element: element("tr", {}, ...cells), cells };
  }

  #fixture(fixture, onFix) {
    const { home, away, matchday, date } = fixture;
    const key = keyOf(null, home, away);
    const field = new ScoreField({ onChange: (score) => onFix(key, score && { ninety: score }) });
    const side = (code) => element("span", { class: "club" }, ...nameAndCode(this.#clubs.get(code)));
    const when = element("span", { class: "when" }, `Matchday ${matchday} · ${day(date)}`);
    const tag = element("span", { class: "tag" });
    const mark = makeMark();
    const line = element("span", { class: "line" }, side(home), field.element, side(away));
    const head = element("span", { class: "head" }, when, mark, tag, field.clearButton);
    const made = element("li", { class: "fixture", "data-key": key }, head, line);
    this.#fixtures.set(key, { element: made, field, tag, mark, fixture });
    return made;
  }

  showTable(group, fixes) {
    group.rows.forEach((row, place) => {
      const { element: line, cells } = this.#rows.get(row.code);
      const { name } = this.#clubs.get(row.code);
      cells[1].textContent = row.played;
      cells[2].textContent = `${row.goals_for}:${row.goals_against}`;
      cells[3].textContent = row.points;
      explain(cells[1], `${name}: ${row.won} won, ${row.drawn} drawn, ${row.lost} lost.`);
      explain(cells[2], `${name}: ${row.goals_for} goals scored, ${row.goals_against} conceded.`);
      explain(cells[3], `${name}: ${row.points} points, place ${place + 1} as it stands.`);
      if (this.#body.rows[place] !== line) this.#body.insertBefore(line, this.#body.rows[place] ?? null);
    });
    this.#notes.textContent = group.notes.map((note) => `${note}.`).join(" ");
    this.#notes.hidden = group.notes.length === 0;
    makeGrid(this.#table);
    for (const match of group.fixtures) this.#showFixture(match, fixes);
  }

  #showFixture(match, fixes) {
    const key = keyOf(null, match.home, match.away);
    const { element: line, field, tag, fixture } = this.#fixtures.get(key);
    const state = fixes.has(key) ? "fixed" : match.score ? "known" : "open";
    const names = [fixture.home, fixture.away].map((code) => this.#clubs.get(code).name);
    field.show({ score: goals(match.score), state, names, match: `matchday ${fixture.matchday}` });
    line.dataset.state = state;
    tag.textContent = state === "fixed" ? `yours${match.known ? `, really ${match.known.replace("-", ":")}` : ""}` : "";
  }

  showOdds(odds) {
    for (const [code, { cells }] of this.#rows) {
      const chance = odds.of(code, "group_place", 0, "wins its group");
      showChance(cells[4], chance);
      explain(cells[4], chance.text);
    }
  }

  showWeights(weights) {
    for (const [key, { mark }] of this.#fixtures) showMark(mark, weights.get(key));
  }

  openFields() {
    const open = [...this.#fixtures].filter(([, { element: line }]) => line.dataset.state === "open");
    return open.map(([key, { element: line, fixture }]) => {
      const [home, away] = [fixture.home, fixture.away].map((code) => this.#clubs.get(code).name);
      return [key, { words: `${home} – ${away}`, input: () => line.querySelector("input") }];
    });
  }

  showRates(rates) {
    for (const { element: line, fixture } of this.#fixtures.values()) {
      const pair = rates.get(`${fixture.home}-${fixture.away}`);
      if (!pair) continue;
      const [home, away] = [fixture.home, fixture.away].map((code) => this.#clubs.get(code).name);
      explain(
        line.querySelector(".line"),
        `${home} is expected to score ${pair.home_goals.toFixed(2)}, ${away} ${pair.away_goals.toFixed(2)} in 90 minutes.`,
      );
    }
  }
}

/** The name of a club, and its code for where there is no room for names. */
export function nameAndCode({ name, code }) {
  return [element("span", { class: "name" }, name), element("abbr", { class: "code", "aria-hidden": "true" }, code)];
}

/** The facts about a club in a sentence or two. */
export function aboutClub(club) {
  const parts = [`${club.name} (${club.code}), ${club.association}.`];
  if (club.pot) parts.push(`Pot ${club.pot}.`);
  if (club.berth) parts.push(`${capital(club.berth)}.`);
  parts.push(club.best_finish === "none" ? "First appearance." : `Best finish so far: ${club.best_finish}.`);
  return parts.join(" ");
}

/** Goals as a pair from "2-1"; null from nothing. */
export function goals(text) {
  return text ? text.split("-").map(Number) : null;
}

/** Fills a cell with a chance and, where it moved, with its change. */
export function showChance(cell, { now, words, change }) {
  cell.textContent = words;
  cell.style.setProperty("--share", now.toFixed(4));
  if (!change) return;
  const direction = change.difference > 0 ? "up" : "down";
  cell.append(" ", element("small", { class: `change ${direction}` }, points(change.difference)));
}

/** The odds of a forecast by club, with what changed and what to say about it. */
export class Odds {
  #clubs;
  #forecast;

  constructor(forecast) {
    this.#forecast = forecast;
    this.#clubs = new Map(forecast.clubs.map((club) => [club.code, club]));
  }

  /** The number `key` (with an index where it is a list) of a club; `deed` says what it is the chance of. */
  of(code, key, index, deed) {
    const club = this.#clubs.get(code);
    const pick = (part) => (part && index !== null ? part[key][index] : part?.[key]);
    const [now, se, before, beforeError, difference, changeError] = [
      club,
      club.standard_error,
      club.baseline,
      club.baseline_standard_error,
      club.change,
      club.change_standard_error,
    ].map(pick);
    const moved = difference !== undefined && Math.abs(difference) >= 0.0005 && Math.abs(difference) > 2 * changeError;
    const count = this.#forecast.sims ? `${grouped(this.#forecast.sims)} simulated tournaments` : "all cases";
    const sentences = [`${club.name} ${deed} ${share(now, se)} of ${count} (standard error ${error(se)} points).`];
    if (before !== undefined) {
      const what = moved ? `${points(difference)} ± ${error(changeError)} points` : "no change beyond chance";
      sentences.push(`Without your what-if ${percent(before, beforeError)}: ${what}.`);
    }
    return { now, words: percent(now, se), change: moved ? { difference } : null, difference, text: sentences.join(" ") };
  }

  get codes() {
    return [...this.#clubs.keys()];
  }
}
