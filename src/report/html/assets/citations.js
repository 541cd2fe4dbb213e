
// ---- the citation map --------------------------------------------------------------------------
const STATES = ['first', 'again', 'out-of-order', 'damaged', 'missing'];

function drawCitations(root) {
  const nodes = [h('h2', { class: 'view-title' }, say('view.citations')), h('p', { class: 'lead' }, say('citations-lead'))];
  let any = false;
  data.documents.forEach((entry, doc) => {
    if (!entry.maps) return;
    if (!entry.maps.length) {
      nodes.push(h('div', { class: 'panel slim' }, h('h3', {}, documentName(doc)), h('p', { class: 'faint' }, say('scheme.' + entry.scheme))));
      return;
    }
    any = true;
    const panel = h('div', { class: 'panel' }, h('h3', {}, documentName(doc)));
    nodes.push(panel);
    entry.maps.forEach((map, n) => {
      if (entry.maps.length > 1) panel.append(h('h4', {}, say('chapter', { n: n + 1 })));
      panel.append(...[citationMap(map, doc, width(root)), remarks(map, doc)].flat().filter(Boolean));
    });
  });
  nodes.splice(2, 0, any ? legend() : empty('no-citations'));
  root.replaceChildren(...nodes);
}

// On paper a chart is as wide as the page, so that its words keep their size.
const width = (root) => state.printing ? 680 : Math.min(Math.max((root.clientWidth || 720) - 48, 300), 1240);

function documentName(doc) {
  const { title, path } = data.documents[doc];
  return title ? [h('span', { class: 'doc-title' }, title), ' ', h('span', { class: 'path' }, path)] : h('span', { class: 'path' }, path);
}

function citationMap(map, doc, wide) {
  const top = Math.max(map.last, ...map.points.map((p) => p[1]));
  // a number far beyond the list must not squeeze all others
  const limit = map.last ? Math.min(top, map.last * 1.5 + 5) : top;
  const tall = Math.min(Math.max(limit * 6, 160), 460);
  const m = { left: 44, right: 92, top: 26, bottom: 34 };
  const right = wide - m.right;
  const x = (p) => m.left + 8 + ((p - 0.5) / Math.max(map.paragraphs, 1)) * (right - m.left - 12);
  const y = (n) => m.top + tall - ((Math.min(n, limit) - 0.5) / limit) * tall;
  const chart = svg('svg', { class: 'chart', viewBox: `0 0 ${wide} ${tall + m.top + m.bottom}`, width: wide, role: 'img',
    'aria-label': say('map-label', { paragraphs: map.paragraphs, last: map.last }) });
  chart.append(svg('rect', { class: 'plot', x: m.left, y: m.top, width: right - m.left, height: tall }));
  for (const n of ticks(limit, Math.floor(tall / 44))) {
    chart.append(svg('line', { class: 'grid', x1: m.left, x2: right, y1: y(n), y2: y(n) }),
      svg('text', { class: 'axis', x: m.left - 6, y: y(n) + 4, 'text-anchor': 'end' }, String(n)));
  }
  for (const n of ticks(map.paragraphs, Math.floor((right - m.left) / 60))) {
    chart.append(svg('text', { class: 'axis', x: x(n), y: m.top + tall + 15, 'text-anchor': 'middle' }, String(n)));
  }
  sections(map, chart, x, m, tall, right);
  chart.append(svg('text', { class: 'axis title', x: (m.left + right) / 2, y: m.top + tall + 30, 'text-anchor': 'middle' }, say('axis-paragraph')),
    svg('text', { class: 'axis title', x: 12, y: m.top + tall / 2, 'text-anchor': 'middle', transform: `rotate(-90 12 ${m.top + tall / 2})` }, say('axis-number')));
  if (map.last && map.last < limit) {
    chart.append(svg('line', { class: 'end', x1: m.left, x2: right, y1: y(map.last + 0.5), y2: y(map.last + 0.5) }));
  }
  for (const kind of ['again', 'first', 'damaged', 'out-of-order', 'missing']) {
    for (const [p, n, state, place] of map.points) {
      if (state !== kind) continue;
      const node = symbol(kind, x(p), y(n), Math.max(2, Math.min(3.4, tall / limit / 2 + 1)));
      node.append(svg('title', {}, say('map-point', { p, n, state: say('state.' + state) })));
      node.classList.add('hit');
      node.addEventListener('click', () => showPlace(doc, place));
      chart.append(node);
    }
  }
  uncitedMarks(map, doc, chart, y, right);
  return h('div', { class: 'scroll' }, chart);
}

// Headings of the first level as light lines.
function sections(map, chart, x, m, tall, right) {
  let free = 0;
  const step = map.paragraphs > 1 ? x(2) - x(1) : 0;
  map.sections.forEach(([p, title]) => {
    const at = Math.min(Math.max(x(p) + step / 2, m.left), right);
    chart.append(svg('line', { class: 'section', x1: at, x2: at, y1: m.top, y2: m.top + tall }));
    if (at < free || at > right - 24) return;
    const short = [...title].slice(0, 10).join('') + ([...title].length > 10 ? '…' : '');
    chart.append(svg('text', { class: 'axis', x: at + 2, y: m.top - 8 }, short, svg('title', {}, title)));
    free = at + 16 + [...short].reduce((sum, c) => sum + (c > '\u2e00' ? 11 : 6), 0);
  });
}

// Uncited entries at the right edge; a label where there is room.
function uncitedMarks(map, doc, chart, y, right) {
  let free = Infinity;
  for (const [n, place] of map.uncited) {
    const at = y(n);
    const node = svg('g', { class: 'uncited hit' }, svg('path', { d: `M${right + 4} ${at} l9 -4 v8 z` }),
      svg('title', {}, say('map-uncited', { n })));
    if (at < free - 11 || free === Infinity) {
      node.append(svg('text', { x: right + 17, y: at + 4 }, `[${n}]`));
      free = at;
    }
    node.addEventListener('click', () => place && showPlace(doc, place));
    chart.append(node);
  }
  if (map.uncited.length) chart.append(svg('text', { class: 'axis uncited-title', x: right + 4, y: 16 }, say('state.uncited')));
}

function symbol(kind, x, y, r) {
  const shape = {
    'out-of-order': () => svg('path', { d: `M${x} ${y - r - 3} L${x + r + 3} ${y} L${x} ${y + r + 3} L${x - r - 3} ${y} Z` }),
    damaged: () => svg('path', { d: `M${x} ${y - r - 2} L${x + r + 2} ${y + r + 1} L${x - r - 2} ${y + r + 1} Z` }),
    missing: () => svg('path', { d: `M${x - r - 1} ${y - r - 1} L${x + r + 1} ${y + r + 1} M${x + r + 1} ${y - r - 1} L${x - r - 1} ${y + r + 1}` }),
  }[kind];
  const node = shape ? shape() : svg('circle', { cx: x, cy: y, r });
  // a title of its own needs a parent that takes children
  return svg('g', { class: 'point ' + kind }, node);
}

// At most `most` round numbers from 1 to `end`.
function ticks(end, most) {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
  const step = steps.find((s) => end / s <= Math.max(most, 2)) || Math.ceil(end / Math.max(most, 2));
  const out = [];
  for (let n = step; n <= end; n += step) out.push(n);
  return step > 1 ? [1, ...out.filter((n) => n > step / 2)] : out;
}

// The same in words: for paper, and for whoever does not see the chart.
function remarks(map, doc) {
  const list = (state) => map.points.filter((p) => p[2] === state).map((p) => [p[1], p[3]]);
  const rows = [['out-of-order', list('out-of-order')], ['uncited', map.uncited], ['missing', list('missing')], ['damaged', list('damaged')]];
  const shown = rows.filter(([, entries]) => entries.length);
  const unlisted = h('p', { class: 'faint' }, [map.other ? say('map-other-order') : '', map.last ? '' : say('map-no-list')].join(' '));
  if (!shown.length) return map.other || !map.last ? unlisted : h('p', { class: 'good' }, say('map-clean'));
  return [unlisted, h('dl', { class: 'remarks' }, shown.map(([state, entries]) => [
    h('dt', {}, state === 'uncited' ? h('i', { class: 'key uncited' }) : key(state), say('state.' + state)),
    h('dd', {}, entries.slice(0, 80).map(([n, place]) => jumpTo(`[${n}]`, doc, place)), entries.length > 80 ? ` … ${entries.length}` : '')]))];
}

function key(state) {
  return svg('svg', { class: 'key', viewBox: '0 0 14 14', width: 14, height: 14, 'aria-hidden': 'true' }, symbol(state, 7, 7, 3));
}

function legend() {
  return h('p', { class: 'legend' }, STATES.map((state) => h('span', {}, key(state), say('state.' + state))),
    h('span', {}, svg('svg', { class: 'key', viewBox: '0 0 14 14', width: 14, height: 14, 'aria-hidden': 'true' },
      svg('g', { class: 'uncited' }, svg('path', { d: 'M2 7 l9 -4 v8 z' }))), say('state.uncited')));
}
