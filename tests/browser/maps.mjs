// Uses the maps as readers do: node maps.mjs PUBLIC WITH_TILES, the second built with tiles from http://127.0.0.1:18189.
// By keyboard, by fingers, without scripts, on paper; and a background that nobody asked for is never fetched.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { addresses } from './pages.mjs';
import { pixels } from './pixels.mjs';
import { serve } from './serve.mjs';

const TILES_PORT = 18189;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--hide-scrollbars'];
/** A tile may lie so far from its place under the map. */
const MISALIGNED_PX_MAX = 0.5;
/** Tiles are waited for in steps of so many milliseconds, and no longer than this. */
const WAITING_MS = 50;
const WAITING_MS_MAX = 20_000;

const tally = { passed: 0, failed: 0 };

function judge(name, holds, found = '') {
  tally[holds ? 'passed' : 'failed'] += 1;
  if (!holds) console.log(`FAILED ${name}${found === '' ? '' : `: ${found}`}`);
}

/** Answers any tile with a picture, and remembers who asked. */
function tileServer() {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url, referer: request.headers.referer, cookie: request.headers.cookie });
    response.writeHead(200, { 'content-type': 'image/svg+xml' });
    response.end(`<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><path d="M0 0h256v256H0z" fill="#e8f0e8" stroke="#7a9"/>
      <text x="8" y="20" font-size="14">${request.url}</text></svg>`);
  });
  return new Promise((done) => server.listen(TILES_PORT, '127.0.0.1', () => done({ asked, close: () => server.close() })));
}

const viewBox = (page) => page.locator('figure.map svg.map').first().getAttribute('viewBox');
const said = (page) => page.locator('.map-status').first().textContent();
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);

/** Presses Tab until something with this text has the focus. */
async function tabTo(page, text, steps = 120) {
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page))?.includes(text)) return true;
  }
  return false;
}

async function byKeyboard(page) {
  judge('Tab finds the zoom', await tabTo(page, '大きく'));
  const before = await viewBox(page);
  const parts = () => page.locator('figure.map svg.map').evaluateAll((maps) => maps.slice(1).map((map) => map.outerHTML).join());
  const unmoved = await parts();
  await page.keyboard.press('Enter');
  judge('Enter magnifies', (await viewBox(page)) !== before);
  judge('the enlarged parts stay as they are', unmoved.includes('<svg') && (await parts()) === unmoved);
  judge('the magnification is said', (await said(page)).includes('1.5'), await said(page));
  judge('Tab finds the arrows', await tabTo(page, '右へ', 8));
  const middle = await viewBox(page);
  await page.keyboard.press('Space');
  judge('an arrow moves the map', (await viewBox(page)) !== middle);
  await page.locator('.map-tools [data-by="0"]').first().press('Enter');
  judge('the whole map comes back', (await viewBox(page)).split(/[ ,]/).map(Number).join() === before.split(/[ ,]/).map(Number).join());
}

async function filters(page) {
  await page.locator('.map-tools summary').first().press('Enter');
  const box = page.locator('.map-tools input').first();
  const kind = await box.getAttribute('value');
  await box.press('Space');
  const numbered = await page.locator('#list .entry .no:visible').count();
  judge('a kind leaves the list', await page.locator(`#c-${kind}`).isHidden());
  judge('a kind leaves the map', (await page.locator(`.marks [data-category="${kind}"]:visible`).count()) === 0);
  judge('the number that is said is that of the list', (await said(page)).includes(String(numbered)), `${await said(page)} ${numbered}`);
  await box.press('Space');
  judge('and comes back', await page.locator(`#c-${kind}`).isVisible());
}

async function fromListToMap(page) {
  const button = page.locator('.to-map').last();
  const entry = button.locator('xpath=..');
  const number = await entry.locator('.no').textContent();
  await button.press('Enter');
  const name = await focused(page);
  judge('the mark of the entry has the focus', name?.startsWith(`${number} `), `${number}: ${name}`);
  judge('the mark is in sight', await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
  }));
  await page.keyboard.press('Enter');
  const anchor = await entry.evaluate((element) => element.id);
  judge('the mark leads back to the entry', decodeURIComponent(new URL(page.url()).hash) === `#${anchor}`, page.url());
}

async function position(context, page, geojson) {
  const marks = await page.locator('.marks a').count();
  const [lon, lat] = geojson.features.find((feature) => feature.geometry)?.geometry.coordinates ?? [0, 0];
  const [west, north, east, south] = (await page.locator('svg.map').first().getAttribute('data-proj')).split(' ').map(Number);
  const [left, top, width, height] = (await page.locator('svg.map').first().getAttribute('data-ground')).split(' ').map(Number);
  judge('nobody asked where the reader is', (await page.evaluate(() => window.asked)) === 0 && marks > 0 && lon > 0 && lat > 0);
  await context.setGeolocation({ longitude: west + (left + width / 2) / east, latitude: north - (top + height / 2) / south });
  await page.locator('[data-act=here]').first().press('Enter');
  await page.waitForFunction(() => document.querySelector('.map-status').textContent.includes('白い丸'));
  const circle = await page.locator('svg.map > circle').first().boundingBox();
  const map = await page.locator('svg.map').first().boundingBox();
  const off = Math.hypot(circle.x + circle.width / 2 - map.x - map.width / 2, circle.y + circle.height / 2 - map.y - map.height / 2);
  judge('the reader is shown where the map says', off < 2, `${off.toFixed(1)} px`);
  await context.setGeolocation({ longitude: 0, latitude: 0 });
  await page.locator('[data-act=here]').first().press('Enter');
  await page.waitForFunction(() => document.querySelector('.map-status').textContent.includes('外'));
  judge('it is asked once a press', (await page.evaluate(() => window.asked)) === 2);
}

/** Two fingers move apart. */
async function pinch(context, page) {
  const client = await context.newCDPSession(page);
  const frame = page.locator('svg.map').first();
  await frame.scrollIntoViewIfNeeded();
  const box = await frame.boundingBox();
  const [x, y] = [box.x + box.width / 2, Math.min(box.y + box.height / 2, 600)];
  const fingers = (gap) => [{ x: x - gap, y, id: 1 }, { x: x + gap, y, id: 2 }];
  const before = (await viewBox(page)).split(/[ ,]/).map(Number)[2];
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(30) });
  for (const gap of [45, 60, 75, 90]) await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(gap) });
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  const after = (await viewBox(page)).split(/[ ,]/).map(Number)[2];
  judge('two fingers magnify', after < before * 0.6, `${before} ${after}`);
}

/** In pixels of the screen, over all tiles: where the tile shows a place, and where the map draws it. */
function misalignment() {
  const svg = document.querySelector('figure.map svg.map');
  const [lon, lat, east, south] = svg.dataset.proj.split(' ').map(Number);
  const unit = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  let worst = 0;
  for (const image of svg.querySelectorAll('image')) {
    const [z, x, y] = image.getAttribute('href').match(/(\d+)\/(\d+)\/(\d+)\.png$/).slice(1).map(Number);
    const [left, top, width, height] = ['x', 'y', 'width', 'height'].map((key) => Number(image.getAttribute(key)));
    for (const [fx, fy] of [[0, 0], [0.5, 0.5], [1, 1], [0, 0.25], [1, 0.75]]) {
      const place = [(x + fx) / 2 ** z * 360 - 180, Math.atan(Math.sinh(Math.PI * (1 - 2 * (y + fy) / 2 ** z))) * 180 / Math.PI];
      const drawn = [(place[0] - lon) * east, (lat - place[1]) * south];
      worst = Math.max(worst, Math.hypot(left + fx * width - drawn[0], top + fy * height - drawn[1]) * unit);
    }
  }
  return { worst, tiles: svg.querySelectorAll('image').length };
}

/** Waits until every tile that the map shows was asked for. The load state "networkidle" is of no use: once reached, it stays. */
async function arrived(page, tiles) {
  for (let left = WAITING_MS_MAX; left > 0; left -= WAITING_MS) {
    const shown = await page.locator('figure.map svg.map image').evaluateAll((all) => all.map((image) => new URL(image.getAttribute('href')).pathname));
    const asked = new Set(tiles.asked.map(({ path }) => path));
    if (shown.length > 0 && shown.every((path) => asked.has(path))) return true;
    await page.waitForTimeout(WAITING_MS);
  }
  return false;
}

async function background(browser, url, tiles) {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, locale: 'ja-JP' });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(url, { waitUntil: 'networkidle' });
  const button = page.locator('[data-act=tiles]').first();
  judge('the button says whom it will contact', (await button.textContent()).includes('試験の地図'), await button.textContent());
  judge('no tile is fetched before the press', tiles.asked.length === 0, tiles.asked.length);
  judge('the credit waits', await page.locator('.tiles-credit').first().isHidden());
  await button.press('Enter');
  judge('every tile that is shown was asked for', await arrived(page, tiles));
  let found = await page.evaluate(misalignment);
  console.log(`tiles at zoom 1: ${found.tiles}, misaligned by at most ${found.worst.toFixed(3)} px`);
  judge('tiles lie where the map draws', found.tiles > 0 && found.worst < MISALIGNED_PX_MAX, found.worst);
  judge('and nothing else told', tiles.asked.every(({ referer, cookie }) => !referer && !cookie), JSON.stringify(tiles.asked));
  judge('the credit is in sight', await page.locator('.tiles-credit').first().isVisible());
  for (let step = 0; step < 4; step += 1) await page.locator('[data-by="1.5"]').first().press('Enter');
  judge('so was every tile of the magnified map', await arrived(page, tiles));
  found = await page.evaluate(misalignment);
  console.log(`tiles at zoom 5: ${found.tiles}, misaligned by at most ${found.worst.toFixed(3)} px`);
  judge('and where it is magnified', found.tiles > 0 && found.worst < MISALIGNED_PX_MAX, found.worst);
  judge('the policy allows it', complaints.length === 0, complaints[0]);
  const kept = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
  const before = tiles.asked.length;
  await page.reload({ waitUntil: 'networkidle' });
  judge('nothing is remembered', kept === 0 && tiles.asked.length === before && (await page.locator('image').count()) === 0);
  await context.close();
}

async function withScripts(browser, url, geojson, width) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'ja-JP', hasTouch: true, reducedMotion: 'reduce', permissions: ['geolocation'] });
  await context.addInitScript(() => {
    window.asked = 0;
    const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
    navigator.geolocation.getCurrentPosition = (...given) => { window.asked += 1; ask(...given); };
  });
  const page = await context.newPage();
  const elsewhere = [];
  page.on('request', (request) => !request.url().startsWith(new URL(url).origin) && elsewhere.push(request.url()));
  await page.goto(url, { waitUntil: 'load' });
  await byKeyboard(page);
  await filters(page);
  await fromListToMap(page);
  await position(context, page, geojson);
  await pinch(context, page);
  judge(`${width} px: nobody else was asked, whatever was pressed`, elsewhere.length === 0, elsewhere[0]);
  judge(`${width} px: nothing moves by itself`, await page.evaluate(() => document.getAnimations().length === 0));
  await context.close();
}

function sheetsOf(pdf) {
  return (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
}

/** The sheet for paper: the list's cells are the sheet's own, and it does not run to many pages. */
async function onPaper(browser, url) {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  const marks = await page.locator('.marks [aria-label]').evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label').match(/\S+$/)[0]));
  const cells = await page.locator('#list li:has(.no) .cell').allTextContents();
  judge('the list for paper has the cells of the sheet', marks.length > 0 && marks.every((cell) => cells.some((text) => text.includes(cell))), `${marks} / ${cells}`);
  const sheets = sheetsOf(await page.pdf({ preferCSSPageSize: true }));
  console.log(`the area prints on ${sheets} pages`);
  judge('the area prints on a few pages', sheets > 0 && sheets <= 4, sheets);
  await context.close();
}

/** Every map of areas and of their sheets, as pixels. */
async function seen(browser, origin, paths) {
  const page = await browser.newPage({ javaScriptEnabled: false });
  const drawings = [];
  for (const path of paths) {
    await page.goto(origin + path, { waitUntil: 'load' });
    drawings.push(...await page.locator('svg.map:has(g.marks > *)').evaluateAll((all) =>
      all.map((svg) => new XMLSerializer().serializeToString(svg))));
  }
  await page.close();
  const { faults, marks } = await pixels(browser, drawings);
  console.log(`${marks} marks of ${drawings.length} drawings looked at as pixels`);
  judge('each number can be read and no two marks mix', marks > 0 && faults.length === 0, faults.slice(0, 5).join('; '));
}

/** Numbers of the marks and of the list, in the order in which they are read. */
async function reading(page) {
  // An enlarged part of the map is read after the map, as it stands below it.
  const panels = await page.locator('figure.map .marks').evaluateAll((all) =>
    all.map((panel) => [...panel.querySelectorAll('a')].map((mark) => mark.getAttribute('aria-label'))));
  const listed = await page.locator('#list .entry .no').evaluateAll((all) => all.map((one) => Number(one.textContent)));
  return { panels, listed };
}

/** Roles and names as the browser hands them to a screen reader, in its order. */
async function heard(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const known = new Map(nodes.map((node) => [node.nodeId, node]));
  const told = [];
  const visit = (node) => {
    if (!node.ignored) told.push({ role: node.role?.value, name: node.name?.value ?? '' });
    for (const child of node.childIds ?? []) if (known.has(child)) visit(known.get(child));
  };
  visit(nodes.find((node) => !node.parentId));
  return told;
}

async function withoutScripts(browser, url) {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  const { panels, listed } = await reading(page);
  const names = panels.flat();
  const rising = panels.every((panel) => panel.map((name) => Number.parseInt(name, 10)).every((number, at, all) => at === 0 || number > all[at - 1]));
  judge('marks are read in the order of the list', names.length > 0 && listed.every((number, at) => number === at + 1) && rising, `${names} ${listed}`);
  judge('each mark names its place and cell', names.every((name) => /^\d+(\S*) .+ \S*[A-Z]-\d+$/.test(name)), names[0]);
  const told = await heard(page);
  const [title, facts] = await page.locator('figure.map svg > :is(title, desc)').evaluateAll((all) => all.map((one) => one.textContent));
  const picture = told.find(({ role, name }) => /group|img|figure/i.test(role) && name.includes(title) && name.includes(facts));
  judge('a screen reader tells what the map shows', picture, JSON.stringify(told.filter(({ name }) => name.includes(title))));
  const links = told.filter(({ role, name }) => role === 'link' && names.includes(name)).map(({ name }) => name);
  judge('and then each mark as a link, in order', links.join() === names.join(), `${links} / ${names}`);
  judge('no tool without its script', (await page.locator('.map-tools, .to-map').count()) === 0);
  const entries = await page.locator('.entry').count();
  const sheets = sheetsOf(await page.pdf({ format: 'A4', preferCSSPageSize: true }));
  console.log(`${entries} entries print on ${sheets} pages`);
  // Map, events and stories take some sheets; of the list each has room for three or more.
  judge('the list prints three entries a page', sheets > 0 && (sheets - 6) * 3 <= entries, `${entries} on ${sheets}`);
  await context.close();
}

async function main() {
  const [folder, tiled] = [resolve(process.argv[2]), resolve(process.argv[3])];
  const { prefix, paths } = await addresses(folder);
  const area = paths.find((path) => /^areas\/[^/]+\/$/.test(path));
  const geojson = JSON.parse(await readFile(join(folder, 'data/facilities.geojson'), 'utf8'));
  const [plain, withTiles, tiles] = await Promise.all([serve(folder, prefix), serve(tiled, prefix), tileServer()]);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  const began = Date.now();
  try {
    const url = plain.origin + prefix + area;
    const policy = await readFile(join(folder, area, 'index.html'), 'utf8');
    judge('the policy allows no other host', !policy.includes('img-src') && !policy.includes('data-tiles="http'));
    await withoutScripts(browser, url);
    await onPaper(browser, `${url}print/`);
    await seen(browser, plain.origin + prefix, paths.filter((path) => /^areas\/[^/]+\/(print\/)?$/.test(path)));
    for (const width of [360, 1280]) await withScripts(browser, url, geojson, width);
    await background(browser, withTiles.origin + prefix + area, tiles);
  } finally {
    await browser.close();
    for (const server of [plain, withTiles, tiles]) server.close();
  }
  console.log(`maps: ${tally.passed} passed, ${tally.failed} failed, ${((Date.now() - began) / 1000).toFixed(1)} s`);
  process.exitCode = tally.failed === 0 ? 0 : 1;
}

await main();
