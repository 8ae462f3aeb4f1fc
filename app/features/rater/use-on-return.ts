import { useEffect } from "react";

/** Calls back when the reader comes back to this tab, from signing in again in another for example. */
export function useOnReturn(callback: () => void) {
  useEffect(() => {
    window.addEventListener("focus", callback);
    return () => window.removeEventListener("focus", callback);
  }, [callback]);
}
