// The four views and the window behind a cell. What is shown always follows from the address.
const PAGE = 40;
const cells = new Map(records(data.cells).map((cell) => [cellKey(cell.place, cell.level, cell.code), cell]));
const ranking = records(data.ranking);
const counted = new Set(records(data.behind).map((row) => cellKey(turnKey(row), row.level, row.code)));
const [dialog, heat, filters, scope, networkScope, choice] = ["cell", "heat", "filters", "scope", "network-scope", "choice"].map((id) => document.getElementById(id));
let shownSession = null;

function cellKey(where, level, code) {
  return JSON.stringify([where, level, code]);
}

function byId(id) {
  return document.getElementById(id);
}

function options(select, pairs, { empty = words.all } = {}) {
  if (empty) select.append(el("option", { value: "" }, empty));
  for (const [value, name] of pairs) select.append(el("option", { value }, name));
}

function grouped(select, groups) {
  for (const [name, pairs] of groups) {
    const group = el("optgroup", { label: name });
    options(group, pairs, { empty: null });
    select.append(group);
  }
}

function address(view, values) {
  const given = Object.entries(values).filter(([, value]) => value);
  return given.length ? `#${view}?${new URLSearchParams(given)}` : `#${view}`;
}

// Problems: the heat map and the ranking.
function showProblems({ region = "", level = "leaf" }) {
  scope.elements.region.value = region;
  scope.elements.level.value = level;
  const ranked = ranking.filter((row) => row.level === level);
  const order = ranked.filter((row) => row.scope === null).map((row) => row.code);
  const shown = [...places.values()].filter((place) => !region || regionName(place.voivodeship) === region);
  drawHeat(shown, order, level);
  drawRanking(ranked.filter((row) => row.scope === (region || null)), region);
}

function drawHeat(shown, order, level) {
  const heads = order.map((code) => {
    const link = el("a", { href: address("turns", { code: `code:${code}` }), tabindex: "-1" }, codes.get(code).label);
    return el("th", { scope: "col" }, link);
  });
  const bodies = Array.from(Map.groupBy(shown, (place) => regionName(place.voivodeship)), ([region, within]) => {
    const head = el("tr", { class: "region" }, el("th", { scope: "rowgroup", colspan: order.length + 1 }, el("span", {}, region)));
    return el("tbody", {}, head, ...within.map((place) => heatRow(place, order, level)));
  });
  heat.replaceChildren(el("thead", {}, el("tr", {}, el("td"), ...heads)), ...bodies);
  const first = heat.querySelector("tbody button");
  if (first) first.tabIndex = 0;
  else heat.replaceChildren(el("caption", {}, words.nothing_counted));
}

function heatRow(place, order, level) {
  const link = el("a", { href: address("turns", { gmina: place.place }), tabindex: "-1" }, place.gmina);
  const shown = order.map((code) => el("td", {}, heatCell(place, cells.get(cellKey(place.place, level, code)))));
  return el("tr", {}, el("th", { scope: "row" }, link), ...shown);
}

function heatCell(place, cell) {
  const known = cell.estimate !== null;
  const gaps = { gmina: place.gmina, code: codes.get(cell.code).label, count: cell.count };
  const [n, ...rest] = cell.count.split(/\s/);
  const attributes = {
    type: "button",
    tabindex: "-1",
    class: known ? `s${Math.ceil(10 * cell.estimate)}` : "unknown",
    "aria-label": fill(known ? words.cell : words.cell_unknown, gaps),
    click: () => openCell(place, cell),
  };
  return el("button", attributes, el("b", {}, n), rest.length ? el("small", {}, ` ${rest.join(" ")}`) : null);
}

function drawRanking(rows, region) {
  byId("ranking-title").textContent = region ? fill(words.ranking_title_in, { region }) : words.ranking_title;
  const withRanks = rows.some((row) => row.ranks !== null);
  const names = ["head_problem", "head_gminas", "head_people", "head_mean", ...(withRanks ? ["head_ranks"] : [])];
  const head = names.map((name, place) => el("th", { scope: "col", class: place ? "number" : null }, words[name]));
  const body = rows.map((row) => {
    const link = el("a", { href: address("turns", { region, code: `code:${row.code}` }) }, codes.get(row.code).label);
    const bar = el("span", { class: "share", "aria-hidden": "true" });
    bar.style.setProperty("--share", row.mean);
    const numbers = [row.gminas, row.people].map((text) => el("td", { class: "number" }, text));
    const mean = el("td", { class: "number mean" }, bar, row.share);
    const ranks = withRanks ? el("td", { class: "number" }, row.ranks ?? "–") : null;
    return el("tr", {}, el("th", { scope: "row" }, link), ...numbers, mean, ranks);
  });
  byId("ranking").replaceChildren(el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body));
}

// Arrow keys walk the grid; one cell at a time is in the tab order.
function walk(event) {
  const rows = [...heat.rows].map((row) => [...row.querySelectorAll("a, button")]).filter((row) => row.length);
  const width = Math.max(...rows.map((row) => row.length));
  const grid = rows.map((row) => (row.length < width ? [null, ...row] : row));
  const y = grid.findIndex((row) => row.includes(event.target));
  if (y < 0) return;
  const x = grid[y].indexOf(event.target);
  const top = event.ctrlKey ? 0 : y;
  const bottom = event.ctrlKey ? grid.length - 1 : y;
  const moves = { ArrowUp: [y - 1, x], ArrowDown: [y + 1, x], ArrowLeft: [y, x - 1], ArrowRight: [y, x + 1], Home: [top, 0], End: [bottom, width - 1] };
  const to = moves[event.key];
  if (!to) return;
  event.preventDefault();
  const next = grid[to[0]]?.[to[1]];
  if (next) next.focus();
}

function keepInTabOrder(event) {
  for (const other of heat.querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
  event.target.tabIndex = 0;
}

// The window behind a cell.
function openCell(place, cell) {
  const emphasised = family(cell.code);
  const here = turns.filter((turn) => turn.session.place === place.place);
  const [yes, no] = [[], []];
  for (const turn of here) {
    if (counted.has(cellKey(turnKey(turn), cell.level, cell.code))) yes.push(turn);
    else if (turn.codings.some((coding) => emphasised.has(coding.code))) no.push(turn);
  }
  const people = new Set(yes.map((turn) => JSON.stringify([turn.session_id, turn.speaker]))).size;
  const list = (found) => el("ol", { class: "results" }, ...found.map((turn) => cardWithNeighbours(turn, { emphasised })));
  const behind = fill(words.behind, { people: plural("participant", people), turns: plural("turn", yes.length) });
  const title = fill(cell.estimate === null ? words.cell_unknown : words.cell, { gmina: place.gmina, code: codes.get(cell.code).label, count: cell.count });
  const all = address("turns", { gmina: place.place, code: `code:${cell.code}` });
  openDialog(
    title,
    el("p", {}, el("a", { href: all }, words.open_list)),
    el("h3", {}, words.counted),
    el("p", { class: "help" }, yes.length ? behind : words.nobody),
    list(yes),
    ...(no.length ? [el("h3", {}, words.not_counted), el("p", { class: "help" }, plural("turn", no.length)), list(no)] : []),
  );
}

function openDialog(title, ...content) {
  byId("cell-title").textContent = title;
  byId("cell-turns").replaceChildren(...content);
  dialog.showModal();
  dialog.scrollTop = 0;
  byId("cell-title").focus();
}

// Turns: filters, search, results a page at a time.
function showTurns(values) {
  for (const name of FILTERS) {
    const field = filters.elements[name];
    if (field.value !== (values[name] ?? "")) field.value = values[name] ?? "";
  }
  if (FILTERS.some((name) => name !== "q" && values[name])) filters.querySelector("details").open = true;
  const { found, needles, wanted } = filtered(values);
  const hits = found.reduce((all, { hits: n }) => all + n, 0);
  const gaps = { turns: plural("turn", found.length), hits: plural("hit", hits) };
  byId("count").textContent = fill(needles.length ? words.found_hits : words.found, gaps);
  byId("results").replaceChildren();
  let shown = 0;
  const more = byId("more");
  const page = () => {
    const items = found.slice(shown, shown + PAGE).map(({ turn }) => cardWithNeighbours(turn, { emphasised: wanted, ranges: hitRanges(turn.text, needles) }));
    byId("results").append(...items);
    const from = shown;
    shown += items.length;
    more.hidden = shown === found.length;
    more.textContent = fill(words.more, { n: Math.min(PAGE, found.length - shown) });
    if (from && items.length) items[0].firstElementChild.focus();
  };
  more.onclick = page;
  page();
}

// Transcript: one session, its speakers and its legend.
function showTranscript(session, number) {
  if (shownSession !== session) drawTranscript(session);
  choice.elements.session.value = session.session_id;
  for (const old of byId("talk").querySelectorAll(".target")) old.classList.remove("target");
  const place = session.turns.findIndex((turn) => turn.turn === number);
  if (place <= 0) return;
  const target = byId("talk").children[place];
  target.classList.add("target");
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}

function drawTranscript(session) {
  shownSession = session;
  byId("transcript-title").textContent = placeName(session);
  const facts = [session.powiat, session.voivodeship, session.date, fill(words.source, { file: session.source }), session.invented ? words.invented : null];
  byId("facts").textContent = facts.filter(Boolean).join(" · ");
  const people = Array.from(session.speakers.values(), ({ speaker, role, institution, n_turns }) => {
    const who = role === "participant" ? institutionName(institution) : words.role[role];
    return el("li", {}, el("b", {}, speaker), ` ${who} · ${plural("turn", n_turns)}`);
  });
  byId("people").querySelector("ul").replaceChildren(...people);
  drawLegend(session);
  drawTalk(session);
  const all = [...sessions.values()];
  const at = all.indexOf(session);
  const link = (other, text) => (other ? el("a", { href: turnAddress(other.turns[0]) }, `${text}: ${placeName(other)}`) : null);
  byId("neighbours").replaceChildren(...[link(all[at - 1], words.previous), link(all[at + 1], words.next)].filter(Boolean));
}

function drawLegend(session) {
  const counts = Map.groupBy(session.turns.flatMap((turn) => turn.codings), (coding) => codes.get(coding.code).group);
  const boxes = data.groups.filter(([group]) => counts.has(group)).map(([group, name]) => {
    const box = el("input", { type: "checkbox", value: group, checked: true });
    box.addEventListener("change", () => drawTalk(session));
    return el("label", { class: `tag g${groupPlaces.get(group)}` }, box, ` ${name} (${counts.get(group).length})`);
  });
  const signs = ["denied", "hypothetical"].map((status) => el("span", { class: `tag ${status}` }, SIGNS[status], words.status[status]));
  byId("legend").replaceChildren(byId("legend").firstElementChild, ...boxes, ...signs);
}

function drawTalk(session) {
  const groups = new Set(Array.from(byId("legend").querySelectorAll("input:checked"), (box) => box.value));
  byId("talk").replaceChildren(...session.turns.map((turn) => card(turn, { withPlace: false, groups })));
}

// The address: #problems?…, #turns?…, #transcript, a turn as #session/number, a quotation of the report as #quotation-number.
function route() {
  if (dialog.open) dialog.close();
  const hash = location.hash;
  const [, view, query] = /^#(problems|networks|turns)(?:\?(.*))?$/.exec(hash) ?? [];
  if (view === "networks") return show("networks", () => showNetworks(Object.fromEntries(new URLSearchParams(query))));
  if (view === "turns") return show("turns", () => showTurns(Object.fromEntries(new URLSearchParams(query))));
  if (view === "problems" || !hash) return show("problems", () => showProblems(Object.fromEntries(new URLSearchParams(query))));
  const turn = hash === "#transcript" ? (shownSession ?? [...sessions.values()][0])?.turns[0] : turnOf(hash);
  if (turn) return show("transcript", () => showTranscript(turn.session, turn.turn));
  show("problems", () => showProblems({}));
  announce(fill(words.missing, { address: hash }));
}

function turnOf(hash) {
  const [, quotation] = /^#quotation-(\d+)$/.exec(hash) ?? [];
  if (quotation) return turnsByKey.get(data.quotations[quotation - 1]);
  const [, session, number] = /^#(.+)\/(\d+)$/.exec(hash) ?? [];
  try {
    return turnsByKey.get(`${decodeURIComponent(session)}/${Number(number)}`);
  } catch {
    return undefined;
  }
}

function show(view, draw) {
  if (byId(`view-${view}`).hidden) scrollTo(0, 0);
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== `view-${view}`;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${view}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  draw();
}

function goTo(view, form) {
  location.replace(address(view, Object.fromEntries(new FormData(form))));
}

function fillForms() {
  const regions = [...new Set(Array.from(places.values(), (place) => regionName(place.voivodeship)))];
  const spoken = new Set(turns.map((turn) => institutionName(institutionOf(turn))));
  const collator = new Intl.Collator("pl");
  const known = regions.filter((region) => region !== words.unknown_region);
  for (const form of [scope, networkScope]) options(form.elements.region, known.map((region) => [region, region]));
  options(filters.elements.region, regions.map((region) => [region, region]));
  options(networkScope.elements.table, Array.from(networkTables.values(), (table) => [table.id, table.title]), { empty: null });
  for (const form of [networkScope, filters]) {
    options(form.elements.gmina, []);
    grouped(form.elements.gmina, Array.from(Map.groupBy(places.values(), (place) => regionName(place.voivodeship)), ([region, within]) => [region, within.map((place) => [place.place, place.gmina])]));
  }
  options(filters.elements.institution, [...spoken].sort(collator.compare).map((name) => [name, name]));
  options(filters.elements.code, []);
  grouped(filters.elements.code, Array.from(Map.groupBy(codes.values(), (code) => code.group), ([group, members]) => {
    const whole = [`group:${group}`, fill(words.whole_group, { group: groupNames.get(group) })];
    return [groupNames.get(group), [whole, ...members.map((code) => [`code:${code.code}`, `${code.parent ? "– " : ""}${code.label}`])]];
  }));
  options(filters.elements.status, Object.entries(words.status));
  options(filters.elements.role, Object.entries(words.role));
  const byRegion = Map.groupBy(sessions.values(), (session) => regionName(session.voivodeship));
  grouped(choice.elements.session, Array.from(byRegion, ([region, within]) => [region, within.map((session) => [session.session_id, [placeName(session), session.date].filter(Boolean).join(", ")])]));
}

function listen() {
  let typing = 0;
  scope.addEventListener("change", () => goTo("problems", scope));
  networkScope.addEventListener("change", ({ target }) => {
    if (target.name === "region") networkScope.elements.gmina.value = "";
    goTo("networks", networkScope);
  });
  filters.addEventListener("change", (event) => event.target.type !== "search" && goTo("turns", filters));
  filters.addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    clearTimeout(typing);
    typing = setTimeout(() => goTo("turns", filters), 200);
  });
  filters.addEventListener("reset", () => location.replace("#turns"));
  for (const form of [scope, networkScope, filters, choice]) form.addEventListener("submit", (event) => event.preventDefault());
  choice.addEventListener("change", () => location.assign(turnAddress(sessions.get(choice.elements.session.value).turns[0])));
  heat.addEventListener("keydown", walk);
  heat.addEventListener("focusin", keepInTabOrder);
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
  byId("close").addEventListener("click", () => dialog.close());
  addEventListener("hashchange", route);
}

filters.querySelector("details").open = matchMedia("(min-width: 40rem)").matches;
byId("scope").elements.level.parentElement.hidden = ![...codes.values()].some((code) => code.parent);
byId("scale").append(...Array.from({ length: 11 }, (_, step) => el("span", { class: `s${step}` }, `${step * 10}%`)));
fillForms();
listen();
route();
