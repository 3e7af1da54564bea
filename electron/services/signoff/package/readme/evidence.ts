/** What was approved, and that the evidence beside it is the evidence that was signed. */
export const EVIDENCE = `## 5. What was approved

The release's digest follows from its files. Every required gate passes.

\`\`\`bash
payload record.json | jq -j -c -S '[.subject[1:][] | select(.name != "model.sig") | {(.name): .digest.sha256}] | add' > message.tmp
[ "$(sha < message.tmp)" = "$(payload record.json | jq -r .predicate.release.digest)" ]
payload record.json | jq -e '.subject[0].digest.sha256 == .predicate.release.digest
  and ([.subject[1:][].name] | length == (unique | length))' > /dev/null
payload record.json | jq -r '.subject[1:][] | "\\(.digest.sha256)  \\(.name)"'
payload record.json | jq -e '[.predicate.gates[] | select(.required)] | length > 0 and all(.verdict == "pass")' > /dev/null
\`\`\`

Everything the statement names by digest lies here and has that digest, but for model, weights and snapshots. A statement
without \`packageVersion\` is of before: its packages had to carry replay reports and gates alone.

\`\`\`bash
payload record.json | jq -r '(.predicate | .replays[].reportDigest, .gateRules.digest | "\\(.)  evidence/\\(.).json")' > named.tmp
sha256sum --quiet --strict --check named.tmp
payload record.json | jq -r '(.predicate | .changes.digest, .review.campaign, .review.reportDigest | select(.) | "\\(.)  evidence/\\(.).json"),
  (.subject[1:][] | select(.name | test("^model[.]onnx$|^weights/") | not) | "\\(.digest.sha256)  release/\\(.name)")' > named.tmp
campaign=evidence/$(payload record.json | jq -r .predicate.review.campaign).json
if [ -e "$campaign" ]; then jq -r '.policies | "\\(.)  evidence/\\(.).json"' "$campaign" >> named.tmp; fi
while read -r digest file; do
  if [ ! -e "$file" ] && payload record.json | jq -e '.predicate.packageVersion == null' > /dev/null; then
    echo "$file is not here: the record is from before packages carried it"
  else
    [ "$(sha < "$file")" = "$digest" ]
  fi
done < named.tmp
\`\`\`

And each is about this release: the replay reports with their snapshot and baseline, the gates with their verdicts, the
changes with the parent, the review with the figures that the statement gives of it, the model signature with its files.

\`\`\`bash
digest=$(payload record.json | jq -r .predicate.gateRules.digest)
[ "$(jq -c '[.gates[] | [.name, .required]]' "evidence/$digest.json")" = "$(payload record.json | jq -c '[.predicate.gates[] | [.name, .required]]')" ]
for digest in $(payload record.json | jq -r '.predicate.replays[].reportDigest'); do
  jq -e --arg digest "$digest" --slurpfile record <(payload record.json) '. as $report | $record[0].predicate as $about
    | $report.candidate.digest == $about.release.digest and any($about.replays[]; .reportDigest == $digest
    and .snapshotDigest == $report.snapshot.digest and .baseline.digest == $report.baseline.digest)' "evidence/$digest.json" > /dev/null
  jq -r '"replay of \\(.requests) requests on snapshot \\(.snapshot.name)"' "evidence/$digest.json"
done
about() { # file filter: whether the filter holds, with the statement as $about; a file that may be missing is passed over
  [ ! -e "$1" ] || jq -e --slurpfile record <(payload record.json) "\\$record[0].predicate as \\$about | $2" "$1" > /dev/null
}
about "evidence/$(payload record.json | jq -r .predicate.changes.digest).json" \\
  '.before.digest == $about.changes.parent.digest and .after.digest == $about.release.digest'
about "$campaign" '.release == $about.release.digest'
about "evidence/$(payload record.json | jq -r .predicate.review.reportDigest).json" '. as $report | $about.review
  | .campaign == $report.campaign and $about.release.digest == $report.release and .escalations == $report.escalations
  and .coverage == {requests: $report.coverage.feeds, reviewed: $report.coverage.reviewed, reviewers: ($report.coverage.reviewers | length)}
  and ([.dissent[] | [.person, .at]] == [$report.dissent[] | [.person, .at]])
  and (.agreement == null or .agreement == ($report.agreement.feeds | {statistic, value, low, high}))'
about release/model.sig '([.dsseEnvelope.payload | @base64d | fromjson | .predicate.resources[] | {(.name): .digest}] | add)
  == ([$record[0].subject[1:][] | select(.name != "model.sig") | {(.name): .digest.sha256}] | add)'
\`\`\`

The files that are too large to be packed, where you said above that you have them.

\`\`\`bash
if [ -n "\${release:-}" ]; then
  payload record.json | jq -r '.subject[1:][] | "\\(.digest.sha256)  \\(.name)"' > named.tmp
  (list=$PWD/named.tmp; cd "$release"; sha256sum --quiet --strict --check "$list")
  echo "the files in $release are those that were approved"
fi
if [ -n "\${snapshot:-}" ]; then
  payload record.json | jq -e --arg digest "$(sha < "$snapshot")" 'any(.predicate.snapshots[]; .digest == $digest)' > /dev/null
  echo "$snapshot is the snapshot of the evidence"
fi
\`\`\`
`;
