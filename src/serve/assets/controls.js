// The bar on top: edition, moment, undo, rules; and the list of what is fixed.

import { element } from "./stepper.js";
import { fixText } from "./what_if.js";

const at = (id) => document.getElementById(id);

/** Fills the list of editions and answers its changes. */
export function editionPicker(tournaments, onPick) {
  const options = tournaments.map(({ id, competition, edition }) => element("option", { value: id }, `${edition} · ${competition}`));
  at("edition").replaceChildren(...options);
  at("edition").addEventListener("change", (event) => onPick(event.target.value));
}

/** Connects the controls that are there once for all tournaments. */
export function connect(whatIf) {
  at("undo").addEventListener("click", () => whatIf.undo());
  at("redo").addEventListener("click", () => whatIf.redo());
  at("alarm-undo").addEventListener("click", () => whatIf.undo());
  at("reset").addEventListener("click", () => whatIf.change({ fixes: new Map(), rules: {} }));
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) whatIf.redo();
    else whatIf.undo();
  });
  for (const menu of document.querySelectorAll("details.menu")) closeByItself(menu);
  const rule = (id, name, wanted) => {
    at(id).addEventListener("change", (event) => {
      const rules = { ...whatIf.state.rules };
      rules[name] = wanted(event.target.checked);
      if (event.target.checked === (event.target.dataset.usual === "true")) delete rules[name];
      whatIf.change({ rules, fixes: name === "extra_time" && !event.target.checked ? withoutExtraTime(whatIf.state.fixes) : whatIf.state.fixes });
    });
  };
  rule("away-goals", "away_goals", (on) => on);
  rule("extra-time", "extra_time", (on) => on);
  rule("seed-hosts", "second_leg_host", () => "higher seed");
}

/** A menu closes when the focus or a click leaves it, and on Escape. */
function closeByItself(menu) {
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

/** Fixes without scores after extra time, for a rule without it. */
function withoutExtraTime(fixes) {
  return new Map([...fixes].map(([key, score]) => [key, { ...score, aet: null }]));
}

/** Gives the slider the moments of a tournament. */
export function momentSlider(tournament, onMove) {
  const slider = at("moment");
  slider.max = String(tournament.moments.length - 1);
  slider.oninput = () => onMove(tournament.moments[Number(slider.value)].key);
}

/** What the rules of a tournament say by themselves. */
function usualRules(tournament) {
  return {
    "away-goals": tournament.rounds.every((round) => round.away_goals),
    "extra-time": tournament.rounds.every((round) => round.extra_time),
    "seed-hosts": tournament.ties.every((tie) => tie.second_leg_host === "higher seed"),
  };
}

/** Shows a state in the controls. */
export function showControls(whatIf, tournament) {
  const { state } = whatIf;
  at("edition").value = state.edition;
  const index = tournament.moments.findIndex((moment) => moment.key === state.asOf);
  const words = tournament.moments[index]?.words ?? state.asOf;
  if (index >= 0) at("moment").value = String(index);
  at("moment").setAttribute("aria-valuetext", words);
  at("moment-words").value = words;
  at("undo").disabled = !whatIf.canUndo;
  at("redo").disabled = !whatIf.canRedo;
  at("reset").disabled = state.fixes.size === 0 && Object.keys(state.rules).length === 0;
  const usual = usualRules(tournament);
  const now = {
    "away-goals": state.rules.away_goals ?? usual["away-goals"],
    "extra-time": state.rules.extra_time ?? usual["extra-time"],
    "seed-hosts": state.rules.second_leg_host ? true : usual["seed-hosts"],
  };
  for (const [id, on] of Object.entries(now)) {
    at(id).checked = on;
    at(id).dataset.usual = String(usual[id]);
  }
  // A host rule that is the edition's own cannot be taken away by this page.
  at("seed-hosts").disabled = usual["seed-hosts"];
  at("rules-changed").hidden = Object.keys(state.rules).length === 0;
}

/** Lists what is taken for granted, each with a button that takes it back. */
export function showChips(whatIf) {
  const { fixes, rules } = whatIf.state;
  const chip = (text, label, onClick) => {
    const button = element("button", { type: "button", "aria-label": `Take back: ${label}` }, text, element("span", { "aria-hidden": "true" }, " ×"));
    button.addEventListener("click", onClick);
    return element("li", {}, button);
  };
  const results = [...fixes].map(([key, score]) => {
    const text = fixText(key, score);
    return chip(text, text, () => whatIf.fix(key, null));
  });
  const names = {
    away_goals: (on) => (on ? "away goals count" : "no away goals"),
    extra_time: (on) => (on ? "extra time" : "no extra time"),
    second_leg_host: () => "better seed hosts last leg",
  };
  const changed = Object.entries(rules).map(([name, value]) => {
    const text = names[name](value);
    return chip(text, text, () => {
      const rest = { ...whatIf.state.rules };
      delete rest[name];
      whatIf.change({ rules: rest });
    });
  });
  const all = [...results, ...changed];
  at("chips").replaceChildren(...all);
  at("chips").hidden = all.length === 0;
  at("nothing-fixed").hidden = all.length > 0;
}
