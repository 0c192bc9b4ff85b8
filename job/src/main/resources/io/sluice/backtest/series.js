// The series, its intervals and verdicts: one panel a variable, one time axis for all, and an overview to choose from.

behold(decode(run.series.times, Float64Array));
const surprise = decode(run.series.surprise, Uint8Array);
const UNKNOWN = 65535, STEPS16 = 65534;

/** Channels of a variable, in its own units: least, most, then lower, median and upper of each lead. */
const channels = run.series.variables.map((variable) => {
  const steps = decode(variable.points, Uint16Array);
  const unit = (variable.most - variable.least) / STEPS16;
  return (channel, point) => {
    const step = steps[channel * count + point];
    return step === UNKNOWN ? NaN : variable.least + step * unit;
  };
});

/** Several points to a column where there are more than a screen shows: least of lows, most of highs, the last median. */
const columns = (variable, lead, width) => {
  const first = Math.max(0, pointAt(view.from) - 1), last = Math.min(count - 1, pointAt(view.to) + 1);
  const each = Math.max(1, Math.ceil((last - first + 1) / Math.max(40, width)));
  const value = channels[variable];
  const band = 2 + 3 * lead;
  const made = { at: [], least: [], most: [], lower: [], median: [], upper: [], surprise: [], single: each === 1 && run.series.each === 1, close: each === 1 };
  for (let from = first; from <= last; from += each) {
    const to = Math.min(last, from + each - 1);
    if (from > first && times[from] - times[from - 1] > GAP) {
      made.at.push(times[from - 1]);
      for (const name of ['least', 'most', 'lower', 'median', 'upper', 'surprise']) made[name].push(NaN);
    }
    const column = { least: Infinity, most: -Infinity, lower: Infinity, upper: -Infinity, median: NaN, surprise: 0 };
    for (let i = from; i <= to; i++) {
      column.least = Math.min(column.least, value(0, i) || value(0, i) === 0 ? value(0, i) : Infinity);
      column.most = Math.max(column.most, Number.isNaN(value(1, i)) ? -Infinity : value(1, i));
      const low = value(band, i), high = value(band + 2, i);
      if (!Number.isNaN(low)) column.lower = Math.min(column.lower, low);
      if (!Number.isNaN(high)) column.upper = Math.max(column.upper, high);
      if (!Number.isNaN(value(band + 1, i))) column.median = value(band + 1, i);
      column.surprise = Math.max(column.surprise, surprise[i] / 255);
    }
    made.at.push(times[from]);
    for (const name of Object.keys(column)) made[name].push(column[name]);
  }
  return made;
};

/** Where the drawing ends: what was read decides, and bounds may widen it by half. */
const extent = (shown) => {
  const finite = (values) => values.filter(Number.isFinite);
  const low = Math.min(...finite(shown.least)), high = Math.max(...finite(shown.most));
  const room = (high - low || Math.abs(high) || 1) * 0.5;
  const least = Math.max(low - room, Math.min(low, ...finite(shown.lower)));
  const most = Math.min(high + room, Math.max(high, ...finite(shown.upper)));
  const margin = (most - least || Math.abs(most) || 1) * 0.05;
  return [least - margin, most + margin];
};

const LANE = 34;

const panel = (svg, variable, top, height, x, width) => {
  const shown = columns(variable, state.lead, width - FRAME.left - FRAME.right);
  const [low, high] = extent(shown);
  if (!Number.isFinite(low + high)) return;
  const y = scale(low, high, top + height, top + 18);
  const xs = shown.at.map(x);
  const ys = (values) => values.map((v) => (Number.isFinite(v) ? Math.max(top, Math.min(top + height, y(v))) : NaN));
  for (const tick of ticks(low, high, height > 150 ? 5 : 3)) {
    svg.append(node('line', { class: 'grid', x1: FRAME.left, x2: width - FRAME.right, y1: y(tick), y2: y(tick) }),
      node('text', { x: FRAME.left - 8, y: y(tick) + 4, 'text-anchor': 'end' }, plain(+tick.toPrecision(12))));
  }
  const drawn = node('g', { 'clip-path': 'url(#frame)' });
  drawn.append(node('path', { class: 'band', d: area(xs, ys(shown.upper), ys(shown.lower)) }));
  drawn.append(node('path', { class: 'median', d: path(xs, ys(shown.median)) }));
  if (shown.single) {
    drawn.append(node('path', { class: 'actual', d: path(xs, ys(shown.least)) }));
  } else {
    const least = ys(shown.least), most = ys(shown.most).map((v, i) => Math.min(v, least[i] - 1));
    drawn.append(node('path', { class: shown.close ? 'spread light' : 'spread', d: area(xs, most, least) }));
    if (shown.close) drawn.append(node('path', { class: 'actual', d: path(xs, least.map((v, i) => (v + most[i]) / 2)) }));
  }
  for (const moment of run.moments) {
    if (moment.variable === variable && moment.value !== undefined && moment.time >= view.from && moment.time <= view.to) {
      const inside = Math.max(top + 5, Math.min(top + height - 5, y(moment.value)));
      drawn.append(node('circle', { class: moment.alert ? 'alert' : 'held', cx: x(moment.time), cy: inside, r: moment.alert ? 4.5 : 3.5 }));
    }
  }
  svg.append(drawn, node('text', { class: 'name', x: FRAME.left + 6, y: top + 14 }, run.variables[variable]));
};

const lane = (svg, top, x, width) => {
  const shown = columns(0, 0, width);
  const y = scale(0, 1, top + LANE, top);
  const base = shown.at.map(() => y(0));
  svg.append(node('line', { class: 'grid', x1: FRAME.left, x2: width - FRAME.right, y1: y(0.5), y2: y(0.5) }),
    node('text', { x: FRAME.left - 8, y: y(0.5) + 4, 'text-anchor': 'end' }, '½'),
    node('path', { class: 'surprise', 'clip-path': 'url(#frame)', d: area(shown.at.map(x), shown.surprise.map(y), base) }),
    node('line', { class: 'axis', x1: FRAME.left, x2: width - FRAME.right, y1: y(0), y2: y(0) }),
    node('text', { class: 'name', x: FRAME.left + 6, y: top + 10 }, 'surprise'));
};

const drawSeries = () => {
  const element = document.getElementById('series');
  const width = element.clientWidth;
  const shown = state.variable < 0 ? run.variables.map((_, i) => i) : [state.variable];
  const each = shown.length === 1 ? Math.max(230, Math.min(380, width * 0.4)) : Math.max(84, Math.min(150, 720 / shown.length));
  const height = shown.length * (each + 10) + LANE + 34;
  const svg = node('svg', { viewBox: `0 0 ${width} ${height}`, height });
  const x = scale(view.from, view.to, FRAME.left, width - FRAME.right);
  svg.append(node('clipPath', { id: 'frame' },
    node('rect', { x: FRAME.left, y: 0, width: Math.max(0, width - FRAME.left - FRAME.right), height })));
  const trained = x(run.begin < run.rows ? times[Math.min(count - 1, Math.floor(run.begin / run.series.each))] : view.to);
  if (run.begin > 0 && trained > FRAME.left) {
    const right = Math.min(trained, width - FRAME.right);
    svg.append(node('rect', { class: 'train', x: FRAME.left, y: 0, width: right - FRAME.left, height: height - 22 }));
  }
  shown.forEach((variable, i) => panel(svg, variable, i * (each + 10), each, x, width));
  lane(svg, shown.length * (each + 10) + 8, x, width);
  for (const { at, text } of timeAxis(view.from, view.to, Math.max(2, Math.floor(width / 110)))) {
    svg.append(node('text', { x: x(at), y: height - 5, 'text-anchor': 'middle' }, text));
  }
  const cross = node('line', { class: 'cross', y1: 0, y2: height - 22, visibility: 'hidden' });
  svg.append(cross);
  element.replaceChildren(svg);
  element.frame = { x, cross, shown };
  drawOverview();
};

/** Whether that is of a reading: a silence is of none, and stands before the one that ended it. */
const read = (moment) => moment.kind !== 'silent';

/** What lies under the pointer. */
const tell = (event, element) => {
  const { x, cross, shown } = element.frame;
  const place = event.clientX - element.getBoundingClientRect().left;
  const time = x.back(place);
  if (time < view.from || time > view.to) return;
  const point = pointAt(time + typical / 2);
  cross.setAttribute('x1', x(times[point]));
  cross.setAttribute('x2', x(times[point]));
  cross.setAttribute('visibility', 'visible');
  const moment = run.moments.find((m) => read(m) && Math.floor(m.row / run.series.each) === point);
  const pairs = shown.flatMap((variable) => {
    const value = (channel) => plain(channels[variable](channel, point));
    const band = 2 + 3 * state.lead;
    const actual = value(0) === value(1) ? value(0) : `${value(0)} to ${value(1)}`;
    return shown.length > 1 ? [['', run.variables[variable], actual]]
      : [['--ink', 'read', actual], ['--water', 'expected', value(band + 1)], ['', 'interval', `${value(band)} to ${value(band + 2)}`]];
  });
  pairs.push(['--alert', 'surprise', (surprise[point] / 255).toFixed(2)]);
  const said = moment ? [html('div', {}, moment.kind + (moment.alert ? ', alert' : moment.reason ? ', no alert: ' + moment.reason : ''))] : [];
  showTip(event, html('b', {}, when(times[point])), rows(pairs), ...said);
};

let sketched = null;
const drawOverview = () => {
  const element = document.getElementById('overview');
  const width = element.clientWidth;
  const x = scale(times[0], times[count - 1], FRAME.left, width - FRAME.right);
  const variable = Math.max(0, state.variable);
  if (!sketched || sketched.width !== width || sketched.variable !== variable) {
    const kept = { ...view };
    Object.assign(view, { from: times[0], to: times[count - 1] });
    const shown = columns(variable, state.lead, width);
    Object.assign(view, kept);
    const y = scale(Math.min(...shown.least.filter(Number.isFinite)), Math.max(...shown.most.filter(Number.isFinite)), OVERVIEW - 4, 4);
    const least = shown.least.map((v) => (Number.isFinite(v) ? y(v) : NaN));
    const most = shown.most.map((v, i) => (Number.isFinite(v) ? Math.min(y(v), least[i] - 1) : NaN));
    sketched = { width, variable, d: area(shown.at.map(x), most, least) };
  }
  const svg = node('svg', { viewBox: `0 0 ${width} ${OVERVIEW}`, height: OVERVIEW });
  svg.append(node('path', { class: 'spread', style: 'opacity:.3', d: sketched.d }));
  for (const moment of run.moments) {
    if (moment.alert) svg.append(node('line', { stroke: 'var(--alert)', 'stroke-opacity': 0.7, x1: x(moment.time), x2: x(moment.time), y1: OVERVIEW - 7, y2: OVERVIEW }));
  }
  brush(element, svg, x);
};
