import { expect, test } from 'vitest';
import { decodeServerMessage } from '../../src/connection/decode';
import { applyMessage, emptyBoard } from '../../src/state/board_state';
import { agentList } from '../../src/state/selectors';
import { snapshot } from '../goldens';

test('a presence of a newer server is away, in a snapshot and in an event', () => {
  const text = JSON.stringify(snapshot()).replace(/"presence":"[a-zA-Z]+"/g, '"presence":"onTheMoon"');
  const decoded = decodeServerMessage(text);
  if (!decoded.ok || decoded.message.type !== 'snapshot') throw new Error('the snapshot is refused');
  const board = applyMessage(emptyBoard, decoded.message, 0);
  expect(agentList(board).length).toBeGreaterThan(0);
  expect(new Set(agentList(board).map(({ presence }) => presence))).toEqual(new Set(['away']));

  const [agent] = decoded.message.agents;
  if (agent === undefined) throw new Error('the golden snapshot has agents');
  const event = decodeServerMessage(
    JSON.stringify({
      type: 'event',
      sequence: snapshot().sequence + 1,
      event: { type: 'agentChanged', agent: { ...agent, extension: '299', presence: 'toString' } },
    }),
  );
  if (!event.ok) throw new Error(event.problem);
  expect(applyMessage(board, event.message, 0).agents.get('299')?.presence).toBe('away');
});

test('a presence that is no word is refused', () => {
  const text = JSON.stringify(snapshot()).replace(/"presence":"[a-zA-Z]+"/g, '"presence":7');
  expect(decodeServerMessage(text).ok).toBe(false);
});
