
// ---- the text with its findings ----------------------------------------------------------------
const TAGS = { title: 'h3', heading: 'h4', 'reference-heading': 'h4' };

function showDocument(doc, again) {
  if (doc === state.document && !again) return;
  state.document = doc;
  $('document').value = String(doc);
  const { text } = data.documents[doc];
  if (!text) {
    $('text').replaceChildren(empty('no-text'));
    return;
  }
  const page = document.createDocumentFragment();
  text.forEach((block, n) => page.append(paragraph(block, n)));
  $('text').replaceChildren(page);
  // only a long text needs to be laid out piece by piece
  $('text').classList.toggle('long', text.length > 1500);
  $('text').scrollTop = 0;
  markShown();
}

function paragraph(block, n) {
  const tag = TAGS[block.k] || 'p';
  const node = h(tag, { class: `block ${block.k} level-${block.v}`, lang: block.g === 'zh' ? 'zh-CN' : 'en', 'data-n': n, 'data-line': block.n });
  for (const run of block.r) {
    if (typeof run === 'string') node.append(run);
    else node.append(piece(run));
  }
  return node;
}

function piece([text, primary, related, raised]) {
  const inner = raised ? h(raised, {}, text) : text;
  if (!primary.length && !related.length) return inner;
  const all = primary.length ? primary : related;
  // the gravest finding gives the colour, the first one answers to a click
  const grave = LEVELS.find((level) => all.some((n) => data.findings[n].s === level));
  const titles = all.slice(0, 6).map((n) => `${data.findings[n].c} ${pick(data.findings[n].m)}`);
  return h('mark', { class: `${grave}${primary.length ? '' : ' related'}${text ? '' : ' gap'}`, 'data-f': primary.concat(related).join(' '),
    'data-p': primary.join(' '), title: titles.join('\n'), tabindex: primary.length ? '0' : null }, inner || '‸');
}

// Marks of findings that the filter hides lose their colour.
function markShown() {
  const shown = new Set(state.shown);
  for (const mark of $('text').querySelectorAll('mark')) {
    mark.classList.toggle('off', !mark.dataset.f.split(' ').some((n) => shown.has(Number(n))));
  }
}

function focusMarks(n, scroll) {
  for (const mark of $('text').querySelectorAll('mark.on')) mark.classList.remove('on');
  let first = null;
  for (const mark of $('text').querySelectorAll('mark')) {
    if (!mark.dataset.f.split(' ').includes(String(n))) continue;
    mark.classList.add('on');
    if (mark.dataset.p.split(' ').includes(String(n))) first = first || mark;
  }
  if (first && scroll) reveal($('text'), first);
}

// Jump to characters of a block and show them for a moment.
function showPlace(doc, [block, start, end]) {
  openView('findings');
  document.body.classList.add('reading');
  showDocument(doc);
  const node = $('text').querySelector(`[data-n="${block}"]`);
  if (!node) return;
  reveal($('text'), node);
  const range = characters(node, start, end);
  if (window.CSS && CSS.highlights && end > start) {
    CSS.highlights.set('jump', new Highlight(range));
    const box = range.getBoundingClientRect();
    if (box.height) reveal($('text'), { getBoundingClientRect: () => box, scrollIntoView: (how) => node.scrollIntoView(how) });
  } else {
    node.classList.remove('flash');
    void node.offsetWidth;
    node.classList.add('flash');
  }
}

function characters(node, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let at = 0;
  range.selectNodeContents(node);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (text.parentNode.closest('.gap')) continue;
    const upto = at + text.length;
    if (at <= start && start <= upto) range.setStart(text, start - at);
    if (at <= end && end <= upto) { range.setEnd(text, end - at); break; }
    at = upto;
  }
  return range;
}

function drawDocuments() {
  options($('document'), String(Math.max(state.document, 0)), data.documents.map((entry, n) =>
    [String(n), entry.title ? `${fileName(n)} · ${entry.title}` : fileName(n)]));
}

function wireText() {
  $('document').addEventListener('change', () => showDocument(Number($('document').value)));
  const open = (mark) => {
    const all = mark.dataset.f.split(' ').map(Number);
    // a click on the selected place goes on to the next finding there
    select(all[(all.indexOf(state.selected) + 1) % all.length], 'text');
  };
  $('text').addEventListener('click', (event) => {
    const mark = event.target.closest('mark');
    if (mark && !String(getSelection())) open(mark);
  });
  $('text').addEventListener('keydown', (event) => {
    const mark = event.target.closest('mark');
    if (mark && event.key === 'Enter') open(mark);
  });
}
