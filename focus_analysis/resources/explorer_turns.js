// Turns as people read them. What was said only ever becomes text nodes.
const SIGNS = { affirmed: "", denied: "✗ ", hypothetical: "? " };

function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "click") made.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function hidden(text) {
  return el("span", { class: "visually-hidden" }, text);
}

function codeClass(code) {
  return `g${groupPlaces.get(codes.get(code).group)}`;
}

function tag(coding) {
  const sign = SIGNS[coding.status] && el("span", { "aria-hidden": "true" }, SIGNS[coding.status]);
  const stands = coding.status === "affirmed" ? null : hidden(`, ${words.status[coding.status]}`);
  const attributes = { class: `tag ${codeClass(coding.code)} ${coding.status}` };
  return el("span", attributes, sign || null, codes.get(coding.code).label, stands);
}

function isWholeTurn(coding, length) {
  return coding.start === 0 && coding.end >= length;
}

// The shortest first: where codings overlap, the one that says most about these words gives them its colour.
function byReach(a, b) {
  const place = ({ code }) => groupPlaces.get(codes.get(code).group);
  return a.end - a.start - (b.end - b.start) || place(a) - place(b);
}

// A text with its codings and the places of a search marked; each coding is named where it ends.
function marked(turn, { emphasised = null, groups = null, ranges = [] } = {}) {
  const points = Array.from(turn.text);
  const shown = turn.codings.filter((coding) => !groups || groups.has(codes.get(coding.code).group));
  const stretches = shown.filter((coding) => !isWholeTurn(coding, points.length)).sort(byReach);
  const edges = new Set([0, points.length, ...ranges.flat(), ...stretches.flatMap(({ start, end }) => [start, end])]);
  const sorted = [...edges].sort((a, b) => a - b);
  const said = el("p", { class: "said", lang: turn.session.language });
  for (const coding of shown) if (isWholeTurn(coding, points.length)) said.append(tag(coding), " ");
  sorted.slice(0, -1).forEach((start, place) => {
    const end = sorted[place + 1];
    const over = stretches.filter((coding) => coding.start <= start && end <= coding.end);
    const hit = ranges.some(([from, to]) => from <= start && end <= to);
    const piece = points.slice(start, end).join("");
    said.append(over.length || hit ? mark(piece, over, hit, emphasised) : piece);
    said.append(...over.filter((coding) => coding.end === end).map(tag));
  });
  return said;
}

function mark(piece, over, hit, emphasised) {
  const first = over.find((coding) => emphasised?.has(coding.code)) ?? over[0];
  const classes = first ? ["code", codeClass(first.code), first.status] : [];
  if (first && emphasised?.has(first.code)) classes.push("emphasised");
  if (hit) classes.push("hit");
  return el("mark", { class: classes.join(" ") }, piece);
}

function clock(seconds) {
  const [h, m, s] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  return `${h}:${String(m).padStart(2, "0")}:${String(s).padStart(2, "0")}`;
}

function whoSpeaks(turn, withPlace) {
  const institution = institutionOf(turn);
  const known = [
    turn.role === "participant" ? institutionName(institution) : words.role[turn.role],
    withPlace ? placeName(turn.session) : null,
    turn.start_s === null ? null : clock(turn.start_s),
  ];
  return known.filter(Boolean).join(" · ");
}

function whyCoded(turn, emphasised) {
  const codings = turn.codings.filter((coding) => !emphasised || emphasised.has(coding.code));
  if (codings.length === 0) return null;
  const points = Array.from(turn.text);
  const items = codings.map((coding) => {
    const quoted = isWholeTurn(coding, points.length) ? words.whole_turn : points.slice(coding.start, coding.end).join("");
    const sure = coding.confidence === null ? null : fill(words.confidence, { n: coding.confidence.toLocaleString(lang, { maximumFractionDigits: 2 }) });
    const facts = [words.status[coding.status], words.kind[coding.coder_kind], sure].filter(Boolean).join(", ");
    const evidence = coding.evidence ? el("code", { translate: "no" }, coding.evidence) : null;
    return el("li", {}, tag(coding), " ", el("q", {}, quoted), ` ${facts} `, evidence);
  });
  const summary = el("summary", {}, fill(words.why, { codings: plural("coding", codings.length) }));
  return el("details", { class: "why", open: Boolean(emphasised) }, summary, el("ul", {}, ...items));
}

// One turn: who, what was said with its codes, and why each code stands there.
function card(turn, { withPlace = true, context = false, ...marking } = {}) {
  const number = el("a", { class: "address", href: turnAddress(turn), "aria-label": fill(words.turn, { n: turn.turn }) }, String(turn.turn));
  const heading = el("p", { class: "who" }, number, " ", el("b", {}, turn.speaker), ` ${whoSpeaks(turn, withPlace)}`);
  const attributes = { class: `turn ${turn.role}${context ? " context" : ""}`, tabindex: "-1" };
  return el("article", attributes, heading, marked(turn, marking), whyCoded(turn, marking.emphasised));
}

// A turn that was looked for, and buttons that bring the turns around it.
function cardWithNeighbours(turn, marking) {
  const around = turn.session.turns;
  let [first, last] = [around.indexOf(turn), around.indexOf(turn)];
  const whole = el("li", { class: "found" });
  const before = el("button", { type: "button", click: () => reveal((first -= 1)) }, words.before);
  const after = el("button", { type: "button", click: () => reveal((last += 1)) }, words.after);
  const link = el("a", { href: turnAddress(turn) }, words.in_transcript);

  function reveal(place) {
    const neighbour = card(around[place], { withPlace: false, context: true });
    if (place === first) whole.prepend(neighbour);
    else whole.lastElementChild.before(neighbour);
    limit();
    announce(`${fill(words.turn, { n: around[place].turn })}, ${around[place].speaker}: ${around[place].text}`);
  }
  function limit() {
    before.disabled = first === 0;
    after.disabled = last === around.length - 1;
  }

  limit();
  whole.append(card(turn, marking), el("p", { class: "actions" }, before, after, link));
  return whole;
}

function announce(text) {
  const place = document.querySelector("dialog[open] [role=status]") ?? document.getElementById("announcement");
  place.textContent = text;
}
