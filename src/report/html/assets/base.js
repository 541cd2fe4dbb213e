const data = JSON.parse(document.getElementById('data').textContent);
const words = JSON.parse(document.getElementById('words').textContent);
const state = { lang: data.lang, view: 'findings', document: -1, selected: -1, shown: [] };
const $ = (id) => document.getElementById(id);

// A word of the page; `{name}` is filled in.
function say(key, values) {
  const word = words[key];
  const text = word ? word[state.lang] : key;
  return values ? text.replace(/\{(\w+)\}/g, (_, name) => String(values[name])) : text;
}

// A word of a rule or of data, which comes in both languages.
const pick = (word) => (word ? word[state.lang] : '');

// An element. Texts become text nodes, never markup.
function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

function svg(tag, props, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else node.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== '') node.append(child);
  }
  return node;
}

const files = data.documents.map((entry) => entry.path.split('/').pop());
// Files of one name in two folders are shown with their folders.
const doubled = new Set(files.filter((name, n) => files.indexOf(name) !== n));
const fileName = (n) => (doubled.has(files[n]) ? data.documents[n].path : files[n]);

const family = (finding) => data.rules[finding.c].family;
const LEVELS = ['error', 'warning', 'info'];

// `12`, or `1.2`: at most four digits.
const number = (value) => String(Number(value.toPrecision(4)));

function button(label, act, props) {
  return h('button', { type: 'button', ...props, on: { click: act } }, label);
}

// A link into the text: document, place.
function jumpTo(label, doc, place, props) {
  if (!place || !data.documents[doc].text) return h('span', props, label);
  return button(label, () => showPlace(doc, place), { class: 'jump', ...props });
}

// Line of the source where a block starts.
const lineOf = (doc, place) => {
  const text = data.documents[doc].text;
  return place && text ? text[place[0]].n : null;
};

const empty = (key) => h('p', { class: 'empty' }, say(key));
