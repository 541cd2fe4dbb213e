// Texts and names that try to break out of the page, and texts that give thousands of findings.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const PAYLOADS = [
  '</script><script>window.hacked=1</script>',
  '<img src=x onerror="window.hacked=1">',
  '"><svg onload=window.hacked=1>',
  "';window.hacked=1;//",
  '<!--<script>',
  '{{data}}{{script}}',
  '&lt;b&gt;&#60;i&#62;',
  'javascript:window.hacked=1',
  '\u202eabc\u2066',
];

export function hostile(folder) {
  mkdirSync(folder, { recursive: true });
  const names = ['<img src=x onerror=alert(1)>.txt', "'\"><script>alert(1)<∕script>.txt", '{{script}}&amp;.md', 'a\u202etxt.exe.txt'];
  names.forEach((name, n) => {
    const payload = PAYLOADS[n % PAYLOADS.length];
    const body = PAYLOADS.map((p) => `${p}外泌体能够能够降低${p}水平[1]。外泌体（${p}，EXO）直径为 30~150 nm ${p}。肿瘤坏死因子α（tissue necrosis factor-α，TNF-α）${p}[3]。`).join('\n\n');
    writeFileSync(join(folder, name), `${payload}外泌体研究进展\n\n摘要：${payload}外泌体。\n\n1 引言${payload}\n\n${body}\n\n参考文献\n[1] ${payload}. ${payload}[J]. 示例杂志, 2019, 1(1): 1-2.\n[2] 甲乙. ${payload}[J]. 示例杂志, 2019, 1(1): 3-4.\n[3] 丙丁. 题名[J]. 示例杂志, 2019, 1(1): 5-6.\n`);
  });
  return names;
}

export function many(folder, files, each) {
  mkdirSync(folder, { recursive: true });
  const words = ['能够', '可以', '通过', '抑制', '促进', '参与', '影响', '调节'];
  for (let file = 0; file < files; file += 1) {
    const lines = [`第${file}篇外泌体研究进展`, ''];
    for (let n = 0; n < each; n += 1) {
      const word = words[n % words.length];
      lines.push(`第${n}组实验中外泌体${word}${word}降低活性氧水平，并在第${n}天观察到修复；随后各组的炎症因子水平均有下降，差异有统计学意义。`, '');
    }
    writeFileSync(join(folder, `m${String(file).padStart(2, '0')}.txt`), lines.join('\n'));
  }
}
