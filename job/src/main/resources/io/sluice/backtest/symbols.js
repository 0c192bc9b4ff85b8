// The page of a series of symbols: a lane for each, what stood out, and the score beside those who count and no more.
const RIVALS = ['markov', 'frequency', 'last'];
const NAMES = { sluice: 'Sluice', markov: 'Markov chain', frequency: 'Frequency', last: 'Last symbol' };
const COLOURS = { sluice: '--water', markov: '--persistence', frequency: '--seasonal', last: '--rls' };
const TOP = run.top === 1 ? 'likeliest' : `likeliest ${run.top}`;
const MEASURES = { loss: 'Log loss', within: `Within the ${TOP}`, first: 'Held the likeliest' };
const NOTES = {
  loss: 'Mean −ln of the chance that was given to what came: less is better, 0 is to know it.',
  within: `Share of what came that was among the ${TOP}.`,
  first: 'Share of what came that was held the likeliest.',
};
const state = { series: 0, measure: 'loss' };
const figure = (measure, value) => (value === null || value === undefined ? '–' : measure === 'loss' ? value.toFixed(3) : percent(value));

const drawn = run.drawn.map((one) => ({
  name: one.name, cut: one.cut, rows: decode(one.rows, Uint32Array), times: decode(one.times, Float64Array), places: decode(one.places, Uint16Array),
  expected: decode(one.expected, Uint16Array), chances: decode(one.chances, Float32Array), surprise: decode(one.surprise, Uint8Array),
}));
let shown, lanes;

/** Looks at one of the series: a lane for each symbol that comes in it, the rarest sharing one where there are too many. */
const MOST_LANES = 40;
const choose = (which) => {
  state.series = which;
  shown = drawn[which];
  behold(shown.times);
  const came = new Array(run.symbols.length).fill(0);
  shown.places.forEach((place) => { came[place]++; });
  const all = came.map((n, place) => [n, place]).filter(([n]) => n > 0).sort((a, b) => b[0] - a[0]);
  const own = (all.length > MOST_LANES ? all.slice(0, MOST_LANES - 1) : all).map(([, place]) => place).sort((a, b) => a - b);
  lanes = { of: new Array(run.symbols.length).fill(own.length), names: own.map((place) => run.symbols[place]) };
  own.forEach((place, lane) => { lanes.of[place] = lane; });
  if (all.length > own.length) lanes.names.push(`${all.length - own.length} others`);
  FRAME.left = Math.min(190, 22 + 7 * Math.max(...lanes.names.map((name) => Math.min(24, name.length))));
  if (run.rows > 400) {
    const first = moments.filter((m) => m.name === shown.name).sort((a, b) => b.alert - a.alert || b.surprise - a.surprise)[0];
    const half = 150 * typical;
    const at = first ? first.time : times[count - 1];
    Object.assign(view, { from: Math.max(times[0], at - half), to: Math.min(times[count - 1], at + half) });
  }
};

const moments = run.moments.map((m) => ({ ...m, name: m.series, symbol: run.symbols[m.value], hoped: run.symbols[m.expected] }));

const lede = () => {
  const own = run.scores.sluice;
  if (own.scored === 0) {
    $('lede').textContent = drawn.length === 0 ? `No symbol came in any of the ${whole(run.rows)} rows.` : 'No symbol came where it would have been scored.';
    return;
  }
  const best = RIVALS.reduce((a, b) => (run.scores[b].loss < run.scores[a].loss ? b : a));
  const parts = [`${whole(run.rows)} symbols of ${run.symbols.length - 1} kinds`];
  if (run.all.length > 1) parts.push(` in ${whole(run.count)} series`);
  parts.push(run.begin > 0 ? `; the first ${whole(run.begin)} are learnt from and not scored. ` : '. ');
  const share = own.loss / run.scores[best].loss - 1;
  parts.push('What came next was held the likeliest ', html('b', {}, percent(own.first)), ` of the time and was among the ${TOP} `,
    html('b', {}, percent(own.within)), '. The log loss is ',
    ...(Math.abs(share) < 5e-4 ? ['no other than']
      : [html('b', {}, `${Math.abs(100 * share).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} % ${share < 0 ? 'below' : 'above'}`)]),
    ` that of ${NAMES[best].toLowerCase().replace('markov', 'the Markov')}, the best rival. ${whole(run.alerts)} alert${run.alerts === 1 ? '' : 's'}.`);
  $('lede').replaceChildren(...parts);
};

const tiles = () => {
  $('tiles').replaceChildren(...['first', 'within', 'loss'].map((measure) => {
    const all = ['sluice', ...RIVALS].map((name) => [name, run.scores[name][measure]]);
    const most = Math.max(...all.map(([, value]) => value)) || 1;
    const bars = html('div', { class: 'bars' });
    for (const [name, value] of all) {
      const own = name === 'sluice' ? { class: 'own' } : {};
      bars.append(html('span', own, NAMES[name]), html('i', { style: `width:${(100 * value / most).toFixed(1)}%;background:var(${COLOURS[name]})` }),
        html('span', own, figure(measure, value)));
    }
    return html('div', { class: 'tile' }, html('div', { class: 'ahead' }, html('span', {}, MEASURES[measure])),
      html('div', { class: 'figure' }, figure(measure, all[0][1])), bars);
  }));
};

const AISLE = 34;
const laneHeight = () => Math.max(13, Math.min(30, 420 / lanes.names.length));

/** Bars of each lane, those that touch drawn as one: a state lasts until the next comes, if that is not long. */
const bars = (x) => {
  const all = lanes.names.map(() => ({ d: '', from: NaN, to: NaN }));
  const flush = (lane) => { if (lane.to >= lane.from) lane.d += `M${lane.from.toFixed(1)} 0H${lane.to.toFixed(1)}`; };
  const first = Math.max(0, pointAt(view.from) - 1), last = Math.min(count - 1, pointAt(view.to) + 1);
  for (let i = first; i <= last; i++) {
    const until = i + 1 < count && times[i + 1] - times[i] <= GAP ? times[i + 1] : times[i] + typical;
    const from = x(times[i]), to = Math.max(from + 1.5, x(until));
    const lane = all[lanes.of[shown.places[i]]];
    if (from > lane.to + 0.4 || Number.isNaN(lane.to)) {
      flush(lane);
      lane.from = from;
    }
    lane.to = to;
  }
  all.forEach(flush);
  return all;
};

/** The most surprising of each column of pixels. */
const heights = (from, to, width) => {
  const most = new Float64Array(Math.max(1, Math.ceil(width)));
  const first = Math.max(0, pointAt(from)), last = pointAt(to);
  for (let i = first; i <= last; i++) {
    const column = Math.floor((times[i] - from) / (to - from || 1) * (most.length - 1));
    if (column >= 0 && column < most.length) most[column] = Math.max(most[column], shown.surprise[i] / 255);
  }
  return most;
};

const aisle = (svg, top, width) => {
  const most = heights(view.from, view.to, (width - FRAME.left - FRAME.right) / 2);
  let d = '';
  most.forEach((height, column) => { if (height > 0) d += `M${(FRAME.left + 2 * column + 1).toFixed(0)} ${top + AISLE}v${(-height * AISLE).toFixed(1)}`; });
  svg.append(node('path', { style: 'stroke:var(--alert);stroke-width:2;opacity:.6', d }),
    node('line', { class: 'axis', x1: FRAME.left, x2: width - FRAME.right, y1: top + AISLE, y2: top + AISLE }),
    node('text', { x: FRAME.left - 8, y: top + AISLE - 4, 'text-anchor': 'end' }, 'surprise'));
};

const short = (name) => (name.length > 24 ? name.slice(0, 23) + '…' : name);

const drawSeries = () => {
  const element = $('series');
  const width = element.clientWidth;
  const each = laneHeight();
  const height = lanes.names.length * each + AISLE + 44;
  const svg = node('svg', { viewBox: `0 0 ${width} ${height}`, height });
  const x = scale(view.from, view.to, FRAME.left, width - FRAME.right);
  svg.append(node('clipPath', { id: 'frame' },
    node('rect', { x: FRAME.left, y: 0, width: Math.max(0, width - FRAME.left - FRAME.right), height })));
  const trained = x(run.scoredFrom);
  if (run.begin > 0 && trained > FRAME.left) {
    svg.append(node('rect', { class: 'train', x: FRAME.left, y: 0, width: Math.min(trained, width - FRAME.right) - FRAME.left, height: height - 22 }));
  }
  const inside = node('g', { 'clip-path': 'url(#frame)' });
  bars(x).forEach((lane, i) => {
    const middle = (i + 0.5) * each;
    svg.append(node('line', { class: 'grid', x1: FRAME.left, x2: width - FRAME.right, y1: middle, y2: middle }),
      node('text', { x: FRAME.left - 8, y: middle + 4, 'text-anchor': 'end' }, short(lanes.names[i])));
    inside.append(node('path', { class: 'code', transform: `translate(0 ${middle})`, d: lane.d,
      style: `stroke:var(--l${i % 6});stroke-width:${(each * 0.55).toFixed(1)};fill:none` }));
  });
  for (const moment of moments) {
    if (moment.name === shown.name && moment.value !== undefined && moment.time >= view.from && moment.time <= view.to) {
      inside.append(node('circle', { class: moment.alert ? 'alert' : 'held', cx: x(moment.time),
        cy: (lanes.of[moment.value] + 0.5) * each, r: moment.alert ? 5 : 4 }));
    }
  }
  svg.append(inside);
  aisle(svg, lanes.names.length * each + 8, width);
  for (const { at, text } of timeAxis(view.from, view.to, Math.max(2, Math.floor(width / 110)))) {
    svg.append(node('text', { x: x(at), y: height - 5, 'text-anchor': 'middle' }, text));
  }
  const cross = node('line', { class: 'cross', y1: 0, y2: height - 22, visibility: 'hidden' });
  svg.append(cross);
  element.replaceChildren(svg);
  element.frame = { x, cross };
  drawOverview();
};

/** Of several that came at once, the one in the lane that is pointed at; else the last. */
const pointUnder = (time, y) => {
  const last = pointAt(time);
  const lane = Math.floor(y / laneHeight());
  let point = last;
  while (point >= 0 && times[point] === times[last] && lanes.of[shown.places[point]] !== lane) point--;
  return point >= 0 && times[point] === times[last] ? point : last;
};

/** What lies under the pointer. */
const tell = (event, element) => {
  const { x, cross } = element.frame;
  const time = x.back(event.clientX - element.getBoundingClientRect().left);
  if (time < view.from || time > view.to) return;
  const point = pointUnder(time, event.clientY - element.getBoundingClientRect().top);
  cross.setAttribute('x1', x(times[point]));
  cross.setAttribute('x2', x(times[point]));
  cross.setAttribute('visibility', 'visible');
  const moment = moments.find((m) => m.row === shown.rows[point]);
  const pairs = [['--ink', 'came', run.symbols[shown.places[point]]], ['', 'had a chance of', chance(point)],
    ['--water', 'likeliest was', run.symbols[shown.expected[point]] || '–'], ['--alert', 'surprise', (shown.surprise[point] / 255).toFixed(2)]];
  const said = moment ? [html('div', {}, moment.kind + (moment.alert ? ', alert' : moment.reason ? ', no alert: ' + moment.reason : ''))] : [];
  showTip(event, html('b', {}, when(times[point])), rows(pairs), ...said);
};

const chance = (point) => (Number.isNaN(shown.chances[point]) ? '–' : `${plain(+(100 * shown.chances[point]).toPrecision(3))} %`);

const drawOverview = () => {
  const element = $('overview');
  const width = element.clientWidth;
  const x = scale(times[0], times[count - 1], FRAME.left, width - FRAME.right);
  const svg = node('svg', { viewBox: `0 0 ${width} ${OVERVIEW}`, height: OVERVIEW });
  let d = '';
  heights(times[0], times[count - 1], (width - FRAME.left - FRAME.right) / 2).forEach((height, column) => {
    if (height > 0) d += `M${FRAME.left + 2 * column + 1} ${OVERVIEW - 8}v${(-height * (OVERVIEW - 12)).toFixed(1)}`;
  });
  svg.append(node('path', { style: 'stroke:var(--muted);stroke-width:2;opacity:.5', d }));
  for (const moment of moments) {
    if (moment.alert && moment.name === shown.name) {
      svg.append(node('line', { stroke: 'var(--alert)', x1: x(moment.time), x2: x(moment.time), y1: OVERVIEW - 7, y2: OVERVIEW }));
    }
  }
  brush(element, svg, x);
};

const legend = () => {
  const item = (colour, text) => html('span', {}, html('i', { style: `background:${colour}`, class: 'round' }), text);
  $('legend').replaceChildren(item('var(--alert)', 'alert'), item('var(--muted)', 'surprising, no alert'),
    ...(shown.cut ? [`The last ${whole(count)} symbols of the series. `] : []), 'Drag to move, ctrl and wheel or two fingers to zoom.');
};

/** The most surprising, alerts first. */
const foremost = () => {
  const chosen = moments.filter((m) => m.row >= run.begin).sort((a, b) => b.alert - a.alert || b.surprise - a.surprise).slice(0, 12);
  $('moments-card').hidden = chosen.length === 0;
  $('moments').replaceChildren(...chosen.map((moment) => {
    const place = run.all.length > 1 ? `${moment.name}: ` : '';
    const hoped = moment.hoped === undefined ? '' : `, expected ${moment.hoped}`;
    const button = html('button', { type: 'button' },
      html('span', { class: 'score' + (moment.alert ? '' : ' held') }, moment.surprise.toFixed(2)),
      html('span', { class: 'what' }, `${moment.kind}: ${place}${moment.symbol ?? '–'}${hoped}`),
      html('span', { class: 'when' }, when(moment.time) + (moment.alert ? '' : moment.reason ? ', no alert: ' + moment.reason : '')));
    const series = drawn.findIndex((one) => one.name === moment.name);
    button.disabled = series < 0;
    button.onclick = () => {
      if (series !== state.series) choose(series);
      draw();
      look(moment.time - 40 * typical, moment.time + 40 * typical);
      $('series').scrollIntoView({ behavior: 'smooth', block: 'center' });
    };
    return html('li', {}, button);
  }));
};

const course = () => {
  const all = [...RIVALS.slice().reverse(), 'sluice'].map((name) => (
    { name: NAMES[name], colour: COLOURS[name], ys: run.course[name][state.measure], wide: name === 'sluice' ? 3 : 1.8 }));
  const most = state.measure === 'loss' ? Math.max(0, ...all.flatMap((line) => line.ys.filter((v) => v !== null))) * 1.04 || 1 : 1;
  const xs = run.course.times;
  lines($('course'), {
    xs, lines: all, low: 0, high: most, height: 240, dots: xs.length <= 12,
    xTicks: (wanted) => timeAxis(xs[0], xs[xs.length - 1], wanted),
    yText: (value, exact) => (exact ? figure(state.measure, value) : state.measure === 'loss' ? plain(+value.toPrecision(3)) : percent(value, 0)),
    title: (i) => when(xs[i]),
  });
  $('course-note').replaceChildren(...key(all.slice().reverse()), ` ${NOTES[state.measure]} In stretches of ${whole(run.course.stretch)} readings.`);
};

const table = (id, head, body) => $(id).replaceChildren(html('tr', {}, ...head.map((text) => html('th', {}, text))),
  ...body.map((cells) => html('tr', {}, ...cells.map((cell) => html('td', {}, cell)))));
const scored = (one) => [whole(one.scored), figure('first', one.first), figure('within', one.within), figure('loss', one.loss)];
const HEAD = ['scored', 'held likeliest', `within ${run.top}`, 'log loss'];

const tables = () => {
  table('table', ['', ...HEAD, 'perplexity'], ['sluice', ...RIVALS].map((name) => [NAMES[name], ...scored(run.scores[name]),
    run.scores[name].loss === null ? '–' : Math.exp(run.scores[name].loss).toFixed(3)]));
  table('symbols', ['', ...HEAD, 'alerts'], run.bySymbol.map((one) => [one.name, ...scored(one), whole(one.alerts)]));
  $('all-card').hidden = run.all.length < 2;
  table('all', ['', ...HEAD, 'alerts'], run.all.map((one) => [one.name, ...scored(one), whole(one.alerts)]));
  $('all-note').textContent = run.count > run.all.length ? `Those with the most alerts of ${whole(run.count)}; all stand in metrics.json.` : '';
};

const draw = () => {
  $('choices').hidden = drawn.length < 2;
  chips($('names'), drawn.map((one, i) => [i, one.name]), () => state.series, choose);
  chips($('measures'), Object.entries(MEASURES), () => state.measure, (value) => { state.measure = value; });
  legend(); drawSeries(); course();
};

const settings = () => {
  const facts = [['Symbols', whole(run.rows)], ['Training part', whole(run.trained)], ['First scored', whole(run.begin + 1)],
    ['Kinds', whole(run.symbols.length - 1)], ['Named', whole(run.top)], ['Series', whole(run.count)],
    ['Network', run.network ? 'learnt from the training part' : 'none']];
  $('settings').replaceChildren(...facts.map(([name, value]) => html('div', {}, html('dt', {}, name), html('dd', {}, value))));
};

document.title = `${run.file} · Sluice backtest`;
$('file').textContent = run.file;
$('command').textContent = run.command;
$('production').textContent = run.production.trim();
settings(); lede(); tiles(); tables(); foremost();
wire();
if (drawn.length > 0) {
  hands($('series'));
  choose(0);
  draw();
  new ResizeObserver(draw).observe(document.querySelector('main'));
} else {
  for (const empty of ['choices', 'tiles', 'series-card', 'course-card', 'symbols-card']) $(empty).hidden = true;
}
document.body.dataset.drawn = 'yes';
