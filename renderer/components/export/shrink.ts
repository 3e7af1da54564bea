/** Less than what fits by this much, so that a rounded width still does. */
const SLACK = 1;

/** Makes tables that scroll sideways small enough to be seen whole; answers which. */
export function shrinkToWidth(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll('table')].filter((table) => {
    const frame = table.parentElement;
    if (frame === null || frame.scrollWidth <= frame.clientWidth) return false;
    table.style.zoom = String((frame.clientWidth - SLACK) / frame.scrollWidth);
    return true;
  });
}
