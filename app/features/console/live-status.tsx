import { Pause, Play } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { useHydrated } from "../../components/use-hydrated.ts";
import { useLiveRefresh } from "./use-live-refresh.ts";

const EVERY_MS = 3000;

/** When the numbers on this page are from, and whether they renew themselves. */
export function LiveStatus({ nowMs }: { nowMs: number }) {
  const { paused, setPaused } = useLiveRefresh(EVERY_MS);
  const hydrated = useHydrated();
  const clock = new Date(nowMs).toISOString().slice(11, 19);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      <span className="flex items-center gap-2 tabular-nums">
        <span
          aria-hidden="true"
          className={
            hydrated && !paused
              ? "size-2 animate-breathe rounded-full bg-success"
              : "size-2 rounded-full bg-muted"
          }
        />
        {hydrated ? (paused ? "Paused" : "Live") : "As of"} · {clock} UTC
      </span>
      {hydrated && (
        <Button
          type="button"
          size="sm"
          variant="ghost"
          icon={paused ? <Play className="size-3.5" /> : <Pause className="size-3.5" />}
          onClick={() => setPaused(!paused)}
        >
          {paused ? "Resume updates" : "Pause updates"}
        </Button>
      )}
    </div>
  );
}
