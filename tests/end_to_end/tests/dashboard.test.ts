import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../src/browser';
import { sample } from '../src/samples';
import { Site } from '../src/site';

const vpn = sample('01-vpn-panne');

describe('The dashboard in a browser', () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    site = await Site.start();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await site.stop();
  });

  test("opens by the one-time link's button, once", async () => {
    const link = await site.loginLink();
    expect((await fetch(link)).ok).toBe(true); // a preview in a chat uses nothing up
    const follow = async () => {
      const page = await browser.newPage({ locale: 'fr-FR' });
      await page.goto(link);
      await page.getByRole('button').click();
      return page;
    };
    await (await follow()).getByRole('complementary').waitFor();
    await (await follow()).locator('input[type=password]').waitFor();
  });

  test('shows a call from its first words to its ticket', async () => {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'fr-FR' });
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(site.url);
    await page.locator('input[type=password]').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(problems.splice(0)).toEqual([expect.stringContaining('401')]); // the wrong key's
    await page.locator('input[type=password]').fill(site.apiKey);
    await page.keyboard.press('Enter');
    await page.getByRole('complementary').waitFor();

    const agent = await site.startAgent('201', { play: vpn.audio });
    await site.call({
      calls: [
        {
          extension: '201',
          callerNumber: vpn.callerNumber,
          callerName: 'Claire Fontaine',
          ringS: 1,
          audio: 'samples/calls/01-vpn-panne.flac',
        },
      ],
    });
    await page.getByText('Claire Fontaine').first().waitFor({ timeout: 30_000 });
    const first = await agent.event('text', ({ utterance }) => utterance?.isFinal === true);
    await page
      .getByText(first.utterance?.text.slice(0, 20) ?? '')
      .first()
      .waitFor({ timeout: 30_000 });
    const draft = await agent.draft('ticket', ({ delivery }) => delivery.state === 'created', 200_000);
    await page.getByText(String(draft.delivery.ticketId)).first().waitFor({ timeout: 30_000 });

    // The server goes away: the page says so, comes back by itself and still knows everything.
    await site.killServer();
    await page.getByRole('status').first().waitFor();
    await site.startServer();
    await page.getByText(String(draft.delivery.ticketId)).first().waitFor({ timeout: 60_000 });
    expect(problems.filter((text) => !/WebSocket|ERR_CONNECTION|net::/.test(text))).toEqual([]);
  });
});
