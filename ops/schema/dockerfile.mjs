// Lints the Dockerfile on standard input.
import { readFileSync } from "node:fs";
import utils from "dockerfile-utils";

const problems = utils.validate(readFileSync(0, "utf8"));
for (const { range, message } of problems) {
  console.error(`line ${range.start.line + 1}: ${message}`);
}
process.exit(problems.length === 0 ? 0 : 1);
