// A score to set: two numbers with − and +, to click, type or step with the arrow keys.

const MOST_GOALS = 30;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * A score field. `onChange` gets [home, away], or null when the score is taken back. With `decisive`
 * (a shoot-out) a level score is kept as a draft and not told.
 */
export class ScoreField {
  #score = null;
  #base = [0, 0];
  #decisive;
  #onChange;
  #inputs;
  #clear;
  #buttons = [];
  #result;
  /** Whether a known result is open to be changed. */
  #opened = false;

  constructor({ onChange, decisive = false }) {
    this.#onChange = onChange;
    this.#decisive = decisive;
    this.#inputs = [0, 1].map((side) => this.#input(side));
    this.#clear = element("button", { type: "button", class: "clear", tabindex: "-1", hidden: "" }, "×");
    this.#clear.addEventListener("click", () => this.#takeBack());
    this.#result = element("button", { type: "button", class: "result" });
    this.#result.addEventListener("click", (event) => this.#open(event.pointerType === "touch"));
    this.element = element(
      "span",
      { class: "score", role: "group" },
      this.#side(0),
      this.#result,
      element("span", { class: "colon", "aria-hidden": "true" }, ":"),
      this.#side(1),
    );
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      // A window that is left for another keeps its place.
      if (!this.element.contains(relatedTarget) && document.hasFocus()) this.#close();
    });
  }

  /**
   * Shows a score (or none). `state` is "open", "known" or "fixed"; `names` are the clubs; `match` tells
   * which match it is; `base` is what the score starts from (for extra time the goals so far).
   */
  show({ score, state, names, match, base = [0, 0] }) {
    const hasFocus = this.element.contains(document.activeElement);
    this.#base = base;
    this.#score = score;
    this.element.dataset.state = state;
    if (state !== "known") this.#opened = false;
    this.element.setAttribute("aria-label", `${names[0]} – ${names[1]}, ${match}`);
    this.#clear.setAttribute("aria-label", `Take back the score of ${names[0]} – ${names[1]}, ${match}`);
    this.#clear.hidden = state !== "fixed";
    this.#inputs.forEach((input, side) => {
      const label = `Goals of ${names[side]}, ${match}`;
      input.setAttribute("aria-label", label);
      input.setAttribute("aria-valuemin", String(base[side]));
      this.#buttons[side][0].setAttribute("aria-label", `One goal less for ${names[side]}, ${match}`);
      this.#buttons[side][1].setAttribute("aria-label", `One goal more for ${names[side]}, ${match}`);
    });
    this.#write();
    const text = score ? score.join(" : ") : "";
    this.#result.textContent = text;
    this.#result.setAttribute("aria-label", `${text}, ${names[0]} – ${names[1]}, ${match}: change it`);
    this.#showAsText(hasFocus);
  }

  /** A result that is known reads as text until it is opened; the focus stays with it. */
  #showAsText(hasFocus) {
    const reads = this.element.dataset.state === "known" && !this.#opened;
    this.element.classList.toggle("reads", reads);
    if (reads && hasFocus) this.#result.focus();
  }

  /** Opens a known result. A finger does not call up the keyboard of the screen: − and + are there for it. */
  #open(byFinger) {
    this.#opened = true;
    this.#showAsText(false);
    if (byFinger) this.#buttons[0][1].focus();
    else this.#inputs[0].focus();
  }

  /** Closes a known result that was opened and left as it is. */
  #close(hasFocus = false) {
    if (!this.#opened) return;
    this.#opened = false;
    this.#showAsText(hasFocus);
  }

  /** The button that takes the score back, to be put where there is room; hidden while nothing is fixed. */
  get clearButton() {
    return this.#clear;
  }

  #write() {
    this.#inputs.forEach((input, side) => {
      const goals = this.#score?.[side];
      const text = goals === undefined ? "" : String(goals);
      if (input.value !== text) input.value = text;
      input.setAttribute("aria-valuetext", text === "" ? "open" : text);
      if (text === "") input.removeAttribute("aria-valuenow");
      else input.setAttribute("aria-valuenow", text);
    });
  }

  #side(side) {
    const button = (sign, step) => {
      const made = element("button", { type: "button", class: "step", tabindex: "-1" }, sign);
      made.addEventListener("click", () => this.#step(side, step));
      // The focus stays in the number, wherever browsers put it after a click.
      made.addEventListener("mousedown", (event) => event.preventDefault());
      return made;
    };
    const [less, more] = [button("−", -1), button("+", 1)];
    this.#buttons[side] = [less, more];
    return element("span", { class: "side" }, less, this.#inputs[side], more);
  }

  #input(side) {
    const input = element("input", {
      type: "text",
      inputmode: "numeric",
      role: "spinbutton",
      maxlength: "2",
      placeholder: "–",
      "aria-valuemax": String(MOST_GOALS),
    });
    input.addEventListener("focus", () => input.select());
    input.addEventListener("input", () => this.#typed(side, input));
    input.addEventListener("blur", () => this.#write());
    input.addEventListener("keydown", (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (step) {
        event.preventDefault();
        this.#step(side, step);
        input.select();
      } else if (event.key === "Escape" || event.key === "Delete") {
        event.preventDefault();
        if (this.#opened) this.#close(true);
        else this.#takeBack();
      }
    });
    return input;
  }

  #typed(side, input) {
    const digits = input.value.replace(/\D/g, "");
    if (digits === "") {
      input.value = "";
      return;
    }
    this.#set(side, Number(digits));
  }

  /** The first step makes a score of an empty field: + counts from the base, − is the base itself. */
  #step(side, step) {
    const now = this.#score?.[side];
    this.#set(side, now === undefined ? this.#base[side] + Math.max(step, 0) : now + step);
  }

  #set(side, goals) {
    const score = [...(this.#score ?? this.#base)];
    score[side] = Math.min(MOST_GOALS, Math.max(this.#base[side], goals));
    if (this.#score && score.join() === this.#score.join()) {
      this.#write();
      return;
    }
    this.#score = score;
    this.#write();
    const draft = this.#decisive && score[0] === score[1];
    this.element.classList.toggle("draft", draft);
    if (!draft) this.#onChange(score);
  }

  #takeBack() {
    if (this.element.dataset.state !== "fixed" && !this.element.classList.contains("draft")) return;
    this.element.classList.remove("draft");
    this.#score = null;
    this.#write();
    this.#inputs[0].focus();
    this.#onChange(null);
  }
}

export { element };
