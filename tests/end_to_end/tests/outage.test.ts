import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sample } from '../src/samples';
import { Site } from '../src/site';
import { until } from '../src/wait';
import { expectOneTicket, expectWholeText } from '../src/whole_call';

const printer = sample('02-imprimante');

test('A server that is killed in mid-call and away for 25 seconds has the whole call afterwards', async () => {
  const site = await Site.start();
  try {
    const agent = await site.startAgent('201', { play: printer.audio });
    await site.call({
      calls: [
        {
          extension: '201',
          callerNumber: printer.callerNumber,
          callerName: printer.script.expected.ticket.customer,
          ringS: 1,
          audio: 'samples/calls/02-imprimante.flac',
        },
      ],
    });
    await until('some final text', () => agent.finals().length >= 2);
    await site.killServer();
    const waiting = await agent.event('word of what waits', ({ event }) => event === 'undelivered');
    expect(waiting.isRecording).toBe(true);
    await pass(25_000);
    await site.startServer();
    await agent.event('delivery', ({ event }) => event === 'caughtUp', 30_000);
    await expectOneTicket(site, agent);
    expectWholeText(agent, printer);
  } finally {
    await site.stop();
  }
});
