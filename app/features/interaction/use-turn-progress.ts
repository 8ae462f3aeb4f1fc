import { useEffect, useRef, useState } from "react";
import { paths } from "../../domain/paths.ts";
import type { TurnProgress, TurnView } from "../../domain/rater-views.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_AFTER_ERROR_MS = 8_000;
/** A stream that says nothing for so long is held back by something on the way: it is asked instead. */
const SILENCE_MS = 5_000;

/**
 * Follows a turn's generation by server-sent events, or by asking where they do not get through: twice a second at
 * first, then every second, less often while the server does not answer. Images that are there are fetched ahead, so
 * that the slate can be revealed at once. Calls `onFinished` once the turn is ready or has failed.
 */
export function useTurnProgress(
  view: TurnView,
  onFinished: () => void,
): { readyImages: number; totalImages: number; reachable: boolean } {
  const { assignmentId, turnNumber } = view;
  const [progress, setProgress] = useState({
    readyImages: view.readyImages,
    totalImages: view.totalImages,
  });
  const [reachable, setReachable] = useState(true);
  const finished = useRef(onFinished);
  finished.current = onFinished;
  const fetchAhead = useFetchAhead();

  useEffect(() => {
    function take(next: TurnProgress): boolean {
      setReachable(true);
      setProgress({ readyImages: next.readyImages, totalImages: next.totalImages });
      fetchAhead(next.readyImageIds);
      const isOver = next.status !== "proposing" && next.status !== "rendering";
      if (isOver) finished.current();
      return isOver;
    }
    let stopAsking = () => {};
    const stopListening = listen(paths.turnEvents(assignmentId, turnNumber), take, () => {
      stopAsking = keepAsking(paths.turnProgress(assignmentId, turnNumber), take, () => setReachable(false));
    });
    return () => {
      stopListening();
      stopAsking();
    };
  }, [assignmentId, turnNumber, fetchAhead]);

  return { ...progress, reachable };
}

/** Listens to the stream; calls `giveUp` once, when it cannot be had, breaks off or stays silent. */
function listen(url: string, take: (next: TurnProgress) => boolean, giveUp: () => void): () => void {
  if (typeof EventSource === "undefined") {
    giveUp();
    return () => {};
  }
  const source = new EventSource(url);
  let over = false;
  let silence: ReturnType<typeof setTimeout> | undefined;
  function hear() {
    clearTimeout(silence);
    silence = undefined;
  }
  function close() {
    over = true;
    hear();
    source.close();
  }
  function fail() {
    if (over) return;
    close();
    giveUp();
  }
  silence = setTimeout(fail, SILENCE_MS);
  source.onmessage = (event: MessageEvent<string>) => {
    // Once it works it is trusted: between two images there may be long silence.
    hear();
    if (take(JSON.parse(event.data) as TurnProgress)) {
      close();
      // Asking goes on, in case the page cannot be brought up to date.
      giveUp();
    }
  };
  source.onerror = () => {
    // While it connects anew by itself it gets some time, once, however often it fails meanwhile; a refusal is final.
    if (source.readyState === EventSource.CLOSED) fail();
    else silence ??= setTimeout(fail, SILENCE_MS);
  };
  return close;
}

function keepAsking(
  url: string,
  take: (next: TurnProgress) => boolean,
  onUnreachable: () => void,
): () => void {
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  let pause = FIRST_PAUSE_MS;
  async function ask() {
    try {
      const response = await fetch(url, { signal: stopped.signal });
      if (!response.ok) throw new Error(`progress answered ${response.status}`);
      // After the end it is asked again only if the page could not be brought up to date.
      pause = take((await response.json()) as TurnProgress)
        ? LONGEST_PAUSE_AFTER_ERROR_MS
        : Math.min(pause * 1.25, LONGEST_PAUSE_MS);
    } catch {
      if (stopped.signal.aborted) return;
      onUnreachable();
      pause = Math.min(pause * 2, LONGEST_PAUSE_AFTER_ERROR_MS);
    }
    timer = setTimeout(ask, pause);
  }
  timer = setTimeout(ask, pause);
  return () => {
    stopped.abort();
    clearTimeout(timer);
  };
}

/** Fetches images into the browser's cache, each once; they are shown only when the whole slate is. */
function useFetchAhead(): (imageIds: readonly string[]) => void {
  const fetched = useRef(new Map<string, HTMLImageElement>());
  const fetchAhead = useRef((imageIds: readonly string[]) => {
    for (const imageId of imageIds) {
      if (fetched.current.has(imageId)) continue;
      const picture = new Image();
      fetched.current.set(imageId, picture);
      picture.src = paths.image(imageId);
      // Decoded now, so that the slate does not wait for it; one that cannot be is reported by the slate.
      picture.decode().catch(() => {});
    }
  });
  return fetchAhead.current;
}

/** Whole seconds since the turn was asked for, of which `alreadySeconds` had passed when the page was made. */
export function useElapsedSeconds(alreadySeconds: number): number {
  const [seconds, setSeconds] = useState(alreadySeconds);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((s) => s + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}
