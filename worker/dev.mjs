// The built worker in the local runtime, with what `wrangler dev` binds to it (`options.mjs`), but without the proxy that
// stands before it there: that loses connections which the worker closes before a body has come to its end.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Log, LogLevel, Miniflare } from "miniflare";

const text = { type: "string" };
const { values } = parseArgs({
  options: { ip: text, port: text, "persist-to": text, settings: text, "without-bucket": { type: "boolean" } },
});
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const { main, workerOptions } = read("build/options.json");
if (values["without-bucket"]) delete workerOptions.r2Buckets;
const runtime = new Miniflare({
  host: values.ip,
  port: Number(values.port),
  // Where and as wrangler keeps it.
  defaultPersistRoot: join(values["persist-to"], "v3"),
  cf: false, // `request.cf` is not used, and would be fetched
  log: new Log(LogLevel.WARN),
  name: "bailian-studio",
  ...workerOptions,
  modules: true,
  scriptPath: main,
  bindings: { ...workerOptions.bindings, ...read(values.settings) },
});
console.log(`ready at ${await runtime.ready}`);
