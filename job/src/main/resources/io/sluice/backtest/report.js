// The page: reads the run, fills in words and figures, and wires the choices.
const RIVALS = ['persistence', 'seasonal', 'rls'];
const NAMES = { sluice: 'Sluice', persistence: 'Last value', seasonal: 'Last season', rls: 'Least squares' };
const COLOURS = { sluice: '--water', persistence: '--persistence', seasonal: '--seasonal', rls: '--rls' };
const MEASURES = { mse: 'MSE', mae: 'MAE', crps: 'CRPS', mase: 'MASE' };
const state = { variable: run.variables.length > 1 ? -1 : 0, lead: 0, measure: 'mse' };

const steps = (lead) => (lead === 1 ? '1 step ahead' : `${lead} steps ahead`);
const span = (lead) => {
  if (!run.timed) return '';
  const millis = lead * typical / run.series.each;
  const [unit, name] = [[DAY, 'd'], [HOUR, 'h'], [MINUTE, 'min'], [SECOND, 's']].find(([u]) => millis >= u * 0.99) || [1, 'ms'];
  return `${+(millis / unit).toPrecision(3)} ${name}`;
};

/** Mean over every step up to a lead, as published tables have it. */
const through = (name, measure, lead) => {
  const row = run.errors[name][measure][state.variable + 1];
  const last = run.leads.indexOf(lead);
  return row.slice(0, last + 1).reduce((sum, error) => sum + error, 0) / (last + 1);
};
const at = (name, measure, lead) => run.errors[name][measure][state.variable + 1][run.leads.indexOf(lead)];

const difference = (own, other) => {
  const share = own / other - 1;
  return `${Math.abs(100 * share).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} % ${share < 0 ? 'below' : 'above'}`;
};

const lede = () => {
  const furthest = run.drawn[run.drawn.length - 1];
  const best = RIVALS.reduce((a, b) => (through(b, 'mse', furthest) < through(a, 'mse', furthest) ? b : a));
  const own = through('sluice', 'mse', furthest);
  const parts = [`${whole(run.rows)} readings`];
  if (run.variables.length > 1) parts.push(` of ${run.variables.length} variables`);
  if (run.timed) parts.push(`, ${clock(times[0])} to ${clock(times[count - 1])}`);
  parts.push(run.begin > 0 ? `; the first ${whole(run.begin)} are learnt from and not scored. ` : '. ');
  parts.push(`Up to ${steps(furthest)} the squared error is `, html('b', {}, difference(own, through(best, 'mse', furthest))),
    ` that of ${NAMES[best].toLowerCase()}, the best rival, and the ${percent(run.coverage.promised, 0)} interval holds `,
    html('b', {}, percent(at('sluice', 'coverage', furthest))), ` of what came. ${whole(run.alerts)} alert${run.alerts === 1 ? '' : 's'}.`);
  $('lede').replaceChildren(...parts);
};

const tiles = () => {
  $('tiles').replaceChildren(...run.drawn.map((lead) => {
    const errors = ['sluice', ...RIVALS].map((name) => [name, through(name, 'mse', lead)]);
    const most = Math.max(...errors.map(([, error]) => error));
    const bars = html('div', { class: 'bars' });
    for (const [name, error] of errors) {
      bars.append(html('span', name === 'sluice' ? { class: 'own' } : {}, NAMES[name]),
        html('i', { style: `width:${(100 * error / most).toFixed(1)}%;background:var(${COLOURS[name]})` }),
        html('span', name === 'sluice' ? { class: 'own' } : {}, plain(error)));
    }
    const length = span(lead);
    return html('div', { class: 'tile' },
      html('div', { class: 'ahead' }, html('span', {}, steps(lead) + (length ? `, ${length}` : '')),
        html('span', {}, `${percent(at('sluice', 'coverage', lead))} inside`)),
      html('div', { class: 'figure' }, plain(errors[0][1]), html('small', {}, ' MSE')),
      bars);
  }));
};

const errors = () => {
  const leads = run.leads;
  const row = (name) => run.errors[name][state.measure][state.variable + 1];
  const drawn = [...RIVALS.slice().reverse(), 'sluice'].map((name) => (
    { name: NAMES[name], colour: COLOURS[name], ys: row(name), wide: name === 'sluice' ? 3 : 1.8 }));
  const most = Math.max(...drawn.flatMap((line) => line.ys.filter((v) => v !== null)));
  lines($('errors'), {
    xs: leads, lines: drawn, low: 0, high: most * 1.04 || 1, height: 280, dots: leads.length <= 12,
    xTicks: (wanted) => (leads.length <= wanted ? leads : ticks(leads[0], leads[leads.length - 1], wanted).map(Math.round))
      .map((lead) => ({ at: lead, text: String(lead) })),
    yText: (value) => plain(value === null ? NaN : +value.toPrecision(4)), title: (i) => steps(leads[i]),
  });
  $('errors-note').replaceChildren(...key(drawn.slice().reverse()),
    ` ${MEASURES[state.measure]} of the lead itself, on values scaled by the training part.`);
};

const leadColour = (i) => `--l${i % 6}`;

const calibration = () => {
  const quantiles = run.quantiles;
  const drawn = run.drawn.map((lead, i) => ({ name: steps(lead), colour: leadColour(i), ys: run.calibration[state.variable + 1][i] }));
  lines($('calibration'), {
    xs: quantiles, from: 0, to: 1, lines: drawn, low: 0, high: 1, height: 280, dots: true,
    xTicks: () => [0, 0.25, 0.5, 0.75, 1].map((q) => ({ at: q, text: String(q) })),
    yText: (value, exact) => (value === null ? '–' : exact ? value.toFixed(3) : plain(+value.toPrecision(3))),
    title: (i) => `quantile ${quantiles[i]}`,
    guides: [(x, y) => node('line', { class: 'ideal', x1: x(0), y1: y(0), x2: x(1), y2: y(1) })],
  });
};

const coverage = () => {
  const { held, scored, stretch, begin, promised } = run.coverage;
  const variables = state.variable < 0 ? run.variables.map((_, i) => i) : [state.variable];
  const sum = (all, lead, i) => variables.reduce((total, variable) => total + all[variable][lead][i], 0);
  const places = held[0][0].map((_, i) => i);
  const drawn = run.drawn.map((lead, l) => ({ name: steps(lead), colour: leadColour(l), wide: 1.6,
    ys: places.map((i) => (sum(scored, l, i) >= 20 ? sum(held, l, i) / sum(scored, l, i) : null)) }));
  const low = Math.min(promised - 0.1, ...drawn.flatMap((line) => line.ys.filter((v) => v !== null)));
  const by = 2 * Math.sqrt(promised * (1 - promised) / stretch);
  const start = (i) => times[Math.min(count - 1, Math.floor((begin + (i + 0.5) * stretch) / run.series.each))];
  const xs = places.map(start);
  lines($('coverage'), {
    xs, lines: drawn, low: Math.max(0, Math.floor(low * 20) / 20), high: 1, height: 240,
    xTicks: (wanted) => timeAxis(xs[0], xs[xs.length - 1], wanted),
    yText: (value, exact) => (value === null ? '–' : percent(value, exact ? 1 : 0)), title: (i) => when(xs[i]),
    guides: [
      (x, y) => node('rect', { class: 'band', x: x(xs[0]), width: Math.max(0, x(xs[xs.length - 1]) - x(xs[0])), y: y(Math.min(1, promised + by)), height: y(promised - by) - y(Math.min(1, promised + by)) }),
      (x, y) => node('line', { class: 'ideal', x1: x(xs[0]), x2: x(xs[xs.length - 1]), y1: y(promised), y2: y(promised) })],
  });
  $('coverage-note').replaceChildren(...key(drawn),
    ` Share inside the ${percent(promised, 0)} interval in stretches of ${whole(stretch)} readings; the shade is where chance alone takes a series that keeps its word.`);
};

const reach = () => {
  $('reach-card').hidden = !run.reach;
  if (!run.reach) return;
  const lags = run.reach.h.map((_, lag) => lag);
  const relative = (norms) => norms.map((norm) => (norm > 0 ? Math.log10(norm / run.reach.h[0]) : null));
  const drawn = [{ name: '‖∂loss/∂h‖', colour: '--water', ys: relative(run.reach.h) }, { name: '‖∂loss/∂c‖', colour: '--seasonal', ys: relative(run.reach.c) }];
  const all = drawn.flatMap((line) => line.ys.filter((v) => v !== null));
  lines($('reach'), {
    xs: lags, lines: drawn, low: Math.floor(Math.min(...all, -1)), high: Math.ceil(Math.max(...all, 0)), height: 240,
    xTicks: (wanted) => ticks(0, lags.length - 1, wanted).map((lag) => ({ at: lag, text: String(Math.round(lag)) })),
    yText: (value) => (value === null ? '–' : `10^${+value.toFixed(1)}`), title: (i) => `${i} steps back`,
  });
  $('reach-note').replaceChildren(...key(drawn), ` How much the loss of the last step feels of the memory so many steps before it, against that of the last; ${run.reach.note}`);
};

const table = () => {
  const head = ['', 'MSE to it', 'MAE to it', 'MSE', 'MASE', 'CRPS', 'inside'];
  const body = run.drawn.flatMap((lead) => {
    const names = ['sluice', ...RIVALS];
    const cells = names.map((name) => [through(name, 'mse', lead), through(name, 'mae', lead), ...['mse', 'mase', 'crps'].map((m) => at(name, m, lead))]);
    return [html('tr', {}, html('th', { colspan: 7, style: 'padding-top:14px' }, steps(lead))), ...names.map((name, i) => html('tr', {},
      html('td', {}, NAMES[name]),
      ...cells[i].map((value, k) => html('td', value === Math.min(...cells.map((c) => c[k])) ? { class: 'best' } : {}, plain(+value.toPrecision(4)))),
      html('td', {}, percent(at(name, 'coverage', lead)))))];
  });
  $('table').replaceChildren(html('tr', {}, ...head.map((text) => html('th', {}, text))), ...body);
};

const upkeep = () => {
  const sum = (of) => run.upkeep.reduce((all, share) => all + share[of], 0);
  const row = (name, bytes, micros) => html('tr', {}, html('td', {}, name), html('td', {}, whole(bytes)), html('td', {}, micros.toFixed(2)));
  $('upkeep').replaceChildren(html('tr', {}, html('th', {}, ''), html('th', {}, 'bytes'), html('th', {}, 'µs a reading')),
    ...run.upkeep.map((share) => row(share.name, share.bytes, share.micros)), row('together', sum('bytes'), sum('micros')));
};

/** The most surprising first, alerts before all others. */
const ranked = () => run.moments.filter((m) => m.row >= run.begin).sort((a, b) => b.alert - a.alert || b.surprise - a.surprise);

/** Of these the first, no two close together. */
const foremost = () => {
  const apart = Math.max(12, run.rows / 150);
  const chosen = [];
  for (const moment of ranked()) {
    if (chosen.length < 9 && chosen.every((other) => Math.abs(other.row - moment.row) > apart)) chosen.push(moment);
  }
  return chosen;
};

const lookAt = (moment) => {
  const half = Math.min(run.rows / 2, 250) * typical / run.series.each;
  look(moment.time - half, moment.time + half);
};

const moments = () => {
  const chosen = foremost();
  $('moments-card').hidden = chosen.length === 0;
  $('moments').replaceChildren(...chosen.map((moment) => {
    const expected = moment.expected === undefined ? '' : `, expected ${plain(moment.expected)}`;
    const name = run.variables.length > 1 ? run.variables[moment.variable] + ' ' : '';
    const button = html('button', { type: 'button' },
      html('span', { class: 'score' + (moment.alert ? '' : ' held') }, moment.surprise.toFixed(2)),
      html('span', { class: 'what' }, read(moment) ? `${moment.kind}: ${name}${plain(moment.value)}${expected}` : 'silent: forgotten, and begun anew with the next reading'),
      html('span', { class: 'when' }, when(moment.time) + (moment.alert ? '' : moment.reason ? ', no alert: ' + moment.reason : '')));
    button.onclick = () => { lookAt(moment); $('series').scrollIntoView({ behavior: 'smooth', block: 'center' }); };
    return html('li', {}, button);
  }));
  return chosen[0];
};

const legend = () => {
  const item = (colour, text, round) => html('span', {}, html('i', { style: `background:${colour}`, ...(round ? { class: 'round' } : {}) }), text);
  $('legend').replaceChildren(item('var(--ink)', 'read'), item('var(--water)', `expected ${steps(run.drawn[state.lead])}`),
    item('var(--band)', `its ${percent(run.coverage.promised, 0)} interval`), item('var(--alert)', 'alert', true), item('var(--muted)', 'surprising, no alert', true),
    ...(run.series.each > 1 ? [`${run.series.each} readings to a point: their least and most. `] : []),
    'Drag to move, ctrl and wheel or two fingers to zoom.');
};

const draw = () => {
  const all = run.variables.length > 1 ? [[-1, 'All']] : [];
  chips($('variables'), [...all, ...run.variables.map((name, i) => [i, name])], () => state.variable, (v) => { state.variable = v; });
  chips($('leads'), run.drawn.map((lead, i) => [i, span(lead) ? `${lead} · ${span(lead)}` : String(lead)]), () => state.lead, (v) => { state.lead = v; });
  chips($('measures'), Object.entries(MEASURES), () => state.measure, (v) => { state.measure = v; });
  lede(); tiles(); legend(); drawSeries(); errors(); calibration(); coverage(); reach(); table();
};

const settings = () => {
  const facts = [['Readings', whole(run.rows)], ['Training part', whole(run.trained)], ['First scored', whole(run.begin + 1)],
    ['Leads', run.leads.length > 6 ? `${run.leads[0]} to ${run.leads[run.leads.length - 1]}` : run.leads.join(', ')],
    ['Quantiles', run.quantiles.join(' ')], ['History', whole(run.history)], ['Readings a second', whole(run.perSecond)], ...(run.facts || [])];
  $('settings').replaceChildren(...facts.map(([name, value]) => html('div', {}, html('dt', {}, name), html('dd', {}, value))));
};

document.title = `${run.file} · Sluice backtest`;
$('file').textContent = run.file;
$('command').textContent = run.command;
$('production').textContent = run.production.trim();
settings();
upkeep();
hands($('series'));
wire();
const first = moments();
draw();
if (run.rows > 1500) lookAt(first || { time: times[count - 1] });
const asked = ranked().find(read);
$('explain').textContent = run.explain && asked ? run.explain.replace('TIME', run.timed ? new Date(asked.time).toISOString() : asked.row + 1) : '';
$('explain-label').hidden = $('explain').hidden = !$('explain').textContent;
$('explain').parentElement.hidden = $('explain').hidden;
new ResizeObserver(() => { sketched = null; draw(); }).observe(document.querySelector('main'));
document.body.dataset.drawn = 'yes';
