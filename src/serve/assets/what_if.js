// The what-if as plain data: edition, moment, fixed results and rules; and how it is written, in an address and for the server.

const FIX = /^(?:(\S+) (?:leg (\d) )?)?([^\s-]+)-([^\s-]+) (\d{1,2})-(\d{1,2})(?: aet (\d{1,2})-(\d{1,2}))?(?: pens (\d{1,2})-(\d{1,2}))?$/;

/** What identifies the match of a fix: "TOL-CAL", or "qf TOL-SJ" for a knockout match. */
export function keyOf(round, home, away) {
  return `${round ? `${round} ` : ""}${home}-${away}`;
}

/** A fix as text, the form that the command line and the server read. */
export function fixText(key, { text, leg, ninety, aet, pens }) {
  if (text !== undefined) return text;
  const goals = (pair) => pair.join("-");
  const match = leg ? key.replace(" ", ` leg ${leg} `) : key;
  return `${match} ${goals(ninety)}${aet ? ` aet ${goals(aet)}` : ""}${pens ? ` pens ${goals(pens)}` : ""}`;
}

/** Reads a fix: [key, score]. A text that is none this page can write is kept as it is, for the server to judge. */
export function readFix(text) {
  const found = FIX.exec(text.trim());
  if (!found) return [text, { text }];
  const [, round, leg, home, away, ...goals] = found;
  const pair = (at) => (goals[at] === undefined ? null : [Number(goals[at]), Number(goals[at + 1])]);
  const score = { ninety: pair(0), aet: pair(2), pens: pair(4) };
  return [keyOf(round, home, away), leg ? { leg, ...score } : score];
}

/** A what-if in which nothing is taken for granted yet. */
export function nothingFixed(edition, asOf) {
  return { edition, asOf, fixes: new Map(), rules: {}, unread: [] };
}

/** How many results and rules a what-if takes for granted. */
export function size({ fixes, rules }) {
  return fixes.size + Object.keys(rules).length;
}

/** The what-if as the server reads it. */
export function toQuestion({ edition, asOf, fixes, rules }) {
  const texts = [...fixes].map(([key, score]) => fixText(key, score));
  return { tournament: edition, as_of: asOf, fixes: texts, rules };
}

/** The rules by name, each with what it can say. */
const RULES = {
  away_goals: { true: true, false: false },
  extra_time: { true: true, false: false },
  second_leg_host: { "higher seed": "higher seed" },
};

/** A what-if as the part of an address behind "#". */
export function toHash({ edition, asOf, fixes, rules, unread }) {
  const query = new URLSearchParams({ edition, as_of: asOf });
  for (const [key, score] of fixes) query.append("fix", fixText(key, score));
  for (const name of Object.keys(RULES)) if (rules[name] !== undefined) query.append(name, String(rules[name]));
  for (const [name, value] of unread) query.append(name, value);
  return `#${query}`;
}

/** Reads the part of an address behind "#". What is missing stays undefined; what means nothing here is `unread`. */
export function fromHash(hash) {
  const read = { edition: undefined, asOf: undefined, fixes: new Map(), rules: {}, unread: [] };
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    if (!take(read, name, value)) read.unread.push([name, value]);
  }
  return read;
}

/** Takes one part of an address; says whether it could. A part that is there twice is not taken twice. */
function take(read, name, value) {
  const part = { edition: "edition", as_of: "asOf" }[name];
  if (part) {
    if (read[part] !== undefined) return false;
    read[part] = value;
    return true;
  }
  if (name === "fix" && value.trim() !== "") {
    const [key, score] = readFix(value);
    // Two results of one match: the server says what is wrong with that.
    if (read.fixes.has(key)) read.fixes.set(value, { text: value });
    else read.fixes.set(key, score);
    return true;
  }
  const said = Object.hasOwn(RULES, name) && Object.hasOwn(RULES[name], value);
  if (!said || read.rules[name] !== undefined) return false;
  read.rules[name] = RULES[name][value];
  return true;
}
