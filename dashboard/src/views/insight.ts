import type { Texts } from '../i18n';
import type { CallAlert, CallInsight } from '../protocol';

/** The topic so far; a company's own stands beside the category it is within. Empty: none yet. */
export function topicText({ topic, customTopic }: CallInsight, texts: Texts): string {
  const category = topic === undefined ? '' : texts.categories[topic];
  return [category, customTopic ?? ''].filter((part) => part !== '').join(' · ');
}

/** In the words of the configuration, in ours for a rule we know, else by its name. */
export function alertText({ rule, text }: CallAlert, texts: Texts): string {
  return text || (texts.calls.alert[rule] ?? rule);
}

/** The latest come first, since an older one gives way where there is no room. */
export function shownAlerts(alerts: readonly CallAlert[], room: number): { shown: CallAlert[]; others: number } {
  const shown = alerts.slice(-room).reverse();
  return { shown, others: alerts.length - shown.length };
}
