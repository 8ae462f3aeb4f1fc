import type { Config } from "@react-router/dev/config";

export default {
  ssr: true,
  // All routes are known from the start. With lazy discovery, a save that ends while the page is changing to a route that
  // is not discovered yet is matched with "not found" and takes the page down; and a bad line would be asked for routes.
  routeDiscovery: { mode: "initial" },
} satisfies Config;
