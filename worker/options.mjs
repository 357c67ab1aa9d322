// What wrangler.jsonc means to the local runtime, by wrangler itself, into `build/options.json`: once for each build,
// because wrangler takes longer to load than the worker to start.
import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { unstable_getMiniflareWorkerOptions as read } from "wrangler";

const { main, workerOptions } = read("wrangler.jsonc");
workerOptions.assets.directory = relative(".", workerOptions.assets.directory);
writeFileSync("build/options.json", JSON.stringify({ main: relative(".", main), workerOptions }, null, 2));
