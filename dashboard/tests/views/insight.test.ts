import { expect, test } from 'vitest';
import { textsFor } from '../../src/i18n';
import type { CallAlert, CallInsight } from '../../src/protocol';
import { alertText, shownAlerts, topicText } from '../../src/views/insight';

const alert = (rule: string, text = ''): CallAlert => ({ rule, text, utteranceId: 'c-1', atMs: 1000 });
const insight = (change: Partial<CallInsight>): CallInsight => ({
  mood: 'neutral',
  trend: 'steady',
  alerts: [],
  ...change,
});

test.each<{ what: string; change: Partial<CallInsight>; french: string; english: string }>([
  { what: 'not known yet', change: {}, french: '', english: '' },
  { what: 'a category', change: { topic: 'network_vpn' }, french: 'Réseau et VPN', english: 'Network and VPN' },
  {
    what: 'the company’s own',
    change: { topic: 'software_application', customTopic: 'erp_sage' },
    french: 'Logiciel · erp_sage',
    english: 'Software · erp_sage',
  },
])('a topic that is $what', ({ change, french, english }) => {
  expect(topicText(insight(change), textsFor('fr'))).toBe(french);
  expect(topicText(insight(change), textsFor('en'))).toBe(english);
});

test.each([
  { what: 'a built-in rule', of: alert('cancellation'), words: 'Wants to cancel' },
  { what: 'a rule with words of its own', of: alert('cancellation', 'Call the boss'), words: 'Call the boss' },
  { what: 'a rule without any', of: alert('blue_screen'), words: 'blue_screen' },
])('an alert of $what', ({ of, words }) => {
  expect(alertText(of, textsFor('en'))).toBe(words);
});

test.each([
  { count: 0, shown: [], others: 0 },
  { count: 1, shown: ['rule0'], others: 0 },
  { count: 2, shown: ['rule1', 'rule0'], others: 0 },
  { count: 4, shown: ['rule3', 'rule2'], others: 2 },
])('of $count alerts the latest are shown', ({ count, shown, others }) => {
  const all = Array.from({ length: count }, (_, index) => alert(`rule${String(index)}`));
  const result = shownAlerts(all, 2);
  expect(result.shown.map(({ rule }) => rule)).toEqual(shown);
  expect(result.others).toBe(others);
});
