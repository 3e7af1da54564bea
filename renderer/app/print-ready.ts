/** Long enough for charts to measure their width and draw themselves anew. */
const SETTLE_MS = 400;

/** Says through `body[data-ready]` that a page for paper is drawn whole. */
export async function sayReady(): Promise<void> {
  await document.fonts.ready;
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  document.body.dataset['ready'] = 'true';
}
