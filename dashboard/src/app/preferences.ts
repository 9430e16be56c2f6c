import { pickLanguage, type Language } from '../i18n';
import type { Theme } from '../views/contracts';

const themeKey = 'theme';
const languageKey = 'language';

/** Storage may be switched off in a browser; the choice then lasts as long as the page. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // see `stored`
  }
}

export function loadLanguage(): Language {
  return pickLanguage(stored(languageKey), navigator.languages);
}

export function useLanguage(language: Language): void {
  document.documentElement.lang = language;
}

export function saveLanguage(language: Language): void {
  store(languageKey, language);
  useLanguage(language);
}

export function loadTheme(): Theme {
  const theme = stored(themeKey);
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

export function useTheme(theme: Theme): void {
  const isDark = theme === 'dark' || (theme === 'system' && prefersDark.matches);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}

export function saveTheme(theme: Theme): void {
  store(themeKey, theme);
  useTheme(theme);
}

/** The system went from day to night. */
export function onSystemTheme(changed: () => void): void {
  prefersDark.addEventListener('change', changed);
}

export function nextTheme(theme: Theme): Theme {
  return theme === 'system' ? 'light' : theme === 'light' ? 'dark' : 'system';
}
