// The worker in the local runtime, as `wrangler dev` starts it, but without the inspector, which no flag of it switches
// off: that reports every call between objects to wrangler over a socket of its own, until none is left.
import { parseArgs } from "node:util";
import { unstable_startWorker } from "wrangler";

const text = { type: "string" };
const { values } = parseArgs({
  options: { ip: text, port: text, "persist-to": text, "env-file": text, config: text },
});
const worker = await unstable_startWorker({
  config: values.config ?? "wrangler.jsonc",
  envFiles: [values["env-file"]],
  dev: {
    remote: false,
    server: { hostname: values.ip, port: Number(values.port) },
    inspector: false,
    persist: values["persist-to"],
    liveReload: false,
  },
});
await worker.ready;
