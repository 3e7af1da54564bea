/** What was approved, and that the evidence beside it is the evidence that was signed. */
export const EVIDENCE = `## 5. What was approved

The release's digest follows from its files, so compare these with the files that are served. Every required gate
passes, and the gates and every replay report named by the statement lie here under their digests and are about this
release.

\`\`\`bash
payload record.json | jq -j -c -S '[.subject[1:][] | select(.name != "model.sig") | {(.name): .digest.sha256}] | add' > message.tmp
[ "$(sha < message.tmp)" = "$(payload record.json | jq -r .predicate.release.digest)" ]
payload record.json | jq -e '.subject[0].digest.sha256 == .predicate.release.digest
  and ([.subject[1:][].name] | length == (unique | length))' > /dev/null
payload record.json | jq -r '.subject[1:][] | "\\(.digest.sha256)  \\(.name)"'
payload record.json | jq -e '[.predicate.gates[] | select(.required)] | length > 0 and all(.verdict == "pass")' > /dev/null
digest=$(payload record.json | jq -r .predicate.gateRules.digest)
[ "$(sha < "evidence/$digest.json")" = "$digest" ]
[ "$(jq -c '[.gates[] | [.name, .required]]' "evidence/$digest.json")" = "$(payload record.json | jq -c '[.predicate.gates[] | [.name, .required]]')" ]
for digest in $(payload record.json | jq -r '.predicate.replays[].reportDigest'); do
  [ "$(sha < "evidence/$digest.json")" = "$digest" ]
  jq -e --arg digest "$digest" --slurpfile record <(payload record.json) '. as $report | $record[0].predicate as $about
    | $report.candidate.digest == $about.release.digest and any($about.replays[]; .reportDigest == $digest
    and .snapshotDigest == $report.snapshot.digest and .baseline.digest == $report.baseline.digest)' "evidence/$digest.json" > /dev/null
  jq -r '"replay of \\(.requests) requests on snapshot \\(.snapshot.name)"' "evidence/$digest.json"
done
\`\`\`
`;
