// Puts the page together: the what-if changes, the server answers, the parts show it.

import { Bracket } from "./bracket.js";
import { connect, editionPicker, momentSlider, showChips, showControls } from "./controls.js";
import { copy, download } from "./download.js";
import { Groups, Odds } from "./groups.js";
import { OddsTable } from "./odds.js";
import { get, newestOnly, post, Refused } from "./server.js";
import { Suppose } from "./suppose.js";
import { readWeights, showForemost } from "./weight.js";
import { fromHash, toHash, toQuestion, WhatIf } from "./what_if.js";
import { grouped, list, plainPercent, points } from "./words.js";

const at = (id) => document.getElementById(id);
const whatIf = new WhatIf();
const documents = new Map();
let page = null;
let forecast = null;

/** Says something in the line at the foot, which screen readers read out. */
function say(text) {
  at("status").textContent = text;
}

function alarm(text) {
  at("alarm").hidden = text === null;
  at("alarm-text").textContent = text ?? "";
  at("alarm-undo").hidden = !whatIf.canUndo;
}

const shown = { tables: "", forecast: "" };

/** Notes that a part of the page shows a state; the body says which state all of it shows. */
function mark(part, state) {
  shown[part] = toHash(state);
  if (shown.tables === shown.forecast) document.body.dataset.shown = shown.tables;
}

/** Everything shown of one tournament. */
class Page {
  constructor(tournament) {
    const onFix = (key, score) => whatIf.fix(key, score);
    this.tournament = tournament;
    this.clubs = new Map(tournament.clubs.map((club) => [club.code, club]));
    this.groups = new Groups(at("group-cards"), tournament, onFix);
    this.bracket = new Bracket(at("rounds"), tournament, onFix);
    this.odds = new OddsTable(at("odds-table"), tournament);
    this.suppose = new Suppose(at("suppose"), tournament, onFix);
    this.rates = new Map();
    momentSlider(tournament, (asOf) => whatIf.change({ asOf }, "moment"));
    document.title = `${tournament.competition} ${tournament.edition} – cupcast`;
  }

  showForecast(state, took) {
    const odds = new Odds(forecast);
    this.odds.show(odds);
    this.groups.showOdds(odds);
    this.bracket.showOdds(odds);
    const moment = this.tournament.moments.find(({ key }) => key === forecast.as_of)?.words ?? forecast.as_of;
    const method = forecast.method === "simulated" ? `${grouped(forecast.sims)} simulated tournaments` : forecast.method;
    at("odds-note").textContent = `${moment.charAt(0).toUpperCase()}${moment.slice(1)}. ${method}, ${Math.round(took)} ms.`;
    const changes = this.odds.biggestChange(this.clubs);
    const words = changes.map(({ name, now, difference }) => `${name} ${plainPercent(now)} (${points(difference)})`);
    if (words.length > 0) say(`Title: ${list(words)}.`);
    else say(state.fixes.size > 0 ? "No title chance moved beyond chance." : "");
  }
}

const showForecast = newestOnly(async (state, isOld) => {
  const began = performance.now();
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = JSON.parse(await post("/api/forecast", toQuestion(state)));
    if (isOld() || state.edition !== whatIf.state.edition) return;
    forecast = answer;
    page.showForecast(state, performance.now() - began);
    mark("forecast", state);
  } catch (problem) {
    complain(problem);
  } finally {
    document.body.removeAttribute("aria-busy");
  }
});

/** How long a state has to stand before the rest of it is asked for, in milliseconds. */
const CALM = 250;

/** Shows what may come later than the odds: who may stand where in the bracket, and which matches matter. */
const showMore = newestOnly(async (state, isOld) => {
  const left = () => isOld() || toHash(state) !== toHash(whatIf.state);
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
    if (isOld() || state.edition !== whatIf.state.edition) return;
    page.groups.showTables(table, state.fixes);
    page.bracket.showTables(table, state);
    page.suppose.show(table);
    mark("tables", state);
  } catch (problem) {
    complain(problem);
  }
});

const showRates = newestOnly(async ({ edition, asOf }) => {
  try {
    const query = new URLSearchParams({ tournament: edition, as_of: asOf });
    const { pairings } = await get(`/api/rates?${query}`);
    page.groups.showRates(new Map(pairings.map((pair) => [`${pair.home}-${pair.away}`, pair])));
  } catch (problem) {
    complain(problem);
  }
});

function complain(problem) {
  if (!(problem instanceof Refused)) throw problem;
  const { message } = problem;
  alarm(`${message.charAt(0).toUpperCase()}${message.slice(1)}.`);
}

let ratesFor = "";

/** Shows a state: at once what the page knows itself, then what the server says. */
function show(state) {
  history.replaceState(null, "", toHash(state));
  alarm(null);
  showControls(whatIf, page.tournament);
  showChips(whatIf);
  showTables(state);
  showForecast(state).then(() => showMore(state));
  const wanted = `${state.edition} ${state.asOf}`;
  if (wanted !== ratesFor) {
    ratesFor = wanted;
    showRates(state);
  }
}

async function tournament(id) {
  if (!documents.has(id)) documents.set(id, await get(`/api/tournaments/${encodeURIComponent(id)}`));
  return documents.get(id);
}

/** Opens the what-if of an address. */
async function open(hash, tournaments) {
  const asked = fromHash(hash);
  const known = tournaments.some(({ id }) => id === asked.edition);
  const edition = known ? asked.edition : tournaments[0].id;
  page = new Page(await tournament(edition));
  const asOf = asked.asOf ?? page.tournament.moments[0].key;
  whatIf.begin({ edition, asOf, fixes: known ? asked.fixes : new Map(), rules: asked.rules });
  if (asked.unread.length > 0) say(`Left out, since it is no result: ${list(asked.unread)}.`);
}

async function start() {
  const { tournaments } = await get("/api/tournaments");
  editionPicker(tournaments, (id) => open(toHash({ edition: id, asOf: "start", fixes: new Map(), rules: {} }), tournaments));
  connect(whatIf);
  whatIf.listen(show);
  at("share").addEventListener("click", async () => {
    const done = await copy(location.href);
    say(done ? "The link to this what-if is copied." : `The link to this what-if: ${location.href}`);
  });
  for (const button of document.querySelectorAll("[data-download]")) {
    button.addEventListener("click", async () => {
      at("download-menu").open = false;
      try {
        say(await download(button.dataset.download, whatIf.state, forecast));
      } catch (problem) {
        complain(problem);
      }
    });
  }
  window.addEventListener("hashchange", () => {
    if (location.hash !== toHash(whatIf.state)) open(location.hash, tournaments).catch(complain);
  });
  await open(location.hash, tournaments);
}

start().catch(complain);
