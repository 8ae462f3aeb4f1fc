import type { ReactNode } from "react";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
} from "react-router";
import type { Route } from "./+types/root";
import { type RootData, useRootData } from "./components/root-data.ts";
import { themeOf } from "./components/theme.ts";
import { nonceContext } from "./server/context.server.ts";
import { actorMiddleware } from "./server/session.server.ts";
import "./app.css";

export const middleware: Route.MiddlewareFunction[] = [actorMiddleware];

export const links: Route.LinksFunction = () => [
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export function loader({ request, context }: Route.LoaderArgs): RootData {
  return { theme: themeOf(request.headers.get("cookie")), nonce: context.get(nonceContext) };
}

/** Only a change of theme changes what the root knows; the nonce is the document's own and stays. */
export function shouldRevalidate({ formAction }: ShouldRevalidateFunctionArgs) {
  return formAction === "/theme";
}

export function meta(): Route.MetaDescriptors {
  return [{ title: "Turnwise" }];
}

export function Layout({ children }: { children: ReactNode }) {
  const { theme, nonce } = useRootData();
  return (
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links nonce={nonce} />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export { RouteError as ErrorBoundary } from "./components/error-page.tsx";
