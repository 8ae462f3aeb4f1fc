import type { SettingId } from "../scene.ts";
import { INTERIOR_SETTINGS } from "./interior.ts";
import { LAND_SETTINGS } from "./land.ts";
import { SPECIAL_SETTINGS } from "./special.ts";
import type { Backdrop, Stage } from "./stage.ts";
import { WATER_SETTINGS } from "./water.ts";

const SETTINGS: Record<SettingId, (stage: Stage) => Backdrop> = {
  ...LAND_SETTINGS,
  ...WATER_SETTINGS,
  ...INTERIOR_SETTINGS,
  ...SPECIAL_SETTINGS,
};

export const INDOORS: ReadonlySet<SettingId> = new Set([
  "living",
  "kitchen",
  "library",
  "bedroom",
  "hall",
  "tabletop",
  "studio",
  "stage",
  "cave",
]);

/** Paints the surroundings of the subjects. */
export function paintSetting(id: SettingId, stage: Stage): Backdrop {
  return SETTINGS[id](stage);
}
