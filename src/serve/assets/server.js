// Asks the server, one question of a kind at a time: while it answers, only the newest question waits.

/** An answer that is no answer, with the server's sentence. */
export class Refused extends Error {}

async function read(response) {
  if (response.ok) return response;
  let sentence = `the server answered ${response.status}`;
  try {
    sentence = (await response.json()).error ?? sentence;
  } catch {
    // An answer without a sentence keeps the status.
  }
  throw new Refused(sentence);
}

async function ask(path, options) {
  try {
    return await read(await fetch(path, options));
  } catch (problem) {
    if (problem instanceof Refused) throw problem;
    throw new Refused("the server does not answer; is `cupcast serve` still running?");
  }
}

/** Gets a document. */
export async function get(path) {
  return (await ask(path)).json();
}

/** Puts a question; the answer's text. */
export async function post(path, question) {
  const headers = { "Content-Type": "application/json" };
  return (await ask(path, { method: "POST", headers, body: JSON.stringify(question) })).text();
}

/** A function that calls `work` with the newest argument only, never twice at once. */
export function newestOnly(work) {
  let running = false;
  let waiting = null;
  return async (argument) => {
    waiting = { argument };
    if (running) return;
    running = true;
    while (waiting) {
      const next = waiting.argument;
      waiting = null;
      await work(next, () => waiting !== null);
    }
    running = false;
  };
}
