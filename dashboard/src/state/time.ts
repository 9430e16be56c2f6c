/** "3:05", "1:02:07"; never negative. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** In whole hours, from two days on in whole days. */
export function age(
  ms: number,
  texts: { readonly hours: (count: number) => string; readonly days: (count: number) => string },
): string {
  const hours = Math.max(0, Math.floor(ms / 3_600_000));
  return hours < 48 ? texts.hours(hours) : texts.days(Math.floor(hours / 24));
}

/** "0,8 s" or "0.8 s". */
export function lag(ms: number, locale: string): string {
  const seconds = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    ms / 1000,
  );
  return `${seconds} s`;
}

export function clockTime(ms: number, locale: string, withSeconds = false): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds ? { second: '2-digit' } : {}),
  }).format(ms);
}
