import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { pickLanguage, textsFor, type Texts } from '../../src/i18n';

test.each([
  { stored: null, preferred: ['fr-FR', 'en'], language: 'fr' },
  { stored: null, preferred: ['de', 'en-US'], language: 'en' },
  { stored: null, preferred: ['de'], language: 'fr' },
  { stored: null, preferred: [], language: 'fr' },
  { stored: 'en', preferred: ['fr'], language: 'en' },
  { stored: 'xx', preferred: ['en'], language: 'en' },
])('$stored and $preferred give $language', ({ stored, preferred, language }) => {
  expect(pickLanguage(stored, preferred)).toBe(language);
});

/** "figures.title" and so on, for every text. */
function paths(texts: object, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? paths(value, `${prefix}${key}.`) : [prefix + key],
  );
}

test('both languages have the same texts', () => {
  expect(paths(textsFor('en')).sort()).toEqual(paths(textsFor('fr')).sort());
});

const shared = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url)), 'utf8');

/** The values of an enumeration in its schema. */
function valuesOf(schema: string): readonly string[] {
  return (JSON.parse(shared(`schema/${schema}.schema.json`)) as { enum: string[] }).enum;
}

/** The code words of one list in shared/protocol/codes.hpp, as they stand in JSON. */
function codesOf(list: string): readonly string[] {
  const described = new RegExp(`BOOST_DESCRIBE_ENUM\\(${list},([^)]*)\\)`).exec(shared('protocol/codes.hpp'));
  if (described?.[1] === undefined) throw new Error(`codes.hpp has no list ${list}`);
  return described[1].split(',').map((word) => word.trim().replace(/^./, (first) => first.toLowerCase()));
}

describe.each(['fr', 'en'] as const)('in %s', (language) => {
  const texts = textsFor(language);

  test.each<{ what: string; values: readonly string[]; words: (of: Texts) => object; silent?: string }>([
    { what: 'directions', values: valuesOf('direction'), words: (of) => of.calls.direction },
    { what: 'states of calls', values: valuesOf('call_state'), words: (of) => of.calls.state },
    { what: 'stages of calls', values: valuesOf('call_stage'), words: (of) => of.calls.stage },
    { what: 'recordings', values: valuesOf('recording'), words: (of) => of.calls.recording },
    {
      what: 'matches of callers',
      values: valuesOf('caller_match_state'),
      words: (of) => of.calls.match,
      silent: 'one',
    },
    { what: 'presences', values: valuesOf('presence'), words: (of) => of.agents.presence },
    { what: 'states of links', values: valuesOf('link_state'), words: (of) => of.links },
    { what: 'categories', values: valuesOf('category'), words: (of) => of.categories },
    { what: 'moods', values: valuesOf('sentiment'), words: (of) => of.calls.mood },
    { what: 'trends of moods', values: valuesOf('mood_trend'), words: (of) => of.calls.trend },
    { what: 'priorities', values: valuesOf('priority'), words: (of) => of.tickets.priority },
    { what: 'reasons to hold a draft', values: codesOf('HeldReason'), words: (of) => of.tickets.held },
    { what: 'faults of fields', values: codesOf('FieldFault'), words: (of) => of.tickets.fault },
    { what: 'problems of deliveries', values: codesOf('DeliveryProblem'), words: (of) => of.tickets.problem },
  ])('all $what have words', ({ values, words, silent }) => {
    const known = words(texts) as Record<string, unknown>;
    expect(values.length).toBeGreaterThan(1);
    expect(values.filter((value) => value !== silent && (known[value] ?? '') === '')).toEqual([]);
  });
});
