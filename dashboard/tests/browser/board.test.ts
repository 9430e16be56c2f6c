import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventBody } from '../goldens';
import { busyDay, crowdedDay, followedDay } from './busy_day';
import { buildPage, openBrowser } from './chromium';
import { MockServer } from './mock_server';

let dist: string;
let browser: Browser;

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'board-'));
  await buildPage(dist);
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser.close();
  await rm(dist, { recursive: true });
});

describe('the page', () => {
  let server: MockServer;
  let page: Page;
  /** Errors and policy violations; a test that expects some takes them out. */
  let complaints: string[];

  beforeEach(async () => {
    server = new MockServer(dist, busyDay(Date.now()));
    await server.start();
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'fr-FR' });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    complaints = [];
    page.on('console', (message) => {
      // What the browser itself writes about a refused request or a lost socket is no fault of the page.
      if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text()))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });

  afterEach(async () => {
    await page.context().close();
    await server.stop();
    expect(complaints).toEqual([]);
  });

  async function logIn(): Promise<void> {
    await page.goto(server.url);
    await page.getByLabel('Clé d’accès').fill(server.key);
    await page.keyboard.press('Enter');
    await page.getByRole('article').first().waitFor();
  }

  test('shows not a word of any call without a key, and says when a key is wrong', async () => {
    await page.goto(server.url);
    await page.getByLabel('Clé d’accès').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('n’est pas valable').waitFor();
    expect(await page.getByRole('article').count()).toBe(0);
    expect(server.hellos).toEqual([]);
  });

  test('opens the login without a word in the console', async () => {
    const words: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) words.push(message.text());
    });
    await page.goto(server.url);
    await page.getByLabel('Clé d’accès').waitFor();
    expect(words).toEqual([]);
  });

  test('shows as many tickets to handle as the figures say', async () => {
    await logIn();
    const figure = (name: string): Promise<string | null> =>
      page.locator('dl > div', { hasText: name }).locator('dd').textContent();
    const toReview = Number(await figure('Brouillons à revoir'));
    const unsettled = Number(await figure('Tickets à régler'));
    await page.getByText(`${toReview + unsettled} à traiter`).waitFor();
  });

  test('shows calls, both speakers, agents, tickets and figures after login', async () => {
    await logIn();
    const card = page.getByRole('article', { name: /Julie Marchand/ });
    await card.getByText('Menuiserie Dupré', { exact: false }).first().waitFor();
    expect(await card.locator('li[data-channel="customer"]').count()).toBe(3);
    expect(await card.locator('li[data-channel="agent"]').count()).toBe(3);
    expect(await card.locator('.tentative').textContent()).toContain('d’impression sur votre poste');
    await page.getByText('DÉMO').waitFor();
    await page.getByText('Nadia Benali').first().waitFor();
    await page.getByText('NinjaOne ne montre pas si l’envoi y est arrivé', { exact: false }).waitFor();
    const link = page.getByRole('link', { name: /Ticket nº 1042/ });
    expect(await link.getAttribute('href')).toBe('https://app.ninjarmm.com/#/ticketing/ticket/1042');
    expect(await page.title()).toBe('3CX-NinjaOne Realtime');
  });

  test('counts the callers who wait, and names a wait that is long', async () => {
    await logIn();
    const figure = page.locator('dl > div', { hasText: 'Appelants en attente' });
    expect(await figure.locator('dd').textContent()).toBe('2');
    await figure.getByText(/attente longue 2:\d\d/).waitFor();
    expect(await figure.locator('.pill').getAttribute('title')).toMatch(/^Support : 2, attente la plus longue 2:\d\d$/);
    const { system } = busyDay(Date.now());
    server.publish({
      type: 'systemChanged',
      system: { ...system, queues: [{ queue: '800', name: '', waiting: 1, oldestSinceMs: Date.now() - 5_000 }] },
    });
    await figure.getByText(/^\s*au plus 0:\d\d\s*$/).waitFor();
    server.publish({ type: 'systemChanged', system: { ...system, queues: [{ queue: '800', name: '', waiting: 0 }] } });
    await figure.locator('.pill').waitFor({ state: 'detached' });
    expect(await figure.locator('dd').textContent()).toBe('0');
    const { queues, ...withoutQueues } = system;
    expect(queues).toBeDefined();
    server.publish({ type: 'systemChanged', system: withoutQueues });
    await figure.waitFor({ state: 'detached' });
  });

  test('says of a call that its text is of the recording', async () => {
    const day = busyDay(Date.now());
    const [call] = day.calls;
    if (call === undefined) throw new Error('the busy day has calls');
    server.show({ ...day, calls: day.calls.map((other) => ({ ...other, isFromRecording: other === call })) });
    await logIn();
    const note = page.getByRole('article').getByText('d’après l’enregistrement, interlocuteurs incertains');
    await note.waitFor();
    expect(await note.count()).toBe(1);
    const speakers = page.getByRole('article').filter({ has: note }).locator('.speaker');
    expect(await speakers.filter({ hasText: 'Enregistrement' }).count()).toBe(await speakers.count());
  });

  test('shows what became of tickets, what is refused, and how old the directory is', async () => {
    server.show(followedDay(Date.now()));
    await logIn();
    const said = (subject: string): Promise<string[]> =>
      page.locator('.ticket', { hasText: subject }).locator('.status, .note, .reason').allTextContents();
    expect(await said('Nouveau poste')).toEqual(['NinjaOne : Planifié']);
    expect(await said('Écran noir')).toEqual(['NinjaOne : Terminé (résolu)']);
    expect(await said('Test de la ligne')).toEqual(['NinjaOne : Nouveau (supprimé)']);
    expect(await said('Clavier')).toEqual(['NinjaOne : Clos']);
    expect(await said('Badgeuse')).toEqual(['Refusé', 'NinjaOne a refusé un champ : site']);
    expect(await said('visioconférence')).toEqual(['En pause', 'commentaire sur le ticket nº 1017']);
    await page.locator('dl > div', { hasText: 'Tickets à régler' }).getByText('1 non confirmé').waitFor();
    await page.getByText('annuaire d’il y a 3 h').waitFor();
    await page
      .getByRole('article', { name: /Castellane/ })
      .getByText('Derniers chiffres seulement')
      .waitFor();
    await page
      .getByRole('article', { name: /\+33140506070/ })
      .getByText('Hôtel Bellevue · Numéro de l’organisation')
      .waitFor();
  });

  test('grows a transcript and puts the final text in the place of the provisional one', async () => {
    await logIn();
    const base = busyDay(Date.now()).utterances[5];
    if (base === undefined) throw new Error('the busy day has utterances');
    const text = 'Très bien, je regarde le service d’impression depuis ici.';
    server.publish({
      type: 'utteranceChanged',
      utterance: {
        ...base,
        revision: 3,
        isFinal: true,
        isProvisional: false,
        stableBytes: Buffer.byteLength(text),
        text,
      },
    });
    const card = page.getByRole('article', { name: /Julie Marchand/ });
    await card.getByText(text).waitFor();
    expect(await card.locator('li').count()).toBe(6);
    expect(await card.locator('.tentative').count()).toBe(0);
  });

  test('tells by pointer, keyboard and screen reader what was heard in place of a corrected name', async () => {
    await logIn();
    const base = busyDay(Date.now()).utterances[5];
    if (base === undefined) throw new Error('the busy day has utterances');
    const text = 'Nordconfort à l’appareil.';
    server.publish({
      type: 'utteranceChanged',
      utterance: {
        ...base,
        revision: 3,
        isFinal: true,
        isProvisional: false,
        stableBytes: Buffer.byteLength(text),
        text,
        corrections: [{ at: 0, length: 11, heard: 'nord confor' }],
      },
    });
    const card = page.getByRole('article', { name: /Julie Marchand/ });
    const corrected = card.getByRole('button', { name: 'Nordconfort (entendu : « nord confor »)' });
    await corrected.waitFor();
    expect(await corrected.getAttribute('title')).toBe('entendu : « nord confor »');
    expect(await corrected.locator('..').innerText()).toBe(text);
    const shownBehind = () => corrected.evaluate((word) => getComputedStyle(word, '::after').content);
    expect(await shownBehind()).toBe('none');
    await card.getByRole('log').focus();
    await page.keyboard.press('Tab');
    expect(await shownBehind()).toBe('" (entendu : « nord confor »)"');
  });

  test.each([
    {
      language: 'French',
      scheme: 'dark',
      shown: 'écho −12 dB',
      hint: 'Le micro du technicien capte la voix du client (−12 dB)',
    },
    {
      language: 'English',
      scheme: 'light',
      shown: 'echo −12 dB',
      hint: 'The technician’s microphone hears the customer (−12 dB)',
    },
  ] as const)('shows in $language, $scheme, that a microphone hears the customer', async (row) => {
    await page.emulateMedia({ colorScheme: row.scheme });
    await logIn();
    if (row.language === 'English') await page.getByRole('button', { name: 'English' }).click();
    const base = busyDay(Date.now()).calls[0];
    if (base === undefined) throw new Error('the busy day has calls');
    const card = page.getByRole('article', { name: /Julie Marchand/ });
    const sign = card.locator('.pill', { hasText: row.shown });
    expect(await sign.count()).toBe(0);
    server.publish({ type: 'callChanged', call: { ...base, echo: { attenuationDb: 12, delayMs: 150 } } });
    await sign.waitFor();
    expect(await sign.getAttribute('title')).toContain(row.hint);
    const spoken = sign.locator(':scope > span:not([aria-hidden])');
    expect(await spoken.allTextContents()).toEqual([await sign.getAttribute('title')]);
    expect(await page.locator('html').getAttribute('data-theme')).toBe(row.scheme);
    const colours = await sign.evaluate((element) => {
      const { color, backgroundColor } = getComputedStyle(element);
      return [color, backgroundColor];
    });
    expect(colours).toEqual(
      row.scheme === 'dark' ? ['rgb(248, 195, 92)', 'rgb(59, 44, 12)'] : ['rgb(143, 83, 0)', 'rgb(255, 240, 212)'],
    );
    server.publish({ type: 'callChanged', call: base });
    await sign.waitFor({ state: 'detached' });
  });

  test.each([
    {
      language: 'French',
      width: 1920,
      mood: 'Satisfait',
      trend: 's’améliore',
      alert: 'Veut résilier',
      topic: 'Réseau et VPN',
    },
    {
      language: 'English',
      width: 1920,
      mood: 'Happy',
      trend: 'getting better',
      alert: 'Wants to cancel',
      topic: 'Network and VPN',
    },
    { language: 'English', width: 390, mood: 'Happy', trend: 'getting better', alert: 'Wants to cancel', topic: null },
  ])('shows in $language at $width pixels what a call is about, and moves nothing for it', async (row) => {
    await page.setViewportSize({ width: row.width, height: 1080 });
    const base = busyDay(Date.now()).calls[0];
    if (base === undefined) throw new Error('the busy day has calls');
    const quiet = { ...base };
    delete quiet.insight;
    server.show({ ...busyDay(Date.now()), calls: [quiet] });
    await logIn();
    if (row.language === 'English') await page.getByRole('button', { name: 'English' }).click();
    const card = page.getByRole('article', { name: /Julie Marchand/ });
    const before = await card.getByRole('log').boundingBox();
    const alerts = [{ rule: 'cancellation', text: '', utteranceId: 'customer-0019200', atMs: 19_200 }];
    server.publish({
      type: 'callChanged',
      call: { ...quiet, insight: { mood: 'positive', trend: 'rising', topic: 'network_vpn', alerts } },
    });
    await card.getByText(row.alert).waitFor();
    const line = card.getByRole('group');
    expect((await line.textContent())?.replace(/\s+/g, ' ')).toContain(`${row.mood} ${row.trend}`);
    if (row.topic !== null) await line.getByText(row.topic).waitFor();
    expect(await card.getByRole('log').boundingBox()).toEqual(before);
  });

  test('shows no echo of a call that is over', async () => {
    const day = busyDay(Date.now());
    server.show({ ...day, calls: day.calls.map((call) => ({ ...call, echo: { attenuationDb: 9, delayMs: 80 } })) });
    await logIn();
    await page
      .getByRole('article', { name: /Julie Marchand/ })
      .getByText('écho −9 dB')
      .waitFor();
    const ended = page.getByRole('article', { name: /Sophie Weber/ });
    await ended.waitFor();
    expect(await ended.getByText('écho').count()).toBe(0);
  });

  test('says when the connection is lost and comes back where it was', async () => {
    await logIn();
    server.publish(eventBody('agent_changed'));
    await server.stop();
    await page.getByText('Connexion au serveur perdue', { exact: false }).waitFor();
    server.publish(eventBody('system_changed'));
    await server.start();
    await page.getByText('en panne').waitFor();
    await page.getByText('Connexion au serveur perdue', { exact: false }).waitFor({ state: 'detached' });
    expect(server.hellos.at(-1)?.lastEvent).toEqual({ epoch: 'e-1', sequence: 11 });
  });

  test('asks for a snapshot when an event is missing', async () => {
    await logIn();
    server.swallow({ calls: [], utterances: [] });
    server.publish(eventBody('agent_changed'));
    await page.getByText('Aucun appel en cours').waitFor();
    expect(server.hellos).toHaveLength(2);
  });

  test('returns to the login, empty, when the session ends', async () => {
    await logIn();
    server.endSessions();
    await page.getByText('La session a pris fin', { exact: false }).waitFor();
    expect(await page.getByRole('article').count()).toBe(0);
  });

  test('logs out, and switches language and theme, by keyboard', async () => {
    await logIn();
    await page.getByRole('button', { name: 'English' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Technicians' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('Access key').waitFor();
  });

  test.each([
    { name: 'a full HD wall', width: 1920, height: 1080 },
    { name: 'a 4K wall', width: 3840, height: 2160 },
  ])('fits $name without scrolling', async ({ width, height }) => {
    await page.setViewportSize({ width, height });
    await logIn();
    const overflow = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.documentElement.scrollHeight - innerHeight,
    ]);
    expect(overflow).toEqual([0, 0]);
    const size = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
    expect(size).toBeCloseTo(width / 120, 0);
    // All figures in one row, and no note over a figure or out of its panel.
    const panels = await page.locator('dl > div').evaluateAll((divs) =>
      divs.map((div) => ({
        top: div.getBoundingClientRect().top,
        isCut: div.scrollWidth > div.clientWidth || div.scrollHeight > div.clientHeight,
        overlaps: [...div.querySelectorAll('.pill')].some((pill) => {
          const number = document.createRange();
          number.selectNodeContents(div.querySelector('dd') ?? div);
          return pill.getBoundingClientRect().left < number.getBoundingClientRect().right;
        }),
      })),
    );
    expect(panels).toHaveLength(6);
    expect(new Set(panels.map(({ top }) => top)).size).toBe(1);
    expect(panels.filter(({ isCut, overlaps }) => isCut || overlaps)).toEqual([]);
  });

  test.each([
    { name: 'a full HD wall', width: 1920, height: 1080 },
    { name: 'a 4K wall', width: 3840, height: 2160 },
    { name: 'a small wall', width: 1280, height: 720 },
  ])('on a crowded day counts on $name what it has no room for', async ({ width, height }) => {
    await page.setViewportSize({ width, height });
    const day = crowdedDay(Date.now());
    server.show(day);
    await logIn();
    const rest = page.getByRole('heading', { name: /autres appels/ });
    await rest.waitFor();
    const cards = await page.getByRole('article').count();
    expect(cards).toBeGreaterThanOrEqual(3);
    expect(await rest.textContent()).toBe(`${day.calls.length - cards} autres appels`);
    // Nothing but a transcript, which rolls by itself, is larger than its place.
    const tooLarge = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('html, body, main, section, aside, article, .frame, button')]
        .filter((element) => element.getClientRects().length > 0)
        .filter(
          ({ scrollHeight, clientHeight, className }) => scrollHeight > clientHeight + 1 && className !== 'transcript',
        )
        .map((element) => `${element.tagName} ${element.className}`),
    );
    expect(tooLarge.filter((what) => !what.startsWith('SECTION calls'))).toEqual([]);
    const more = page.locator('aside').getByRole('button', { name: /^\+\d+ autres/ });
    await more.last().waitFor();
    const shown = await page
      .locator('.ticket:visible')
      .evaluateAll((tickets) => tickets.filter((ticket) => getComputedStyle(ticket).visibility === 'visible').length);
    expect(await more.last().textContent()).toBe(`+${day.drafts.length - shown} autres`);
  });

  test('opens by keyboard the list that a wall cuts', async () => {
    server.show(crowdedDay(Date.now()));
    await logIn();
    const more = page
      .locator('aside')
      .getByRole('button', { name: /^\+\d+ autres/ })
      .last();
    await more.focus();
    await page.keyboard.press('Enter');
    const last = page.locator('.ticket').last();
    expect(await last.evaluate((ticket) => getComputedStyle(ticket).visibility)).toBe('visible');
    await page.getByRole('button', { name: 'Réduire' }).press('Enter');
    await more.waitFor();
  });

  test('gives the place of an ended call back after a minute; its draft stays in the list', async () => {
    const now = Date.now();
    const day = busyDay(now);
    const calls = day.calls.map((call) => (call.callId === 'call-3' ? { ...call, endedAtMs: now - 58_000 } : call));
    server.show({ ...day, calls });
    await logIn();
    const card = page.getByRole('article', { name: /Sophie Weber/ });
    await card.waitFor();
    await card.waitFor({ state: 'detached' });
    await page.locator('.ticket').getByText('Mot de passe de messagerie expiré').waitFor();
  });

  test('scrolls in one direction only on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await logIn();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });

  test('does not move for those who asked for stillness', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await logIn();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
});
