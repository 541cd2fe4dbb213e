
// ---- the list of findings ----------------------------------------------------------------------
// Cards are made when the reader comes near them, so that thousands cost nothing.
const CHUNK = 60;
let drawn = 0;
const tail = h('div', { class: 'tail' });
const watcher = new IntersectionObserver((seen) => {
  if (seen.some((entry) => entry.isIntersecting)) drawUpTo(drawn + CHUNK);
}, { root: null, rootMargin: '900px' });

function drawList() {
  drawn = 0;
  $('list').replaceChildren(tail);
  $('list').scrollTop = 0;
  if (!state.shown.length) {
    tail.before(empty(data.findings.length ? 'none-shown' : 'none'));
  }
  drawUpTo(CHUNK);
}

function drawUpTo(target) {
  const end = Math.min(target, state.shown.length);
  const nodes = [];
  for (; drawn < end; drawn += 1) {
    const n = state.shown[drawn];
    const finding = data.findings[n];
    const before = drawn ? data.findings[state.shown[drawn - 1]] : null;
    if (!before || before.d !== finding.d) nodes.push(fileHead(finding.d));
    nodes.push(card(n));
  }
  tail.before(...nodes);
  watcher.unobserve(tail);
  if (drawn < state.shown.length) watcher.observe(tail);
}

function fileHead(doc) {
  const { title, path } = data.documents[doc];
  return h('h2', { class: 'file', title: path }, title ? h('span', { class: 'doc-title' }, title) : '', h('span', { class: 'path' }, path));
}

function card(n) {
  const f = data.findings[n];
  const node = h('article', { class: 'card ' + f.s, id: 'f' + n, 'data-n': n, tabindex: '0',
    'aria-current': n === state.selected ? 'true' : null },
    h('p', { class: 'meta' }, h('span', { class: 'dot ' + f.s }), h('span', { class: 'level' }, say('severity.' + f.s)),
      h('code', { title: data.rules[f.c].name }, f.c), h('span', {}, say('family.' + family(f))),
      f.k === 'high' ? '' : h('span', { class: 'unsure' }, say('confidence.' + f.k)),
      h('span', { class: 'line' }, say('line', { line: f.l }))),
    h('p', { class: 'message' }, sentence(pick(f.m))),
    h('p', { class: 'context' }, f.x[0], h('mark', { class: f.s }, f.x[1] || '‸'), f.x[2]));
  return node;
}

// Messages begin small, as programs print them; a page for a reader begins a sentence. A word of the
// text that stands first keeps its case (mRNA, let-7, p53).
function sentence(words) {
  return words.replace(/^[a-z]+(?=[ ,:])/, (word) => word[0].toUpperCase() + word.slice(1));
}

// Reasons, changes and related places: made when they are wanted.
function unfold(node) {
  if (!node.querySelector('.details')) node.append(details(data.findings[Number(node.dataset.n)]));
}

function details(f) {
  const node = h('div', { class: 'details' });
  if (f.h) node.append(h('p', { class: 'help' }, pick(f.h)));
  if (f.f) {
    for (const [old, fresh] of f.f.e) {
      node.append(h('p', { class: 'fix' }, h('span', { class: 'label' }, say(f.f.s === 'safe' ? 'fix-safe' : 'fix-unsafe')), ' ',
        old === null ? '' : [h('del', {}, old), ' → '], fresh ? h('ins', {}, fresh) : say('fix-remove')));
    }
  }
  if (f.r) {
    node.append(h('ul', { class: 'related' }, f.r.map((r) => h('li', {},
      jumpTo((r.d === f.d ? '' : fileName(r.d) + ' · ') + say('line', { line: r.l }), r.d, r.a), ' ',
      r.m ? pick(r.m) + ' ' : '', r.t ? h('q', {}, r.t) : ''))));
  }
  const about = data.rules[f.c].about;
  if (about) {
    node.append(h('details', { class: 'rule' }, h('summary', {}, say('about-rule'), ' ', h('code', {}, `${f.c} ${data.rules[f.c].name}`)), h('p', {}, pick(about))));
  }
  return node;
}

// Select a finding: its card, its place in the text.
function select(n, from) {
  const before = $('list').querySelector('[aria-current]');
  if (before) before.removeAttribute('aria-current');
  state.selected = n;
  let at = state.shown.indexOf(n);
  if (at < 0) {
    clearFilter();
    at = state.shown.indexOf(n);
  }
  drawUpTo(at + CHUNK / 2);
  const node = $('f' + n);
  unfold(node);
  node.setAttribute('aria-current', 'true');
  if (from !== 'list') reveal($('list'), node);
  const f = data.findings[n];
  showDocument(f.d);
  bringUp(from);
  // on a narrow screen the text takes the place of the list
  if (from === 'list' || from === 'key') document.body.classList.add('reading');
  focusMarks(n, from !== 'text');
}

// The list and the text side by side fill the window once somebody works in them.
function bringUp(from) {
  const bar = document.querySelector('.filters');
  const beside = getComputedStyle($('back')).display === 'none';
  if (beside && from !== 'language' && bar.getBoundingClientRect().top > 0) bar.scrollIntoView({ block: 'start' });
}

function step(by) {
  const at = state.shown.indexOf(state.selected);
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), state.shown.length - 1);
  if (state.shown.length) select(state.shown[next], 'step');
}

// Scroll a node into view inside its own scroller, or the page where the scroller is the page.
// Heights of what was never drawn are guesses, so the place is looked at again until it holds.
function reveal(scroller, node, again = 4) {
  if (getComputedStyle(scroller).overflowY === 'visible') {
    node.scrollIntoView({ block: 'center' });
    return;
  }
  const box = node.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  const off = box.top - frame.top - Math.max(40, (frame.height - box.height) / 3);
  if (again < 4 && Math.abs(off) < 60) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!calm && again === 4 && Math.abs(off) < 1.5 * frame.height) {
    scroller.scrollBy({ top: off, behavior: 'smooth' });
    return;
  }
  const before = scroller.scrollTop;
  scroller.scrollBy({ top: off, behavior: 'instant' });
  if (again && scroller.scrollTop !== before) requestAnimationFrame(() => reveal(scroller, node, again - 1));
}

function wireList() {
  $('list').addEventListener('click', (event) => {
    if (event.target.closest('button, summary')) return;
    const node = event.target.closest('.card');
    if (node && !String(getSelection())) select(Number(node.dataset.n), 'list');
  });
  $('list').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.classList.contains('card')) select(Number(event.target.dataset.n), 'key');
  });
  $('previous').addEventListener('click', () => step(-1));
  $('next').addEventListener('click', () => step(1));
  $('back').addEventListener('click', () => document.body.classList.remove('reading'));
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return;
    if (state.view !== 'findings') return;
    if (event.key === 'j' || event.key === 'n') step(1);
    else if (event.key === 'k' || event.key === 'p') step(-1);
    else if (event.key === '/') { event.preventDefault(); $('search').focus(); }
  });
}
