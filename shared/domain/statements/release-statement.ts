import { z } from 'zod';
import { GateResult } from '../gates/verdict.ts';
import { Sha256, type ReleaseManifest } from '../release/manifest.ts';
import { RankerRef, ReplaySettings, type ReplayReport } from '../replay/report.ts';
import { Moment, STATEMENT_TYPE, statementOf, type Subject } from './statement.ts';

const RELEASE_PREDICATE = 'urn:stateside:release-record:v1';

const Review = z.object({
  /** How much of what was drawn for review was judged; null while no review was held. */
  coverage: z
    .object({
      requests: z.int().nonnegative(),
      reviewed: z.int().nonnegative(),
      reviewers: z.int().nonnegative(),
    })
    .nullable(),
  /** How far reviewers of the same feeds agree; null while no feed was judged twice. */
  agreement: z
    .object({ statistic: z.string(), value: z.number(), low: z.number(), high: z.number() })
    .nullable(),
  dissent: z.array(z.object({ person: z.string(), at: Moment, reason: z.string() })),
  /** The campaign and the SHA-256 of its report's canonical JSON; left out where no review was held. */
  campaign: Sha256.optional(),
  reportDigest: Sha256.optional(),
  escalations: z.object({ open: z.int(), closed: z.int() }).optional(),
});
export type Review = z.infer<typeof Review>;

/** Which gates judged: the revision written in them, and SHA-256 of their canonical JSON. */
export const GatesRef = z.object({ revision: z.int().positive(), digest: Sha256 });
export type GatesRef = z.infer<typeof GatesRef>;

/** The form of package in which every document lies beside the statement that names it by digest. */
export const WHOLE_PACKAGE = 2;

/** What a release's approvers sign: the release, every digest of its evidence, and what the gates made of it. */
export const ReleasePredicate = z.object({
  jurisdiction: z.literal('US'),
  /**
   * What a package of the record has to carry, so that nobody can leave a document out of it. Absent: a statement of
   * before, whose packages carried replay reports and gates.
   */
  packageVersion: z.literal(WHOLE_PACKAGE).optional(),
  frozenAt: Moment,
  release: z.object({
    name: z.string(),
    version: z.string(),
    team: z.literal('us'),
    digest: Sha256,
    createdAt: z.string(),
    submittedBy: z.string(),
    intendedUse: z.string(),
  }),
  parent: z.string().nullable(),
  /** The document of what changed since the parent, by the SHA-256 of its canonical JSON; absent where the parent is unknown. */
  changes: z.object({ parent: RankerRef, digest: Sha256 }).optional(),
  snapshots: z
    .array(z.object({ name: z.string(), digest: Sha256, jurisdiction: z.string(), createdAt: z.string() }))
    .min(1),
  replays: z
    .array(
      z.object({
        /** SHA-256 of the replay report's canonical JSON. */
        reportDigest: Sha256,
        snapshotDigest: Sha256,
        baseline: RankerRef,
        settings: ReplaySettings,
        requests: z.int().nonnegative(),
      }),
    )
    .min(1),
  gates: z.array(GateResult).min(1),
  gateRules: GatesRef,
  review: Review,
  roster: z.object({ version: z.int().positive(), digest: Sha256 }),
  /** Head of the audit log when the statement was frozen, with the key it is signed with; null when signed outside a workspace. */
  checkpoint: z.object({ note: z.string(), key: z.string() }).nullable(),
});
export type ReleasePredicate = z.infer<typeof ReleasePredicate>;

export const ReleaseStatement = statementOf(RELEASE_PREDICATE, ReleasePredicate);
export type ReleaseStatement = z.infer<typeof ReleaseStatement>;

/** Everything a release statement rests on. */
export interface Evidence {
  readonly manifest: ReleaseManifest;
  readonly bundleDigest: string;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly report: ReplayReport;
  readonly reportDigest: string;
  readonly gates: readonly GateResult[];
  readonly gateRules: GatesRef;
  /** Left out or null: the parent, if there is one, is not known here. */
  readonly changes?: ReleasePredicate['changes'] | null;
  readonly review: Review;
  readonly roster: { readonly version: number; readonly digest: string };
  readonly checkpoint: { readonly note: string; readonly key: string } | null;
  readonly frozenAt: string;
}

export const NO_REVIEW: Review = { coverage: null, agreement: null, dissent: [] };

/** The subject's first entry is the bundle, named `<name> <version>`; its files follow in order of path. */
export function releaseStatement(evidence: Evidence): ReleaseStatement {
  const { manifest, report, bundleDigest } = evidence;
  const files = evidence.files
    .map(({ path, sha256 }): Subject => ({ name: path, digest: { sha256 } }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return ReleaseStatement.parse({
    _type: STATEMENT_TYPE,
    subject: [{ name: `${manifest.name} ${manifest.version}`, digest: { sha256: bundleDigest } }, ...files],
    predicateType: RELEASE_PREDICATE,
    predicate: {
      jurisdiction: 'US',
      packageVersion: WHOLE_PACKAGE,
      frozenAt: evidence.frozenAt,
      release: {
        name: manifest.name,
        version: manifest.version,
        team: manifest.team,
        digest: bundleDigest,
        createdAt: manifest.created_at,
        submittedBy: manifest.submitted_by,
        intendedUse: manifest.intended_use,
      },
      parent: manifest.parent,
      ...(evidence.changes ? { changes: evidence.changes } : {}),
      snapshots: [
        {
          name: report.snapshot.name,
          digest: report.snapshot.digest,
          jurisdiction: report.snapshot.jurisdiction,
          createdAt: report.snapshot.created_at,
        },
      ],
      replays: [
        {
          reportDigest: evidence.reportDigest,
          snapshotDigest: report.snapshot.digest,
          baseline: report.baseline,
          settings: report.settings,
          requests: report.requests,
        },
      ],
      gates: evidence.gates,
      gateRules: evidence.gateRules,
      review: evidence.review,
      roster: evidence.roster,
      checkpoint: evidence.checkpoint,
    },
  });
}
