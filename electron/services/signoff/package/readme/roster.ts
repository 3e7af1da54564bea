/** Shell functions that the later commands use. */
export const TOOLS = `## 2. Tools

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
usable() { # roster keyid moment: whether the key could sign then, as far as that roster knows
  payload "$1" | jq -e --rawfile pem "keys/$2.pem" --arg id "$2" --arg at "$3" \\
    'any(.people[].keys[]; .publicKey == $pem and .validFrom[0:19] <= $at[0:19] and $at[0:19] < .validUntil[0:19])
      and all(.revocations[]; .keyId != $id or $at[0:19] < .at[0:19])' > /dev/null
}
\`\`\`
`;

/** The chain of roster versions; its block is left open for what the record says about its own version. */
export const ROSTER = `## 3. The roster: who may sign

The first version is the one you know. Each later one names the one before, takes no revocation back, and is signed by a
threshold of the roots of both, with keys that could sign when it was issued.

\`\`\`bash
roots_of() { # envelope roster: how many roots of that roster signed the envelope
  local id person issued seen=' ' count=0
  issued=$(payload "$1" | jq -r .issuedAt)
  for id in $(jq -r '.signatures[].keyid' "$1"); do
    person=$(owner "$2" "$id")
    payload "$2" | jq -e --arg person "$person" '.organisation as $ours | any(.people[];
      .id == $person and .organisation == $ours and any(.roles[]; . == "root"))' > /dev/null || continue
    usable "$2" "$id" "$issued" || continue
    payload "$1" | jq -e --arg id "$id" --arg at "$issued" 'all(.revocations[]; .keyId != $id or $at[0:19] < .at[0:19])' \\
      > /dev/null || continue
    signed_by "$1" "$id" > /dev/null || continue
    case "$seen" in *" $person "*) ;; *) seen="$seen$person "; count=$((count + 1)) ;; esac
  done
  printf '%d' "$count"
}
[ "$(payload roster/1.json | sha)" = "$pin" ]
rosters=(roster/*.json)
for version in $(jq -nr --arg count "\${#rosters[@]}" 'range(1; ($count | tonumber) + 1)'); do
  file=roster/$version.json
  [ "$(jq -r .payloadType "$file")" = application/vnd.stateside.roster+json ]
  [ "$(payload "$file" | jq .version)" = "$version" ]
  [ "$(roots_of "$file" "$file")" -ge "$(payload "$file" | jq .thresholds.root)" ]
  if [ "$version" -gt 1 ]; then
    before=roster/$((version - 1)).json
    [ "$(payload "$file" | jq -r .previous)" = "$(payload "$before" | sha)" ]
    payload "$file" | jq -e --slurpfile before <(payload "$before") '. as $new | $before[0] as $old
      | $new.organisation == $old.organisation and $old.issuedAt[0:19] <= $new.issuedAt[0:19]
      and all($old.revocations[]; . as $r | any($new.revocations[]; .keyId == $r.keyId and .at[0:19] <= $r.at[0:19]))' > /dev/null
    [ "$(roots_of "$file" "$before")" -ge "$(payload "$before" | jq .thresholds.root)" ]
  fi
  echo "roster version $version is properly signed"
done
newest=roster/\${#rosters[@]}.json`;
