// Checks the Kubernetes manifests on standard input against the schemas of their kinds.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

const CORE = { apps: "apps", policy: "policy", "networking.k8s.io": "networking.k8s.io" };

async function modelOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  const path =
    group === "" ? `kubernetes-models/${version}`
    : group in CORE ? `kubernetes-models/${group}/${version}`
    : `@kubernetes-models/prometheus-operator/${group}/${version}`;
  const model = (await import(path))[kind];
  if (!model) throw new Error(`there is no kind ${kind} in ${apiVersion}`);
  return model;
}

// The schemas allow unknown keys. A validator reads every key it knows, so what it did not read is
// a key that Kubernetes does not know either.
function watched(node, path, unread) {
  if (node === null || typeof node !== "object") return node;
  const children = Array.isArray(node) ? [] : {};
  for (const key of Object.keys(node)) {
    unread.add(`${path}/${key}`);
    children[key] = watched(node[key], `${path}/${key}`, unread);
  }
  return new Proxy(children, {
    get(target, key) {
      unread.delete(`${path}/${String(key)}`);
      return target[key];
    },
  });
}

let failures = 0;
for (const document of parseAllDocuments(readFileSync(0, "utf8"))) {
  const manifest = document.toJS();
  const name = `${manifest.kind} ${manifest.metadata.name}`;
  try {
    const unread = new Set();
    const model = await modelOf(manifest);
    // Called on the manifest itself: to make a model of it would read all of it.
    model.prototype.validate.call(watched(manifest, "", unread));
    if (unread.size > 0) throw new Error(`unknown: ${[...unread].join(", ")}`);
    console.log(`${name}: as its schema`);
  } catch (error) {
    failures++;
    console.error(`${name}: ${error.message}`);
  }
}
process.exit(failures === 0 ? 0 : 1);
