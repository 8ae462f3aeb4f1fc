import { LocalTime } from "../../components/local-time.tsx";
import type { PlaceRefusal } from "../../domain/place.ts";
import { refusalText } from "../../domain/place.ts";

/** Why there is no task now, with the time from which there is one, in the reader's own zone. */
export function RefusalNote({ refusal }: { refusal: PlaceRefusal }) {
  switch (refusal.code) {
    case "PAUSE":
      return (
        <>
          Time for a break: your next task is available from <LocalTime atMs={refusal.untilMs} />.
        </>
      );
    case "DAILY_CAP_REACHED":
      return (
        <>
          You have started {refusal.cap === 1 ? "your task" : `your ${refusal.cap} tasks`} of the last 24
          hours. The next one is available from <LocalTime atMs={refusal.untilMs} />.
        </>
      );
    case "OPENS_LATER":
      return (
        <>
          This study opens on <LocalTime atMs={refusal.untilMs} withDay />.
        </>
      );
    default:
      return refusalText(refusal);
  }
}
