// The slider of moments: what is known, by name and date, from the start to the final.

import { element } from "./stepper.js";
import { longDay } from "./words.js";

const at = (id) => document.getElementById(id);

/** A moment with its day: "after matchday 4 · 19 September 2013". */
export function momentWords({ words, date }) {
  if (!date) return words;
  return words.includes(date) ? words.replace(date, longDay(date)) : `${words} · ${longDay(date)}`;
}

/** The slider of one tournament. Besides the tournament's own moments it has a stop for one that a link names, such as a date. */
export class Moments {
  #own;
  #stops;

  constructor(tournament, onMove) {
    this.#own = tournament.moments;
    this.#offer(this.#own);
    at("moment").oninput = () => onMove(this.#stops[Number(at("moment").value)].key);
  }

  /** Shows a moment by its key. One that is not on the slider is shown when the server has said what it is. */
  show(key) {
    if (!this.#stops.some((stop) => stop.key === key)) this.#offer(this.#own);
    const index = this.#stops.findIndex((stop) => stop.key === key);
    if (index >= 0) this.#point(index);
    else this.#say(key);
  }

  /** Shows the moment that was asked for under a key, as the server has read it. */
  showRead(key, moment) {
    if (this.#stops.some((stop) => stop.key === key)) return;
    const later = this.#own.findIndex((stop, index) => index > 0 && moment.date !== null && stop.date > moment.date);
    const place = moment.date === null || later < 0 ? this.#own.length : later;
    this.#offer(this.#own.toSpliced(place, 0, { ...moment, key }));
    this.#point(place);
  }

  /** The words of a moment by its key. */
  words(key) {
    const stop = this.#stops.find((one) => one.key === key);
    return stop ? momentWords(stop) : key;
  }

  #offer(stops) {
    this.#stops = stops;
    at("moment").max = String(stops.length - 1);
    at("moments").replaceChildren(...stops.map((stop, index) => element("option", { value: index, label: momentWords(stop) })));
  }

  #point(index) {
    at("moment").value = String(index);
    this.#say(momentWords(this.#stops[index]));
  }

  #say(words) {
    at("moment").setAttribute("aria-valuetext", words);
    // A line breaks between the name and the date, if at all.
    const [name, ...date] = words.split(" · ").map((part, index, all) => element("span", {}, index + 1 < all.length ? `${part} ·` : part));
    at("moment-words").replaceChildren(name, ...date.flatMap((part) => [" ", part]));
  }
}
