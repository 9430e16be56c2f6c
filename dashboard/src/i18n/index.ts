import { en } from './en';
import { fr, type Texts } from './fr';

export type { Texts } from './fr';
export type Language = 'fr' | 'en';

const texts: Record<Language, Texts> = { fr, en };

export function textsFor(language: Language): Texts {
  return texts[language];
}

/** The stored choice, or the first of the browser's languages that we speak; French otherwise. */
export function pickLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (stored === 'fr' || stored === 'en') return stored;
  for (const tag of preferred) {
    const language = tag.slice(0, 2).toLowerCase();
    if (language === 'fr' || language === 'en') return language;
  }
  return 'fr';
}
