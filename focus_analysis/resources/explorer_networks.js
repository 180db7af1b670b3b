// Institutions: tables of ties, barriers, difficulty, solutions and what brings together, and the turns behind a row.
const networkTables = new Map(data.networks.tables.map((table) => [table.id, table]));
const networkRows = data.networks.rows.map(([table, region, place, key, cells]) => ({ table, region, place, key, cells }));
const turnsBehind = Map.groupBy(
  data.networks.behind.map(([key, group, session_id, turn, start, end]) => ({ key, group, start, end, turn: turnsByKey.get(turnKey({ session_id, turn })) })),
  (one) => one.key,
);

// A gmina goes before a region; neither is the whole study.
function showNetworks({ table = "", region = "", gmina = "" }) {
  const form = document.getElementById("network-scope");
  const chosen = networkTables.get(table) ?? [...networkTables.values()][0];
  form.elements.table.value = chosen?.id ?? "";
  form.elements.region.value = region;
  form.elements.gmina.value = gmina;
  const scope = { region: gmina ? null : region || null, place: gmina || null };
  const shown = networkRows.filter((row) => row.table === chosen?.id && row.region === scope.region && row.place === scope.place);
  document.getElementById("network-count").textContent = chosen ? `${chosen.title}: ${plural("row", shown.length)}.` : words.no_networks;
  const body = shown.map((row) => networkRow(row, chosen, scope));
  const head = shown.length ? chosen.head.map((name, place) => el("th", { scope: "col", class: place < chosen.words ? null : "number" }, name)) : [];
  document.getElementById("network").replaceChildren(el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body));
}

function networkRow(row, table, scope) {
  const [first, ...rest] = row.cells;
  const name = row.cells.slice(0, table.words).join(" · ");
  const attributes = { type: "button", class: "lead", "aria-haspopup": "dialog", "aria-label": fill(words.open_turns, { name }), click: () => openNetworkRow(row, name, scope) };
  const cells = rest.map((text, place) => el("td", { class: place + 1 < table.words ? null : "number" }, text));
  return el("tr", {}, el("th", { scope: "row" }, el("button", attributes, first)), ...cells);
}

// The turns behind a row, in their groups; the words that tell it are marked where they are known.
function openNetworkRow(row, name, scope) {
  const emphasised = new Set(data.networks.codes[row.key]);
  const here = (turnsBehind.get(row.key) ?? []).filter(({ turn }) => {
    if (!turn) return false;
    return scope.place ? turn.session.place === scope.place : !scope.region || turn.session.voivodeship === scope.region;
  });
  const groups = Array.from(Map.groupBy(here, (one) => one.group), ([group, members]) => {
    const byTurn = Map.groupBy(members, (one) => one.turn);
    const items = Array.from(byTurn, ([turn, told]) => cardWithNeighbours(turn, { emphasised, ranges: told.filter((one) => one.start !== null).map((one) => [one.start, one.end]) }));
    return [group ? el("h3", {}, group) : null, el("p", { class: "help" }, plural("turn", byTurn.size)), el("ol", { class: "results" }, ...items)];
  });
  openDialog(name, ...groups.flat().filter(Boolean));
}
