// Takes the answer away: odds as JSON or CSV, the what-if as a file, the command that gives the same.

import { post } from "./server.js";
import { fixText, toQuestion } from "./what_if.js";

function save(name, kind, text) {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const fixTexts = (fixes) => [...fixes].map(([key, score]) => fixText(key, score));

/** Changed rules by the words of the command line. */
function ruleWords(rules) {
  const words = {
    away_goals: (on) => (on ? "away-goals" : "no-away-goals"),
    extra_time: (on) => (on ? "extra-time" : "no-extra-time"),
    second_leg_host: () => "higher-seed-hosts",
  };
  return Object.entries(rules).map(([name, value]) => words[name](value));
}

/** The what-if as TOML, in the format that models/README.md describes. */
export function toToml({ edition, asOf, fixes, rules }) {
  const text = (value) => JSON.stringify(value);
  const list = (name, values) => (values.length > 0 ? [`${name} = [`, ...values.map((value) => `    ${text(value)},`), "]"] : []);
  const lines = [
    "# A what-if for cupcast what-if, and for the option --what-if of cupcast forecast.",
    "format = 1",
    `tournament = ${text(edition)}`,
    `as_of = ${text(asOf)}`,
    ...list("fixes", fixTexts(fixes)),
    ...list("rules", ruleWords(rules)),
  ];
  return `${lines.join("\n")}\n`;
}

/** A word for a shell, which takes it as it is whatever a link put into it. */
function quote(text, always = false) {
  return !always && /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The command line that gives the same odds. */
export function toCommand({ edition, asOf, fixes, rules }, { sims, seed, model }) {
  const fixed = fixTexts(fixes).map((text) => ` --fix ${quote(text, true)}`);
  const ruled = ruleWords(rules).map((word) => ` --rule ${word}`);
  const by = model.name === "default" ? [] : [` --model ${quote(model.name, true)}`];
  return `cupcast forecast ${quote(edition)} --as-of ${quote(asOf)}${[...fixed, ...ruled, ...by].join("")} --sims ${sims} --seed ${seed}`;
}

/** Copies a text; says whether that was possible. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Does what a download button says. Returns a sentence about it. */
export async function download(kind, state, forecast) {
  const name = `${state.edition}-${state.asOf}`;
  if (kind === "what-if") {
    save(`${name}-what-if.toml`, "application/toml", toToml(state));
    return "The what-if is saved.";
  }
  if (kind === "command") {
    const command = toCommand(state, forecast);
    return (await copy(command)) ? `Copied: ${command}` : command;
  }
  const { sims, seed } = forecast;
  const text = await post("/api/forecast", { ...toQuestion(state), sims, seed, format: kind });
  save(`${name}.${kind}`, kind === "csv" ? "text/csv" : "application/json", text);
  return "The odds are saved.";
}
