import type { Attachment } from 'svelte/attachments';

/** Keeps a scrolling element at its end while it grows, unless somebody has scrolled up to read. */
export const stickToEnd: Attachment<HTMLElement> = (element) => {
  let isAtEnd = true;
  const toEnd = (): void => {
    if (isAtEnd) element.scrollTop = element.scrollHeight;
  };
  const onScroll = (): void => {
    isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 24;
  };
  const changes = new MutationObserver(toEnd);
  changes.observe(element, { childList: true, characterData: true, subtree: true });
  const sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(toEnd);
  sizes?.observe(element);
  element.addEventListener('scroll', onScroll, { passive: true });
  toEnd();
  return () => {
    changes.disconnect();
    sizes?.disconnect();
    element.removeEventListener('scroll', onScroll);
  };
};
