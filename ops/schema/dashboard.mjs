// Checks the Grafana dashboard on standard input against the types of Grafana's own schema.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(dirname(fileURLToPath(import.meta.url)));
const dashboard = readFileSync(0, "utf8");
const types = `
import type { Dashboard, AnnotationQuery } from "@grafana/schema";
import type { Panel, RowPanel } from "@grafana/schema/dist/esm/raw/dashboard/x/Dashboard_types.gen";
import type * as Graph from "@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen";
import type * as Heatmap from "@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen";
import type * as Timeline from "@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen";
import type * as Table from "@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen";
import type * as Stat from "@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen";

// In JSON the values of enums are plain, and plugins put their defaults where nothing is said.
type Json<T> = T extends string ? \`\${T}\` : T extends number ? (\`\${T}\` extends \`\${infer N extends number}\` ? N : T)
  : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
type Sparse<T> = T extends unknown[] ? T : T extends object ? { [K in keyof T]?: Sparse<T[K]> } : T;

type Target = {
  refId: string; expr: string; legendFormat?: string; instant?: boolean; exemplar?: boolean; format?: "table" | "heatmap";
};
type Of<Type, Options, Custom> = Omit<Json<Panel>, "type" | "options" | "targets" | "fieldConfig"> & {
  type: Type;
  options?: Sparse<Json<Options>>;
  targets: Target[];
  fieldConfig: Omit<Json<Panel["fieldConfig"] & {}>, "defaults"> & {
    defaults: Omit<Json<(Panel["fieldConfig"] & {})["defaults"]>, "custom"> & { custom?: Sparse<Json<Custom>> };
  };
};
type Shown =
  | Of<"timeseries", Graph.Options, Graph.FieldConfig>
  | Of<"stat", Stat.Options, never>
  | Of<"heatmap", Heatmap.Options, Heatmap.FieldConfig>
  | Of<"state-timeline", Timeline.Options, Timeline.FieldConfig>
  | Of<"table", Table.Options, never>;
type Row = Omit<Json<RowPanel>, "panels"> & { panels: Shown[] };
type PrometheusAnnotation = Json<AnnotationQuery> & {
  expr: string; titleFormat: string; textFormat: string; useValueForTime?: boolean;
};
type Checked = Omit<Json<Dashboard>, "panels" | "annotations"> & {
  panels: (Shown | Row)[];
  annotations: { list: PrometheusAnnotation[] };
};
`;
writeFileSync("dashboard.ts", `${types}\nexport const dashboard: Checked = ${dashboard};\n`);
try {
  execFileSync("node_modules/.bin/tsc", [
    "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022", "dashboard.ts",
  ], { stdio: "inherit" });
  console.log("dashboard: as its schema");
} catch {
  process.exit(1);
}
