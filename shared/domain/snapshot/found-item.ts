/** An item found by id or caption. `requestId`: a request it is a candidate of; null where none was near. */
export interface FoundItem {
  readonly itemId: string;
  readonly caption: string;
  readonly requestId: string | null;
}
