// A stretch of time to look at: what is shown of it, and how it is moved, zoomed and chosen. What draws it is drawSeries.
const decode = (text, Type) => {
  const bytes = atob(text);
  const buffer = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) buffer[i] = bytes.charCodeAt(i);
  return new Type(buffer.buffer);
};

const $ = (id) => document.getElementById(id);
const whole = (number) => number.toLocaleString('en');
const key = (drawn) => drawn.map((line) => html('span', { class: 'legend' }, html('span', {}, html('i', { style: `background:var(${line.colour})` }), line.name)));

const chips = (element, texts, chosen, choose) => {
  element.replaceChildren(...texts.map(([value, text]) => {
    const button = html('button', { type: 'button', 'aria-pressed': value === chosen() }, text);
    button.onclick = () => { choose(value); draw(); };
    return button;
  }));
};

/** The buttons that every page has. */
const wire = () => {
  document.querySelectorAll('[data-view]').forEach((button) => { button.onclick = () => move(button.dataset.view); });
  const dark = () => (document.documentElement.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const name = () => { $('theme').textContent = dark() ? 'Light' : 'Dark'; };
  $('theme').onclick = () => { document.documentElement.dataset.theme = dark() ? 'light' : 'dark'; name(); };
  name();
};

/** The point that holds a time: the last that begins no later. */
const pointAt = (time) => {
  let low = 0, high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle] <= time) low = middle; else high = middle - 1;
  }
  return low;
};

/** The times of what is looked at, ascending; the usual step between them, and the gap past which points are not joined. */
let times, count, typical, GAP;
const view = { from: 0, to: 0 };
const behold = (all) => {
  times = all;
  count = times.length;
  typical = count > 1 ? Float64Array.from(times.subarray(1), (time, i) => time - times[i]).sort()[(count - 1) >> 1] || 1 : MINUTE;
  GAP = 8 * typical;
  Object.assign(view, { from: times[0], to: times[count - 1] });
};

const when = (time) => (run.timed ? clock(time) : 'row ' + (Math.round(time / MINUTE) + 1));
const timeAxis = (from, to, wanted) => (run.timed ? timeTicks(from, to, wanted)
  : ticks(from / MINUTE, to / MINUTE, wanted).map((row) => ({ at: row * MINUTE, text: String(Math.round(row)) })));

const look = (from, to) => {
  const begin = times[0], end = Math.max(times[count - 1], begin + typical);
  const span = Math.max(Math.min(to - from, end - begin), Math.min(8 * typical, end - begin));
  const middle = (from + to) / 2;
  view.from = Math.max(begin, Math.min(end - span, middle - span / 2));
  view.to = view.from + span;
  drawSeries();
};

const FRAME = { left: 50, right: 12 };
const OVERVIEW = 46;

const hands = (element) => {
  const down = new Map();
  let before = null;
  element.addEventListener('pointerdown', (event) => {
    down.set(event.pointerId, event.clientX);
    before = { from: view.from, to: view.to, at: [...down.values()] };
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    if (!down.has(event.pointerId)) return tell(event, element);
    hideTip();
    down.set(event.pointerId, event.clientX);
    const at = [...down.values()];
    const wide = element.clientWidth - FRAME.left - FRAME.right;
    const span = before.to - before.from;
    if (at.length === 2 && before.at.length === 2) {
      const ratio = Math.abs(before.at[0] - before.at[1]) / Math.max(20, Math.abs(at[0] - at[1]));
      const middle = (before.from + before.to) / 2;
      look(middle - span * ratio / 2, middle + span * ratio / 2);
    } else {
      const moved = (before.at[0] - at[0]) / wide * span;
      look(before.from + moved, before.to + moved);
    }
  });
  const up = (event) => { down.delete(event.pointerId); before = { from: view.from, to: view.to, at: [...down.values()] }; };
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('pointerleave', () => { hideTip(); element.frame.cross.setAttribute('visibility', 'hidden'); });
  element.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
    event.preventDefault();
    const time = element.frame.x.back(event.clientX - element.getBoundingClientRect().left);
    const ratio = (event.deltaY || event.deltaX) > 0 ? 1.25 : 0.8;
    look(time - (time - view.from) * ratio, time + (view.to - time) * ratio);
  }, { passive: false });
  element.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: 'back', ArrowRight: 'on', '+': 'in', '-': 'out' }[event.key];
    if (step) { event.preventDefault(); move(step); }
  });
};

const move = (step) => {
  const span = view.to - view.from;
  const middle = (view.from + view.to) / 2;
  if (step === 'all') look(times[0], times[count - 1]);
  if (step === 'in') look(middle - span / 4, middle + span / 4);
  if (step === 'out') look(middle - span, middle + span);
  if (step === 'back') look(view.from - span / 2, view.to - span / 2);
  if (step === 'on') look(view.from + span / 2, view.to + span / 2);
};

/** The stretch that is shown, drawn on an overview and taken hold of there. */
const brush = (element, svg, x) => {
  const width = element.clientWidth;
  const left = x(view.from), right = Math.max(x(view.to), left + 3);
  svg.append(node('rect', { class: 'brush', x: left, y: 0, width: right - left, height: OVERVIEW, rx: 4 }),
    node('line', { class: 'edge', x1: left, x2: left, y1: 6, y2: OVERVIEW - 6 }),
    node('line', { class: 'edge', x1: right, x2: right, y1: 6, y2: OVERVIEW - 6 }));
  element.replaceChildren(svg);
  element.onpointerdown = (event) => {
    const at = (e) => x.back(Math.max(FRAME.left, Math.min(width - FRAME.right, e.clientX - element.getBoundingClientRect().left)));
    const begun = at(event);
    const span = view.to - view.from;
    const held = begun >= view.from && begun <= view.to && span < (times[count - 1] - times[0]) * 0.98 ? begun - view.from : null;
    element.setPointerCapture(event.pointerId);
    element.onpointermove = (moved) => {
      const now = at(moved);
      if (held !== null) look(now - held, now - held + span);
      else if (Math.abs(x(now) - x(begun)) > 4) look(Math.min(begun, now), Math.max(begun, now));
    };
    element.onpointerup = (ended) => {
      element.onpointermove = null;
      if (held === null && Math.abs(x(at(ended)) - x(begun)) <= 4) look(begun - span / 2, begun + span / 2);
    };
  };
};
