import { createContext } from "react-router";
import type { Actor } from "../domain/actor.ts";
import type { ServiceContext } from "../services/context.ts";
import type { Auth } from "./auth.server.ts";
import type { Env } from "./env.server.ts";

/** What the Express server hands to React Router for each request. */
export const servicesContext = createContext<ServiceContext>();
export const authContext = createContext<Auth>();
export const envContext = createContext<Env>();
export const nonceContext = createContext<string>("");
export const clientAddressContext = createContext<string>("");
/** Set by the session middleware; null = nobody is signed in. */
export const actorContext = createContext<Actor | null>(null);
/** True on an installation that was started with demo data. */
export const demoContext = createContext<boolean>(false);
