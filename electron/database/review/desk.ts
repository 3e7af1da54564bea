import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { SavedFilter } from '../../../shared/domain/review/filter.ts';
import { Macro } from '../../../shared/domain/review/macro.ts';
import { OwnPreferences } from '../../../shared/domain/review/preferences.ts';
import { parsedJson } from './parsed-json.ts';

/** Stands for the team where otherwise a person does; no person's id is empty. */
export const TEAM = '';

export function preferencesOf(db: Database, person: string): OwnPreferences {
  const text = db.prepare('SELECT preferences FROM review_preferences WHERE person = ?').pluck().get(person);
  return text === undefined ? {} : parsedJson(OwnPreferences).parse(text);
}

export function keepPreferences(db: Database, person: string, preferences: OwnPreferences): void {
  db.prepare(
    `INSERT INTO review_preferences (person, preferences) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET preferences = excluded.preferences`,
  ).run(person, JSON.stringify(preferences));
}

const MacroRow = z
  .object({
    id: z.string(),
    person: z.string().nullable(),
    name: z.string(),
    key: z.string().nullable(),
    ruling: parsedJson(Macro.shape.ruling),
  })
  .transform(({ person, ...macro }): Macro => ({ ...macro, shared: person === null }));

/** The team's macros and a person's own, by name. */
export function macrosOf(db: Database, person: string): Macro[] {
  return z
    .array(MacroRow)
    .parse(
      db
        .prepare(
          'SELECT id, person, name, key, ruling FROM review_macro WHERE person IS NULL OR person = ? ORDER BY name, id',
        )
        .all(person),
    );
}

/** False when the macro is another person's. */
export function putMacro(db: Database, person: string, { id, name, key, shared, ruling }: Macro): boolean {
  return (
    db
      .prepare(
        `INSERT INTO review_macro (id, person, name, key, ruling) VALUES (:id, :owner, :name, :key, :ruling)
         ON CONFLICT (id) DO UPDATE SET person = excluded.person, name = excluded.name, key = excluded.key,
           ruling = excluded.ruling WHERE person IS NULL OR person = :person`,
      )
      .run({ id, owner: shared ? null : person, name, key, ruling: JSON.stringify(ruling), person })
      .changes === 1
  );
}

export const dropMacro = (db: Database, person: string, id: string): boolean =>
  db.prepare('DELETE FROM review_macro WHERE id = ? AND (person IS NULL OR person = ?)').run(id, person)
    .changes === 1;

const FilterRow = z.object({
  id: z.string(),
  name: z.string(),
  filter: parsedJson(SavedFilter.shape.filter),
});

export function filtersOf(db: Database, person: string): SavedFilter[] {
  return z
    .array(FilterRow)
    .parse(
      db.prepare('SELECT id, name, filter FROM review_filter WHERE person = ? ORDER BY name').all(person),
    );
}

/** Keeps a person's filter; one of the same name is replaced. */
export function putFilter(db: Database, person: string, { id, name, filter }: SavedFilter): void {
  db.prepare('DELETE FROM review_filter WHERE person = ? AND (name = ? OR id = ?)').run(person, name, id);
  db.prepare('INSERT INTO review_filter (id, person, name, filter) VALUES (?, ?, ?, ?)').run(
    id,
    person,
    name,
    JSON.stringify(filter),
  );
}

export const dropFilter = (db: Database, person: string, id: string): boolean =>
  db.prepare('DELETE FROM review_filter WHERE id = ? AND person = ?').run(id, person).changes === 1;
