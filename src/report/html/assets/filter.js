
// ---- filters -----------------------------------------------------------------------------------
const filter = { severity: new Set(LEVELS), family: '', file: '', search: '' };
const hay = new Map();

function haystack(n) {
  let text = hay.get(n);
  if (text === undefined) {
    const f = data.findings[n];
    const related = (f.r || []).map((r) => r.t).join(' ');
    text = [f.c, data.rules[f.c].name, f.m.en, f.m.zh, f.h && f.h.en, f.h && f.h.zh, ...f.x, related,
      data.documents[f.d].path].join('\n').toLowerCase();
    hay.set(n, text);
  }
  return text;
}

function passes(n, without) {
  const f = data.findings[n];
  return (without === 'severity' || filter.severity.has(f.s)) &&
    (without === 'family' || !filter.family || family(f) === filter.family) &&
    (without === 'file' || filter.file === '' || f.d === Number(filter.file)) &&
    filter.search.toLowerCase().split(/\s+/).every((word) => !word || haystack(n).includes(word));
}

const numbers = data.findings.map((_, n) => n);

function applyFilter() {
  state.shown = numbers.filter((n) => passes(n));
  drawFilters();
  drawList();
  markShown();
}

// How many findings each choice would show, with the other filters in force.
function counts(without, key) {
  const out = new Map();
  for (const n of numbers) {
    if (passes(n, without)) {
      const value = key(data.findings[n]);
      out.set(value, (out.get(value) || 0) + 1);
    }
  }
  return out;
}

function drawFilters() {
  const bySeverity = counts('severity', (f) => f.s);
  $('severities').replaceChildren(...LEVELS.map((level) =>
    button([h('span', { class: 'dot ' + level }), say('severity.' + level), h('b', {}, String(bySeverity.get(level) || 0))],
      () => toggle(level), { 'aria-pressed': String(filter.severity.has(level)), 'data-level': level })));
  const families = counts('family', family);
  const present = [...new Set(data.findings.map(family))];
  options($('family'), filter.family, [['', say('all-families')],
    ...present.map((name) => [name, `${say('family.' + name)} (${families.get(name) || 0})`])]);
  const byFile = counts('file', (f) => f.d);
  options($('file'), filter.file, [['', say('all-files')],
    ...data.documents.map((_, n) => [String(n), `${fileName(n)} (${byFile.get(n) || 0})`])]);
  $('file').hidden = data.documents.length < 2;
  if ($('search').value !== filter.search) $('search').value = filter.search;
  const all = data.findings.length;
  $('count').textContent = state.shown.length === all ? say('count-all', { all })
    : say('count-some', { shown: state.shown.length, all });
  $('clear').hidden = state.shown.length === all;
}

function options(select, value, entries) {
  select.replaceChildren(...entries.map(([key, label]) => h('option', { value: key }, label)));
  select.value = value;
}

function toggle(level) {
  if (!filter.severity.delete(level)) filter.severity.add(level);
  applyFilter();
  const again = $('severities').querySelector(`[data-level="${level}"]`);
  if (again) again.focus();
}

function clearFilter() {
  Object.assign(filter, { severity: new Set(LEVELS), family: '', file: '', search: '' });
  applyFilter();
}

function wireFilters() {
  let waiting = 0;
  $('search').addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { filter.search = $('search').value; applyFilter(); }, 120);
  });
  $('family').addEventListener('change', () => { filter.family = $('family').value; applyFilter(); });
  $('file').addEventListener('change', () => {
    filter.file = $('file').value;
    applyFilter();
    if (filter.file !== '') showDocument(Number(filter.file));
  });
  $('clear').addEventListener('click', clearFilter);
}
