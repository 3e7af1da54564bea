import type { ReleaseStatement } from '../../../../shared/domain/statements/release-statement.ts';
import { APPROVALS } from './readme/approvals.ts';
import { documentTable } from './readme/documents.ts';
import { EVIDENCE } from './readme/evidence.ts';
import { LOG } from './readme/log.ts';
import { ROSTER, TOOLS } from './readme/roster.ts';
import { VERDICT } from './readme/verdict.ts';

export interface ReadmeFacts {
  readonly statement: ReleaseStatement;
  readonly statementDigest: string;
  /** SHA-256 of the first roster version's payload, as the workspace has it. */
  readonly firstRosterDigest: string;
}

/**
 * What the auditor reads first, in Markdown. Its commands use bash, openssl, sha256sum, base64 and jq, and stand in
 * the order in which they are run, in one shell.
 */
export const auditorReadme = ({ statement, statementDigest, firstRosterDigest }: ReadmeFacts): string => {
  const { release, roster } = statement.predicate;
  return `# Release record of ${release.name} ${release.version}

This package says: people of the US organisation approved exactly this release for US users, on exactly this evidence.
You can check that without Stateside, without a network and without trusting the machine it came from. You need bash,
openssl 3, sha256sum, base64 and jq. Run the commands in this folder, in this order, in one shell; a step that fails
stops with an error. With Stateside at hand, \`stateside record verify\` does the same and more.

| | |
|---|---|
| release | ${release.name} ${release.version}, digest \`${release.digest}\` |
| signed statement | \`${statementDigest}\` |
| roster of the statement | version ${roster.version}, digest \`${roster.digest}\` |

## What the statement names by digest, and where it lies

${documentTable(statement)}
The release's model and weights and the snapshots are the one exception: they are too large to travel here. Where you
have them, the commands hold them against the statement too: set \`release\` to the release's folder and \`snapshot\` to
the snapshot's file before you begin, for example \`release=/media/us-2026.11.0\`.

Bring one number yourself: the SHA-256 of the first roster version, told to you by the people who run the roster and
not by this package. Put it in the place of the one below, which is only what this package claims.

\`\`\`bash
set -euo pipefail
pin=${firstRosterDigest}
statement=${statementDigest}
\`\`\`

## 1. The files are those that were packed

\`\`\`bash
sha256sum --quiet --check SHA256SUMS
\`\`\`

This shows damage, not forgery: whoever changes a file can change the list. What follows shows forgery.

${TOOLS}
${ROSTER}
roster=roster/${roster.version}.json
[ "$(payload "$roster" | sha)" = ${roster.digest} ]
\`\`\`

${APPROVALS}
${EVIDENCE}
${LOG}
${VERDICT}
## What this cannot show

- Whoever packed this could have left out of \`log/\` an entry that speaks of the release, and with it a decision: the
  proofs show that the entries here stand in the log, not that no others do. Ask for an export of the whole period from the
  log's page where that matters.
- The commands above came with the package. Compare them with those of another record, or with the ones in Stateside's
  sources, before you trust what they print.
- What the evidence names in its turn is not here: what a replay gave request by request, the data a model was trained
  on, the replay that a campaign's feeds were drawn from. A model signature (\`model.sig\`) is held against the files it
  covers; whose it is shows with its signer's key, which has to come from them.
- \`message.tmp\` and \`named.tmp\` are left by the commands and can go.
`;
};
