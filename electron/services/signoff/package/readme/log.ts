/** The head of the audit log, its growth since the statement, the entries packed, and the decisions they tell of. */
export const LOG = `## 6. The audit log

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
hashes() { jq -Rsr 'split("\\n\\n")[0] | split("\\n") | map(select(test("^[A-Za-z0-9+/]{43}=$"))) | .[]' "$1"; }
entries=''
for proof in log/*.tlog-proof; do
  index=$(jq -Rsr 'capture("\\nindex (?<n>[0-9]+)\\n").n' "$proof")
  [ "$index" -lt "$size" ]
  last=$((size - 1)) at=$index
  hash=$( { printf '\\0'; jq -Rsr 'capture("\\nextra (?<e>[^\\n]+)\\n").e' "$proof" | base64 -d; } | openssl dgst -sha256 -binary | base64)
  for sibling in $(hashes "$proof"); do
    [ "$last" -gt 0 ]
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
  entry=$(jq -Rsc 'capture("\\nextra (?<e>[^\\n]+)\\n").e | @base64d | fromjson' "$proof")
  jq -r '"entry \\(.seq): \\(.actor) \\(.action) at \\(.at)"' <<< "$entry"
  entries="$entries$entry"$'\\n'
done
\`\`\`

The head in the signed statement is a beginning of that head: the log only grew since (RFC 9162, 2.1.4.2).

\`\`\`bash
old=$(payload record.json | jq -r '.predicate.checkpoint.note | split("\\n")[1]')
old_root=$(payload record.json | jq -r '.predicate.checkpoint.note | split("\\n")[2]')
path=($(hashes log/growth))
if [ "$old" -eq "$size" ]; then
  [ "\${#path[@]}" -eq 0 ]
  [ "$old_root" = "$root" ]
else
  at=$((old - 1)) last=$((size - 1))
  [ $((old & at)) -ne 0 ] || path=("$old_root" "\${path[@]}")
  while [ $((at % 2)) -eq 1 ]; do at=$((at / 2)) last=$((last / 2)); done
  before=\${path[0]} after=\${path[0]}
  for sibling in "\${path[@]:1}"; do
    [ "$last" -gt 0 ]
    if [ $((at % 2)) -eq 1 ] || [ "$at" -eq "$last" ]; then
      before=$(node "$sibling" "$before") after=$(node "$sibling" "$after")
      while [ $((at % 2)) -eq 0 ] && [ "$at" -ne 0 ]; do at=$((at / 2)) last=$((last / 2)); done
    else
      after=$(node "$after" "$sibling")
    fi
    at=$((at / 2)) last=$((last / 2))
  done
  [ "$last" -eq 0 ]
  [ "$before" = "$old_root" ]
  [ "$after" = "$root" ]
fi
echo "the log grew from $old to $size entries"
\`\`\`

Every decision of the record was logged while its key could sign, because its own date is only what its maker says. And
every decision that was logged about the statement is in the record: no refusal was left out.

\`\`\`bash
packed=' '
for file in "\${signoffs[@]}"; do
  digest=$(sha < "$file")
  packed="$packed$digest "
  moment=$(jq -rn --arg digest "$digest" 'last(inputs | select(.body.signoff? == $digest) | .at)' <<< "$entries")
  [ -n "$moment" ]
  id=$(jq -r '.signatures[0].keyid' "$file")
  usable "$roster" "$id" "$moment"
  payload "$newest" | jq -e --arg id "$id" --arg at "$moment" 'all(.revocations[]; .keyId != $id or $at[0:19] < .at[0:19])' > /dev/null
done
for digest in $(jq -r --arg statement "$statement" 'select(.body.statement? == $statement) | .body.signoff? // empty' <<< "$entries"); do
  case "$packed" in *" $digest "*) ;; *) echo "the decision $digest was logged and left out of the record"; false ;; esac
done
echo 'the decisions are those of the log'
\`\`\`
`;
