// Pictures of a report, to be looked at: node shots.mjs REPORT.html FOLDER
import { launch, open } from './browser.mjs';
import { mkdirSync } from 'node:fs';

const [report, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const scheme of ['light', 'dark']) {
  for (const lang of ['zh', 'en']) {
    const page = await open(browser, report, { colorScheme: scheme });
    await page.click('#lang-' + lang);
    const name = `${folder}/${scheme}-${lang}`;
    await page.click('.card >> nth=3');
    await page.waitForTimeout(700);
    await page.screenshot({ path: `${name}-findings.png` });
    for (const view of ['citations', 'quantities', 'forms', 'notes']) {
      await page.click('#tab-' + view);
      await page.screenshot({ path: `${name}-${view}.png`, fullPage: view !== 'forms' });
    }
    if (scheme === 'light') await page.pdf({ path: `${name}.pdf`, format: 'A4', preferCSSPageSize: true });
    if (page.trouble.length) console.log(name, page.trouble);
    await page.context().close();
  }
}
const page = await open(browser, report, { viewport: { width: 390, height: 800 } });
await page.screenshot({ path: `${folder}/narrow.png` });
await page.click('.card >> nth=1');
await page.waitForTimeout(300);
await page.screenshot({ path: `${folder}/narrow-text.png` });
await browser.close();
