// The table of odds: a row a club, a column a round and the title, best first, with what changed.

import { explain } from "./explain.js";
import { aboutClub, nameAndCode, showChance } from "./groups.js";
import { makeGrid } from "./grid.js";
import { element } from "./stepper.js";
import { capital } from "./words.js";

/** The heading of a column shows the short name of a round whose name is longer than this. */
const MOST_LETTERS = 6;

/** The table of odds of one tournament; `fit` keeps it inside its room. */
export class OddsTable {
  #table;
  #body;
  #rows = new Map();
  #columns;
  #heads = [];
  #sortBy;
  #odds = null;
  #fit;

  constructor(table, tournament, fit) {
    this.#table = table;
    this.#columns = [
      ...tournament.rounds.map(({ name, short }) => ({
        key: name,
        title: capital(name),
        short: short.toUpperCase(),
        deed: `plays in the ${name}`,
      })),
      { key: "title", title: "Title", deed: "wins the title" },
    ];
    this.#sortBy = this.#columns.length - 1;
    this.#body = element("tbody");
    for (const club of tournament.clubs) this.#rows.set(club.code, this.#row(club));
    this.#body.append(...[...this.#rows.values()].map((row) => row.element));
    const caption = element("caption", { class: "visually-hidden" }, "Chances of every club, round by round");
    table.replaceChildren(caption, this.#head(), this.#body);
    makeGrid(table);
    this.#fit = fit;
    fit.anew();
  }

  #head() {
    const club = element("th", { scope: "col", class: "club" }, "Club");
    explain(club, "Every club. Select the title of a chance to sort by it.");
    const group = element("th", { scope: "col", class: "of-group" }, "Gr");
    explain(group, "The group the club plays in.");
    const heads = this.#columns.map((column, index) => {
      const short = column.title.length > MOST_LETTERS ? column.short : null;
      const button = element("button", { type: "button", class: "sort" }, short ?? column.title);
      if (short) button.setAttribute("aria-label", `${short}, ${column.title}`);
      button.tabIndex = -1;
      const cell = element("th", { scope: "col", class: `chance ${index === this.#sortBy ? "title" : ""}` }, button);
      explain(cell, `The chance that the club ${column.deed}. Press Enter to sort by it.`);
      const sort = () => this.#sort(index);
      button.addEventListener("click", sort);
      cell.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target === cell) sort();
      });
      this.#heads.push(cell);
      return cell;
    });
    return element("thead", {}, element("tr", {}, club, group, ...heads));
  }

  #row(club) {
    const name = element("th", { scope: "row", class: "club" });
    name.append(...nameAndCode(club));
    explain(name, aboutClub(club));
    const group = element("td", { class: "of-group" }, club.group);
    explain(group, `${club.name} plays in group ${club.group}.`);
    const last = this.#columns.length - 1;
    const cells = this.#columns.map((_, index) => element("td", { class: `chance ${index === last ? "title" : ""}` }));
    return { element: element("tr", { "data-club": club.code }, name, group, ...cells), cells };
  }

  #sort(index) {
    this.#sortBy = index;
    if (this.#odds) this.#order();
  }

  /** Shows a forecast. */
  show(odds) {
    this.#odds = odds;
    for (const [code, { cells }] of this.#rows) {
      this.#columns.forEach(({ key, deed }, index) => {
        const chance = odds.of(code, key, null, deed);
        showChance(cells[index], chance);
        explain(cells[index], chance.text);
      });
    }
    this.#order();
    this.#fit.check();
  }

  /** Puts the rows in order: by the column chosen, then by the others from the title down. */
  #order() {
    const keys = [this.#columns[this.#sortBy], ...[...this.#columns].reverse()];
    const figures = new Map([...this.#rows.keys()].map((code) => [code, keys.map(({ key }) => this.#odds.of(code, key, null, "").now)]));
    const codes = [...this.#rows.keys()].sort((one, other) => {
      const [left, right] = [figures.get(one), figures.get(other)];
      const at = left.findIndex((figure, index) => figure !== right[index]);
      return at < 0 ? 0 : right[at] - left[at];
    });
    codes.forEach((code, place) => {
      const line = this.#rows.get(code).element;
      if (this.#body.rows[place] !== line) this.#body.insertBefore(line, this.#body.rows[place] ?? null);
    });
    this.#heads.forEach((head, index) => {
      if (index === this.#sortBy) head.setAttribute("aria-sort", "descending");
      else head.removeAttribute("aria-sort");
    });
  }

  /** The club whose title odds moved most beyond chance, as a sentence; nothing if none did. */
  biggestChange(clubs) {
    const moved = [...this.#rows.keys()]
      .map((code) => ({ code, ...this.#odds.of(code, "title", null, "wins the title") }))
      .filter(({ change }) => change)
      .sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference));
    return moved.slice(0, 2).map(({ code, words, difference }) => ({ name: clubs.get(code).name, words, difference }));
  }
}
