// The what-if: edition, moment, fixed results and rules. It has an undo list and is written into the address.

const FIX = /^(?:(\S+) (?:leg \d )?)?([^\s-]+)-([^\s-]+) (\d+)-(\d+)(?: aet (\d+)-(\d+))?(?: pens (\d+)-(\d+))?$/;
const RULES = ["away_goals", "extra_time", "second_leg_host"];

/** What identifies the match of a fix: "TOL-CAL", or "qf TOL-SJ" for a knockout match. */
export function keyOf(round, home, away) {
  return `${round ? `${round} ` : ""}${home}-${away}`;
}

/** A fix as text, the form that the command line and the server read. */
export function fixText(key, { ninety, aet, pens }) {
  const goals = (pair) => pair.join("-");
  return `${key} ${goals(ninety)}${aet ? ` aet ${goals(aet)}` : ""}${pens ? ` pens ${goals(pens)}` : ""}`;
}

/** Reads a fix: [key, score], or null if the text is none. */
export function readFix(text) {
  const found = FIX.exec(text.trim());
  if (!found) return null;
  const [, round, home, away, ...goals] = found;
  const pair = (at) => (goals[at] === undefined ? null : [Number(goals[at]), Number(goals[at + 1])]);
  return [keyOf(round, home, away), { ninety: pair(0), aet: pair(2), pens: pair(4) }];
}

/** A what-if as the part of an address behind "#". */
export function toHash({ edition, asOf, fixes, rules }) {
  const query = new URLSearchParams({ edition, as_of: asOf });
  for (const [key, score] of fixes) query.append("fix", fixText(key, score));
  for (const name of RULES) if (rules[name] !== undefined) query.set(name, String(rules[name]));
  return `#${query}`;
}

/** Reads the part of an address behind "#"; what is missing stays undefined, what is no fix is listed. */
export function fromHash(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const read = query.getAll("fix").map((text) => [text, readFix(text)]);
  const rules = {};
  for (const name of RULES) {
    const value = query.get(name);
    if (value === "true" || value === "false") rules[name] = value === "true";
    else if (value === "higher seed") rules[name] = value;
  }
  return {
    edition: query.get("edition") ?? undefined,
    asOf: query.get("as_of") ?? undefined,
    fixes: new Map(read.map(([, fix]) => fix).filter(Boolean)),
    rules,
    unread: read.filter(([, fix]) => !fix).map(([text]) => text),
  };
}

/** The what-if with its past: every change makes a new state, and listeners hear of it. */
export class WhatIf {
  #states = [];
  #at = -1;
  #merge = null;
  #listeners = [];

  get state() {
    return this.#states[this.#at];
  }

  get canUndo() {
    return this.#at > 0;
  }

  get canRedo() {
    return this.#at < this.#states.length - 1;
  }

  listen(listener) {
    this.#listeners.push(listener);
  }

  /** Begins anew from a state, with nothing to undo. */
  begin(state) {
    this.#states = [state];
    this.#at = 0;
    this.#merge = null;
    this.#tell();
  }

  /** Changes some parts of the state. Changes in a row with the same `merge` are undone together. */
  change(parts, merge = null) {
    const next = { ...this.state, ...parts };
    if (toHash(next) === toHash(this.state)) return;
    const keep = merge !== null && merge === this.#merge && this.#at > 0 ? this.#at : this.#at + 1;
    this.#states = [...this.#states.slice(0, keep), next];
    this.#at = keep;
    this.#merge = merge;
    this.#tell();
  }

  /** Fixes a result (or frees it, with null). */
  fix(key, score) {
    const fixes = new Map(this.state.fixes);
    if (score) fixes.set(key, score);
    else fixes.delete(key);
    this.change({ fixes });
  }

  undo() {
    this.#go(-1);
  }

  redo() {
    this.#go(1);
  }

  #go(step) {
    const at = this.#at + step;
    if (at < 0 || at >= this.#states.length) return;
    this.#at = at;
    this.#merge = null;
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener(this.state);
  }
}

/** The what-if as the server reads it. */
export function toQuestion({ edition, asOf, fixes, rules }) {
  const texts = [...fixes].map(([key, score]) => fixText(key, score));
  return { tournament: edition, as_of: asOf, fixes: texts, rules };
}
