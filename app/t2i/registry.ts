import type { T2iModel } from "./port.ts";
import { createSketchModel } from "./sketch/index.ts";
import { createSwatchModel } from "./swatch/index.ts";

/** Every T2I model that an arm can name: the embedded ones and those of services that the operator configured. */
export function createT2iModels(remote: readonly T2iModel[] = []): Map<string, T2iModel> {
  return new Map([createSketchModel(), createSwatchModel(), ...remote].map((model) => [model.id, model]));
}
