// The what-if with all that was there before: every change can be undone, and redone.

import { toHash } from "./what_if.js";

/** The what-if with its past: every change makes a new state, and listeners hear of it. */
export class WhatIf {
  #states = [];
  #at = -1;
  #merge = null;
  #listeners = [];

  get state() {
    return this.#states[this.#at];
  }

  /** The state that an undo would lead to, if there is one. */
  get before() {
    return this.#states[this.#at - 1];
  }

  /** The place of the state in the list of all. */
  get at() {
    return this.#at;
  }

  get canUndo() {
    return this.#at > 0;
  }

  get canRedo() {
    return this.#at < this.#states.length - 1;
  }

  /** `listener` gets the new state and the topic of the change: what the page's address joins or tells apart. */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** Begins from a state, with nothing to undo. */
  begin(state) {
    this.#states = [state];
    this.#at = 0;
    this.#tell("visit");
  }

  /**
   * Changes some parts of the state. Changes in a row with the same `topic` are one step of the browser's way back,
   * and with `merge` one step to undo.
   */
  change(parts, { topic = null, merge = false } = {}) {
    const next = { ...this.state, ...parts };
    if (toHash(next) === toHash(this.state)) return;
    const joins = merge && topic === this.#merge && this.#at > 0;
    this.#add(next, joins ? this.#at : this.#at + 1);
    this.#merge = merge ? topic : null;
    this.#tell(topic);
  }

  /** Fixes a result (or frees it, with null). */
  fix(key, score) {
    const fixes = new Map(this.state.fixes);
    if (score) fixes.set(key, score);
    else fixes.delete(key);
    this.change({ fixes }, { topic: `fix ${key}` });
  }

  /** Goes to a state that an address says: to the one at a place of the list if it is that one, else by a change. */
  visit(state, at) {
    const kept = this.#states[at];
    if (kept && toHash(kept) === toHash(state)) {
      this.#at = at;
      this.#merge = null;
    } else {
      this.#add(state, this.#at + 1);
    }
    this.#tell("visit");
  }

  undo() {
    this.#go(-1);
  }

  redo() {
    this.#go(1);
  }

  #add(state, at) {
    this.#states = [...this.#states.slice(0, at), state];
    this.#at = at;
    this.#merge = null;
  }

  #go(step) {
    const at = this.#at + step;
    if (at < 0 || at >= this.#states.length) return;
    this.#at = at;
    this.#merge = null;
    this.#tell("undo");
  }

  #tell(topic) {
    for (const listener of this.#listeners) listener(this.state, topic);
  }
}
