// The bracket: every tie with its clubs as far as they are settled, and its legs with scores to set.

import { explain } from "./explain.js";
import { goals, showChance } from "./groups.js";
import { element, ScoreField } from "./stepper.js";
import { makeMark, showMark } from "./weight.js";
import { keyOf } from "./what_if.js";
import { capital, day, percent } from "./words.js";

/** The ties of one tournament. */
export class Bracket {
  #ties = new Map();
  #tournament;
  #clubs;
  #state = null;
  #odds = null;

  constructor(place, tournament, onFix) {
    this.#tournament = tournament;
    this.#clubs = new Map(tournament.clubs.map((club) => [club.code, club]));
    const columns = tournament.rounds.map((round) => {
      const ties = tournament.ties.filter((tie) => tie.round === round.short);
      const cards = ties.map((tie) => {
        const card = new TieCard(tie, round, this.#clubs, onFix);
        this.#ties.set(tie.name, card);
        return card.element;
      });
      const name = ties.length > 1 ? `${capital(round.name)}s` : capital(round.name);
      return element("div", { class: "round" }, element("h3", {}, name), element("div", { class: "ties" }, ...cards));
    });
    place.replaceChildren(...columns);
  }

  /** Shows clubs and scores as they stand. */
  showTables(table, state) {
    this.#state = { table, state };
    for (const tie of table.ties) this.#ties.get(tie.name).show(tie, state);
    if (this.#odds) this.showOdds(this.#odds);
  }

  /** Shows who may stand in the places that are still open. */
  showPlaces({ ties }) {
    for (const tie of ties) this.#ties.get(tie.name).showPlaces(tie);
  }

  /** Marks the legs that matter. */
  showWeights(weights) {
    for (const tie of this.#ties.values()) tie.showWeights(weights);
  }

  /** The open legs between known clubs by key, each with its words and a way to its first input. */
  openFields() {
    return new Map([...this.#ties.values()].flatMap((tie) => tie.openFields()));
  }

  /** Shows the chance of each club to go on. */
  showOdds(odds) {
    this.#odds = odds;
    const { rounds } = this.#tournament;
    for (const tie of this.#tournament.ties) {
      const next = rounds[rounds.findIndex((round) => round.short === tie.round) + 1]?.name ?? "title";
      this.#ties.get(tie.name).showOdds(odds, next);
    }
  }
}

class TieCard {
  #tie;
  #round;
  #clubs;
  #sides;
  #legs;
  #extra;
  #penalties;
  #outcome;
  #onFix;
  #mark = makeMark();
  #now = null;

  constructor(tie, round, clubs, onFix) {
    this.#tie = tie;
    this.#round = round;
    this.#clubs = clubs;
    this.#onFix = onFix;
    this.#sides = tie.sides.map((side) => {
      const name = element("span", { class: "name" }, sideWords(side));
      const total = element("span", { class: "aggregate" });
      const chance = element("span", { class: "chance", tabindex: "0" });
      chance.hidden = true;
      return { element: element("li", { class: "side-line" }, name, total, chance), name, total, chance };
    });
    this.#legs = tie.legs.map((leg, index) => this.#leg(leg, index));
    const last = tie.legs.length - 1;
    this.#extra = this.#late("after extra time", (score) => this.#fix(last, { aet: score, pens: null }), false);
    this.#penalties = this.#late("on penalties", (score) => this.#fix(last, { pens: score }), true);
    this.#outcome = element("p", { class: "outcome hint" });
    const lines = [...this.#legs, this.#extra, this.#penalties].map((leg) => leg.element);
    this.element = element(
      "article",
      { class: "card tie", "data-tie": tie.name },
      element("h4", {}, tie.name, element("small", {}, ` ${tie.sides.map(sideWords).join(" v ")}`), this.#mark),
      element("ul", { class: "sides" }, ...this.#sides.map((side) => side.element)),
      element("ul", { class: "legs" }, ...lines),
      this.#outcome,
    );
  }

  #leg(leg, index) {
    const field = new ScoreField({ onChange: (score) => this.#fix(index, score && { ninety: score, aet: null, pens: null }) });
    const number = this.#tie.legs.length > 1 ? `Leg ${index + 1}` : "Match";
    return { ...line(field, leg.date ? `${number} · ${day(leg.date)}` : number), number: number.toLowerCase() };
  }

  #late(words, onChange, decisive) {
    return { ...line(new ScoreField({ onChange, decisive }), capital(words)), words };
  }

  /** Changes some parts of the score of a leg; without any, the leg is as it was. */
  #fix(index, parts) {
    const { tie, state } = this.#now;
    const leg = tie.legs[index];
    const key = keyOf(this.#round.short, leg.home, leg.away);
    if (parts === null) {
      this.#onFix(key, null);
      return;
    }
    const known = state.fixes.get(key) ?? {
      ninety: goals(leg.score?.ninety_minutes),
      aet: goals(leg.score?.after_extra_time),
      pens: goals(leg.score?.penalties),
    };
    // A score after extra time that is taken back takes the shoot-out with it.
    this.#onFix(key, { ...known, ...parts });
  }

  show(tie, state) {
    this.#now = { tie, state };
    tie.clubs.forEach((code, side) => {
      const { name, total, element: shown } = this.#sides[side];
      // Who may stand in an open place stays until it is known anew, so that nothing jumps.
      if (code) name.textContent = this.#clubs.get(code).name;
      else if (!shown.classList.contains("open")) name.textContent = sideWords(this.#tie.sides[side]);
      shown.classList.toggle("open", !code);
      shown.classList.toggle("winner", code !== null && tie.winner === code);
      total.textContent = tie.aggregate ? tie.aggregate[side] : "";
      if (tie.aggregate) explain(total, "Goals over the legs played, after 90 minutes.");
    });
    const settled = tie.clubs.every(Boolean);
    tie.legs.forEach((leg, index) => this.#showLeg(leg, index, settled, state));
    this.#showLate(tie, settled, state);
    this.#outcome.textContent = this.#outcomeWords(tie, settled);
  }

  #names(leg) {
    return [leg.home, leg.away].map((code) => this.#clubs.get(code).name);
  }

  #showLeg(leg, index, settled, state) {
    const row = this.#legs[index];
    const shown = settled && leg.home !== null;
    row.element.hidden = !shown;
    if (!shown) return;
    const fixed = state.fixes.has(keyOf(this.#round.short, leg.home, leg.away));
    const kind = fixed ? "fixed" : leg.score ? "known" : "open";
    const names = this.#names(leg);
    row.showClubs(names, [leg.home, leg.away]);
    row.element.dataset.state = kind;
    const where = `${this.#tie.name}, ${row.number}`;
    row.field.show({ score: goals(leg.score?.ninety_minutes), state: kind, names, match: where });
    const really = leg.known && leg.known.ninety_minutes.replace("-", ":");
    row.tag.textContent = fixed ? `yours${really ? `, really ${really}` : ""}` : "";
  }

  #showLate(tie, settled, state) {
    const leg = tie.legs.at(-1);
    const score = settled ? leg.score : null;
    const base = goals(score?.ninety_minutes) ?? [0, 0];
    const fix = leg.home && state.fixes.get(keyOf(this.#round.short, leg.home, leg.away));
    const show = (row, text, wanted, start, fixed) => {
      row.element.hidden = !wanted;
      if (!wanted) return;
      const names = this.#names(leg);
      row.showClubs(names, [leg.home, leg.away]);
      const kind = fixed ? "fixed" : text ? "known" : "open";
      row.element.dataset.state = kind;
      row.field.show({ score: goals(text), state: kind, names, match: `${this.#tie.name}, ${row.words}`, base: start });
    };
    const needsExtra = tie.to_play === "extra time" && score;
    const needsPenalties = tie.to_play === "penalties" && score;
    const extra = score?.after_extra_time;
    const penalties = score?.penalties;
    const level = tie.decided_by === "penalties" || tie.to_play === "penalties";
    const played = level || tie.decided_by === "extra time";
    show(this.#extra, extra, needsExtra || (extra && played), base, fix?.aet);
    show(this.#penalties, penalties, needsPenalties || (penalties && level), [0, 0], fix?.pens);
  }

  #outcomeWords(tie, settled) {
    if (!settled) return "";
    if (tie.winner) {
      const how = { aggregate: "on aggregate", "away goals": "on away goals", "extra time": "after extra time", penalties: "on penalties" };
      const verb = this.#round.legs > 1 || tie.decided_by !== "aggregate" ? how[tie.decided_by] : "";
      return `${this.#clubs.get(tie.winner).name} win ${verb}`.trim() + ".";
    }
    if (tie.to_play === "extra time") return "Level: extra time decides, or leave it to chance.";
    if (tie.to_play === "penalties") return "Level: penalties decide, or leave it to chance.";
    return "";
  }

  showOdds(odds, next) {
    const deed = next === "title" ? "wins the title" : `goes on to the ${next}`;
    this.#sides.forEach(({ chance }, side) => {
      const code = this.#now?.tie.clubs[side];
      chance.hidden = !code;
      if (!code) return;
      const shown = odds.of(code, next, null, deed);
      showChance(chance, shown);
      explain(chance, shown.text);
    });
  }

  showPlaces({ sides }) {
    this.#sides.forEach(({ name, element: shown }, side) => {
      if (this.#now?.tie.clubs[side]) return;
      const place = sideWords(this.#tie.sides[side]);
      const named = (count) => sides[side].slice(0, count).map((club) => `${this.#clubs.get(club.code).name}\u00a0${percent(club.probability, club.standard_error)}`);
      const likely = element("small", { tabindex: "0" }, named(3).join(", "));
      name.replaceChildren(place, likely);
      const rest = sides[side].length - 8;
      const others = rest > 0 ? ` and ${rest} others` : "";
      explain(likely, `${this.#tie.name}, ${place.toLowerCase()}: ${named(8).join(", ")}${others}.`);
    });
  }

  showWeights(weights) {
    const own = this.#legs.map(({ element: line, mark }, index) => {
      const weight = weights.get(this.#weightKey(index));
      showMark(mark, weight);
      return line.hidden ? weight : undefined;
    });
    // While the legs are not shown, the tie bears the mark of the one that moves most.
    const hidden = own.filter(Boolean).sort((one, other) => other.share - one.share);
    showMark(this.#mark, hidden[0]);
  }

  #weightKey(index) {
    return this.#tie.legs.length > 1 ? `${this.#tie.name} leg ${index + 1}` : this.#tie.name;
  }

  openFields() {
    const open = this.#legs.map((leg, index) => ({ ...leg, index })).filter(({ element: line }) => !line.hidden && line.dataset.state === "open");
    return open.map(({ element: line, index }) => {
      const key = this.#weightKey(index);
      return [key, { words: key, input: () => line.querySelector("input") }];
    });
  }
}

/** A line with a score: both clubs by name, or by code where there is no room. */
function line(field, words) {
  const sides = [0, 1].map(() => {
    const name = element("span", { class: "name" });
    const code = element("abbr", { class: "code", "aria-hidden": "true" });
    return { element: element("span", { class: "club" }, name, code), name, code };
  });
  const tag = element("span", { class: "tag" });
  const mark = makeMark();
  const when = element("span", { class: "when" }, words);
  const made = element(
    "li",
    { class: "fixture" },
    element("span", { class: "head" }, when, mark, tag, field.clearButton),
    element("span", { class: "line" }, sides[0].element, field.element, sides[1].element),
  );
  const showClubs = (names, codes) => {
    sides.forEach(({ name, code }, side) => {
      name.textContent = names[side];
      code.textContent = codes[side];
    });
  };
  return { element: made, field, tag, mark, showClubs };
}

function sideWords(side) {
  return side.seed ? `Seed ${side.seed}` : `Winner of ${side.winner}`;
}
