/** Heights of the cards in pixels, as Feed.module.css draws them; the connectors depend on them. */
export const CARD_PITCH = 52;
export const FIRST_CARD_MIDDLE = 28;

/** The middle of the card at a place from 1. */
export const middleOf = (place: number): number => FIRST_CARD_MIDDLE + (place - 1) * CARD_PITCH;
