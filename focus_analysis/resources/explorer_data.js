// The tables and what is asked of them: words, filters, search. Nothing here touches the page.
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const lang = document.documentElement.lang;

function records({ columns, rows }) {
  return rows.map((row) => Object.fromEntries(columns.map((name, place) => [name, row[place]])));
}

function fill(text, gaps) {
  return text.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);
}

const pluralRules = new Intl.PluralRules(lang);
function plural(noun, n) {
  const forms = data.plurals[noun];
  const form = { one: 0, few: 1 }[pluralRules.select(n)] ?? forms.length - 1;
  return `${n.toLocaleString(lang)} ${forms[form]}`;
}

const codes = new Map(records(data.codes).map((code) => [code.code, code]));
const groupNames = new Map(data.groups);
const groupPlaces = new Map(data.groups.map(([group], place) => [group, place % 6]));
const sessions = new Map(records(data.sessions).map((session) => [session.session_id, { ...session, turns: [], speakers: new Map() }]));
const places = new Map(records(data.places).map((place) => [place.place, place]));

for (const speaker of records(data.speakers)) sessions.get(speaker.session_id).speakers.set(speaker.speaker, speaker);

const turns = records(data.turns).map((turn) => ({ ...turn, session: sessions.get(turn.session_id), codings: [] }));
const turnsByKey = new Map(turns.map((turn) => [turnKey(turn), turn]));
for (const turn of turns) turn.session.turns.push(turn);
for (const [id, session] of sessions) if (session.turns.length === 0) sessions.delete(id);
for (const coding of records(data.codings)) turnsByKey.get(turnKey(coding))?.codings.push(coding);

function turnKey({ session_id, turn }) {
  return `${session_id}/${turn}`;
}

function turnAddress({ session_id, turn }) {
  return `#${encodeURIComponent(session_id)}/${turn}`;
}

function institutionOf(turn) {
  return turn.session.speakers.get(turn.speaker)?.institution ?? null;
}

function institutionName(institution) {
  return institution === null ? words.unknown_institution : (codes.get(institution)?.label ?? institution);
}

function regionName(region) {
  return region ?? words.unknown_region;
}

// The gmina, and which group of it where there are several.
const byName = Map.groupBy(sessions.values(), (session) => session.gmina);
function placeName({ gmina, session_id }) {
  if (gmina === null) return session_id;
  return byName.get(gmina).length > 1 ? `${gmina} (${session_id})` : gmina;
}

// A code and those that it gathers.
function family(code) {
  return new Set([...codes.values()].filter((one) => one.code === code || one.parent === code).map((one) => one.code));
}

// Filters: an empty value lets everything through; a code is "code:poverty" or "group:problems".
const FILTERS = ["region", "gmina", "institution", "code", "status", "role", "q"];

function wantedCodes(choice) {
  const [kind, name] = [choice.slice(0, choice.indexOf(":")), choice.slice(choice.indexOf(":") + 1)];
  if (kind !== "group") return family(name);
  return new Set([...codes.values()].filter((code) => code.group === name).map((code) => code.code));
}

function filtered(filters) {
  const wanted = filters.code ? wantedCodes(filters.code) : null;
  const coded = (coding) => (!wanted || wanted.has(coding.code)) && (!filters.status || coding.status === filters.status);
  const needles = needlesOf(filters.q ?? "");
  const found = [];
  for (const turn of turns) {
    if (filters.region && regionName(turn.session.voivodeship) !== filters.region) continue;
    if (filters.gmina && turn.session.place !== filters.gmina) continue;
    if (filters.role && turn.role !== filters.role) continue;
    if (filters.institution && institutionName(institutionOf(turn)) !== filters.institution) continue;
    if ((wanted || filters.status) && !turn.codings.some(coded)) continue;
    const hits = countHits(turn, needles);
    if (needles.length === 0 || hits) found.push({ turn, hits });
  }
  return { found, needles, wanted };
}

// Search without regard to diacritics, capitals and kinds of blanks. Offsets are code points, as in the tables.
const folded = new Map();
function foldChar(char) {
  let base = folded.get(char);
  if (base === undefined) {
    base = char.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace("ł", "l").replace(/\s/, " ");
    folded.set(char, base);
  }
  return base;
}

function fold(text) {
  return Array.from(text, foldChar).join("");
}

// Words one by one, a phrase in quotation marks as it is.
function needlesOf(query) {
  const found = fold(query.replace(/[„”“]/g, '"')).matchAll(/"([^"]*)"?|[^\s"]+/g);
  return Array.from(found, ([whole, phrase]) => (phrase ?? whole).trim()).filter(Boolean);
}

function* occurrences(text, needle) {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) yield at;
}

function countHits(turn, needles) {
  if (needles.length === 0) return 0;
  turn.folded ??= fold(turn.text);
  const counts = needles.map((needle) => [...occurrences(turn.folded, needle)].length);
  return counts.every(Boolean) ? counts.reduce((all, n) => all + n, 0) : 0;
}

// Where the needles stand in a text: pairs of code points, start and end.
function hitRanges(text, needles) {
  const pointAt = [];
  let plain = "";
  Array.from(text).forEach((char, point) => {
    const base = foldChar(char);
    plain += base;
    for (let unit = 0; unit < base.length; unit += 1) pointAt.push(point);
  });
  return needles.flatMap((needle) =>
    Array.from(occurrences(plain, needle), (at) => [pointAt[at], pointAt[at + needle.length - 1] + 1]),
  );
}
