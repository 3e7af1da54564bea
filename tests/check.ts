import { checks } from './checks.ts';
import { close, runSteps } from './steps.ts';

process.exitCode = close(runSteps(checks()));
