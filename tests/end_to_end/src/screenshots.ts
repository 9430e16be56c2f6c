// Pictures of the dashboard for the documents, from the real programs and the six sample calls: two have become
// tickets, three are spoken, one rings. `make screenshots` writes them to docs/images.
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { openBrowser } from './browser';
import type { Agent } from './agent';
import { repository } from './program';
import { samples } from './samples';
import { Site } from './site';
import { until } from './wait';

const folder = path.resolve(repository, process.argv[2] ?? 'docs/images');
const sizes = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 390, height: 844 },
];
/** The dark pictures stand in the documents under the plain name. */
const looks = [
  { scheme: 'dark', suffix: '' },
  { scheme: 'light', suffix: '-light' },
] as const;
const linesToShow = 5;
const spoken = [3, 4, 5];

const names = [
  'Julien Bernard',
  'Sophie Lambert',
  'Karim Haddad',
  'Camille Marchand',
  'Laura Petit',
  'Nicolas Faure',
];
const technicians = Object.fromEntries(names.map((name, index) => [`${201 + index}`, { name }]));

function call(index: number, ringS: number) {
  const sample = samples[index];
  if (!sample) throw new Error(`no sample call ${index}`);
  return {
    extension: `${201 + index}`,
    callerNumber: sample.callerNumber,
    callerName: sample.script.expected.ticket.customer,
    ringS,
    audio: `samples/calls/${sample.name}.flac`,
  };
}

async function takePictures(site: Site): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser();
  try {
    for (const { scheme, suffix } of looks)
      for (const { width, height } of sizes) {
        const page = await browser.newPage({
          viewport: { width, height },
          colorScheme: scheme,
          locale: 'fr-FR',
          reducedMotion: 'reduce',
        });
        await page.goto(site.url);
        await page.locator('#key').fill(site.apiKey);
        await page.keyboard.press('Enter');
        await page.locator('article li').first().waitFor();
        const file = path.join(folder, `dashboard-${width}x${height}${suffix}.png`);
        await page.screenshot({ path: file });
        await page.close();
        console.error(`${path.relative(repository, file)}: ${Math.ceil(statSync(file).size / 1024)} KB`);
      }
  } finally {
    await browser.close();
  }
}

const site = await Site.start({ config: { technicians } });
try {
  const agents: Agent[] = [];
  for (const [index, sample] of samples.entries())
    agents.push(await site.startAgent(`${201 + index}`, { play: sample.audio }));
  console.error('Two calls until their tickets are created (a minute and a half) …');
  await site.call({ calls: [call(0, 1), call(1, 1)] });
  await Promise.all(
    agents
      .slice(0, 2)
      .map((agent) => agent.draft('ticket', ({ delivery }) => delivery.state === 'created', 240_000)),
  );
  console.error('Three more calls until there is something to read …');
  await site.call({
    calls: [...spoken.map((index) => call(index, 1)), { ...call(2, 120), at: 15, variant: 'missed' }],
  });
  await until(
    'three transcripts',
    () => spoken.every((index) => (agents[index]?.finals().length ?? 0) >= linesToShow),
    120_000,
  );
  await until('a call that rings', async () =>
    (await site.pbxState()).calls.some(({ state }) => state === 'ringing'),
  );
  await takePictures(site);
} finally {
  await site.stop();
}
