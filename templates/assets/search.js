// Searches the site's articles in the browser. What is read is the index that Pagefind made, in parts: a folder each,
// whose name changes with its content. All words come from the page.

const root = document.querySelector(".search");
const form = root.querySelector("form");
const [said, list, further, sieve] = [".said", ".found", ".further", ".sieve"].map((name) => root.querySelector(name));
const { words, stories, ...given } = JSON.parse(root.querySelector("script").textContent);
const topics = new Map(Object.entries(given.topics)); // a topic may be called "constructor"
const base = root.dataset.base;
const folder = new URL(`${base}pagefind/`, location.href).href;
const language = document.documentElement.lang || "en";

const AT_ONCE = 10; // results that are shown, and then those that are added
const PAUSE = 100; // milliseconds without another letter before a word is looked for
const FRESH = 60_000; // milliseconds after which to see whether the site was built anew
const FACETS = ["topic", "source", "language", "date"];

const numbers = new Intl.NumberFormat(language, { numberingSystem: "latn" }); // the digits of all other pages
const plurals = new Intl.PluralRules(language);
const collator = new Intl.Collator(language);
const named = new Intl.DisplayNames(language, { type: "language", fallback: "code" });
const shown = (options) => new Intl.DateTimeFormat(language, { timeZone: "UTC", numberingSystem: "latn", ...options });
const day = shown({ day: "numeric", month: "long", year: "numeric" });
const month = shown({ month: "long", year: "numeric" });
const year = shown({ year: "numeric" });
const moment = (name) => new Date(`${name}-01-01`.slice(0, 10) + "T00:00Z");

let index = null; // a promise of { parts, lanes }, once anybody asks
let looked = 0; // when the list of parts was last read
let turn = 0; // counts searches, so that the answer to an old one is not shown
let waiting = 0; // the timer of the next one
let results = []; // of the last one, the best first
let next = 0; // how many of them are shown

/** Read which parts there are; every language has a Pagefind of its own, which knows how its words inflect. */
async function open() {
  const answer = await fetch(`${folder}parts.json`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const text = await answer.text();
  const { languages } = JSON.parse(text);
  const lanes = Object.entries(languages).map(([code, { parts, stories }]) => [code, lane(parts, stories)]);
  return { text, lanes: Object.fromEntries(lanes) };
}

/** Give what loads the parts of one language when they are first asked, and what they can be sifted by when that is. */
function lane(parts, amount) {
  let loaded = null;
  let counted = null;
  const asking = () => (loaded ??= load(parts));
  const counting = () => (counted ??= asking().then((pagefind) => pagefind.filters()));
  return { ask: asking, count: counting, stories: amount };
}

async function load([newest, ...older]) {
  const { createInstance } = await import(`${folder}${newest}/pagefind.js`);
  const pagefind = createInstance({ noWorker: true, excerptLength: 32 });
  await pagefind.init();
  await Promise.all(older.map((part) => pagefind.mergeIndex(`${folder}${part}/`)));
  return pagefind;
}

/** Give the index, opened anew where the site was built since. */
function opened() {
  if (!index || Date.now() - looked > FRESH) {
    looked = Date.now();
    index = reopen(index);
    index.catch(() => (index = null));
  }
  return index;
}

async function reopen(before) {
  const [found, known] = await Promise.all([open(), before]);
  return known?.text === found.text ? known : found;
}

function asked() {
  const fields = new FormData(form);
  return Object.fromEntries(["q", ...FACETS].map((name) => [name, String(fields.get(name) ?? "").trim()]));
}

/** Ask every language that was chosen, and give what they found, the best first, with how much of what. */
async function ask(lanes, query, without = "") {
  const chosen = (name) => (name === without ? "" : query[name]);
  const filters = {};
  if (chosen("topic")) filters.topic = chosen("topic");
  if (chosen("source")) filters.source = chosen("source");
  if (chosen("date")) filters.month = { any: months(chosen("date")) };
  const codes = Object.keys(lanes).filter((code) => !chosen("language") || code === chosen("language"));
  const all = await Promise.all(
    codes.map(async (code) => ({ code, ...(await (await lanes[code].ask()).search(query.q || null, { filters })) })),
  );
  const answers = await fitting(all, query.q);
  return {
    results: answers
      .flatMap(({ code, results: some }) => some.map((result) => ({ result, language: code, weight: weight(result, lanes[code]) })))
      .sort((one, other) => other.weight - one.weight),
    counts: {
      topic: added(answers, "topic"),
      source: added(answers, "source"),
      date: added(answers, "month"),
      language: Object.fromEntries(answers.map(({ code, results: some }) => [code, some.length])),
    },
  };
}

/** Scores grow with the rarity of a word, which is at most the logarithm of how many stories a language has. */
const weight = ({ score }, { stories: amount }) => score / Math.log(amount + 2);

/**
 * Leave out the languages that have none of the words. Where Pagefind finds no word that begins as asked, it takes one
 * that what is asked for begins with, be it an "a": that helps with typing errors, but not from language to language.
 */
async function fitting(answers, asked) {
  const some = answers.filter((answer) => answer.results.length);
  if (!asked || some.length < 2) return answers;
  const meant = await Promise.all(some.map(async ({ results: [best] }) => best.matchedMetaFields || is_meant(await best.data(), asked)));
  const fits = some.filter((_, number) => meant[number]);
  return fits.length ? fits : answers;
}

/** Tell whether a word that was found and one that was asked for have a beginning in common, or one is in the other. */
function is_meant({ excerpt }, asked) {
  const terms = folded(asked).split(/\s+/);
  return [...excerpt.matchAll(/<mark>(.*?)<\/mark>/gs)].some(([, found]) => {
    const word = folded(found);
    return terms.some((term) => term.includes(word) ? word.length > 2 || !/^[a-z]/.test(word) || term === word : word.includes(term.slice(0, 3)));
  });
}

const folded = (text) => text.normalize("NFD").replace(/[^\p{L}\p{N}\s]/gu, "").toLowerCase();

function added(answers, name) {
  const sums = Object.create(null); // a source may be called "constructor"
  for (const answer of answers)
    for (const [value, count] of Object.entries(answer.filters[name] ?? {})) sums[value] = (sums[value] ?? 0) + count;
  return sums;
}

const months = (name) =>
  name.length > 4 ? [name] : Array.from({ length: 12 }, (_, number) => `${name}-${String(number + 1).padStart(2, "0")}`);

async function search() {
  const query = asked();
  const mine = ++turn;
  remember(query);
  if (!["q", ...FACETS].some((name) => query[name])) return show([], "");
  const slow = setTimeout(() => mine === turn && say(words.searching), 400);
  try {
    const { lanes } = await opened();
    const { results: found } = await ask(lanes, query);
    if (mine !== turn) return;
    await show(found, found.length ? count(found.length) : words.nothing);
    clearTimeout(slow);
    await Promise.all(Object.values(lanes).map((one) => one.count())); // or no choice is counted
    const { counts } = await ask(lanes, query);
    // What another choice would give is counted without the one that was made.
    for (const name of FACETS.filter((facet) => query[facet])) counts[name] = (await ask(lanes, query, name)).counts[name];
    if (mine === turn) fill(counts, query);
  } catch (error) {
    console.error(error);
    index = null;
    if (mine === turn) await show([], words.failed);
  } finally {
    clearTimeout(slow);
  }
}

/** Keep what is asked in the address, so that it can be sent to somebody. */
function remember(query) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(query))
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  if (address.href !== location.href) history.replaceState(null, "", address);
}

/** Say a number of stories in the plural that the language has for it. */
function count(number) {
  const rule = plurals.select(number);
  const [sample, text] = stories.find(([one]) => plurals.select(one) === rule) ?? stories.at(-1);
  return text.replace(String(sample), numbers.format(number));
}

function say(text) {
  if (said.textContent !== text) said.textContent = text;
}

async function show(found, text) {
  results = found;
  next = 0;
  const items = await more();
  if (results !== found) return;
  list.replaceChildren(...items);
  say(text);
}

/** Load the next results, and give them as items of the list. */
async function more() {
  const mine = results;
  const some = mine.slice(next, next + AT_ONCE);
  const loaded = await Promise.all(some.map(async (one) => ({ ...one, story: await one.result.data() })));
  if (mine === results) {
    next += some.length;
    further.hidden = next >= mine.length;
  }
  return loaded.map(item);
}

function item({ story, language: code }) {
  const path = story.raw_url ?? story.url;
  const made = element("li");
  const title = element("h2");
  const link = element("a", story.meta.title);
  link.href = base + encodeURI(path);
  title.append(link);
  title.dir = "auto";
  const about = element("p");
  about.className = "meta";
  const date = element("time", day.format(moment(path.slice(0, 10).replaceAll("/", "-"))));
  date.dateTime = path.slice(0, 10).replaceAll("/", "-");
  const topic = topics.get(story.filters?.topic?.[0]) ?? story.meta.topic;
  for (const part of [date, story.meta.source && element("bdi", story.meta.source), topic && element("bdi", topic)])
    if (part) about.append(about.childNodes.length ? " · " : "", part);
  const excerpt = element("p");
  excerpt.className = "summary";
  excerpt.dir = "auto";
  const [text, cut] = [story.raw_content ?? story.content, story.plain_excerpt];
  excerpt.append(text.startsWith(cut.slice(0, 40)) ? "" : "… ", ...marked(story.excerpt), text.endsWith(cut.slice(-40)) ? "" : " …");
  for (const foreign of [title, excerpt]) if (code !== language.split("-")[0].toLowerCase()) foreign.lang = code;
  made.append(title, about, excerpt);
  return made;
}

/** Make nodes of an excerpt, in which Pagefind put <mark> around what was found, and wrote < and > as entities. */
function marked(excerpt) {
  return excerpt.split(/(<mark>.*?<\/mark>)/s).map((piece) => {
    const hit = /^<mark>(.*)<\/mark>$/s.exec(piece);
    const text = (hit ? hit[1] : piece).replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return hit ? element("mark", text) : document.createTextNode(text);
  });
}

function element(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** Offer what the results can be sifted by, with how many of them each choice leaves. */
function fill(counts, query) {
  const labels = {
    topic: (slug) => topics.get(slug) ?? slug,
    source: (name) => name,
    language: name_of,
    // An address may hold anything.
    date: (name) => (isNaN(moment(name)) ? name : (name.length > 4 ? month : year).format(moment(name))),
  };
  for (const [name, label] of Object.entries(labels)) {
    const select = form.elements[name];
    const any = select.options[0].text;
    const found = Object.entries(name === "date" ? with_years(counts.date) : counts[name]).filter(([, amount]) => amount);
    if (query[name] && !found.some(([value]) => value === query[name])) found.push([query[name], 0]);
    const sorted = name === "date" ? found.sort(by_date) : found.sort(([a], [b]) => collator.compare(label(a), label(b)));
    const options = [["", any], ...sorted.map(([value, amount]) => [value, `${label(value)} (${numbers.format(amount)})`])];
    select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
    select.value = query[name];
    select.closest("p").hidden = found.length < 2 && !query[name] && select !== document.activeElement; // who is there stays there
  }
  sieve.hidden = false;
}

function name_of(code) {
  try {
    return named.of(code);
  } catch {
    return code;
  }
}

function with_years(counts) {
  const all = { ...counts };
  for (const [name, amount] of Object.entries(counts)) all[name.slice(0, 4)] = (all[name.slice(0, 4)] ?? 0) + amount;
  return all;
}

/** The newest first; a year before its months. */
const by_date = ([one], [other]) => (`${other}~`.slice(0, 5) === `${one}~`.slice(0, 5) || one.slice(0, 4) === other.slice(0, 4)
  ? one.length - other.length || other.localeCompare(one)
  : other.localeCompare(one));

/** Search when no other letter comes; what will be needed is loaded meanwhile. */
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(search, PAUSE);
  const { q, language: chosen } = asked();
  // Fewer letters begin thousands of words.
  if (q.length > 2) with_lanes((lane, code) => (!chosen || chosen === code) && lane.ask().then((pagefind) => pagefind.preload(q)));
}

/** Do something for every language, of which failing is no matter: who searches then will hear of it. */
const with_lanes = (act) =>
  opened()
    .then(({ lanes }) => Promise.all(Object.entries(lanes).map(([code, lane]) => act(lane, code))))
    .catch(() => {});

function restore() {
  const given = new URL(location.href).searchParams;
  form.elements.q.value = given.get("q") ?? "";
  for (const name of FACETS) {
    const value = given.get(name) ?? "";
    const select = form.elements[name];
    if (value && ![...select.options].some((option) => option.value === value)) select.add(new Option(value, value));
    select.value = value;
  }
}

form.addEventListener("input", (event) => (event.target === form.elements.q ? soon() : search()));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  search();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  form.elements.q.value = "";
  for (const name of FACETS) form.elements[name].value = "";
  form.elements.q.focus();
  clearTimeout(waiting);
  search();
});
// Whoever begins to type finds everything loaded.
form.elements.q.addEventListener("focus", () => with_lanes((lane) => lane.ask()));
further.addEventListener("click", async () => {
  const mine = results;
  const items = await more().catch(() => []);
  if (mine !== results || !items.length) return;
  list.append(...items);
  if (further.hidden) items[0].querySelector("a").focus(); // the button that had it is gone
});
addEventListener("popstate", () => {
  restore();
  search();
});

restore();
search();
