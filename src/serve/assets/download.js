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

/** The what-if as TOML. */
export function toToml({ edition, asOf, fixes, rules }) {
  const text = (value) => JSON.stringify(value);
  const lines = [
    "# A what-if for cupcast: results that are taken for granted.",
    `tournament = ${text(edition)}`,
    `as_of = ${text(asOf)}`,
    "fixes = [",
    ...[...fixes].map(([key, score]) => `    ${text(fixText(key, score))},`),
    "]",
  ];
  const changed = Object.entries(rules);
  if (changed.length > 0) lines.push("", "[rules]", ...changed.map(([name, value]) => `${name} = ${text(value)}`));
  return `${lines.join("\n")}\n`;
}

/** The command line that gives the same odds (rules have no options there yet). */
export function toCommand({ edition, asOf, fixes }, { sims, seed }) {
  const fixed = [...fixes].map(([key, score]) => ` --fix '${fixText(key, score)}'`).join("");
  return `cupcast forecast ${edition} --as-of ${asOf}${fixed} --sims ${sims} --seed ${seed}`;
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
