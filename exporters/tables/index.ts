export { columnsTable } from "./columns.ts";
export { imagesTable } from "./images.ts";
export { trajectoriesTable } from "./trajectories.ts";
export { turnsTable } from "./turns.ts";
