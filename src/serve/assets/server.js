// Asks the server, one question of a kind at a time: while it answers, only the newest question waits.

/** An answer that is no answer: the server's sentence, the parts of the question to blame, and whether it may pass. */
export class Refused extends Error {
  constructor(sentence, { mistakes = [], mayPass = false } = {}) {
    super(sentence);
    this.mistakes = mistakes;
    this.mayPass = mayPass;
  }
}

async function read(response) {
  if (response.ok) return response;
  let refusal = {};
  try {
    refusal = await response.json();
  } catch {
    // An answer without a sentence keeps the status.
  }
  const { error = `the server answered ${response.status}`, mistakes } = refusal;
  throw new Refused(error, { mistakes, mayPass: response.status >= 500 });
}

async function ask(path, options) {
  try {
    return await read(await fetch(path, options));
  } catch (problem) {
    if (problem instanceof Refused) throw problem;
    throw new Refused("the server does not answer; is `cupcast serve` still running?", { mayPass: true });
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
    try {
      while (waiting) {
        const next = waiting.argument;
        waiting = null;
        await work(next, () => waiting !== null);
      }
    } finally {
      running = false;
    }
  };
}
