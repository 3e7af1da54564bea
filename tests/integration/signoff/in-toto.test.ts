import { common, Field, MapField, Root, Type } from 'protobufjs';
import protojson from 'protobufjs/ext/protojson.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { collectPackage } from '../../../electron/services/signoff/package/collect.ts';
import { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { openPacked, type Packed } from './packed.ts';
import { NOW } from './world.ts';

/**
 * The fields that in-toto/attestation defines for a Statement v1 (protos/in_toto_attestation/v1/statement.proto), for a
 * reader of ProtoJSON that knows nothing of Stateside and refuses members that are not defined.
 */
const Statement = new Type('Statement')
  .add(Field.fromJSON('type', { type: 'string', id: 1, options: { json_name: '_type' } }))
  .add(new Field('subject', 2, 'Subject', 'repeated'))
  .add(new Field('predicateType', 3, 'string'))
  .add(new Field('predicate', 4, 'google.protobuf.Struct'));
const Subject = new Type('Subject')
  .add(new Field('name', 1, 'string'))
  .add(new MapField('digest', 2, 'string', 'string'));
Root.fromJSON({ nested: common.get('google/protobuf/struct.proto')?.nested ?? {} })
  .add(Subject)
  .add(Statement)
  .resolveAll();

let packed: Packed;
let payloads: Map<string, string>;
beforeAll(async () => {
  packed = await openPacked();
  const pdf = { name: 'record.pdf', sha256: sha256Hex('pdf'), bytes: Buffer.from('pdf') };
  const files = collectPackage(packed.world.workspace, packed.world.log, packed.json, NOW, pdf);
  payloads = new Map(
    [...files]
      .filter(([path]) => /^(record|vsa|pdf|signoffs\/.*)\.json$/.test(path))
      .map(([path, text]) => {
        const { payload } = DsseEnvelope.parse(JSON.parse(text));
        return [path, Buffer.from(payload, 'base64').toString()];
      }),
  );
});
afterAll(() => packed.world.close());

const parsed = (text: string): unknown =>
  protojson.toJson(Statement, protojson.fromJsonString(Statement, text));

it('every signed statement of a package is an in-toto Statement v1 as the attestation framework defines it, and nothing more', () => {
  expect([...payloads.keys()].toSorted()).toEqual([
    ...[
      'pdf.json',
      'record.json',
      'signoffs/dana.whitfield.json',
      'signoffs/joel.abernathy.json',
      'vsa.json',
    ],
  ]);
  for (const text of payloads.values()) {
    expect(parsed(text)).toEqual(JSON.parse(text));
    expect(parsed(text)).toMatchObject({ _type: 'https://in-toto.io/Statement/v1' });
  }
});

it('and what is none is told by the same reader', () => {
  const statement = JSON.parse(payloads.get('record.json') ?? '');
  for (const bad of [
    { ...statement, predicate_kind: 'x' },
    { ...statement, subject: statement.subject[0] },
    { ...statement, predicate: 'x' },
  ])
    expect(() => parsed(JSON.stringify(bad))).toThrow();
});
