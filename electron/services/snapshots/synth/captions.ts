import type { Random } from './random.ts';

type Words = readonly [string, ...string[]];

/** What a made-up video may be about. */
export interface Category {
  readonly name: string;
  readonly things: Words;
  readonly cosas: Words;
}

export const CATEGORIES: readonly [Category, ...Category[]] = [
  {
    name: 'cooking',
    things: ['sheet-pan tacos', 'a lentil soup', 'sourdough', 'a one-pot chili', 'cold noodles'],
    cosas: ['tacos al horno', 'una sopa de lentejas', 'pan casero'],
  },
  {
    name: 'comedy',
    things: [
      'office printers',
      'my roommate’s alarm',
      'airline boarding groups',
      'self-checkout',
      'group chats',
    ],
    cosas: ['la impresora de la oficina', 'el grupo de vecinos', 'mi despertador'],
  },
  {
    name: 'pets',
    things: [
      'a rescue greyhound',
      'two loud parakeets',
      'our senior cat',
      'a very brave hamster',
      'the neighbor’s goat',
    ],
    cosas: ['una galga rescatada', 'dos periquitos', 'el gato de la casa'],
  },
  {
    name: 'fitness',
    things: [
      'a ten-minute core set',
      'running in the rain',
      'the stair workout',
      'a first pull-up',
      'mobility drills',
    ],
    cosas: ['abdominales en diez minutos', 'correr con lluvia', 'mi primera dominada'],
  },
  {
    name: 'music',
    things: [
      'a thrift-store keyboard',
      'a porch banjo loop',
      'drumming on buckets',
      'a four-chord song',
      'a choir in a stairwell',
    ],
    cosas: ['un teclado de segunda mano', 'cuatro acordes', 'un coro en la escalera'],
  },
  {
    name: 'diy',
    things: ['a plywood bookshelf', 'a leaky faucet', 'an old ten-speed', 'a pallet bench', 'a squeaky door'],
    cosas: ['una estantería', 'un grifo que gotea', 'una bici vieja'],
  },
  {
    name: 'travel',
    things: [
      'a night train',
      'an empty desert highway',
      'a ferry at sunrise',
      'a bus across three states',
      'a roadside diner',
    ],
    cosas: ['un tren nocturno', 'la carretera del desierto', 'un ferry al amanecer'],
  },
  {
    name: 'gaming',
    things: ['a no-map speedrun', 'the final boss', 'a pixel farm', 'co-op with my mom', 'a puzzle level'],
    cosas: ['un speedrun', 'el jefe final', 'una granja de píxeles'],
  },
  {
    name: 'education',
    things: ['compound interest', 'how tides work', 'the water cycle', 'reading a lease', 'prime numbers'],
    cosas: ['el interés compuesto', 'las mareas', 'los números primos'],
  },
  {
    name: 'fashion',
    things: [
      'a thrifted denim jacket',
      'three ways to wear a scarf',
      'mending a hem',
      'a capsule closet',
      'rain boots',
    ],
    cosas: ['una chaqueta de segunda mano', 'tres pañuelos', 'un dobladillo'],
  },
  {
    name: 'sports',
    things: [
      'a half-court shot',
      'a pickup soccer game',
      'the rec-league final',
      'a skate line',
      'a tied ninth inning',
    ],
    cosas: ['un tiro de media cancha', 'una cascarita', 'la final del barrio'],
  },
  {
    name: 'news',
    things: [
      'a water-main repair',
      'the school-board vote',
      'a bridge closure',
      'this week’s storm',
      'the library budget',
    ],
    cosas: ['el cierre del puente', 'la tormenta', 'el presupuesto de la biblioteca'],
  },
];

const ENGLISH: readonly [(thing: string) => string, ...((thing: string) => string)[]] = [
  (thing) => `Day 12 of ${thing}`,
  (thing) => `Nobody warned me about ${thing}`,
  (thing) => `What I learned from ${thing}`,
  (thing) => `POV: it is Sunday and all you have is ${thing}`,
  (thing) => `Trying ${thing} for the first time`,
  (thing) => `Three things people get wrong about ${thing}`,
  (thing) => `Small update on ${thing}`,
  (thing) => `Wait for the end: ${thing}`,
];

const SPANISH: readonly [(cosa: string) => string, ...((cosa: string) => string)[]] = [
  (cosa) => `Lo que nadie te cuenta de ${cosa}`,
  (cosa) => `Probando ${cosa} por primera vez`,
  (cosa) => `Día 12: ${cosa}`,
  (cosa) => `Espera al final: ${cosa}`,
];

/** What policy labels a made-up item may carry, how often, and what its caption then says. */
export const LABELS = [
  { name: 'spam', probability: 0.03, caption: 'Free gift cards for the first 100, link in bio' },
  { name: 'harassment', probability: 0.015, caption: 'Ranking my coworker’s worst outfits, part 9' },
  { name: 'violence', probability: 0.01, caption: 'Parking-lot fight, nobody stepped in' },
  {
    name: 'minor_safety',
    probability: 0.002,
    caption: 'Small kid left alone on the pier, everyone just films',
  },
] as const;

const TAILS: Words = [
  '',
  ', part 2',
  ' on a budget',
  ' before work',
  ' in one take',
  ' (sound on)',
  ', honestly',
  ' at 6 a.m.',
];
const COLAS: Words = ['', ', parte 2', ' sin gastar mucho', ' antes del trabajo', ' en una toma'];

export type Language = 'en' | 'es';

/** A made-up caption; its last hashtag says that it is made up. */
export function writeCaption(
  random: Random,
  category: Category,
  language: Language | null,
  label: string | null,
): string {
  const tags = `#${category.name} #synthetic`;
  const told = LABELS.find(({ name }) => name === label)?.caption;
  if (told !== undefined) return `${told} ${tags}`;
  if (language === null) return tags;
  if (language === 'es')
    return `${random.pick(SPANISH)(random.pick(category.cosas))}${random.pick(COLAS)} ${tags}`;
  return `${random.pick(ENGLISH)(random.pick(category.things))}${random.pick(TAILS)} ${tags}`;
}
