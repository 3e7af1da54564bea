import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBundle } from './bundle.ts';
import { mergeExposures } from './exposures.ts';
import { groupFeeds } from './feeds.ts';
import { labelVideos } from './labels.ts';
import { readLog } from './log.ts';
import { examplesOf, exposuresOf } from './populations.ts';
import { RELEASES, type ReleasePlan } from './releases.ts';
import { selectWeights } from './select-weights.ts';
import { writeSnapshot } from './snapshot.ts';
import { SOURCE_FILES } from './source.ts';
import { beforeHeldOut, PERIODS } from './split.ts';
import { readUsers } from './users.ts';

const SNAPSHOT_FILE = 'us-2022-04.snapshot.sqlite';
const CREATED_AT = '2026-10-26T08:00:00Z';

/**
 * Builds the whole sample into `out`: the snapshot and `releases/`. The same source gives the same bytes.
 * `say` hears what is being done.
 */
export async function buildSample(source: string, out: string, say: (line: string) => void): Promise<void> {
  say('reading the log');
  const exposures = mergeExposures(readLog(join(source, SOURCE_FILES.log)));
  const users = readUsers(join(source, SOURCE_FILES.users));
  const known = beforeHeldOut(exposures);
  const usExamples = examplesOf(exposures, 'us', users);
  const feeds = groupFeeds(usExamples.filter(({ exposure }) => exposure.day >= PERIODS.heldOut));

  await mkdir(out, { recursive: true });
  say(`writing ${SNAPSHOT_FILE}`);
  const labels = labelVideos(known, PERIODS.heldOut);
  writeSnapshot(join(out, SNAPSHOT_FILE), {
    name: 'US feeds, April 2022',
    createdAt: CREATED_AT,
    feeds,
    users,
    labels,
  });

  say("choosing the candidate's weights on the validation days");
  const weights = selectWeights(examplesOf(known, 'us', users), known);
  const plans: ReleasePlan[] = [
    RELEASES.global,
    RELEASES.production,
    RELEASES.badCandidate,
    { ...RELEASES.candidate, policy: { ...RELEASES.candidate.policy, weights } },
  ];
  for (const plan of plans) {
    say(`training ${plan.manifest.version}`);
    const past = exposuresOf(known, plan.population);
    const examples = examplesOf(known, plan.population, users);
    await writeBundle(join(out, 'releases'), plan, { examples, exposures: past, feeds });
  }
}
