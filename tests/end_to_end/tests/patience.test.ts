import { setTimeout as pass } from 'node:timers/promises';
import { describe, test } from 'vitest';
import { sample } from '../src/samples';
import { Site, type SiteOptions } from '../src/site';

const printer = sample('02-imprimante');

function call(durationS: number) {
  return {
    calls: [
      {
        extension: '201',
        callerNumber: printer.callerNumber,
        callerName: printer.script.expected.ticket.customer,
        ringS: 1,
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

// Both take as long as what they are about, so side by side.
describe.concurrent('As long as it is shipped to take', () => {
  test('the countdown of 15 seconds makes one ticket at zero', ({ expect }) =>
    onSite({ config: { ticket: undefined } }, async (site) => {
      const agent = await site.startAgent('201', { play: printer.audio });
      await site.call(call(20));
      const counting = await agent.draft('countdown', ({ state }) => state === 'counting');
      expect(counting).toMatchObject({ isAutomatic: true, countdownTotalMs: 15_000 });
      expect((await site.ninjaState()).tickets).toEqual([]);
      const confirmed = await agent.draft('zero', ({ state }) => state === 'confirmed');
      // Of the server's clock alone; a busy machine makes it more.
      expect(confirmed.changedAtMs - counting.changedAtMs).toBeGreaterThanOrEqual(14_900);
      const created = await agent.draft('ticket', ({ delivery }) => delivery.state === 'created');
      const { tickets } = await site.ninjaState();
      expect(tickets.map((ticket) => ticket.id)).toEqual([created.delivery.ticketId]);
    }));

  test('an agent that was idle for 40 seconds has its link and its call', ({ expect }) =>
    onSite({}, async (site) => {
      const agent = await site.startAgent('201', { play: printer.audio });
      await pass(40_000); // longer than every time limit of a connection
      await site.call(call(15));
      await agent.event('text', ({ utterance }) => utterance?.isFinal === true);
      expect(agent.linkEvents()).toEqual(['connected']);
    }));
});
