import { expect, test } from 'vitest';
import { pickLanguage, textsFor } from '../../src/i18n';

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
