import { expect, test } from 'vitest';
import { age, duration, lag } from '../../src/state/time';

test.each([
  { ms: -5, text: '0:00' },
  { ms: 999, text: '0:00' },
  { ms: 65_000, text: '1:05' },
  { ms: 3_600_000, text: '1:00:00' },
  { ms: 45_296_000, text: '12:34:56' },
])('$ms ms is $text', ({ ms, text }) => {
  expect(duration(ms)).toBe(text);
});

test('a lag is written in the reader’s language', () => {
  expect(lag(840, 'fr-FR')).toBe('0,8 s');
  expect(lag(4200, 'en-GB')).toBe('4.2 s');
});

test.each([
  { ms: 3_600_000, text: '1 h' },
  { ms: 47.9 * 3_600_000, text: '47 h' },
  { ms: 48 * 3_600_000, text: '2 d' },
  { ms: -1, text: '0 h' },
])('$ms ms is an age of $text', ({ ms, text }) => {
  expect(age(ms, { hours: (count) => `${count} h`, days: (count) => `${count} d` })).toBe(text);
});
