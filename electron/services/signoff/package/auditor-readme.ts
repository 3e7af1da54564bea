import type { ReleasePredicate } from '../../../../shared/domain/statements/release-statement.ts';

export interface ReadmeFacts {
  readonly predicate: ReleasePredicate;
  readonly statementDigest: string;
  /** SHA-256 of the first roster version's payload, as the workspace has it. */
  readonly firstRosterDigest: string;
}

/**
 * What the auditor reads first, in Markdown. Its commands use bash, openssl, sha256sum, base64 and jq, and stand in
 * the order in which they are run, in one shell.
 */
export const auditorReadme = ({ predicate, statementDigest, firstRosterDigest }: ReadmeFacts): string => {
  const { release, roster } = predicate;
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

Bring one number yourself: the SHA-256 of the first roster version, told to you by the people who run the roster and
not by this package. Put it in the place of the one below, which is only what this package claims.

\`\`\`bash
set -euo pipefail
pin=${firstRosterDigest}
\`\`\`

## 1. The files are those that were packed

\`\`\`bash
sha256sum --quiet --check SHA256SUMS
\`\`\`

This shows damage, not forgery: whoever changes a file can change the list. What follows shows forgery.

## 2. Tools

A DSSE signature covers \`DSSEv1\`, type and payload with their lengths. A key is named by the SHA-256 of its DER bytes.

\`\`\`bash
sha() { local line; line=$(sha256sum); printf '%s' "\${line%% *}"; }
payload() { jq -r .payload "$1" | base64 -d; }
pae() {
  printf 'DSSEv1 %d %s %d ' "$(jq '.payloadType | utf8bytelength' "$1")" "$(jq -r .payloadType "$1")" \\
    "$(jq '.payload | @base64d | utf8bytelength' "$1")"
  payload "$1"
}
signed_by() { # envelope keyid
  [ "$(openssl pkey -pubin -in "keys/$2.pem" -outform DER | sha)" = "$2" ] || return 1
  pae "$1" > message.tmp
  openssl pkeyutl -verify -pubin -inkey "keys/$2.pem" -rawin -in message.tmp \\
    -sigfile <(jq -r --arg id "$2" '.signatures[] | select(.keyid == $id) | .sig' "$1" | base64 -d)
}
owner() { # roster keyid
  payload "$1" | jq -r --rawfile pem "keys/$2.pem" '[.people[] | select(any(.keys[]; .publicKey == $pem))][0].id'
}
\`\`\`

## 3. The roster: who may sign

The first version is the one you know. Each later one names the one before, and is signed by a threshold of the roots
of both.

\`\`\`bash
[ "$(payload roster/1.json | sha)" = "$pin" ]
roots_of() { # envelope roster: how many roots of that roster signed the envelope
  local id person seen=' ' count=0
  for id in $(jq -r '.signatures[].keyid' "$1"); do
    person=$(owner "$2" "$id")
    payload "$2" | jq -e --arg person "$person" '.organisation as $ours | any(.people[];
      .id == $person and .organisation == $ours and any(.roles[]; . == "root"))' > /dev/null || continue
    signed_by "$1" "$id" > /dev/null || continue
    case "$seen" in *" $person "*) ;; *) seen="$seen$person "; count=$((count + 1)) ;; esac
  done
  printf '%d' "$count"
}
for file in roster/*.json; do
  version=$(payload "$file" | jq .version)
  [ "$(roots_of "$file" "$file")" -ge "$(payload "$file" | jq .thresholds.root)" ]
  if [ "$version" -gt 1 ]; then
    before=roster/$((version - 1)).json
    [ "$(payload "$file" | jq -r .previous)" = "$(payload "$before" | sha)" ]
    [ "$(roots_of "$file" "$before")" -ge "$(payload "$before" | jq .thresholds.root)" ]
  fi
  echo "roster version $version is properly signed"
done
roster=roster/${roster.version}.json
[ "$(payload "$roster" | sha)" = ${roster.digest} ]
\`\`\`

## 4. The approvals

Each signature is checked with its key, and the key with the roster. Only approvers of the US organisation count, each
once, with a key valid and not revoked when they signed, and never whoever submitted the release. A refusal blocks
until whoever refused withdraws it. An approval that ran out, or leaves a failed advisory gate unanswered, does not count.

\`\`\`bash
statement=${statementDigest}
[ "$(payload record.json | sha)" = "$statement" ]
now=$(jq -nr 'now | todate')
approvers=' ' approvals=0
for file in signoffs/*.json; do
  id=$(jq -r '.signatures[0].keyid' "$file")
  person=$(owner "$roster" "$id")
  signed_by "$file" "$id" > /dev/null
  payload "$file" | jq -e --arg person "$person" --arg statement "$statement" \\
    '.predicate.person == $person and .predicate.releaseStatement.sha256 == $statement' > /dev/null
  at=$(payload "$file" | jq -r .predicate.at)
  submitter=$(payload record.json | jq -r .predicate.release.submittedBy)
  payload "$roster" | jq -e --arg person "$person" --arg submitter "$submitter" --rawfile pem "keys/$id.pem" --arg at "$at" \\
    'any(.people[]; .id == $person and .organisation == "us" and any(.roles[]; . == "approver")
      and .id != $submitter and .name != $submitter
      and any(.keys[]; .publicKey == $pem and (.validFrom[0:19] <= $at[0:19]) and ($at[0:19] < .validUntil[0:19])))' > /dev/null
  for version in roster/*.json; do
    payload "$version" | jq -e --arg id "$id" --arg at "$at" 'all(.revocations[]; .keyId != $id or $at[0:19] < .at[0:19])' > /dev/null
  done
  payload "$file" | jq -r '.predicate | "\\(.person): \\(.decision) at \\(.at): \\(.reason)"'
  case "$(payload "$file" | jq -r .predicate.decision)" in
    refuse) # stands unless the same person withdrew it later
      withdrawn=no
      for other in signoffs/"$person".*; do
        payload "$other" | jq -e --arg person "$person" --arg at "$at" \\
          '.predicate.person == $person and .predicate.decision == "withdraw refusal" and .predicate.at > $at' > /dev/null && withdrawn=yes
      done
      [ $withdrawn = yes ] ;;
    approve)
      signed_by record.json "$id" > /dev/null
      payload "$file" | jq -e --arg now "$now" --slurpfile record <(payload record.json) '.predicate as $said | $record[0].predicate as $about |
        ($said.expires == null or $now[0:19] < $said.expires[0:19])
        and ($said.gatesRevision == null or $said.gatesRevision == $about.gateRules.revision)
        and all($about.gates[] | select((.required | not) and .verdict == "fail") | .name; . as $gate | any($said.waivers[]?; .gate == $gate))' > /dev/null || continue
      case "$approvers" in *" $person "*) ;; *) approvers="$approvers$person "; approvals=$((approvals + 1)) ;; esac ;;
  esac
done
[ "$approvals" -ge "$(payload "$roster" | jq .thresholds.approver)" ]
echo "$approvals approvals count"
\`\`\`

## 5. What was approved

The release's digest follows from its files, so compare these with the files that are served. Every required gate
passes, and the gates and every replay report named by the statement lie here under their digests.

\`\`\`bash
payload record.json | jq -j -c -S '[.subject[1:][] | select(.name != "model.sig") | {(.name): .digest.sha256}] | add' > message.tmp
[ "$(sha < message.tmp)" = "$(payload record.json | jq -r .predicate.release.digest)" ]
payload record.json | jq -r '.subject[1:][] | "\\(.digest.sha256)  \\(.name)"'
payload record.json | jq -e '[.predicate.gates[] | select(.required)] | length > 0 and all(.verdict == "pass")' > /dev/null
digest=$(payload record.json | jq -r .predicate.gateRules.digest)
[ "$(sha < "evidence/$digest.json")" = "$digest" ]
[ "$(jq -c '[.gates[] | [.name, .required]]' "evidence/$digest.json")" = "$(payload record.json | jq -c '[.predicate.gates[] | [.name, .required]]')" ]
for digest in $(payload record.json | jq -r '.predicate.replays[].reportDigest'); do
  [ "$(sha < "evidence/$digest.json")" = "$digest" ]
  jq -r '"replay of \\(.requests) requests on snapshot \\(.snapshot.name)"' "evidence/$digest.json"
done
\`\`\`

## 6. The audit log

\`log/checkpoint\` is the log's newest head when this was packed. Its key is in the signed statement, so the approvers
vouch for it. Each entry in \`log/\` hashes up to that head (RFC 6962): 00 before a leaf, 01 before a node.

\`\`\`bash
key=$(payload record.json | jq -r .predicate.checkpoint.key)
[ "$(jq -rn --arg key "$key" '$key | split("+")[2:] | join("+")')" = "$(jq -rR . log/key)" ]
[ "$( { printf '\\1'; openssl pkey -pubin -in log/key.pem -outform DER | openssl base64 -A | jq -rR '.[16:]' | base64 -d; } | base64)" = "$(jq -rR . log/key)" ]
note=$(jq -Rsr 'split("\\n\\n")[0]' log/checkpoint)
printf '%s\\n' "$note" > message.tmp
openssl pkeyutl -verify -pubin -inkey log/key.pem -rawin -in message.tmp -sigfile <(base64 -d log/checkpoint.sig) > /dev/null
size=$(jq -Rsr 'split("\\n")[1]' log/checkpoint)
root=$(jq -Rsr 'split("\\n")[2]' log/checkpoint)
node() { { printf '\\1'; base64 -d <<< "$1"; base64 -d <<< "$2"; } | openssl dgst -sha256 -binary | base64; }
for proof in log/*.tlog-proof; do
  index=$(jq -Rsr 'capture("\\nindex (?<n>[0-9]+)\\n").n' "$proof")
  last=$((size - 1)) at=$index
  hash=$( { printf '\\0'; jq -Rsr 'capture("\\nextra (?<e>[^\\n]+)\\n").e' "$proof" | base64 -d; } | openssl dgst -sha256 -binary | base64)
  for sibling in $(jq -Rsr 'split("\\n\\n")[0] | split("\\n") | map(select(test("^[A-Za-z0-9+/]{43}=$"))) | .[]' "$proof"); do
    if [ $((at % 2)) -eq 1 ] || [ "$at" -eq "$last" ]; then
      hash=$(node "$sibling" "$hash")
      while [ $((at % 2)) -eq 0 ] && [ "$at" -ne 0 ]; do at=$((at / 2)) last=$((last / 2)); done
    else
      hash=$(node "$hash" "$sibling")
    fi
    at=$((at / 2)) last=$((last / 2))
  done
  [ "$last" -eq 0 ]
  [ "$hash" = "$root" ]
  jq -Rsr 'capture("\\nextra (?<e>[^\\n]+)\\n").e | @base64d | fromjson | "entry \\(.seq): \\(.actor) \\(.action) at \\(.at)"' "$proof"
done
\`\`\`

## 7. The verdict for policy engines

\`vsa.json\` is a SLSA verification summary in DSSE, signed with the log's key.

\`\`\`bash
id=$(openssl pkey -pubin -in log/key.pem -outform DER | sha)
[ "$(jq -r '.signatures[0].keyid' vsa.json)" = "$id" ]
signed_by vsa.json "$id" > /dev/null
payload vsa.json | jq -e '.predicate.verificationResult == "PASSED"' > /dev/null
if [ -e pdf.json ]; then # the record as PDF, for people
  signed_by pdf.json "$id" > /dev/null
  [ "$(payload pdf.json | jq -r .predicate.releaseStatement)" = "$statement" ]
  [ "$(sha < record.pdf)" = "$(payload pdf.json | jq -r '.subject[0].digest.sha256')" ]
  echo 'record.pdf is the one that was printed of this record'
fi
echo 'Everything holds.'
\`\`\`

Not in this package: the release's files and the snapshot, which are named by digest. \`message.tmp\` is left by the
commands and can go.
`;
};
