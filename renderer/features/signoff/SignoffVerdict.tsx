import type { SignoffDetail } from '../../../shared/contract/signoff.ts';
import { Mark } from '../../components/Mark.tsx';

export function SignoffVerdict({ verdict }: { verdict: SignoffDetail['verdict'] }) {
  if (verdict === 'approved') {
    return (
      <Mark tone="pass" shape="tick">
        Approved
      </Mark>
    );
  }
  if (verdict === 'refused') {
    return (
      <Mark tone="fail" shape="cross">
        Refused
      </Mark>
    );
  }
  return (
    <Mark tone="unknown" shape="ring">
      Open
    </Mark>
  );
}
