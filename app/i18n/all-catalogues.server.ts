import { registerCatalogue } from "./catalogues.ts";
import en from "./messages/en.ts";
import es from "./messages/es.ts";

registerCatalogue("en", en);
registerCatalogue("es", es);
