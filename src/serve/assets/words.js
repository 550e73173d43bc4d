// Numbers and names as people read them.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const FULL_MONTHS = [
  ["January", "February", "March", "April", "May", "June"],
  ["July", "August", "September", "October", "November", "December"],
].flat();

/**
 * A probability with its standard error as a percentage, in the words of the command line: 0% and 100% are settled by results
 * and rules (only they have no error); what rounds to that is a bound that the runs can claim, such as "<0.1%" or "<3%".
 */
export function percent(probability, deviation) {
  if (probability < HARDLY) return settled(probability, deviation) ? "0%" : `<${bound(atMost(probability, deviation))}%`;
  if (probability < 1 - HARDLY) return `${(probability * 100).toFixed(1)}%`;
  if (settled(probability, deviation)) return "100%";
  return `>${plain(100 - bound(atMost(1 - probability, deviation)))}%`;
}

/** Where a percentage with one decimal would read 0 or 100. */
const HARDLY = 0.0005;

/** The one-sided 95% point of the standard normal distribution. */
const NORMAL = 1.645;

/** Whether results and rules settle it. */
function settled(probability, deviation) {
  return deviation === 0 && (probability === 0 || probability === 1);
}

/** The most that a small share can claim at 95%: 3 / n after no hit in n runs, Byar's bound of a Poisson number after few. */
function atMost(probability, deviation) {
  if (deviation === 0) return probability;
  if (probability === 0) return Math.min(1, 2 * deviation);
  const hits = (probability / deviation) ** 2 * (1 - probability);
  const next = hits + 1;
  const root = 1 - 1 / (9 * next) + NORMAL / (3 * Math.sqrt(next));
  return Math.min(1, (probability * next * root ** 3) / hits);
}

/** A small probability in percent, rounded up to one decimal, 0.1 at least. */
function bound(probability) {
  return plain(Math.max(1, Math.ceil(probability * 1000 - 1e-9)) / 10);
}

/** A number with one decimal, if it needs one. */
function plain(value) {
  return Number(value.toFixed(1));
}

/** A probability with its standard error as a phrase: "in 28.3% of", "in none of", "in all of". */
export function share(probability, deviation) {
  if (settled(probability, deviation)) return probability === 0 ? "in none" : "in all";
  return `in ${percent(probability, deviation)}`;
}

/** A difference of probabilities in percentage points, with its sign: "+1.2". */
export function points(difference) {
  const value = (difference * 100).toFixed(1);
  if (value === "0.0" || value === "-0.0") return "±0.0";
  return difference > 0 ? `+${value}` : value.replace("-", "−");
}

/** A standard error in percentage points, "0.14". */
export function error(value) {
  return value === 0 ? "0" : (value * 100).toFixed(2);
}

/** A date such as "6 Aug 2013" from "2013-08-06". */
export function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

/** A date in full, "6 August 2013". */
export function longDay(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return `${date} ${FULL_MONTHS[month - 1]} ${year}`;
}

/** A count with separators, "100,000". */
export function grouped(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "a", "a and b", "a, b and c". */
export function list(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

/** A word with a capital first letter. */
export function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
