type Rgb = readonly [number, number, number];

/** A diverging scale: ochre below zero, the ground at zero, blue above; what is not finite has a colour of its own. */
export interface HeatColours {
  readonly below: Rgb;
  readonly zero: Rgb;
  readonly above: Rgb;
  readonly none: Rgb;
  readonly notFinite: Rgb;
}

/** The colours of the window's scheme, as its tokens say. */
export function heatColours(): HeatColours {
  const style = getComputedStyle(document.documentElement);
  const of = (token: string) => rgbOf(style.getPropertyValue(token).trim());
  return {
    below: of('--heat-below'),
    zero: of('--heat-zero'),
    above: of('--heat-above'),
    none: of('--hover'),
    notFinite: of('--fail'),
  };
}

function rgbOf(hex: string): Rgb {
  const number = Number.parseInt(hex.replace('#', ''), 16);
  return [(number >> 16) & 0xff, (number >> 8) & 0xff, number & 0xff];
}

/** The colour of a value where `reach` and all beyond it has the full one. */
export function colourOf(value: number, reach: number, { below, zero, above }: HeatColours): Rgb {
  const share = reach === 0 ? 0 : Math.min(1, Math.abs(value) / reach);
  const end = value < 0 ? below : above;
  return [mix(zero[0], end[0], share), mix(zero[1], end[1], share), mix(zero[2], end[2], share)];
}

const mix = (from: number, to: number, share: number): number => Math.round(from + (to - from) * share);

/** The size up to which a share of the cells reach. */
export function reachOf(cells: readonly (number | null)[], share: number): number {
  const sizes = cells.flatMap((cell) => (cell === null ? [] : [Math.abs(cell)])).toSorted((a, b) => a - b);
  return sizes[Math.max(0, Math.ceil(share * sizes.length) - 1)] ?? 0;
}
