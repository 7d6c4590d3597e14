// The picture of the READMEs: the home page on a desk and on a phone. node picture.mjs PUBLIC OUT.png
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { addresses } from './pages.mjs';
import { serve } from './serve.mjs';

const [folder, out] = [resolve(process.argv[2]), resolve(process.argv[3])];
const { prefix } = await addresses(folder);
const server = await serve(folder, prefix);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync', '--hide-scrollbars'],
});
const shot = async (width, height) => {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.goto(server.origin + prefix, { waitUntil: 'load' });
  return (await page.screenshot()).toString('base64');
};
const [desk, phone] = [await shot(1100, 760), await shot(360, 700)];
const frame = await browser.newPage({ viewport: { width: 960, height: 560 } });
await frame.setContent(`<body style="margin:0;background:#e8ece6;height:560px;position:relative">
  <img src="data:image/png;base64,${desk}" style="position:absolute;left:24px;top:24px;width:700px;border-radius:8px;box-shadow:0 2px 12px #0003">
  <img src="data:image/png;base64,${phone}" style="position:absolute;right:28px;top:56px;height:480px;border-radius:16px;box-shadow:0 4px 18px #0005;border:4px solid #fff">`);
await writeFile(out, await frame.screenshot());
await browser.close();
server.close();
