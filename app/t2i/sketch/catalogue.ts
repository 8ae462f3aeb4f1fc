import type { Art } from "./art.ts";
import { iconArt } from "./icons.ts";
import { ANIMAL_ARTS } from "./shapes/animals.ts";
import { BUILDING_ARTS } from "./shapes/buildings.ts";
import { EGYPT_ARTS } from "./shapes/egypt.ts";
import { FURNITURE_ARTS } from "./shapes/furniture.ts";
import { LANDFORM_ARTS } from "./shapes/landforms.ts";
import { OBJECT_ARTS } from "./shapes/objects.ts";
import { PEOPLE_ARTS } from "./shapes/people.ts";
import { PLANT_ARTS } from "./shapes/plants.ts";
import { VEHICLE_ARTS } from "./shapes/vehicles.ts";

const OWN: Readonly<Record<string, Art>> = {
  ...EGYPT_ARTS,
  ...BUILDING_ARTS,
  ...LANDFORM_ARTS,
  ...FURNITURE_ARTS,
  ...OBJECT_ARTS,
  ...VEHICLE_ARTS,
  ...PLANT_ARTS,
  ...ANIMAL_ARTS,
  ...PEOPLE_ARTS,
};

/** The art of a catalogue id or `icon:<name>`; null if the icon set lacks it. */
export function findArt(id: string): Art | null {
  if (id.startsWith("icon:")) return iconArt(id.slice(5));
  return Object.hasOwn(OWN, id) ? (OWN[id] as Art) : null;
}
