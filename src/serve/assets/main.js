// Puts the page together: the what-if changes, the server answers, the parts show it.

import { Address, connectJumps, jumpTo } from "./address.js";
import { linkTroubles, refusalTroubles, showTroubles } from "./alarm.js";
import { measureBars } from "./bar.js";
import { Bracket } from "./bracket.js";
import { connect, editionPicker, showChips, showControls } from "./controls.js";
import { copy, download } from "./download.js";
import { keepInside } from "./fit.js";
import { Groups, Odds } from "./groups.js";
import { Moments } from "./moments.js";
import { OddsTable } from "./odds.js";
import { WhatIf } from "./past.js";
import { get, newestOnly, post } from "./server.js";
import { Suppose } from "./suppose.js";
import { readWeights, showForemost } from "./weight.js";
import { nothingFixed, toHash, toQuestion } from "./what_if.js";
import { capital, grouped, list, points } from "./words.js";

const at = (id) => document.getElementById(id);
const whatIf = new WhatIf();
const documents = new Map();
const oddsFit = keepInside(at("odds-scroll"), at("odds-table"));
let tournaments = [];
let address = null;
let page = null;
let forecast = null;

/** Says something in the line at the foot, which screen readers read out. */
function say(text) {
  at("status").textContent = text;
}

/** Says what the server does not like about a state, if that is still the one to show. */
function complain(problem, state) {
  if (state !== whatIf.state) return;
  const again = () => void show(state, "visit");
  showTroubles([...linkTroubles(state), ...refusalTroubles(problem, state, tournaments, again)], whatIf);
}

const shown = { tables: "", forecast: "" };
/** The part of the page that the address asked for, until there is something to see. */
let landing = null;

/** Notes that a part of the page shows a state; the body says which state all of it shows. */
function mark(part, state) {
  shown[part] = toHash(state);
  if (shown.tables !== shown.forecast) return;
  document.body.dataset.shown = shown.tables;
  if (landing) jumpTo(landing);
  landing = null;
}

/** Everything shown of one tournament. */
class Page {
  constructor(tournament) {
    const onFix = (key, score) => whatIf.fix(key, score);
    this.tournament = tournament;
    this.clubs = new Map(tournament.clubs.map((club) => [club.code, club]));
    this.groups = new Groups(at("group-cards"), tournament, onFix);
    this.bracket = new Bracket(at("rounds"), tournament, onFix);
    this.odds = new OddsTable(at("odds-table"), tournament, oddsFit);
    this.suppose = new Suppose(at("suppose"), tournament, onFix);
    this.moments = new Moments(tournament, (asOf) => whatIf.change({ asOf }, { topic: "moment", merge: true }));
    this.ratesFor = null;
    document.title = `${tournament.competition} ${tournament.edition} – cupcast`;
  }

  showForecast(state, took) {
    const odds = new Odds(forecast);
    this.odds.show(odds);
    this.groups.showOdds(odds);
    this.bracket.showOdds(odds);
    const method = forecast.method === "simulated" ? `${grouped(forecast.sims)} simulated tournaments` : forecast.method;
    at("odds-note").textContent = `${method}, ${Math.round(took)} ms.`;
    const changes = this.odds.biggestChange(this.clubs);
    const words = changes.map(({ name, words: chance, difference }) => `${name} ${chance} (${points(difference)})`);
    if (words.length > 0) say(`Title: ${list(words)}.`);
    else say(state.fixes.size > 0 ? "No title chance moved beyond chance." : "");
  }

  /** Says whose the odds are while those of the what-if cannot be had. */
  showNoForecast() {
    at("odds-note").textContent = forecast ? "These are the odds of before: what the page says above comes first." : "";
    say("");
  }

  showTables(state, table) {
    this.groups.showTables(table, state.fixes);
    this.bracket.showTables(table, state);
    this.suppose.show(table);
    this.moments.showRead(state.asOf, table.moment);
  }
}

const showForecast = newestOnly(async (state, isOld) => {
  const began = performance.now();
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = JSON.parse(await post("/api/forecast", toQuestion(state)));
    if (isOld() || state.edition !== page.tournament.id) return;
    forecast = answer;
    page.showForecast(state, performance.now() - began);
    mark("forecast", state);
  } catch (problem) {
    complain(problem, state);
    if (state === whatIf.state) page.showNoForecast();
  } finally {
    document.body.removeAttribute("aria-busy");
  }
});

/** How long a state has to stand before the rest of it is asked for, in milliseconds. */
const CALM = 250;

/** Shows what may come later than the odds: who may stand where in the bracket, and which matches matter. */
const showMore = newestOnly(async (state, isOld) => {
  const left = () => isOld() || toHash(state) !== toHash(whatIf.state) || state.edition !== page.tournament.id;
  await new Promise((resolve) => setTimeout(resolve, CALM));
  if (left()) return;
  try {
    const places = JSON.parse(await post("/api/bracket", toQuestion(state)));
    if (left()) return;
    page.bracket.showPlaces(places);
    document.body.dataset.placed = toHash(state);
    const leverage = JSON.parse(await post("/api/leverage", toQuestion(state)));
    if (left()) return;
    const weights = readWeights(leverage, page.clubs);
    page.groups.showWeights(weights);
    page.bracket.showWeights(weights);
    showForemost(at("foremost"), weights, new Map([...page.groups.openFields(), ...page.bracket.openFields()]));
    document.body.dataset.weighed = toHash(state);
  } catch {
    // The forecast of the same what-if has said what is wrong with it.
  }
});

const showTables = newestOnly(async (state, isOld) => {
  try {
    const table = JSON.parse(await post("/api/table", toQuestion(state)));
    if (isOld() || state.edition !== page.tournament.id) return;
    page.showTables(state, table);
    mark("tables", state);
  } catch (problem) {
    complain(problem, state);
  }
});

const showRates = newestOnly(async (state) => {
  const { edition, asOf } = state;
  try {
    const query = new URLSearchParams({ tournament: edition, as_of: asOf });
    const { pairings } = await get(`/api/rates?${query}`);
    page.groups.showRates(new Map(pairings.map((pair) => [`${pair.home}-${pair.away}`, pair])));
  } catch (problem) {
    complain(problem, state);
  }
});

/** The document of a tournament, asked for once. */
function tournament(id) {
  if (!documents.has(id)) {
    const asked = get(`/api/tournaments/${encodeURIComponent(id)}`);
    documents.set(id, asked);
    asked.catch(() => documents.delete(id));
  }
  return documents.get(id);
}

/** Puts up the page of a state's edition; says whether it could, and the state is still the one to show. */
async function turnTo(state) {
  try {
    const asked = await tournament(state.edition);
    if (state !== whatIf.state) return false;
    page = new Page(asked);
    forecast = null;
  } catch (problem) {
    document.body.classList.toggle("lost", state === whatIf.state);
    complain(problem, state);
    return false;
  }
  return true;
}

/** Shows a state: at once what the page knows itself, then what the server says. */
async function show(state, topic) {
  address.write(state, topic);
  showTroubles(linkTroubles(state), whatIf);
  showControls(whatIf, page?.tournament);
  showChips(whatIf);
  if (page?.tournament.id !== state.edition) {
    if (!(await turnTo(state))) return;
    showControls(whatIf, page.tournament);
  }
  document.body.classList.remove("lost");
  page.moments.show(state.asOf);
  showTables(state);
  showForecast(state).then(() => showMore(state));
  if (state.asOf !== page.ratesFor) {
    page.ratesFor = state.asOf;
    showRates(state);
  }
}

/** Whether the odds shown are those of the what-if. */
const isForecast = () => forecast !== null && shown.forecast === toHash(whatIf.state);

async function start() {
  ({ tournaments } = await get("/api/tournaments"));
  editionPicker(tournaments, (id) => whatIf.change(nothingFixed(id, "start")));
  connect(whatIf);
  whatIf.listen((state, topic) => void show(state, topic));
  at("share").addEventListener("click", async () => {
    const done = await copy(location.href);
    say(done ? "The link to this what-if is copied." : `The link to this what-if: ${location.href}`);
  });
  for (const button of document.querySelectorAll("[data-download]")) {
    button.addEventListener("click", async () => {
      at("download-menu").open = false;
      const { state } = whatIf;
      const kind = button.dataset.download;
      try {
        say(kind === "what-if" || isForecast() ? await download(kind, state, forecast) : "There are no odds of this what-if yet.");
      } catch (problem) {
        complain(problem, state);
      }
    });
  }
  const complete = (asked) => ({ ...asked, edition: asked.edition ?? tournaments[0].id, asOf: asked.asOf ?? "start" });
  address = new Address(whatIf, complete);
  landing = address.open();
}

measureBars();
connectJumps();
start().catch((problem) => {
  document.body.classList.add("lost");
  showTroubles(refusalTroubles(problem, nothingFixed("", ""), [], () => void location.reload()), whatIf);
});
