import { workerFiles } from '../../electron/installed-files.ts';
import { verifyLong } from '../../electron/services/audit/verify-long.ts';
import { WorkerPool } from '../../electron/workers/pool.ts';

/** `node log-child.ts DATABASE KEY`: verifies a log; prints seconds, and by how many MiB the process grew at most for it. */
const [path = '', key = ''] = process.argv.slice(2);
const pool = new WorkerPool(workerFiles.replay);
const shared = new Int32Array(new SharedArrayBuffer(8));
const before = process.memoryUsage().rss / 2 ** 20;
const from = performance.now();
const { ok } = await verifyLong(pool, { path, key, everyHead: false, shared });
const seconds = (performance.now() - from) / 1000;
const most = process.resourceUsage().maxRSS / 2 ** 10;
await pool.close();
console.log(JSON.stringify({ ok, seconds, grown: most - before }));
