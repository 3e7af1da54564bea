// `node tests/runtime/on-node24.mjs SCRIPT [ARGUMENT…]`: what the npm scripts start with, so that an older Node will do.
import { runOnNode24 } from '../../electron/cli/node24.mjs';

const [script = '', ...args] = process.argv.slice(2);
process.exitCode = runOnNode24(script, args);
