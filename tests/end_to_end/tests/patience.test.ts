import { describe, expect, test } from 'vitest';
import { sample } from '../src/samples';
import { Site, type SiteOptions } from '../src/site';

const printer = sample('02-imprimante');
const ringS = 1;
const countdownMs = 15_000;
// Of what a connection of the server or the agent is given for anything, the longest: a request to the server.
const longestLimitMs = 30_000;

function call(durationS: number) {
  return {
    calls: [
      {
        extension: '201',
        callerNumber: printer.callerNumber,
        callerName: printer.script.expected.ticket.customer,
        ringS,
        durationS,
        audio: 'samples/calls/02-imprimante.flac',
      },
    ],
  };
}

async function onSite(options: SiteOptions, use: (site: Site) => Promise<void>): Promise<void> {
  const site = await Site.start(options);
  try {
    await use(site);
  } finally {
    await site.stop();
  }
}

async function oneTicketAtZero(site: Site, durationS: number): Promise<void> {
  const agent = await site.startAgent('201', { play: printer.audio });
  await site.call(call(durationS));
  const counting = await agent.draft('countdown', ({ state }) => state === 'counting');
  expect(counting).toMatchObject({ isAutomatic: true, countdownTotalMs: countdownMs });
  expect((await site.ninjaState()).tickets).toEqual([]);
  const confirmed = await agent.draft('zero', ({ state }) => state === 'confirmed');
  // Of the server's clock alone; a busy machine makes it more.
  expect(confirmed.changedAtMs - counting.changedAtMs).toBeGreaterThanOrEqual(countdownMs - 100);
  const created = await agent.draft('ticket', ({ delivery }) => delivery.state === 'created');
  const { tickets } = await site.ninjaState();
  expect(tickets.map((ticket) => ticket.id)).toEqual([created.delivery.ticketId]);
}

describe('As long as it is shipped to take', () => {
  test(
    'the countdown of 15 seconds makes one ticket at zero; who was idle meanwhile has its link and its call',
    () =>
      onSite({}, async (quiet) => {
        const idle = await quiet.startAgent('201', { play: printer.audio });
        const idleSince = performance.now();
        // On a site of its own, so that the idle agent's server has nothing to tell it. The call and the countdown
        // take longer together than any limit: nobody needs to wait for that alone.
        await onSite({ config: { ticket: undefined } }, (busy) => oneTicketAtZero(busy, 20));
        expect(performance.now() - idleSince).toBeGreaterThan(longestLimitMs);
        await quiet.call(call(15));
        await idle.event('text', ({ utterance }) => utterance?.isFinal === true);
        expect(idle.linkEvents()).toEqual(['connected']);
      }),
    360_000,
  );
});
