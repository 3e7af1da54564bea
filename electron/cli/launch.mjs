#!/usr/bin/env node
import { runOnNode24 } from './node24.mjs';

process.exitCode = runOnNode24('electron/cli/main.ts', process.argv.slice(2));
