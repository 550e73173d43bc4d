// The address: the what-if is written behind its "#", and the browser's back and forward lead through what was shown.

import { fromHash, toHash } from "./what_if.js";

/** The part of the page that an address such as "#odds" names, if it names one. */
export function placeIn(hash) {
  return /^#[\w-]+$/.test(hash) ? document.getElementById(hash.slice(1)) : null;
}

/** Scrolls to a part of the page, and puts the focus there. */
export function jumpTo(place) {
  place.scrollIntoView({ block: "start" });
  place.focus({ preventScroll: true });
}

/** Makes links to parts of the page jump there without touching the what-if in the address. */
export function connectJumps() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const place = link && placeIn(link.getAttribute("href"));
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    jumpTo(place);
  });
}

/** Keeps the address in step with a what-if, and the what-if with the browser's back and forward. */
export class Address {
  #whatIf;
  #complete;
  #topic = null;

  /** `complete` gives a what-if read from an address what it does not say. */
  constructor(whatIf, complete) {
    this.#whatIf = whatIf;
    this.#complete = complete;
    for (const kind of ["popstate", "hashchange"]) window.addEventListener(kind, () => this.#arrive());
  }

  /** Opens what the address says; returns the part of the page if that is all it names. */
  open() {
    const place = placeIn(location.hash);
    this.#whatIf.begin(this.#complete(fromHash(place ? "" : location.hash)));
    return place;
  }

  /** Writes a state: over the last entry of the history if that was about the same topic, else as a new one. */
  write(state, topic) {
    const hash = toHash(state);
    const joins = topic === "visit" || (topic !== null && topic === this.#topic);
    const step = { at: this.#whatIf.at };
    if (joins || hash === location.hash) history.replaceState(step, "", hash);
    else history.pushState(step, "", hash);
    this.#topic = topic;
  }

  /** The browser went back or forward, or somebody wrote into the address. */
  #arrive() {
    const now = toHash(this.#whatIf.state);
    if (location.hash === now) return;
    const place = placeIn(location.hash);
    if (place) {
      history.replaceState({ at: this.#whatIf.at }, "", now);
      jumpTo(place);
      return;
    }
    this.#whatIf.visit(this.#complete(fromHash(location.hash)), history.state?.at);
  }
}
