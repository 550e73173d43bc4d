// Numbers and names as people read them.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const FULL_MONTHS = [
  ["January", "February", "March", "April", "May", "June"],
  ["July", "August", "September", "October", "November", "December"],
].flat();

/** A probability as a percentage; an estimate never reads 0% or 100%: "–" is never, "✓" is always. */
export function percent(probability) {
  if (probability === 0) return "–";
  if (probability === 1) return "✓";
  if (probability < 0.0005) return "<0.1%";
  if (probability >= 0.9995) return ">99.9%";
  return `${(probability * 100).toFixed(1)}%`;
}

/** A probability in running text, where "–" and "✓" would not be understood. */
export function plainPercent(probability) {
  return { 0: "0%", 1: "100%" }[probability] ?? percent(probability);
}

/** A probability as a phrase: "in 28.3% of", "in none of", "in all of". */
export function share(probability) {
  if (probability === 0) return "in none";
  if (probability === 1) return "in all";
  return `in ${percent(probability)}`;
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
