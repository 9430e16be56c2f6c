import { setTimeout as pass } from 'node:timers/promises';
import { describe, test } from 'vitest';
import type { Agent } from '../src/agent';
import { healthOf, stateOf } from '../src/board';
import { KeptJournal, faultsOf } from '../src/journal';
import { sample } from '../src/samples';
import { Site, type SiteOptions } from '../src/site';
import { SmallDisk } from '../src/small_disk';
import { until } from '../src/wait';
import { expectOneTicket, expectWholeText } from '../src/whole_call';

const printer = sample('02-imprimante');
const callOf = (more: { durationS?: number } = {}) => ({
  calls: [
    {
      extension: '201',
      callerNumber: printer.callerNumber,
      callerName: printer.script.expected.ticket.customer,
      ringS: 1,
      audio: 'samples/calls/02-imprimante.flac',
      ...more,
    },
  ],
});

/** What the agent was told of the server's disk, in order. */
const storageOf = (agent: Agent) =>
  agent
    .said()
    .filter(({ line }) => line.event === 'serverStorage')
    .map(({ line }) => line.problem);

async function onSite(
  disk: SmallDisk,
  options: SiteOptions,
  use: (site: Site) => Promise<void>,
): Promise<void> {
  try {
    const site = await Site.start(options);
    try {
      await use(site);
    } finally {
      await site.stop();
    }
  } finally {
    disk.remove();
  }
}

const toldAgent = (agent: Agent, problem: string | null) =>
  agent.event(`'${problem}'`, (line) => line.event === 'serverStorage' && line.problem === problem);
const toldBoards = (site: Site, problem: string | undefined) =>
  until(`'${problem}' on the dashboard`, async () => (await stateOf(site)).system.storageProblem === problem);
const health = (site: Site, status: string) =>
  until(status, async () => (await healthOf(site)).status === status);
const journalOf = async (site: Site, agent: Agent) => {
  const { call } = await agent.event('call', (line) => line.call?.state === 'connected');
  return KeptJournal.of(site, call?.callId ?? '');
};

// Each takes as long as its call, so side by side.
describe.concurrent('A full disk', () => {
  test('of the server in mid-call is told, and all of the call is text once there is room', ({ expect }) => {
    const disk = new SmallDisk(48);
    return onSite(disk, { data: disk.inside('data') }, async (site) => {
      const agent = await site.startAgent('201', { play: printer.audio });
      await site.call(callOf());
      const journal = await journalOf(site, agent);
      await until('text', () => agent.finals().length >= 2);

      disk.fill();
      await toldAgent(agent, 'audioNotStored');
      await toldBoards(site, 'audioNotStored');
      await health(site, 'degraded');
      await pass(10_000);
      expect(storageOf(agent)).toEqual(['audioNotStored']);
      const texts = agent.finals().length;

      disk.free();
      await toldAgent(agent, null);
      await until('text after it', () => agent.finals().length > texts);
      await expectOneTicket(site, agent);
      await toldBoards(site, undefined);
      await health(site, 'ok');
      expect(agent.linkEvents()).toEqual(['connected']);
      expect(faultsOf(journal.frames('agent'))).toEqual([]);
      expect(faultsOf(journal.frames('customer'))).toEqual([]);
      expectWholeText(agent, printer);
    });
  });

  test("of the server at 'confirm' is told, and makes one ticket once there is room", ({ expect }) => {
    const disk = new SmallDisk(48);
    const options = { data: disk.inside('data'), config: { ticket: { auto: false } } };
    return onSite(disk, options, async (site) => {
      const agent = await site.startAgent('201', { play: printer.audio });
      await site.call(callOf({ durationS: 12 }));
      await agent.draft('draft', ({ state }) => state === 'inbox');

      disk.fill();
      agent.say('confirm');
      await toldAgent(agent, 'databaseNotWritten');
      await toldBoards(site, 'databaseNotWritten');
      await health(site, 'degraded');
      expect((await site.ninjaState()).tickets).toEqual([]);

      disk.free();
      await toldAgent(agent, null);
      await expectOneTicket(site, agent);
      await toldBoards(site, undefined);
      await health(site, 'ok');
    });
  });

  test('of the PC is told, and costs no word though the server is away for a while', ({ expect }) => {
    const disk = new SmallDisk(3);
    return onSite(disk, {}, async (site) => {
      const agent = await site.startAgent('201', {
        play: printer.audio,
        home: disk.inside('agent'),
        config: { spool: { minFreeMegabytes: 0 } },
      });
      await site.call(callOf({ durationS: 90 }));
      const journal = await journalOf(site, agent);
      await until('text', () => agent.finals().length >= 1);

      disk.fill();
      await agent.event('word of it', ({ event, code }) => event === 'problem' && code === 'spool');
      const texts = agent.finals().length;
      await until('text that goes on', () => agent.finals().length > texts);
      await site.killServer();
      await agent.event('word of what waits', ({ event }) => event === 'undelivered');
      await pass(8_000);
      await site.startServer();
      await agent.event('delivery', ({ event }) => event === 'caughtUp', 30_000);

      disk.free();
      await agent.event('end of it', ({ event }) => event === 'diskWell');
      await expectOneTicket(site, agent);
      expect(faultsOf(journal.frames('agent'))).toEqual([]);
      expect(faultsOf(journal.frames('customer'))).toEqual([]);
      expectWholeText(agent, printer);
    });
  });
});
