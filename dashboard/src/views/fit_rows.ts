import type { Attachment } from 'svelte/attachments';

/** What stands below the rows that fit takes as much, in rem. */
const footRem = 2.25;

/** Hides the rows of a list that lie beyond its height, and says how many they are. Their places stay: nothing jumps. */
export function fitRows(onHidden: (count: number) => void): Attachment<HTMLElement> {
  return (list) => {
    const measure = (): void => {
      const rows = [...list.children].filter((row) => row instanceof HTMLElement);
      const top = list.getBoundingClientRect().top;
      const bottomOf = (row: HTMLElement): number => row.getBoundingClientRect().bottom - top;
      const foot = footRem * parseFloat(getComputedStyle(document.documentElement).fontSize);
      const tolerance = 1;
      const fits = rows.every((row) => bottomOf(row) <= list.clientHeight + tolerance);
      const room = list.clientHeight + tolerance - (fits ? 0 : foot);
      let hidden = 0;
      for (const row of rows) {
        const isHidden = bottomOf(row) > room;
        row.style.visibility = isHidden ? 'hidden' : '';
        if (isHidden) hidden += 1;
      }
      onHidden(hidden);
    };
    const changes = new MutationObserver(measure);
    changes.observe(list, { childList: true, characterData: true, subtree: true });
    const sizes = new ResizeObserver(measure);
    sizes.observe(list);
    measure();
    return () => {
      changes.disconnect();
      sizes.disconnect();
      for (const row of list.children) if (row instanceof HTMLElement) row.style.visibility = '';
      onHidden(0);
    };
  };
}
