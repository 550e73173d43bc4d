// The form for a knockout result between any two clubs, for ties that are not settled yet.

import { element, ScoreField } from "./stepper.js";
import { keyOf } from "./what_if.js";
import { capital } from "./words.js";

const at = (id) => document.getElementById(id);

/** The form of one tournament. */
export class Suppose {
  #score = null;
  #field;

  constructor(form, tournament, onFix) {
    const option = (value, text) => element("option", { value }, text);
    const clubs = [...tournament.clubs].sort((one, other) => one.name.localeCompare(other.name, "en"));
    at("suppose-round").replaceChildren(...tournament.rounds.map(({ short, name }) => option(short, capital(name))));
    for (const id of ["suppose-home", "suppose-away"]) {
      at(id).replaceChildren(...clubs.map(({ code, name }) => option(code, name)));
    }
    this.#field = new ScoreField({
      onChange: (score) => {
        this.#score = score;
        this.#show();
      },
    });
    at("suppose-score").replaceChildren(this.#field.element, this.#field.clearButton);
    this.#show();
    form.onsubmit = (event) => {
      event.preventDefault();
      const [round, home, away] = ["suppose-round", "suppose-home", "suppose-away"].map((id) => at(id).value);
      onFix(keyOf(round, home, away), { ninety: this.#score ?? [0, 0], aet: null, pens: null });
      this.#score = null;
      this.#show();
    };
  }

  #show() {
    const state = this.#score ? "fixed" : "open";
    this.#field.show({ score: this.#score, state, names: ["the home club", "the away club"], match: "supposed match" });
  }

  /** Offers the two best seeds as they stand. */
  show(table) {
    if (this.#score || table.seeds.length < 2) return;
    const focused = document.activeElement?.closest?.("#suppose");
    if (focused) return;
    at("suppose-home").value = table.seeds[0].code;
    at("suppose-away").value = table.seeds[1].code;
  }
}
