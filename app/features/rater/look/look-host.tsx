import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Dialog } from "../../../components/dialog.tsx";
import { ShownPicture } from "../shown-picture.tsx";
import type { LookDialogProps } from "./look-dialog.tsx";
import type { LookState } from "./use-look.ts";

type LookDialogModule = typeof import("./look-dialog.tsx");

let loading: Promise<LookDialogModule> | null = null;

function loadDialog(): Promise<LookDialogModule> {
  loading ??= import("./look-dialog.tsx").catch((error: unknown) => {
    // The line was down: the next opening tries again.
    loading = null;
    throw error;
  });
  return loading;
}

function whenIdle(work: () => void): () => void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(work, 1_500);
    return () => clearTimeout(timer);
  }
  const id = requestIdleCallback(work, { timeout: 4_000 });
  return () => cancelIdleCallback(id);
}

export type LookHostProps = Omit<LookDialogProps, "look" | "onChange" | "onClose" | "isOpen"> & {
  state: LookState;
};

/**
 * The large view, which is no part of the page's first scripts: fetched when the browser has nothing to do, or when it is
 * opened. Where it cannot be fetched the image is shown all the same, without zoom.
 */
export function LookHost({ state, ...rest }: LookHostProps) {
  const t = useTranslations("turn.look");
  const [found, setFound] = useState<LookDialogModule | "failed" | null>(null);
  const { isOpen, look } = state;

  useEffect(() => {
    // A failure here is silent: opening tries again, and says so.
    return whenIdle(() => void loadDialog().then(setFound, () => {}));
  }, []);
  useEffect(() => {
    if (isOpen) void loadDialog().then(setFound, () => setFound("failed"));
  }, [isOpen]);

  if (found === null) return null;
  if (found !== "failed") {
    const { LookDialog } = found;
    return <LookDialog {...rest} look={look} isOpen={isOpen} onChange={state.change} onClose={state.close} />;
  }
  const image = rest.columns[look.column]?.images[look.picked[look.column] ?? 0];
  return (
    <Dialog open={isOpen} onClose={state.close} title={t("enlarged")} width="max-w-3xl">
      {image && <ShownPicture image={image} className="w-full rounded-md" />}
      <p className="mt-2 text-sm text-muted">{t("notLoaded")}</p>
    </Dialog>
  );
}
