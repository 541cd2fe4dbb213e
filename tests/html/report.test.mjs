// The HTML report in a real browser. EXOLINT: the binary; SEEDS: the folder of example texts.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, open } from './browser.mjs';
import { PAYLOADS, hostile, many } from './hostile.mjs';

const EXOLINT = process.env.EXOLINT;
const SEEDS = process.env.SEEDS;
const work = mkdtempSync(join(tmpdir(), 'exolint-html-'));
let browser;

function report(name, folder, ...more) {
  const file = join(work, name + '.html');
  try {
    execFileSync(EXOLINT, ['check', '--isolated', '--quiet', '--output', 'html=' + file, '--format', 'json', ...more, folder], { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 });
  } catch (error) {
    // status 1: there are findings
    if (error.status !== 1) throw new Error(String(error.stderr));
  }
  return file;
}

const json = (page) => page.evaluate(() => JSON.parse(document.getElementById('data').textContent));
const cards = (page) => page.$$eval('.card', (all) => all.map((card) => Number(card.dataset.n)));
const everything = async (page) => {
  await page.evaluate(() => { for (let n = 0; n < 200; n += 1) window.dispatchEvent(new Event('beforeprint')); });
  return cards(page);
};

let seeds;
before(async () => {
  browser = await launch();
  seeds = report('seeds', SEEDS, '--lang', 'zh');
});
after(async () => {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
});

test('every view opens in both languages without a word on the console', async () => {
  const page = await open(browser, seeds);
  for (const lang of ['en', 'zh']) {
    await page.click('#lang-' + lang);
    for (const view of ['citations', 'quantities', 'forms', 'notes', 'findings']) {
      await page.click('#tab-' + view);
      assert.ok(await page.isVisible('#view-' + view));
      assert.ok((await page.textContent('#view-' + view)).length > 10);
      // the names of rules in the findings may hold the word
      const text = await page.textContent('#view-' + view);
      assert.ok(!/\[object|NaN/.test(text) && (view === 'findings' || !/undefined/.test(text)), `${lang} ${view}`);
    }
    for (const bad of await page.$$eval('svg *', (all) => all.flatMap((node) => [...node.attributes].map((a) => a.value)).filter((v) => /NaN|undefined|Infinity/.test(v)))) {
      assert.fail('chart: ' + bad);
    }
  }
  await page.click('#theme');
  await page.click('#theme');
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
  assert.deepEqual(page.trouble, []);
});

test('the language switch changes every word of the page and of the findings', async () => {
  const page = await open(browser, seeds);
  const data = await json(page);
  assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
  assert.equal(await page.textContent('#f0 .message'), data.findings[0].m.zh);
  await page.click('#lang-en');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.equal(await page.textContent('#f0 .message'), data.findings[0].m.en);
  const chrome = await page.$$eval('header button:not([lang]), h1, #about, .tile span, .filters button, .filters option:first-child', (all) => all.map((node) => node.textContent).join(' '));
  assert.ok(!/[\u4e00-\u9fff]/.test(chrome), chrome);
  for (const f of data.findings) assert.ok(f.m.en && f.m.zh, f.c);
  assert.deepEqual(page.trouble, []);
});

test('filters by severity, family, file and text show exactly what fits', async () => {
  const page = await open(browser, seeds);
  const data = await json(page);
  const expect = async (fits, what) => {
    const wanted = data.findings.map((_, n) => n).filter((n) => fits(data.findings[n]));
    assert.deepEqual(await everything(page), wanted, what);
    return wanted.length;
  };
  await expect(() => true, 'all');
  await page.click('[data-level="info"]');
  await expect((f) => f.s !== 'info', 'severity');
  await page.click('[data-level="info"]');
  const family = data.rules[data.findings[0].c].family;
  await page.selectOption('#family', family);
  await expect((f) => data.rules[f.c].family === family, 'family');
  await page.selectOption('#family', '');
  await page.selectOption('#file', '2');
  await expect((f) => f.d === 2, 'file');
  await page.click('#clear');
  const word = data.findings.at(-1).x[1];
  await page.fill('#search', word);
  await page.waitForTimeout(300);
  const hits = await everything(page);
  assert.ok(hits.includes(data.findings.length - 1) && hits.length < data.findings.length);
  await page.fill('#search', 'no such words anywhere');
  await page.waitForTimeout(300);
  assert.deepEqual(await everything(page), []);
  assert.ok(await page.isVisible('#list .empty'));
  assert.deepEqual(page.trouble, []);
});

test('every finding is marked in its text, and a click leads there and back', async () => {
  const page = await open(browser, seeds);
  const data = await json(page);
  let marked = 0;
  for (let n = 0; n < data.findings.length; n += 1) {
    const f = data.findings[n];
    if (f.a === undefined) continue;
    await page.evaluate((id) => document.querySelector('#next').click(), n);
    const on = await page.$$eval('#text mark.on', (all) => all.map((mark) => ({ p: mark.dataset.p, text: mark.textContent })));
    const own = on.filter((mark) => mark.p.split(' ').includes(String(n)));
    assert.ok(own.length, `${f.c} ${n} is not marked`);
    const squash = (text) => text.replace(/[\s…‸]/g, '');
    assert.ok(squash(own.map((mark) => mark.text).join('')).includes(squash(f.x[1]).slice(0, 60)), `${f.c}: ${f.x[1]}`);
    marked += 1;
  }
  assert.equal(marked, data.findings.length, 'all findings of the seeds have a place');
  await page.click('#f0');
  await page.waitForTimeout(900);
  const seen = await page.$eval('#text mark.on', (mark) => {
    const box = mark.getBoundingClientRect();
    const frame = document.getElementById('text').getBoundingClientRect();
    return box.top >= frame.top && box.bottom <= frame.bottom;
  });
  assert.ok(seen, 'the mark is in view');
  const other = await page.$eval('#text mark[data-p]:not([data-p=""]):not(.on)', (mark) => { mark.click(); return mark.dataset.p.split(' ').map(Number); });
  const current = Number(await page.getAttribute('.card[aria-current]', 'data-n'));
  assert.ok(other.includes(current));
  assert.deepEqual(page.trouble, []);
});

test('charts and tables lead to their place', async () => {
  const page = await open(browser, seeds);
  const data = await json(page);
  for (const [view, target] of [['citations', '.remarks .jump'], ['quantities', '.chart .row'], ['forms', '.forms .jump']]) {
    await page.click('#tab-' + view);
    await page.click(target);
    assert.ok(await page.isVisible('#view-findings'), view);
    const range = await page.evaluate(() => [...(CSS.highlights.get('jump') || [])].map(String).join(''));
    assert.ok(range.length > 0, view + ' highlights its place');
    if (view === 'quantities') assert.equal(range, data.quantities[0].bars[0].t);
  }
  const maps = data.documents.filter((d) => d.maps && d.maps.length).length;
  await page.click('#tab-citations');
  assert.equal(await page.locator('#view-citations svg.chart').count(), maps);
  assert.ok(await page.locator('#view-citations .uncited.hit').count() > 0, 'uncited entries are marked');
  assert.deepEqual(page.trouble, []);
});

test('out of order, missing, damaged and uncited numbers are told apart', async () => {
  const folder = join(work, 'order');
  const text = ['骨再生研究进展', '', '骨修复较慢[1]，炎症随之而来[2]。负荷有益[7]。', '', '支架多样[3]，细胞来源各异[4]，因子亦然[5]。', '',
    '研究仍少[6]，随访短[8]，样本小[15]，另见[2]。', '', '参考文献'];
  for (let n = 1; n <= 10; n += 1) text.push(`[${n}] 作者${'甲乙丙丁戊己庚辛壬癸'[n - 1]}. 骨再生与修复第${n}部分[J]. 示例医学杂志, 20${10 + n}, ${n}(1): ${n}1-${n}9.`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'order.txt'), text.join('\n') + '\n');
  const page = await open(browser, report('order', folder));
  const [map] = (await json(page)).documents[0].maps;
  const state = (name) => map.points.filter((p) => p[2] === name).map((p) => p[1]);
  assert.deepEqual(state('out-of-order'), [7]);
  assert.deepEqual(state('missing'), [15]);
  assert.deepEqual(map.uncited.map(([n]) => n), [9, 10]);
  assert.deepEqual(state('first'), [1, 2, 3, 4, 5, 6, 8]);
  assert.deepEqual(page.trouble, []);
});

test('paper shows every finding and every view', async () => {
  const page = await open(browser, seeds);
  const data = await json(page);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  assert.equal((await cards(page)).length, data.findings.length);
  for (const view of ['findings', 'citations', 'quantities', 'forms']) assert.ok(await page.isVisible('#view-' + view), view);
  assert.ok(!await page.isVisible('.filters'));
  assert.ok((await page.pdf({ format: 'A4' })).length > 20000);
});

test('nothing of a document becomes an element or a command', async () => {
  const folder = join(work, 'hostile');
  const names = hostile(folder);
  const file = report('hostile', folder);
  const page = await open(browser, file);
  const data = await json(page);
  assert.equal(data.documents.length, names.length);
  assert.ok(data.findings.length > 20);
  for (const lang of ['en', 'zh']) {
    await page.click('#lang-' + lang);
    for (const view of ['citations', 'quantities', 'forms', 'notes', 'findings']) await page.click('#tab-' + view);
    await everything(page);
    for (let n = 0; n < names.length; n += 1) await page.selectOption('#document', String(n));
    assert.deepEqual(await page.evaluate(() => ({
      strange: [...document.querySelectorAll('img,iframe,object,embed,link,form,base,b > i,svg[onload],[onerror],a[href]')].map((node) => node.outerHTML),
      scripts: document.scripts.length, styles: document.querySelectorAll('style').length, hacked: window.hacked,
    })), { strange: [], scripts: 3, styles: 1, hacked: undefined });
  }
  await page.selectOption('#document', String(data.documents.findIndex((d) => d.path.endsWith('.txt'))));
  const shown = await page.textContent('#text');
  for (const payload of PAYLOADS.slice(0, -1)) assert.ok(shown.includes(payload), payload);
  assert.ok(!/[\u202e\u2066]/.test(readFileSync(file, 'utf8')), 'no direction mark reaches the page');
  assert.ok((await page.textContent('#file')).includes('a<U+202E>txt.exe.txt'), 'it is made visible');
  assert.deepEqual(page.trouble, []);
});

test('the policy stops a script that was put in', async () => {
  const file = join(work, 'tampered.html');
  writeFileSync(file, readFileSync(seeds, 'utf8').replace('</body>', '<script>window.hacked=1</script><img src="https://example.com/x.png" onerror="window.hacked=2"></body>'));
  const page = await open(browser, file);
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.ok(page.trouble.some((line) => /Content Security Policy/.test(line)));
});

test('five thousand findings stay usable', async () => {
  const folder = join(work, 'many');
  many(folder, 10, 500);
  const file = report('many', folder);
  const start = Date.now();
  const page = await open(browser, file);
  const opened = Date.now() - start;
  const data = await json(page);
  assert.ok(data.findings.length >= 5000, String(data.findings.length));
  const clock = async (act) => {
    const begin = Date.now();
    await act();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    return Date.now() - begin;
  };
  const drawn = (await cards(page)).length;
  const filtered = await clock(() => page.click('[data-level="info"]'));
  const searched = await clock(async () => { await page.fill('#search', '第499组'); await page.waitForTimeout(130); });
  await page.click('#clear');
  const switched = await clock(() => page.click('#lang-zh'));
  const far = await clock(() => page.evaluate(() => document.querySelector('#list').scrollTo(0, 1e9)));
  await page.selectOption('#document', '9');
  const jumped = await clock(() => page.$eval('#text .block:last-child mark', (mark) => mark.click()));
  assert.equal(Number(await page.getAttribute('.card[aria-current]', 'data-n')), data.findings.length - 1);
  const stepped = await clock(() => page.click('#previous'));
  const size = readFileSync(file).length;
  console.log(`5000 findings: ${(size / 1e6).toFixed(1)} MB, open ${opened} ms (${drawn} cards drawn), filter ${filtered} ms, search ${searched} ms, language ${switched} ms, scroll ${far} ms, jump to the last ${jumped} ms, step ${stepped} ms`);
  assert.ok(drawn < 200, 'only what is near is drawn');
  assert.ok(opened < 6000 && filtered < 1500 && searched < 1500 && switched < 2500 && jumped < 4000 && stepped < 1500);
  assert.deepEqual(page.trouble, []);
});
