import type { BridgeApi } from '../../shared/contract/index.ts';

declare global {
  interface Window {
    readonly stateside: BridgeApi;
  }
}
