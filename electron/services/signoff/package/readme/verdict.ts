/** The verdict and the PDF that the log's key signed. */
export const VERDICT = `## 7. The verdict for policy engines

\`vsa.json\` is a SLSA verification summary in DSSE, signed with the log's key.

\`\`\`bash
id=$(openssl pkey -pubin -in log/key.pem -outform DER | sha)
[ "$(jq -r '.signatures[0].keyid' vsa.json)" = "$id" ]
signed_by vsa.json "$id" > /dev/null
payload vsa.json | jq -e --arg statement "$statement" --slurpfile record <(payload record.json) \\
  '.predicate.verificationResult == "PASSED" and .subject[0].digest.sha256 == $record[0].predicate.release.digest
  and any(.predicate.inputAttestations[]; .digest.sha256 == $statement)' > /dev/null
if [ -e pdf.json ]; then # the record as PDF, for people
  signed_by pdf.json "$id" > /dev/null
  [ "$(payload pdf.json | jq -r .predicate.releaseStatement)" = "$statement" ]
  [ "$(sha < record.pdf)" = "$(payload pdf.json | jq -r '.subject[0].digest.sha256')" ]
  echo 'record.pdf is the one that was printed of this record'
fi
echo 'Everything holds.'
\`\`\`
`;
