import { index, layout, prefix, type RouteConfig, route } from "@react-router/dev/routes";

export default [
  index("routes/account/home.ts"),
  route("sign-in", "routes/account/sign-in.tsx"),
  route("sign-out", "routes/account/sign-out.ts"),
  route("theme", "routes/account/theme.ts"),
  route("language", "routes/account/language.ts"),
  route("invite/:token", "routes/account/invite.tsx"),
  route("join/:slug", "routes/account/join.tsx"),
  route("continue/:token", "routes/account/continue.tsx"),

  route("images/:imageId", "routes/rater/image.ts", { id: "image" }),
  route("images/:imageId/full", "routes/rater/full-image.ts"),
  route("images/:imageId/original", "routes/data/original-image.ts"),

  ...prefix("rate", [
    layout("routes/rater/layout.tsx", [
      index("routes/rater/home.tsx"),
      route("me", "routes/rater/your-data.tsx"),
      route(":assignmentId", "routes/rater/session.ts"),
      route(":assignmentId/consent", "routes/rater/consent.tsx"),
      route(":assignmentId/about-you", "routes/rater/about-you.tsx"),
      route(":assignmentId/practice", "routes/rater/practice.tsx"),
      route(":assignmentId/left", "routes/rater/left.tsx"),
      route(":assignmentId/instructions", "routes/rater/instructions.tsx"),
      route(":assignmentId/prompt", "routes/rater/prompt.tsx"),
      route(":assignmentId/turns/:turnNumber", "routes/rater/turn.tsx"),
      route(":assignmentId/evaluation/:turnNumber", "routes/rater/evaluation.tsx"),
      route(":assignmentId/review", "routes/rater/review.tsx"),
      route(":assignmentId/done", "routes/rater/done.tsx"),
    ]),
    route(":assignmentId/turns/:turnNumber/progress", "routes/rater/turn-progress.ts"),
    route(":assignmentId/turns/:turnNumber/events", "routes/rater/turn-events.ts"),
    route(":assignmentId/hidden-images", "routes/rater/hidden-images.ts"),
    route(":assignmentId/drafts", "routes/rater/drafts.ts"),
    route(":assignmentId/writer", "routes/rater/writer.ts"),
    route(":assignmentId/problems", "routes/rater/problems.ts"),
  ]),

  ...prefix("console", [
    layout("routes/console/layout.tsx", [
      index("routes/console/studies.tsx"),
      route("studies/new", "routes/console/new-study.tsx"),
      route("health", "routes/console/health.tsx"),
      route("studies/:studyId", "routes/console/study.tsx", [
        index("routes/console/monitor.tsx"),
        route("settings", "routes/console/settings.tsx"),
        route("raters", "routes/console/raters.tsx"),
        route("raters/import", "routes/console/import-invitations.tsx"),
        route("links", "routes/console/links.tsx"),
        route("assignments", "routes/console/assignments.tsx"),
        route("assignments/act", "routes/console/act-on-assignments.tsx"),
        route("assignments/offer", "routes/console/offer-assignments.tsx"),
        route("trajectories", "routes/console/trajectories.tsx"),
        route("allocation", "routes/console/allocation.tsx"),
        route("problems", "routes/console/problems.tsx"),
        route("webhooks", "routes/console/webhooks.tsx"),
        route("webhooks/:webhookId", "routes/console/webhook.tsx"),
      ]),
      route("trajectories/:trajectoryId", "routes/console/replay.tsx"),
      route("api-keys", "routes/console/api-keys.tsx"),
      route("audit", "routes/console/audit.tsx"),
    ]),
    route("studies/:studyId/raters/links.csv", "routes/console/invitation-links.ts"),
  ]),

  ...prefix("data", [
    layout("routes/data/layout.tsx", [
      index("routes/data/studies.tsx"),
      route("studies/:studyId", "routes/data/study.tsx"),
      route("studies/:studyId/exports", "routes/data/exports.tsx"),
      route("studies/:studyId/exports/new", "routes/data/new-export.tsx"),
      route("exports/:exportId", "routes/data/export.tsx"),
      route("studies/:studyId/texts", "routes/data/texts.tsx"),
      route("trajectories/:trajectoryId", "routes/data/replay.tsx"),
      route("api-keys", "routes/data/api-keys.tsx"),
    ]),
    route("exports/:exportId/files/:name", "routes/data/export-file.ts"),
    route("exports/:exportId/archive/:format", "routes/data/export-archive.ts"),
  ]),

  route("api/docs", "routes/api/docs.tsx"),
  route("api/v1/openapi.json", "routes/api/v1/openapi.ts"),
  route("api/v1/*", "routes/api/v1/endpoint.ts"),

  route("*", "routes/account/not-found.tsx"),
] satisfies RouteConfig;
