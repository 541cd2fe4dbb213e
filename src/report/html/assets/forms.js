
// ---- the table of short forms ------------------------------------------------------------------
let formSearch = '';
const FORM_ROWS = 300;

// Long forms of a key that documents give: they differ when a document has one that no other shares.
const normal = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '').replace(/s$/, '');

function drawForms(root) {
  const all = [];
  const given = new Map();
  data.documents.forEach((entry, d) => (entry.forms || []).forEach((form) => {
    all.push({ d, form });
    for (const def of form.d) {
      if (!def.en) continue;
      if (!given.has(form.k)) given.set(form.k, new Map());
      given.get(form.k).set(normal(def.en), def.en);
    }
  }));
  all.sort((a, b) => (a.form.k < b.form.k ? -1 : a.form.k > b.form.k ? 1 : a.d - b.d));
  const body = h('tbody');
  const more = h('p', { class: 'faint' });
  const search = h('input', { type: 'search', placeholder: say('search-forms'), 'aria-label': say('search-forms'), autocomplete: 'off' });
  search.value = formSearch;
  let limit = FORM_ROWS;
  const draw = () => {
    const word = formSearch.toLowerCase();
    const shown = all.filter(({ d, form }) => !word || [form.s, fileName(d), ...form.d.flatMap((x) => [x.zh, x.en])].join('\n').toLowerCase().includes(word));
    body.replaceChildren(...shown.slice(0, limit).map((row, n) => formRow(row, n ? shown[n - 1] : null, given)));
    more.replaceChildren(shown.length > limit ? button(say('more', { count: shown.length - limit }), () => { limit = Infinity; draw(); }) : '');
  };
  search.addEventListener('input', () => { formSearch = search.value; draw(); });
  draw();
  const several = data.documents.length > 1;
  root.replaceChildren(h('h2', { class: 'view-title' }, say('view.forms')), h('p', { class: 'lead' }, say('forms-lead')),
    all.length ? h('div', { class: 'panel' }, h('p', { class: 'table-tools' }, search), h('div', { class: 'scroll' }, h('table', { class: 'forms' },
      h('thead', {}, h('tr', {}, ['short', 'long-zh', 'long-en', ...(several ? ['file'] : []), 'defined-at', 'uses', 'remarks'].map((name) => h('th', { scope: 'col' }, say('column.' + name))))),
      body)), more) : empty('no-forms'));
}

function formRow({ d, form }, before, given) {
  const again = before && before.form.k === form.k;
  const distinct = (lang) => [...new Map(form.d.filter((x) => x[lang]).map((x) => [normal(x[lang]), x[lang]])).values()];
  const zh = distinct('zh');
  const en = distinct('en');
  const lines = (values) => values.map((value, n) => [n ? h('br') : '', value]);
  const notes = [];
  const others = (given.get(form.k) || new Map()).size > 1;
  if (!form.d.length) notes.push(['warn', say('form.undefined')]);
  if (en.length > 1) notes.push(['warn', say('form.two-long')]);
  else if (others && en.length) notes.push(['warn', say('form.differs')]);
  if (form.d.length && !form.u) notes.push(['', say('form.unused')]);
  if (form.o.length) notes.push(['', say('form.spelled', { list: form.o.map(([text, count]) => `${text} (${count})`).join(', ') })]);
  const places = form.d.length ? form.d.map((x) => x.a) : [form.a];
  return h('tr', { class: again ? 'again' : '' },
    h('th', { scope: 'row' }, again && before.form.s === form.s ? h('span', { class: 'faint' }, form.s) : form.s), h('td', { lang: 'zh-CN' }, lines(zh)), h('td', { lang: 'en' }, lines(en)),
    data.documents.length > 1 ? h('td', { class: 'path', title: data.documents[d].path }, fileName(d)) : '',
    h('td', { class: form.d.length ? '' : 'faint' }, places.map((place, n) => [n ? ', ' : '', place ? jumpTo(say(form.d.length ? 'line' : 'first-line', { line: lineOf(d, place) || '–' }), d, place) : '–'])),
    h('td', { class: 'count' }, String(form.u)),
    h('td', {}, notes.map(([kind, text]) => h('span', { class: 'note ' + kind }, text))));
}
