import { createContext } from "react";

/** Whether there is a main landmark around: a page has exactly one. */
export const InShell = createContext(false);
