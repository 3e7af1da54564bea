/** Whose signatures count, and that nobody's refusal stands. */
export const APPROVALS = `## 4. The approvals

Each signature is checked with its key, and the key with the roster. Only approvers of the US organisation count, each
once, with a key valid and not revoked when they signed, and never whoever submitted the release. A refusal blocks
until whoever refused withdraws it. An approval that ran out, is dated over an hour ahead of this machine's clock, or
leaves a failed advisory gate unanswered, does not count.

\`\`\`bash
[ "$(jq -r .payloadType record.json)" = application/vnd.in-toto+json ]
[ "$(payload record.json | sha)" = "$statement" ]
payload record.json | jq -e --slurpfile roster <(payload "$roster") '.predicateType == "urn:stateside:release-record:v1"
  and .predicate.jurisdiction == "US" and .predicate.release.team == "us" and $roster[0].organisation == "us"
  and $roster[0].issuedAt[0:19] <= .predicate.frozenAt[0:19]' > /dev/null
submitter=$(payload record.json | jq -r .predicate.release.submittedBy)
payload "$roster" | jq -e --arg submitter "$submitter" 'any(.people[]; .id == $submitter or .name == $submitter)' > /dev/null
may_decide() { # person keyid moment
  payload "$roster" | jq -e --arg person "$1" --arg submitter "$submitter" 'any(.people[]; .id == $person
    and .organisation == "us" and any(.roles[]; . == "approver") and .id != $submitter and .name != $submitter)' > /dev/null \\
    && usable "$roster" "$2" "$3" \\
    && payload "$newest" | jq -e --arg id "$2" --arg at "$3" 'all(.revocations[]; .keyId != $id or $at[0:19] < .at[0:19])' > /dev/null
}
signoffs=(signoffs/*.json)
[ "$(jq '.signoffs | length' record.json)" -eq "\${#signoffs[@]}" ]
now=$(jq -nr 'now | todate') soon=$(jq -nr 'now + 3600 | todate')
approvers=' ' approvals=0
for file in "\${signoffs[@]}"; do
  jq -e --slurpfile file "$file" 'any(.signoffs[]; . == $file[0])' record.json > /dev/null
  id=$(jq -r '.signatures[0].keyid' "$file")
  person=$(owner "$roster" "$id")
  [ "$(jq -r .payloadType "$file")" = application/vnd.in-toto+json ]
  signed_by "$file" "$id" > /dev/null
  payload "$file" | jq -e --arg person "$person" --arg statement "$statement" '.predicateType == "urn:stateside:signoff:v1"
    and .predicate.person == $person and .predicate.releaseStatement.sha256 == $statement' > /dev/null
  at=$(payload "$file" | jq -r .predicate.at)
  payload "$file" | jq -r '.predicate | "\\(.person): \\(.decision) at \\(.at): \\(.reason)"'
  may_decide "$person" "$id" "$at" || { echo "  which does not count: no US approver, the submitter, or a key that could not sign"; continue; }
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
      payload "$file" | jq -e --arg now "$now" --arg soon "$soon" --slurpfile record <(payload record.json) '.predicate as $said | $record[0].predicate as $about |
        $about.frozenAt[0:19] <= $said.at[0:19]
        and $said.at[0:19] <= $soon[0:19]
        and ($said.expires == null or $now[0:19] < $said.expires[0:19])
        and ($said.gatesRevision == null or $said.gatesRevision == $about.gateRules.revision)
        and all($about.gates[] | select((.required | not) and .verdict == "fail") | .name; . as $gate | any($said.waivers[]?; .gate == $gate))' > /dev/null || continue
      case "$approvers" in *" $person "*) ;; *) approvers="$approvers$person "; approvals=$((approvals + 1)) ;; esac ;;
  esac
done
[ "$approvals" -ge "$(payload "$roster" | jq .thresholds.approver)" ]
echo "$approvals approvals count"
\`\`\`
`;
