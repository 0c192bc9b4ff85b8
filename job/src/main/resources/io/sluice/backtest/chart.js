// Drawing: numbers in, SVG out. Colours are the style's, so light and dark need nothing here.
const node = (name, attributes = {}, ...children) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const html = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const scale = (from, to, begin, end) => {
  const of = (value) => begin + (end - begin) * (value - from) / (to - from || 1);
  of.back = (place) => from + (to - from) * (place - begin) / (end - begin);
  return of;
};

/** About so many round numbers between two. */
const ticks = (from, to, count) => {
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((f) => f * power).find((s) => s >= rough) || 10 * power;
  const all = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-6; k++) all.push(k * step);
  return all;
};

const plain = (value) => {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(2);
  return String(+value.toPrecision(4));
};

const percent = (share, digits = 1) => (100 * share).toFixed(digits) + ' %';

const SECOND = 1e3, MINUTE = 6e4, HOUR = 36e5, DAY = 864e5;
const STEPS = [SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
  DAY, 2 * DAY, 7 * DAY, 14 * DAY];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n) => String(n).padStart(2, '0');

/** Times as the file has them. */
const clock = (at) => {
  const date = new Date(at);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const seconds = date.getUTCSeconds() ? ':' + two(date.getUTCSeconds()) : '';
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}${seconds}`;
  return at % DAY === 0 ? day : `${day}, ${time}`;
};

const months = (from, to, count) => {
  const all = [];
  const first = new Date(from);
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((m) => (to - from) / (m * 30.4 * DAY) <= count) || 240;
  for (let m = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step; ; m += step) {
    const at = Date.UTC(Math.floor(m / 12), m % 12, 1);
    if (at > to) return all;
    if (at >= from) all.push({ at, text: m % 12 ? MONTHS[m % 12] : String(Math.floor(m / 12)) });
  }
};

const timeTicks = (from, to, count) => {
  const step = STEPS.find((s) => (to - from) / s <= count);
  if (!step) return months(from, to, count);
  const all = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const date = new Date(at);
    const midnight = at % DAY === 0;
    const text = midnight ? `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
      : `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}` + (step < MINUTE ? ':' + two(date.getUTCSeconds()) : '');
    all.push({ at, text });
  }
  return all;
};

/** A path through points; a gap where one is missing. */
const path = (xs, ys) => {
  let text = '';
  let drawing = false;
  for (let i = 0; i < xs.length; i++) {
    if (Number.isFinite(ys[i])) {
      text += `${drawing ? 'L' : 'M'}${xs[i].toFixed(1)} ${ys[i].toFixed(1)}`;
      drawing = true;
    } else {
      drawing = false;
    }
  }
  return text;
};

/** The area between two lines. */
const area = (xs, upper, lower) => {
  let text = '';
  for (let i = 0; i < xs.length;) {
    let end = i;
    while (end < xs.length && Number.isFinite(upper[end]) && Number.isFinite(lower[end])) end++;
    for (let k = i; k < end; k++) text += `${k === i ? 'M' : 'L'}${xs[k].toFixed(1)} ${upper[k].toFixed(1)}`;
    for (let k = end - 1; k >= i; k--) text += `L${xs[k].toFixed(1)} ${lower[k].toFixed(1)}`;
    text += end > i ? 'Z' : '';
    i = Math.max(end, i) + 1;
  }
  return text;
};

const tip = document.getElementById('tip');
const showTip = (event, ...content) => {
  tip.replaceChildren(...content);
  tip.hidden = false;
  const width = tip.offsetWidth;
  const wide = document.documentElement.clientWidth;
  const left = event.clientX + 16 + width > wide ? event.clientX - width - 16 : event.clientX + 16;
  tip.style.left = Math.max(4, left) + scrollX + 'px';
  tip.style.top = event.clientY + scrollY + 14 + 'px';
};
const hideTip = () => { tip.hidden = true; };

const rows = (pairs) => html('table', {}, ...pairs.map(([colour, name, value]) => html('tr', {},
  html('td', {}, ...(colour ? [html('i', { style: `background:var(${colour})` })] : []), name), html('td', {}, value))));

/**
 * Lines over a common x.
 *
 * chart: { xs, lines: [{name, colour, ys, wide}], low, high, height, xTicks, yText, title(i), guides: [svg drawn behind] }
 */
const lines = (element, chart) => {
  const width = element.clientWidth;
  const height = chart.height;
  const left = 44, right = 10, top = 8, bottom = 24;
  const xs = chart.xs;
  const x = scale(chart.from ?? xs[0], chart.to ?? xs[xs.length - 1], left, width - right);
  const y = scale(chart.low, chart.high, height - bottom, top);
  const svg = node('svg', { viewBox: `0 0 ${width} ${height}`, height });
  for (const tick of ticks(chart.low, chart.high, 5)) {
    svg.append(node('line', { class: 'grid', x1: left, x2: width - right, y1: y(tick), y2: y(tick) }),
      node('text', { x: left - 8, y: y(tick) + 4, 'text-anchor': 'end' }, chart.yText(tick)));
  }
  for (const { at, text } of chart.xTicks(Math.max(2, Math.floor(width / 90)))) {
    svg.append(node('text', { x: x(at), y: height - 6, 'text-anchor': 'middle' }, text));
  }
  for (const guide of chart.guides || []) svg.append(guide(x, y));
  const places = xs.map(x);
  for (const line of chart.lines) {
    svg.append(node('path', { class: 'line', d: path(places, line.ys.map((v) => (v === null ? NaN : y(v)))),
      style: `stroke:var(${line.colour});stroke-width:${line.wide || 2}` }));
    for (let i = 0; chart.dots && i < xs.length; i++) {
      if (line.ys[i] !== null) svg.append(node('circle', { cx: places[i], cy: y(line.ys[i]), r: 3, fill: `var(${line.colour})` }));
    }
  }
  const cross = node('line', { class: 'cross', y1: top, y2: height - bottom, visibility: 'hidden' });
  svg.append(cross);
  element.replaceChildren(svg);
  element.onpointermove = (event) => {
    const place = event.clientX - element.getBoundingClientRect().left;
    let near = 0;
    places.forEach((p, i) => { if (Math.abs(p - place) < Math.abs(places[near] - place)) near = i; });
    cross.setAttribute('x1', places[near]);
    cross.setAttribute('x2', places[near]);
    cross.setAttribute('visibility', 'visible');
    showTip(event, html('b', {}, chart.title(near)),
      rows(chart.lines.map((line) => [line.colour, line.name, chart.yText(line.ys[near], true)])));
  };
  element.onpointerleave = () => { cross.setAttribute('visibility', 'hidden'); hideTip(); };
};
