// What is wrong with a what-if, in sentences, and buttons that lead out of it.

import { Refused } from "./server.js";
import { element } from "./stepper.js";
import { fixText, size } from "./what_if.js";
import { capital } from "./words.js";

const at = (id) => document.getElementById(id);

/** The most characters of somebody's text that are quoted. */
const MOST_QUOTED = 60;

/** The most mistakes that are told and left out one by one. */
const MOST_NAMED = 3;

/** What the alarm says now, so that it is not read out twice. */
let said = "";

function quoted(text) {
  return text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text;
}

/** What a link says that means nothing: a list of troubles, each a sentence with its ways out. */
export function linkTroubles({ unread }) {
  return unread.map(([name, value]) => {
    const text = quoted(value === "" ? name : `${name}=${value}`);
    const rest = (state) => ({ unread: state.unread.filter(([other, worth]) => other !== name || worth !== value) });
    return { sentence: `The link says “${text}”, which means nothing here.`, ways: [[`Leave out ${text}`, rest]] };
  });
}

/** What the server does not like about a state: the same form. `again` asks it once more. */
export function refusalTroubles(problem, state, tournaments, again) {
  if (!(problem instanceof Refused)) throw problem;
  const ways = waysOut(problem.mistakes, state, tournaments);
  if (ways.length === 0 && problem.mayPass) ways.push(["Try again", again]);
  if (ways.length === 0 && size(state) > 0) ways.push(["Take everything back", () => ({ fixes: new Map(), rules: {} })]);
  return [{ sentence: sentences(problem), ways }];
}

/** What a refusal says: a sentence for each of the first mistakes, or its own. */
function sentences({ mistakes, message }) {
  const said = mistakes.slice(0, MOST_NAMED).map(({ error }) => ended(error));
  if (said.length === 0) return ended(message);
  const rest = mistakes.length - said.length;
  return [...said, ...(rest > 0 ? [`And ${rest} more.`] : [])].join(" ");
}

/** A sentence with its capital and its end. */
function ended(text) {
  return capital(/[.?!]$/.test(text) ? text : `${text}.`);
}

function waysOut(mistakes, state, tournaments) {
  const values = (part) => mistakes.filter((mistake) => mistake.part === part).map(({ value }) => value);
  const ways = [];
  if (values("tournament").length > 0) {
    for (const { id, competition, edition } of tournaments) {
      ways.push([`Open ${edition} · ${competition}`, () => ({ edition: id })]);
    }
  }
  if (values("as_of").length > 0) ways.push(["Go to before the first match", () => ({ asOf: "start" })]);
  const without = (texts) => (now) => {
    // From the end, since of two results of one match the later is wrong.
    const last = [...now.fixes].reverse();
    const keys = texts.map((text) => last.find(([key, score]) => fixText(key, score) === text)?.[0]);
    return { fixes: new Map([...now.fixes].filter(([key]) => !keys.includes(key))) };
  };
  const fixes = values("fixes");
  for (const text of fixes.slice(0, MOST_NAMED)) ways.push([`Leave out ${quoted(text)}`, without([text])]);
  if (fixes.length > 1) ways.push([`Leave out all ${fixes.length}`, without(fixes)]);
  if (values("rules").length > 0) ways.push(["Take the changed rules back", () => ({ rules: {} })]);
  return ways;
}

/** Shows troubles, or with none nothing. A way out that gives parts of a state becomes a change of the what-if. */
export function showTroubles(troubles, whatIf) {
  const box = at("alarm");
  const text = troubles.map(({ sentence }) => sentence).join(" ");
  const ways = troubles.flatMap((trouble) => trouble.ways);
  const now = JSON.stringify([text, ways.map(([words]) => words), whatIf.canUndo]);
  if (now === said) return;
  said = now;
  box.hidden = troubles.length === 0;
  at("alarm-text").textContent = text;
  at("alarm-undo").hidden = !whatIf.canUndo;
  const buttons = ways.map(([words, way]) => {
    const button = element("button", { type: "button" }, words);
    button.addEventListener("click", () => {
      // The button goes with the alarm; whoever used the keyboard goes on at the odds.
      if (button.matches(":focus")) at("odds").focus({ preventScroll: true });
      const parts = way(whatIf.state);
      if (parts) whatIf.change(parts);
    });
    return button;
  });
  at("alarm-ways").replaceChildren(...buttons);
}
