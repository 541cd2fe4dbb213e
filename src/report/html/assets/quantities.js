
// ---- the interval charts -----------------------------------------------------------------------
function drawQuantities(root) {
  const nodes = [h('h2', { class: 'view-title' }, say('view.quantities')), h('p', { class: 'lead' }, say('quantities-lead'))];
  if (!data.quantities.length) nodes.push(empty('no-quantities'));
  for (const group of data.quantities) {
    nodes.push(h('div', { class: 'panel' },
      h('h3', {}, say('quantity-title', { subject: pick(group.subject), property: pick(group.property), unit: group.unit })),
      h('div', { class: 'scroll' }, intervals(group, width(root))), ranges(group)));
  }
  if (data.quantities.length) nodes.push(h('p', { class: 'legend' }, ['definition', 'measured', 'historical'].map((kind) =>
    h('span', {}, svg('svg', { class: 'key', viewBox: '0 0 26 12', width: 26, height: 12, 'aria-hidden': 'true' },
      svg('rect', { class: 'interval ' + kind, x: 1, y: 2, width: 24, height: 8, rx: 2 })), say('kind.' + kind))),
    h('span', {}, svg('svg', { class: 'key', viewBox: '0 0 26 12', width: 26, height: 12, 'aria-hidden': 'true' },
      svg('rect', { class: 'range', x: 1, y: 0, width: 24, height: 12 })), say('published'))));
  root.replaceChildren(...nodes);
}

// Equal statements of one document are one bar.
function rows(group) {
  const out = [];
  for (const bar of group.bars) {
    const same = out.find((row) => row.d === bar.d && row.lo === bar.lo && row.hi === bar.hi && row.k === bar.k);
    if (same) same.times += 1;
    else out.push({ ...bar, times: 1 });
  }
  const order = ['definition', 'measured', 'historical'];
  return out.sort((a, b) => a.d - b.d || order.indexOf(a.k) - order.indexOf(b.k)).slice(0, 400);
}

function intervals(group, wide) {
  const bars = rows(group);
  const ends = [...bars, ...group.ranges].flatMap((b) => [b.lo, b.hi]).filter((v) => v !== null);
  const positive = ends.filter((v) => v > 0);
  const high = Math.max(...ends);
  const log = positive.length > 0 && ends.every((v) => v >= 0) && high / Math.min(...positive) > 40;
  const names = Math.min(Math.max(...bars.map((b) => measure(fileName(b.d)))) + 14, wide * 0.3);
  const m = { left: names, right: Math.min(150, wide * 0.24), top: 24 };
  const right = wide - m.right;
  const low = log ? Math.min(...positive) / 1.6 : Math.min(0, ...ends);
  const top = log ? high * 1.6 : high * 1.08 || 1;
  const scale = (v) => (log ? (Math.log(Math.max(v, low)) - Math.log(low)) / (Math.log(top) - Math.log(low)) : (v - low) / (top - low));
  const x = (v) => m.left + scale(v) * (right - m.left);
  const tall = bars.length * 24 + 8;
  const chart = svg('svg', { class: 'chart', viewBox: `0 0 ${wide} ${tall + m.top + 30}`, width: wide, role: 'img',
    'aria-label': say('chart-label', { subject: pick(group.subject), property: pick(group.property), count: bars.length }) });
  group.ranges.forEach((range, n) => {
    const a = range.lo === null ? m.left : x(range.lo);
    const b = range.hi === null ? right : x(range.hi);
    chart.append(svg('rect', { class: 'range', x: a, y: m.top, width: Math.max(b - a, 1), height: tall }, svg('title', {}, rangeWords(range, group.unit))),
      svg('text', { class: 'axis', x: Math.min(b, right) - 3, y: m.top - 6 - (n % 2 ? 9 : 0), 'text-anchor': 'end' }, letter(n)));
  });
  for (const v of log ? decades(low, top) : round(low, top)) {
    chart.append(svg('line', { class: 'grid', x1: x(v), x2: x(v), y1: m.top, y2: m.top + tall }),
      svg('text', { class: 'axis', x: x(v), y: m.top + tall + 14, 'text-anchor': 'middle' }, number(v)));
  }
  chart.append(svg('text', { class: 'axis title', x: (m.left + right) / 2, y: m.top + tall + 28, 'text-anchor': 'middle' },
    group.unit + (log ? say('log-scale') : '')));
  bars.forEach((bar, n) => chart.append(interval(bar, n, { x, m, right, names, first: !n || bars[n - 1].d !== bar.d, unit: group.unit })));
  return chart;
}

function interval(bar, n, { x, m, right, names, first, unit }) {
  const y = m.top + 6 + n * 24;
  const node = svg('g', { class: 'hit row' });
  if (first) {
    if (n) node.append(svg('line', { class: 'section', x1: 0, x2: right, y1: y - 4, y2: y - 4 }));
    node.append(svg('text', { class: 'name', x: names - 8, y: y + 12, 'text-anchor': 'end' }, clip(fileName(bar.d), names - 12),
      svg('title', {}, data.documents[bar.d].path)));
  }
  const a = bar.lo === null ? m.left : x(bar.lo);
  const b = bar.hi === null ? right : x(bar.hi);
  if (bar.lo === bar.hi) {
    node.append(svg('path', { class: 'interval ' + bar.k, d: `M${a} ${y + 1} l7 7 l-7 7 l-7 -7 z` }));
  } else {
    node.append(svg('rect', { class: 'interval ' + bar.k, x: a, y: y + 2, width: Math.max(b - a, 2), height: 12, rx: 2 }));
    // an end the text leaves open is drawn as an arrow
    if (bar.lo === null) node.append(svg('path', { class: 'open', d: `M${a + 9} ${y + 4} l-5 4 l5 4` }));
    if (bar.hi === null) node.append(svg('path', { class: 'open', d: `M${b - 9} ${y + 4} l5 4 l-5 4` }));
  }
  const label = bar.t.replace(/\s+/g, ' ') + (bar.times > 1 ? ` ×${bar.times}` : '');
  node.append(svg('text', { class: 'value', x: Math.min(b, right) + 12, y: y + 12 }, clip(label, m.right + right - Math.min(b, right) - 14)),
    svg('title', {}, `${data.documents[bar.d].path}: ${bar.t} (${span(bar, unit)}; ${say('kind.' + bar.k)})`));
  node.addEventListener('click', () => showPlace(bar.d, bar.a));
  return node;
}

const letter = (n) => String.fromCharCode(65 + (n % 26));
const span = (b, unit) => `${b.lo === null ? '' : number(b.lo)}–${b.hi === null ? '' : number(b.hi)} ${unit}`;
const rangeWords = (range, unit) => `${span(range, unit)} · ${range.source}`;

function ranges(group) {
  if (!group.ranges.length) return h('p', { class: 'faint' }, say('no-ranges'));
  return h('ul', { class: 'ranges' }, group.ranges.map((range, n) => h('li', {}, h('b', {}, letter(n)), ' ', rangeWords(range, group.unit))));
}

// Width of a text in the chart's font, near enough.
const measure = (text) => [...text].reduce((sum, c) => sum + (c > '\u2e00' ? 12 : 7.2), 0);

function clip(text, room) {
  if (measure(text) <= room) return text;
  let out = '';
  for (const c of text) {
    if (measure(out + c) > room - 8) break;
    out += c;
  }
  return out + '…';
}

function decades(low, top) {
  const out = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(top); power += 1) {
    for (const n of [1, 2, 5]) {
      const value = n * 10 ** power;
      if (value >= low && value <= top) out.push(value);
    }
  }
  return out.length > 14 ? out.filter((v) => Math.log10(v) % 1 === 0) : out;
}

function round(low, top) {
  const rough = (top - low) / 7;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((s) => s >= rough);
  const out = [];
  for (let v = Math.ceil(low / step) * step; v <= top && out.length < 20; v += step) out.push(v);
  return out;
}
