// Pictures of the page with invented calls, for looking at its design: `npm run screenshots -- FOLDER`.
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { busyDay, crowdedDay, followedDay } from './busy_day';
import { buildPage, openBrowser } from './chromium';
import { MockServer } from './mock_server';

const folder = process.argv[2] ?? '../build/screenshots';
const sizes = [
  { name: 'wall', width: 1920, height: 1080 },
  { name: 'wall_4k', width: 3840, height: 2160 },
  { name: 'phone', width: 390, height: 844 },
];
const looks = [
  { scheme: 'dark', language: 'fr-FR' },
  { scheme: 'light', language: 'en-GB' },
] as const;

const dist = await mkdtemp(join(tmpdir(), 'board-'));
await mkdir(folder, { recursive: true });
await buildPage(dist);
const server = new MockServer(dist, busyDay(Date.now()));
await server.start();
const browser = await openBrowser();
for (const { scheme, language } of looks)
  for (const { name, width, height } of sizes) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale: language });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.waitForSelector('#key');
    if (name === 'phone') await page.screenshot({ path: join(folder, `login_${scheme}.png`) });
    await page.fill('#key', server.key);
    await page.press('#key', 'Enter');
    await page.waitForSelector('article');
    await page.screenshot({ path: join(folder, `${name}_${scheme}.png`), fullPage: name === 'phone' });
    await context.close();
  }
server.show(crowdedDay(Date.now()));
for (const { name, width, height } of [...sizes, { name: 'small_wall', width: 1280, height: 720 }]) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.fill('#key', server.key);
  await page.press('#key', 'Enter');
  await page.waitForSelector('article');
  await page.screenshot({ path: join(folder, `crowded_${name}.png`) });
  await context.close();
}
server.show(followedDay(Date.now()));
for (const { name, width, height } of sizes) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'fr-FR', colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.fill('#key', server.key);
  await page.press('#key', 'Enter');
  await page.waitForSelector('article');
  await page.screenshot({ path: join(folder, `followed_${name}.png`), fullPage: name === 'phone' });
  await context.close();
}
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, colorScheme: 'dark', locale: 'fr-FR' });
await page.goto(server.url);
await page.fill('#key', server.key);
await page.press('#key', 'Enter');
await page.waitForSelector('article');
await server.stop();
await page.waitForSelector('.strip');
await page.screenshot({ path: join(folder, 'wall_lost.png') });
await page.close();
await browser.close();
await rm(dist, { recursive: true });
