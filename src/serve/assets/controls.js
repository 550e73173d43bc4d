// The bar on top: edition, undo, rules; and the list of what is fixed.

import { element } from "./stepper.js";
import { fixText, size } from "./what_if.js";

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
  at("bring-back").addEventListener("click", () => whatIf.undo());
  at("reset").addEventListener("click", () => whatIf.change({ fixes: new Map(), rules: {}, unread: [] }));
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

/** What the rules of a tournament say by themselves. */
function usualRules(tournament) {
  return {
    "away-goals": tournament.rounds.every((round) => round.away_goals),
    "extra-time": tournament.rounds.every((round) => round.extra_time),
    "seed-hosts": tournament.ties.every((tie) => tie.second_leg_host === "higher seed"),
  };
}

/** Shows a state in the controls; without a tournament, what can be shown then. */
export function showControls(whatIf, tournament) {
  const { state } = whatIf;
  at("edition").value = state.edition;
  at("undo").disabled = !whatIf.canUndo;
  at("redo").disabled = !whatIf.canRedo;
  at("reset").disabled = size(state) + state.unread.length === 0;
  if (!tournament) return;
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
  showWayBack(whatIf);
}

/** Offers to bring back what has just been taken back, where nothing is fixed any more. */
function showWayBack({ state, before }) {
  const gone = before && before.edition === state.edition ? size(before) : 0;
  at("bring-back").hidden = size(state) > 0 || gone === 0;
  at("bring-back").textContent = gone === 1 ? "Bring back what was set" : `Bring back all ${gone}`;
}
