// Looks at a published folder as its readers will: node check.mjs PUBLIC [words that a kind's name must hold].
// Every kind of page, Japanese and English, on a phone and on a desk; ends with one line of numbers.
// SUMIKA_SHOTS=1 leaves a picture of each in shots/.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { addresses, pageOfEachKind } from './pages.mjs';
import * as rules from './rules.mjs';
import { serve } from './serve.mjs';
import { validate } from './validate.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const SHOTS = join(HERE, 'shots');
const WITH_SHOTS = Boolean(process.env.SUMIKA_SHOTS);
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDTHS_PX = [360, 1280];
const TEXT_SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-block-end: 2em !important }`;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--hide-scrollbars'];

const tally = { passed: 0, failed: 0 };

function judge(name, complaints) {
  if (complaints.length === 0) {
    tally.passed += 1;
    return;
  }
  tally.failed += 1;
  const distinct = [...new Set(complaints)];
  console.log(`FAILED ${name}`);
  for (const complaint of distinct.slice(0, 8)) console.log(`    ${complaint}`);
  if (distinct.length > 8) console.log(`    and ${distinct.length - 8} more`);
}

/** A fresh page that remembers whom it asked and what it complained about. */
async function open(browser, url, options) {
  const context = await browser.newContext({ locale: 'ja-JP', ...options });
  const page = await context.newPage();
  const asked = [];
  const said = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin) && !request.url().startsWith('data:')) asked.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 404')) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  await page.goto(url, { waitUntil: 'load' });
  return { context, page, asked, said };
}

async function axe(page, source, options) {
  await page.addScriptTag({ content: source }).catch(() => page.evaluate(source));
  const { violations } = await page.evaluate((given) => window.axe.run(document, given), options);
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim()}`));
}

/** As most readers see it, at each width, then for those who see little; gives what the page holds with its scripts. */
async function asReader(browser, url, kind, source) {
  const { context, page, asked, said } = await open(browser, url, { viewport: { width: WIDTHS_PX[0], height: 800 }, bypassCSP: true });
  const found = await page.evaluate(rules.substance);
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 800 });
    const name = `${kind} at ${width} px`;
    judge(`${name}: axe`, await axe(page, source, { runOnly: AXE_TAGS }));
    judge(`${name}: no sideways scroll`, await page.evaluate(rules.overflow));
    if (width === WIDTHS_PX[0]) {
      judge(`${name}: targets`, await page.evaluate(rules.targets));
      await page.emulateMedia({ colorScheme: 'dark' });
      judge(`${name}: axe in the dark`, await axe(page, source, { runOnly: { type: 'rule', values: ['color-contrast'] } }));
      await page.emulateMedia({ colorScheme: 'light' });
    }
    if (WITH_SHOTS) await page.screenshot({ path: join(SHOTS, `${kind}-${width}.png`), fullPage: true });
  }
  await withLittle(page, kind);
  judge(`${kind}: asks nobody else`, asked);
  judge(`${kind}: quiet console`, said);
  judge(`${kind}: no cookie`, (await context.cookies()).map((cookie) => cookie.name));
  await context.close();
  return found;
}

/** As it is written: scripts off, the policy in force. */
async function asWritten(browser, url, kind, withScripts) {
  const { context, page, said } = await open(browser, url, { viewport: { width: 360, height: 800 }, javaScriptEnabled: false });
  const found = await page.evaluate(rules.substance);
  const missing = Object.keys(found).filter((part) => found[part] < withScripts[part] || (part === 'letters' && found[part] === 0));
  judge(`${kind}: whole without scripts`, missing.map((part) => `${part}: ${found[part]} of ${withScripts[part]}`));
  judge(`${kind}: the policy forbids nothing of ours`, said);
  for (const rule of [rules.structure, rules.safety, rules.content]) {
    judge(`${kind}: ${rule.name}`, await page.evaluate(rule));
  }
  await context.close();
}

/** For those who see little or use no mouse: 320 px, wide text spacing, the Tab key. */
async function withLittle(page, kind) {
  await page.setViewportSize({ width: 320, height: 640 });
  judge(`${kind} at 320 px: no sideways scroll`, await page.evaluate(rules.overflow));
  const complaints = [];
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press('Tab');
    complaints.push(...(await page.evaluate(rules.focusShown)));
  }
  judge(`${kind}: focus is seen`, complaints);
  await page.addStyleTag({ content: TEXT_SPACING });
  judge(`${kind} with wide text spacing: no sideways scroll`, await page.evaluate(rules.overflow));
}

async function lookAt(browser, origin, prefix, { kind, path }, source) {
  const url = origin + prefix + path.split('/').map(encodeURIComponent).join('/');
  await asWritten(browser, url, kind, await asReader(browser, url, kind, source));
}

async function main() {
  const folder = resolve(process.argv[2] ?? 'public');
  const wanted = process.argv[3] ?? '';
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const { prefix, paths } = await addresses(folder);
  const pages = (await pageOfEachKind(folder, paths)).filter(({ kind }) => kind.includes(wanted));
  judge('a page of every kind', pages.length > 0 ? [] : ['none']);
  if (WITH_SHOTS) {
    await rm(SHOTS, { recursive: true, force: true });
    await mkdir(SHOTS, { recursive: true });
  }

  const validated = validate(folder);
  if (validated === null) console.log('skipped: the Nu validator needs Java');
  else {
    judge('valid HTML and CSS', validated.errors);
    for (const warning of new Set(validated.warnings)) console.log(`warning: ${warning}`);
  }

  const server = await serve(folder, prefix);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  try {
    const queue = [...pages];
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await lookAt(browser, server.origin, prefix, next, source);
    };
    await Promise.all([worker(), worker()]);
  } finally {
    await browser.close();
    server.close();
  }
  console.log(`${pages.length} kinds of page of ${paths.length} pages: ${pages.map(({ kind }) => kind).join(', ')}`);
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = tally.failed === 0 ? 0 : 1;
}

await main();
