import type { T2iModel } from "./port.ts";
import { createSketchModel } from "./sketch/index.ts";
import { createSwatchModel } from "./swatch/index.ts";

/** Every T2I model that an arm can name. Real services are added here. */
export function createT2iModels(): Map<string, T2iModel> {
  return new Map([createSketchModel(), createSwatchModel()].map((model) => [model.id, model]));
}
