
// ---- the page ----------------------------------------------------------------------------------
const VIEWS = {
  findings: () => data.findings.length,
  citations: () => data.documents.reduce((sum, d) => sum + (d.maps || []).length, 0),
  quantities: () => data.quantities.length,
  forms: () => data.documents.reduce((sum, d) => sum + (d.forms || []).length, 0),
  notes: () => data.notices.length,
};
const DRAW = { citations: drawCitations, quantities: drawQuantities, forms: drawForms, notes: drawNotes };
const stale = new Set(Object.keys(DRAW));

function openView(name) {
  state.view = name;
  for (const view of Object.keys(VIEWS)) {
    $('view-' + view).hidden = view !== name;
    $('tab-' + view).setAttribute('aria-selected', String(view === name));
  }
  drawView(name);
}

function drawView(name) {
  if (stale.delete(name)) DRAW[name]($('view-' + name));
}

function drawAll() {
  document.documentElement.lang = state.lang === 'zh' ? 'zh-CN' : 'en';
  document.title = `${say('title')} · exolint`;
  for (const node of document.querySelectorAll('[data-say]')) node.textContent = say(node.dataset.say);
  for (const node of document.querySelectorAll('[data-title]')) node.title = say(node.dataset.title);
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', say(node.dataset.label));
  for (const node of document.querySelectorAll('[data-placeholder]')) node.placeholder = say(node.dataset.placeholder);
  for (const lang of ['zh', 'en']) $('lang-' + lang).setAttribute('aria-pressed', String(state.lang === lang));
  $('about').textContent = say('made-by', { version: data.version });
  drawTheme();
  drawSummary();
  drawTabs();
  drawDocuments();
  applyFilter();
  if (state.document >= 0) showDocument(state.document, true);
  if (state.selected >= 0) select(state.selected, 'language');
  for (const name of Object.keys(DRAW)) stale.add(name);
  openView(state.view);
}

function drawSummary() {
  const s = data.summary;
  const tile = (value, label, kind) => h('div', { class: 'tile ' + (kind || '') }, h('b', {}, String(value)), h('span', {}, label));
  const tiles = [tile(s.files, say('documents')), ...LEVELS.map((l) => tile(s[l + 's'], say(`tile.${l}s`), l))];
  if (s.fixable) tiles.push(tile(s.fixable, say('fixable')));
  if (s.unreadable) tiles.push(tile(s.unreadable, say('unreadable'), 'error'));
  for (const [key, label] of [['suppressed', 'suppressed'], ['baselined', 'baselined'], ['hidden', 'below']]) {
    if (s[key]) tiles.push(tile(s[key], say(label), 'faint'));
  }
  $('summary').replaceChildren(h('div', { class: 'tiles' }, tiles), families());
}

// How many findings each family has, by severity.
function families() {
  const found = new Map();
  for (const f of data.findings) {
    const name = family(f);
    if (!found.has(name)) found.set(name, { error: 0, warning: 0, info: 0, all: 0 });
    found.get(name)[f.s] += 1;
    found.get(name).all += 1;
  }
  const most = Math.max(1, ...[...found.values()].map((c) => c.all));
  const rows = [...found].sort((a, b) => b[1].all - a[1].all).map(([name, count]) => {
    const bar = svg('svg', { class: 'bar-line', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
    let x = 0;
    for (const level of LEVELS) {
      const width = (count[level] / most) * 100;
      if (width) bar.append(svg('rect', { x, y: 0, width, height: 6, class: 'fill-' + level }));
      x += width;
    }
    return button([h('span', {}, say('family.' + name)), bar, h('b', {}, String(count.all))],
      () => { clearFilter(); filter.family = name; openView('findings'); applyFilter(); }, { class: 'family-row' });
  });
  return h('div', { class: 'families' }, rows);
}

function drawTabs() {
  $('tabs').replaceChildren(...Object.entries(VIEWS).map(([name, count]) =>
    button([say('view.' + name), h('span', { class: 'number' }, String(count()))], () => openView(name),
      { role: 'tab', id: 'tab-' + name, 'aria-controls': 'view-' + name, 'aria-selected': String(state.view === name) })));
}

function drawNotes(root) {
  const kinds = ['unreadable', 'abstained', 'skipped'].filter((kind) => data.notices.some((n) => n.k === kind));
  root.replaceChildren(h('h2', { class: 'view-title' }, say('view.notes')), h('p', { class: 'lead' }, say('notes-lead')),
    ...kinds.map((kind) => h('div', { class: 'panel' }, h('h3', {}, say('notice.' + kind)),
      h('ul', { class: 'notes' }, data.notices.filter((n) => n.k === kind).map((n) =>
        h('li', {}, n.p ? h('span', { class: 'path' }, n.p) : '', n.c ? h('code', {}, n.c) : '', h('span', {}, pick(n.m))))))),
    kinds.length ? '' : empty('no-notes'));
}

const THEMES = ['auto', 'light', 'dark'];
let theme = 'auto';

function drawTheme() {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  $('theme').textContent = say('theme.' + theme);
}

function setLang(lang) {
  if (state.lang === lang) return;
  state.lang = lang;
  drawAll();
}

// On paper: every finding the filter shows, every chart, the table.
function beforePrint() {
  drawUpTo(state.shown.length);
  for (const node of $('list').querySelectorAll('.card')) unfold(node);
  state.printing = true;
  for (const name of Object.keys(DRAW)) {
    stale.add(name);
    drawView(name);
  }
}

function afterPrint() {
  state.printing = false;
  for (const name of Object.keys(DRAW)) stale.add(name);
  openView(state.view);
}

function start() {
  drawAll();
  wireFilters();
  wireList();
  wireText();
  $('lang-zh').addEventListener('click', () => setLang('zh'));
  $('lang-en').addEventListener('click', () => setLang('en'));
  $('theme').addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    drawTheme();
  });
  $('print').addEventListener('click', () => window.print());
  window.addEventListener('beforeprint', beforePrint);
  window.addEventListener('afterprint', afterPrint);
  let waiting = 0;
  window.addEventListener('resize', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      for (const name of ['citations', 'quantities']) stale.add(name);
      if (stale.has(state.view)) drawView(state.view);
    }, 150);
  });
  const first = state.shown.length ? data.findings[state.shown[0]].d : 0;
  if (data.documents.length) showDocument(first);
  document.documentElement.dataset.ready = 'yes';
}

start();
